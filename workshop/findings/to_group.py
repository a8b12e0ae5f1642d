"""What a room has to group: its points that may be read, and the headings that it has made of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.contributions.released import is_released
from workshop.findings.models import Finding
from workshop.programmes.models import ColumnKind


@dataclass(frozen=True, slots=True)
class PointToGroup:
    """A point that nobody hid or held. ``also_under``: other themes under which much the same is said."""

    id: UUID
    theme_id: UUID
    column: ColumnKind
    number: int
    text: str
    finding_id: UUID | None
    also_under: tuple[str, ...] = ()


_POINT: tuple[Any, ...] = (
    Contribution.id,
    Contribution.theme_id,
    Contribution.column,
    Contribution.number,
    Contribution.text,
    Contribution.finding_id,
)


async def points_to_group(db: AsyncSession, focus_group_id: UUID) -> list[PointToGroup]:
    """All points of the room that nobody hid or held, in order of arrival."""
    query = select(*_POINT).where(Contribution.focus_group_id == focus_group_id, *is_released)
    return [PointToGroup(*row) for row in await db.exec(query.order_by(col(Contribution.number)))]


async def findings_of_room(db: AsyncSession, focus_group_id: UUID, theme_id: UUID, column: ColumnKind) -> list[Finding]:
    """The room's own headings of one column, in their order."""
    query = select(Finding).where(
        Finding.focus_group_id == focus_group_id, Finding.theme_id == theme_id, Finding.column == column
    )
    return list(await db.exec(query.order_by(col(Finding.position), col(Finding.id))))


async def columns_with_headings(db: AsyncSession, focus_group_id: UUID) -> frozenset[tuple[UUID, ColumnKind]]:
    """(theme, column) of each column under which the room has made a heading."""
    query = select(Finding.theme_id, Finding.column).where(Finding.focus_group_id == focus_group_id).distinct()
    return frozenset((theme_id, ColumnKind(column)) for theme_id, column in await db.exec(query))
