"""Archiving a focus group: what links its points to devices is cut, and times are coarsened to the day.

By hand once a group is closed, at the latest together with its words. Which points came from one participant stays, for
counting people; which device that was cannot be told any more.
"""

import random
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.database import now
from workshop.facts import Refused
from workshop.findings.models import PriorityVote
from workshop.focus_groups.models import FocusGroup, Participant, Phase
from workshop.focus_groups.writes import raise_revision
from workshop.recommendations.vote_rows import forget_votes_in_steps
from workshop.retention.models import DeletionRecord
from workshop.retention.records import record_of_group

REASON = "The group was archived"


class NotClosed(Refused):
    """People may still write: closing comes first."""


async def archive_focus_group(db: AsyncSession, focus_group_id: UUID, account_id: UUID | None) -> DeletionRecord | None:
    """Cut a closed group's links to devices now; returns the record, None when it was done before. Raises NotClosed."""
    focus_group = (await db.exec(select(FocusGroup).where(FocusGroup.id == focus_group_id).with_for_update())).one()
    if focus_group.archived_at is not None:
        return None
    if focus_group.phase is not Phase.CLOSED:
        message = "Close it first: people may still write, and their phones would lose their words."
        raise NotClosed(message)
    counts = {"devices": await cut_links_to_devices(db, focus_group_id)}
    focus_group.archived_at = now()
    db.add(focus_group)
    await db.flush()  # the revision is raised in SQL, on the same row
    await raise_revision(db, focus_group_id)
    return await record_of_group(db, focus_group, counts, REASON, account_id)


async def cut_links_to_devices(db: AsyncSession, focus_group_id: UUID) -> int:
    """Cut them, and return how many devices there were.

    Tokens, tables, forms' ids and hashes of first words go, numbers are shuffled, times become days.
    """
    query = select(Participant).where(Participant.focus_group_id == focus_group_id)
    participants = list(await db.exec(query))
    numbers = random.SystemRandom().sample(range(1, len(participants) + 1), len(participants))
    await _number(db, participants, [-number for number in numbers])
    for participant in participants:
        participant.token_hash, participant.client_id = None, uuid4()
        # Who sat at which table is known in the room.
        participant.table_number = None
        participant.joined_at = _day(participant.joined_at)
    await _number(db, participants, numbers)
    await _forget_forms(db, focus_group_id)
    await forget_votes_in_steps(db, await db.get_one(FocusGroup, focus_group_id))
    return len(participants)


async def _forget_forms(db: AsyncSession, focus_group_id: UUID) -> None:
    """A form's id lies in the device's browser too: a link like any other."""
    points = select(Contribution.id, Contribution.created_at).where(Contribution.focus_group_id == focus_group_id)
    for contribution_id, created_at in list(await db.exec(points)):
        values = {"client_id": uuid4(), "first_words": None, "created_at": _day(created_at)}
        await db.exec(update(Contribution).where(col(Contribution.id) == contribution_id).values(values))
    votes = select(PriorityVote).join(Participant, col(Participant.id) == col(PriorityVote.participant_id))
    for vote in list(await db.exec(votes.where(Participant.focus_group_id == focus_group_id))):
        if vote.is_taken_back:
            # It was kept against a late retry, which can no longer come.
            await db.delete(vote)
            continue
        of_vote = (
            col(PriorityVote.participant_id) == vote.participant_id,
            col(PriorityVote.client_id) == vote.client_id,
        )
        await db.exec(update(PriorityVote).where(*of_vote).values(client_id=uuid4()))


def _day(moment: datetime | None) -> datetime | None:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) if moment else None


async def _number(db: AsyncSession, participants: Sequence[Participant], numbers: Sequence[int]) -> None:
    for participant, number in zip(participants, numbers, strict=True):
        participant.number = number
        db.add(participant)
    await db.flush()  # numbers are unique in a group: first out of the way, then to their new places
