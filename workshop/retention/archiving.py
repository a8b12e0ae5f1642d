"""Archiving a focus group: what links its points to devices is cut, and times are coarsened to the day.

By hand once a group is closed, at the latest together with its words. Which points came from one participant stays, for
counting people; which device that was cannot be told any more.
"""

import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam
from sqlmodel import col, delete, select, update
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
    """A form's id lies in the device's browser too: a link like any other.

    One statement for all points and one for all votes: nobody else writes meanwhile.
    """
    connection = await db.connection()
    query = select(Contribution.id, Contribution.created_at).where(Contribution.focus_group_id == focus_group_id)
    points = [{"point": point, "day": _day(at), "instead": uuid4()} for point, at in await db.exec(query)]
    of_point = update(Contribution).where(col(Contribution.id) == bindparam("point"))
    values: dict[str, Any] = {"client_id": bindparam("instead"), "first_words": None, "created_at": bindparam("day")}
    if points:
        await connection.execute(of_point.values(values), points)
    of_group = col(PriorityVote.participant_id).in_(
        select(Participant.id).where(Participant.focus_group_id == focus_group_id)
    )
    # Those taken back were kept against a late retry, which can no longer come.
    await db.exec(delete(PriorityVote).where(of_group, col(PriorityVote.is_taken_back)))
    voted = await db.exec(select(PriorityVote.participant_id, PriorityVote.client_id).where(of_group))
    votes = [{"voter": voter, "form": form, "instead": uuid4()} for voter, form in voted]
    of_vote = update(PriorityVote).where(
        col(PriorityVote.participant_id) == bindparam("voter"), col(PriorityVote.client_id) == bindparam("form")
    )
    if votes:
        await connection.execute(of_vote.values(client_id=bindparam("instead")), votes)


def _day(moment: datetime | None) -> datetime | None:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) if moment else None


async def _number(db: AsyncSession, participants: Sequence[Participant], numbers: Sequence[int]) -> None:
    for participant, number in zip(participants, numbers, strict=True):
        participant.number = number
        db.add(participant)
    await db.flush()  # numbers are unique in a group: first out of the way, then to their new places
