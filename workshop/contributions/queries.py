"""What people wrote, as a board shows it."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.programmes.models import ColumnKind


@dataclass(frozen=True, slots=True)
class BoardPoint:
    """A point as a board needs it. ``text`` is null where the words are gone; ``number``: its order of arrival.

    ``is_held``: only the facilitator reads it until it is released; ``was_reworded``: the facilitator worded it.
    """

    id: UUID
    column: ColumnKind
    number: int
    text: str | None
    is_hidden: bool
    is_deleted: bool
    participant_id: UUID | None
    agency_id: UUID | None
    is_held: bool = False
    was_reworded: bool = False


@dataclass(frozen=True, slots=True)
class PointCount:
    """How many points a column holds: those that are shown, those that are hidden, and those held but not hidden."""

    shown: int = 0
    hidden: int = 0
    held: int = 0


# Columns, not rows of the model: a board of thousands is read at once.
_POINT: tuple[Any, ...] = (
    Contribution.id,
    Contribution.column,
    Contribution.number,
    Contribution.text,
    Contribution.is_hidden,
    Contribution.is_deleted,
    Contribution.participant_id,
    Contribution.agency_id,
    Contribution.is_held,
    Contribution.was_reworded,
)


async def board_points(db: AsyncSession, focus_group_id: UUID, theme_id: UUID, newest: int) -> list[BoardPoint]:
    """The points under a theme, newest first, but none that arrived after number ``newest``."""
    query = select(*_POINT).where(
        Contribution.focus_group_id == focus_group_id,
        Contribution.theme_id == theme_id,
        col(Contribution.is_deleted).is_(False),
        col(Contribution.number) <= newest,
    )
    return [BoardPoint(*row) for row in await db.exec(query.order_by(col(Contribution.number).desc()))]


async def board_point(db: AsyncSession, focus_group_id: UUID, contribution_id: UUID) -> list[BoardPoint]:
    """The one point of the focus group that has this id, in a list; an empty one when it was deleted."""
    query = select(*_POINT).where(
        Contribution.id == contribution_id,
        Contribution.focus_group_id == focus_group_id,
        col(Contribution.is_deleted).is_(False),
    )
    return [BoardPoint(*row) for row in await db.exec(query)]


async def changed_since(
    db: AsyncSession, focus_group_id: UUID, theme_id: UUID, since: int, until: int
) -> list[BoardPoint]:
    """The points under a theme whose last change came after the board's revision ``since``, and by ``until``.

    In order of arrival, with those that were deleted. The upper bound is the revision that the reader notes: on
    PostgreSQL each statement sees what was committed before it, so a point may be newer than the revision just read.
    """
    query = select(*_POINT).where(
        Contribution.focus_group_id == focus_group_id,
        Contribution.theme_id == theme_id,
        col(Contribution.revision) > since,
        col(Contribution.revision) <= until,
    )
    return [BoardPoint(*row) for row in await db.exec(query.order_by(col(Contribution.number)))]


async def point_counts(db: AsyncSession, focus_group_id: UUID) -> dict[tuple[UUID, ColumnKind], PointCount]:
    """How many points each theme's columns hold; no entry where there is none."""
    kept = (Contribution.is_hidden, Contribution.is_held)
    query = (
        select(Contribution.theme_id, Contribution.column, *kept, func.count())  # type: ignore[call-overload]
        .where(Contribution.focus_group_id == focus_group_id, col(Contribution.is_deleted).is_(False))
        .group_by(col(Contribution.theme_id), col(Contribution.column), *kept)
    )
    counts: dict[tuple[UUID, ColumnKind], PointCount] = {}
    for theme_id, column, is_hidden, is_held, count in await db.exec(query):
        place = theme_id, ColumnKind(column)
        before = counts.get(place, PointCount())
        if is_hidden:
            counts[place] = replace(before, hidden=before.hidden + count)
        elif is_held:
            counts[place] = replace(before, held=count)
        else:
            counts[place] = replace(before, shown=count)
    return counts


async def held_or_hidden(db: AsyncSession, focus_group_id: UUID) -> list[Contribution]:
    """The points whose words the room may not read, in order of arrival."""
    query = select(Contribution).where(
        Contribution.focus_group_id == focus_group_id,
        or_(col(Contribution.is_held), col(Contribution.is_hidden)),
        col(Contribution.is_deleted).is_(False),
        col(Contribution.text).is_not(None),
    )
    return list(await db.exec(query.order_by(col(Contribution.number))))


async def contributions_after(db: AsyncSession, focus_group_id: UUID, number: int, most: int) -> list[Contribution]:
    """At most ``most`` points that arrived after ``number``, in order; deleted ones are not in it, purged ones are."""
    query = select(Contribution).where(
        Contribution.focus_group_id == focus_group_id,
        col(Contribution.number) > number,
        col(Contribution.is_deleted).is_(False),
    )
    return list(await db.exec(query.order_by(col(Contribution.number)).limit(most)))
