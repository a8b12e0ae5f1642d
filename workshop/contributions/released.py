"""What the room may read: points that nobody hid or held, under themes that are revealed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.reveals import is_revealed, revealed_themes
from workshop.programmes.models import ColumnKind


@dataclass(frozen=True, slots=True)
class ReleasedPoint:
    """A point as the room reads it. ``number``: its order of arrival."""

    id: UUID
    column: ColumnKind
    number: int
    text: str
    participant_id: UUID | None
    agency_id: UUID | None
    finding_id: UUID | None


@dataclass(frozen=True, slots=True)
class Covered:
    """How many points of a theme the room cannot read, and why: so that moderation buries nothing unseen."""

    unrevealed: int
    moderated: int


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many points one column of a theme holds: those that nobody hid or held, and those that somebody did.

    Both without regard to whether the theme is revealed: a count gives no words away.
    """

    released: int = 0
    moderated: int = 0


_POINT: tuple[Any, ...] = (
    Contribution.id,
    Contribution.column,
    Contribution.number,
    Contribution.text,
    Contribution.participant_id,
    Contribution.agency_id,
    Contribution.finding_id,
)
_is_there = (col(Contribution.is_deleted).is_(False), col(Contribution.text).is_not(None))
is_released = (*_is_there, col(Contribution.is_hidden).is_(False), col(Contribution.is_held).is_(False))


async def released_points(db: AsyncSession, focus_group: FocusGroup, theme_id: UUID) -> list[ReleasedPoint]:
    """The theme's points that the room may read, newest first; none while a blind theme is not revealed."""
    if not is_revealed(focus_group, theme_id, await revealed_themes(db, focus_group.id)):
        return []
    query = select(*_POINT).where(
        Contribution.focus_group_id == focus_group.id, Contribution.theme_id == theme_id, *is_released
    )
    return [ReleasedPoint(*row) for row in await db.exec(query.order_by(col(Contribution.number).desc()))]


async def released_point(db: AsyncSession, focus_group: FocusGroup, contribution_id: UUID) -> ReleasedPoint | None:
    """The point of the focus group, if the room may read it."""
    query = select(Contribution.theme_id, *_POINT).where(
        Contribution.id == contribution_id, Contribution.focus_group_id == focus_group.id, *is_released
    )
    found = (await db.exec(query)).first()
    if found is None or not is_revealed(focus_group, found[0], await revealed_themes(db, focus_group.id)):
        return None
    return ReleasedPoint(*found[1:])


async def place_counts(db: AsyncSession, focus_group_id: UUID) -> dict[tuple[UUID, ColumnKind], PlaceCount]:
    """(Theme, column) → how many points it holds; no entry where there is none."""
    is_moderated = or_(col(Contribution.is_hidden), col(Contribution.is_held))
    query = (
        select(Contribution.theme_id, Contribution.column, is_moderated, func.count())
        .where(Contribution.focus_group_id == focus_group_id, *_is_there)
        .group_by(col(Contribution.theme_id), col(Contribution.column), is_moderated)
    )
    counts: dict[tuple[UUID, ColumnKind], PlaceCount] = {}
    for theme_id, column, has_been, count in await db.exec(query):
        place = theme_id, ColumnKind(column)
        before = counts.get(place, PlaceCount())
        counts[place] = PlaceCount(before.released, count) if has_been else PlaceCount(count, before.moderated)
    return counts
