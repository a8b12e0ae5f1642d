"""Priority votes as rows of a step: they follow their finding when it is merged, and come back when that is undone."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.findings.models import Finding, PriorityVote
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.recommendations.models import Step

VOTE = "priority_vote"


async def vote_rows(db: AsyncSession, programme_id: UUID) -> dict[tuple[str, ...], dict[str, Any]]:
    """(table, participant, form) → the finding that the vote is for; those that were taken back are nobody's."""
    query = (
        select(PriorityVote.participant_id, PriorityVote.client_id, PriorityVote.finding_id)
        .join(Finding, col(Finding.id) == col(PriorityVote.finding_id))
        .where(Finding.programme_id == programme_id, col(PriorityVote.is_taken_back).is_(False))
    )
    return {
        (VOTE, str(participant_id), str(client_id)): {"finding_id": str(finding_id)}
        for participant_id, client_id, finding_id in await db.exec(query)
    }


def is_somebodys_own(place: tuple[str, ...], before: Collection[tuple[str, ...]]) -> bool:
    """Whether a change is a vote that somebody gave meanwhile, and no part of a step: undoing must not take it away."""
    return place[0] == VOTE and place not in before


async def put_votes(
    db: AsyncSession, changes: Iterable[Mapping[str, Any]], side: str, findings: Mapping[UUID, Finding]
) -> None:
    """Give each vote to the finding that it was for on ``side``, where both are still there.

    A vote that went with its finding comes back unless its participant has given it to another one since.
    """
    for change in changes:
        finding = findings.get(UUID(change[side]["finding_id"])) if change[side] else None
        if finding is None:
            continue
        participant_id, client_id = (UUID(part) for part in change["key"])
        vote = await db.get(PriorityVote, (participant_id, client_id), populate_existing=True)
        if vote is None and await _has_one_left(db, participant_id, finding):
            vote = PriorityVote(participant_id=participant_id, client_id=client_id, finding_id=finding.id)
        if vote is not None:
            vote.finding_id = finding.id
            db.add(vote)
            await db.flush()  # the next one counts it


async def forget_votes_in_steps(db: AsyncSession, focus_group: FocusGroup) -> None:
    """Take an archived group's votes out of its programme's steps: a form's id there would still tell the device.

    Undoing does without: in an archived group no vote follows or comes back.
    """
    participants = select(Participant.id).where(Participant.focus_group_id == focus_group.id)
    cut = {str(participant_id) for participant_id in await db.exec(participants)}
    for step in await db.exec(select(Step).where(Step.programme_id == focus_group.programme_id)):
        kept = [change for change in step.changes if not (change["table"] == VOTE and change["key"][0] in cut)]
        if len(kept) < len(step.changes):
            step.changes = kept
            db.add(step)


async def _has_one_left(db: AsyncSession, participant_id: UUID, finding: Finding) -> bool:
    """Not in an archived group: there the votes have other forms' ids, and none has gone."""
    group = select(FocusGroup).join(Participant, col(Participant.focus_group_id) == col(FocusGroup.id))
    focus_group = (await db.exec(group.where(Participant.id == participant_id))).first()
    if focus_group is None or focus_group.archived_at is not None:
        return False
    given = (
        select(func.count())
        .select_from(PriorityVote)
        .join(Finding, col(Finding.id) == col(PriorityVote.finding_id))
        .where(
            PriorityVote.participant_id == participant_id,
            col(PriorityVote.is_taken_back).is_(False),
            Finding.theme_id == finding.theme_id,
        )
    )
    return (await db.exec(given)).one() < focus_group.votes_each
