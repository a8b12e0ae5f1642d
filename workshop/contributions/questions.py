"""Held and hidden points of which nobody has said whether they tell of a child who may be at risk.

Their words are not destroyed unasked: when their author takes them back, and when their group's words go, they are kept
as open questions until somebody answers.
"""

import random
from collections import Counter
from typing import Any
from uuid import UUID

from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution, OpenQuestion
from workshop.database import now
from workshop.days import london_day
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Programme

_IS_UNANSWERED: tuple[Any, ...] = (
    or_(col(Contribution.is_held), col(Contribution.is_hidden)),
    col(Contribution.answered_at).is_(None),
    col(Contribution.is_deleted).is_(False),
    col(Contribution.text).is_not(None),
)


async def unanswered_points(db: AsyncSession, focus_group_id: UUID) -> list[Contribution]:
    """A group's held and hidden points of which nobody has said it, in order of arrival."""
    query = select(Contribution).where(Contribution.focus_group_id == focus_group_id, *_IS_UNANSWERED)
    return list(await db.exec(query.order_by(col(Contribution.number))))


async def unanswered_by_group(db: AsyncSession, programme_id: UUID) -> dict[UUID, int]:
    """Focus group id → how many such points it has, with those taken back; groups without any are not in it."""
    query = (
        select(Contribution.focus_group_id, func.count())
        .join(FocusGroup, col(FocusGroup.id) == col(Contribution.focus_group_id))
        .where(FocusGroup.programme_id == programme_id, *_IS_UNANSWERED)
        .group_by(col(Contribution.focus_group_id))
    )
    there = dict((await db.exec(query)).all())
    return dict(Counter(there) + Counter(await _kept_by_group(db, programme_id, is_after=False)))


async def open_questions(db: AsyncSession, focus_group_id: UUID) -> list[OpenQuestion]:
    """What was kept of a group, taken back by its author or past its date, in an order that tells nothing."""
    query = select(OpenQuestion).where(OpenQuestion.focus_group_id == focus_group_id)
    return list(await db.exec(query.order_by(col(OpenQuestion.id))))


async def open_questions_by_group(db: AsyncSession, programme_id: UUID) -> dict[UUID, int]:
    """Focus group id → how many points are kept past its date; groups without any are not in it."""
    return await _kept_by_group(db, programme_id, is_after=True)


async def count_open_questions(db: AsyncSession, focus_group_id: UUID) -> int:
    """How many there are of a group."""
    query = select(func.count()).select_from(OpenQuestion).where(OpenQuestion.focus_group_id == focus_group_id)
    return (await db.exec(query)).one()


async def keep_taken_back(db: AsyncSession, contribution: Contribution) -> None:
    """Before its author changes or deletes a held or hidden point: keep the words, if nobody has answered for them.

    Nothing leads from them to the point or its author. A rehearsal's words are make-believe and go unasked.
    """
    is_kept_back = contribution.is_held or contribution.is_hidden
    if not is_kept_back or contribution.answered_at is not None or not contribution.text:
        return
    of_group = OpenQuestion.focus_group_id == contribution.focus_group_id
    same = select(OpenQuestion.id).where(of_group, OpenQuestion.words == contribution.text)
    if (await db.exec(same)).first() or await _is_make_believe(db, contribution.focus_group_id):
        return
    db.add(OpenQuestion(focus_group_id=contribution.focus_group_id, words=contribution.text, kept_on=london_day(now())))


async def keep_unanswered(db: AsyncSession, focus_group: FocusGroup, seen: int | None = None) -> int:
    """Before a group's words go: keep those that nobody answered for, unlinked; returns how many.

    ``seen``: the board's revision up to which somebody has just looked through them all and answered no; None: nobody
    has. A rehearsal's words are make-believe and go unasked.
    """
    if await _is_make_believe(db, focus_group.id):
        return 0
    points = await unanswered_points(db, focus_group.id)
    words = [point.text for point in points if point.text and (seen is None or point.revision > seen)]
    # Neither the order of arrival nor the time may lead back to a device.
    random.SystemRandom().shuffle(words)
    day = london_day(now())
    db.add_all(OpenQuestion(focus_group_id=focus_group.id, words=each, kept_on=day) for each in words)
    await db.flush()  # the points' own words go next, in SQL
    return len(words)


async def _kept_by_group(db: AsyncSession, programme_id: UUID, *, is_after: bool) -> dict[UUID, int]:
    """``is_after``: of groups whose words are gone, else of those whose are there."""
    purged_at = col(FocusGroup.purged_at)
    query = (
        select(OpenQuestion.focus_group_id, func.count())
        .join(FocusGroup, col(FocusGroup.id) == col(OpenQuestion.focus_group_id))
        .where(FocusGroup.programme_id == programme_id, purged_at.is_not(None) if is_after else purged_at.is_(None))
        .group_by(col(OpenQuestion.focus_group_id))
    )
    return dict((await db.exec(query)).all())


async def _is_make_believe(db: AsyncSession, focus_group_id: UUID) -> bool:
    query = select(Programme.rehearsal_of).join(FocusGroup, col(FocusGroup.programme_id) == col(Programme.id))
    return (await db.exec(query.where(FocusGroup.id == focus_group_id))).one() is not None
