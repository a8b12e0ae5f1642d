"""Concerns to pass on: points that tell of a child who may be at risk. Their words stay until somebody has them."""

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Concern, Contribution
from workshop.database import now
from workshop.facts import NotFound, Refused
from workshop.focus_groups.models import FocusGroup

UNANSWERED = "Say whether this point tells of a child who may be at risk"


class ConcernUnanswered(Refused):
    """A held or hidden point goes or changes only after the question of a child at risk was answered."""

    def __init__(self) -> None:
        super().__init__(UNANSWERED, "concern")


async def settle_concern(
    db: AsyncSession, contribution: Contribution, *, is_concern: bool | None, account_id: UUID | None
) -> Concern | None:
    """Before a point's words go: the concern that was made of them, if it is one.

    ``is_concern`` is None when nobody answered: ConcernUnanswered for a held or hidden point, fine for any other.
    """
    if is_concern is None:
        if contribution.is_held or contribution.is_hidden:
            raise ConcernUnanswered
        return None
    _note_answer(db, contribution)
    return await raise_concern(db, contribution, account_id) if is_concern else None


async def raise_concern(db: AsyncSession, contribution: Contribution, account_id: UUID | None) -> Concern:
    """The concern with the point's words; the one that is open already when they are the same."""
    _note_answer(db, contribution)
    query = select(Concern).where(
        Concern.contribution_id == contribution.id,
        Concern.words == contribution.text,
        col(Concern.passed_on_at).is_(None),
    )
    if concern := (await db.exec(query)).first():
        return concern
    concern = Concern(
        focus_group_id=contribution.focus_group_id,
        contribution_id=contribution.id,
        words=contribution.text,
        raised_by=account_id,
    )
    db.add(concern)
    return concern


async def concern_of_group(db: AsyncSession, focus_group_id: UUID, concern_id: UUID) -> Concern:
    """The concern, if it is this group's. Raises NotFound."""
    query = select(Concern).where(Concern.id == concern_id, Concern.focus_group_id == focus_group_id)
    concern = (await db.exec(query)).first()
    if concern is None:
        raise NotFound("There is no such concern")
    return concern


async def record_passing_on(db: AsyncSession, concern: Concern, to: str, day: dt.date, account_id: UUID) -> None:
    """Note to whom and on which day a concern was passed on; what was noted before stays."""
    if concern.passed_on_at is None:
        concern.passed_on_to, concern.passed_on_by = to, account_id
        concern.passed_on_at = dt.datetime.combine(day, dt.time(), dt.UTC)
        db.add(concern)


async def concerns_of_groups(db: AsyncSession, groups: Collection[UUID]) -> list[Concern]:
    """The groups' concerns: the open ones first, the oldest of them first."""
    query = select(Concern).where(col(Concern.focus_group_id).in_(groups))
    order = (col(Concern.passed_on_at).is_not(None), col(Concern.raised_at), col(Concern.id))
    return list(await db.exec(query.order_by(*order)))


async def open_concerns(db: AsyncSession, programme_id: UUID) -> int:
    """How many concerns of a programme nobody has passed on yet."""
    query = (
        select(func.count())
        .select_from(Concern)
        .join(FocusGroup, col(FocusGroup.id) == col(Concern.focus_group_id))
        .where(FocusGroup.programme_id == programme_id, col(Concern.passed_on_at).is_(None))
    )
    return (await db.exec(query)).one()


async def open_concerns_of_group(db: AsyncSession, focus_group_id: UUID) -> int:
    """How many concerns of a group nobody has passed on yet."""
    query = select(func.count()).select_from(Concern)
    return (
        await db.exec(query.where(Concern.focus_group_id == focus_group_id, col(Concern.passed_on_at).is_(None)))
    ).one()


async def forget_points_of_concerns(db: AsyncSession, points: Any) -> None:
    """Before the rows of ``points`` (a query of their ids) go: concerns of theirs stay, and no longer say which."""
    await db.exec(update(Concern).where(col(Concern.contribution_id).in_(points)).values(contribution_id=None))


async def forget_passed_on(db: AsyncSession, focus_group_id: UUID) -> int:
    """Destroy the words of a group's concerns that were passed on; returns how many there were."""
    passed_on = (
        col(Concern.focus_group_id) == focus_group_id,
        col(Concern.passed_on_at).is_not(None),
        col(Concern.words).is_not(None),
    )
    count = (await db.exec(select(func.count()).select_from(Concern).where(*passed_on))).one()
    await db.exec(update(Concern).where(*passed_on).values(words=None))
    return count


def _note_answer(db: AsyncSession, contribution: Contribution) -> None:
    """Nobody is asked again about the same words, nor about a facilitator's own in their place."""
    contribution.answered_at = now()
    db.add(contribution)
