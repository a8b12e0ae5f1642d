"""The findings of one room as the room itself reads them."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.contributions.released import is_released
from workshop.findings.borrowed import headings_in_covered_words
from workshop.findings.models import Finding
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.reveals import is_revealed, revealed_themes
from workshop.programmes.models import ColumnKind


@dataclass(frozen=True, slots=True)
class ReleasedFinding:
    """A heading, and how many points under it the room may read."""

    id: UUID
    heading: str
    points: int


async def released_findings(
    db: AsyncSession, focus_group: FocusGroup, theme_id: UUID, column: ColumnKind
) -> list[ReleasedFinding]:
    """The room's findings of a theme and column in their order, with a point at least that may be read.

    A heading is mostly made of its points' words: while a blind theme is not revealed, when all points under a
    heading are hidden or held, or the one in whose words it is, the room does not read it either.
    """
    if not is_revealed(focus_group, theme_id, await revealed_themes(db, focus_group.id)):
        return []
    query = (
        select(Finding.id, Finding.heading, func.count())
        .join(Contribution, col(Contribution.finding_id) == col(Finding.id))
        .where(
            Finding.focus_group_id == focus_group.id,
            Finding.theme_id == theme_id,
            Finding.column == column,
            Contribution.focus_group_id == focus_group.id,
            *is_released,
        )
        .group_by(col(Finding.id), col(Finding.heading), col(Finding.position))
        .order_by(col(Finding.position), col(Finding.id))
    )
    found = [ReleasedFinding(*row) for row in await db.exec(query)]
    covered = await headings_in_covered_words(db, focus_group.id)
    return [finding for finding in found if finding.id not in covered]
