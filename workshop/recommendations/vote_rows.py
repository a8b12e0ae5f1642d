"""Priority votes as rows of a step: they follow their finding when it is merged, and come back when that is undone."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.findings.models import Finding, PriorityVote
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.recommendations.models import Step

FINDING, VOTE = "finding", "priority_vote"


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
    wanted: dict[tuple[UUID, UUID], Finding] = {}
    for change in changes:
        participant_id, client_id = (UUID(part) for part in change["key"])
        if change[side] and (finding := findings.get(UUID(change[side]["finding_id"]))):
            wanted[participant_id, client_id] = finding
    participants = {participant_id for participant_id, _ in wanted}
    query = select(PriorityVote).where(col(PriorityVote.participant_id).in_(participants))
    stored = await db.exec(query.execution_options(populate_existing=True))  # they were moved in SQL
    there = {(vote.participant_id, vote.client_id): vote for vote in stored}
    for key in wanted.keys() & there.keys():
        there[key].finding_id = wanted[key].id
    await db.flush()  # what each has given is counted in SQL
    allowed, given = await _votes_each(db, participants), await _given(db, participants)
    for (participant_id, client_id), finding in wanted.items():
        place = participant_id, finding.theme_id
        if (participant_id, client_id) not in there and given[place] < allowed.get(participant_id, 0):
            given[place] += 1
            db.add(PriorityVote(participant_id=participant_id, client_id=client_id, finding_id=finding.id))
    await db.flush()  # before the rows that went with them are removed


async def with_votes_that_go(
    db: AsyncSession, changes: Sequence[dict[str, Any]], side: str, other: str
) -> list[dict[str, Any]]:
    """A step's changes before it is turned to ``side``, with the votes that go there together with their findings.

    Those that there are now, not those of when it was taken: turned back, the step brings back what it took.
    """
    going = {change["key"][0] for change in changes if change["table"] == FINDING and not change[side]}
    if not going:
        return [*changes]
    kept = [
        change
        for change in changes
        if change["table"] != VOTE or change[side] or change[other]["finding_id"] not in going
    ]
    moved = {tuple(change["key"]) for change in kept if change["table"] == VOTE}
    query = select(PriorityVote.participant_id, PriorityVote.client_id, PriorityVote.finding_id).where(
        col(PriorityVote.finding_id).in_([UUID(finding_id) for finding_id in going]),
        col(PriorityVote.is_taken_back).is_(False),
    )
    for participant_id, client_id, finding_id in await db.exec(query):
        key = str(participant_id), str(client_id)
        if key not in moved:
            kept.append({"table": VOTE, "key": [*key], side: None, other: {"finding_id": str(finding_id)}})
    return kept


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


async def _votes_each(db: AsyncSession, participants: Collection[UUID]) -> dict[UUID, int]:
    """Participant → how many votes it has under a theme.

    None in an archived group: there the votes have other forms' ids, and none has gone.
    """
    query = (
        select(Participant.id, FocusGroup.votes_each)
        .join(FocusGroup, col(FocusGroup.id) == col(Participant.focus_group_id))
        .where(col(Participant.id).in_(participants), col(FocusGroup.archived_at).is_(None))
    )
    return dict((await db.exec(query)).all())


async def _given(db: AsyncSession, participants: Collection[UUID]) -> Counter[tuple[UUID, UUID]]:
    """(Participant, theme) → how many votes it has given there."""
    query = (
        select(PriorityVote.participant_id, Finding.theme_id, func.count())
        .join(Finding, col(Finding.id) == col(PriorityVote.finding_id))
        .where(col(PriorityVote.participant_id).in_(participants), col(PriorityVote.is_taken_back).is_(False))
        .group_by(col(PriorityVote.participant_id), col(Finding.theme_id))
    )
    return Counter({(participant_id, theme_id): count for participant_id, theme_id, count in await db.exec(query)})
