"""Findings as others read them than those who made them: the room itself, and who reads a programme's results."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import and_, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.contributions.released import is_released
from workshop.findings.borrowed import covered_headings, headings_in_covered_words
from workshop.findings.models import Finding
from workshop.focus_groups.models import FocusGroup, Reveal
from workshop.focus_groups.reveals import is_revealed, revealed_themes
from workshop.focus_groups.stage import IN_SESSION
from workshop.programmes.models import ColumnKind

# In place of a heading that is not to be read, where its points or votes are counted.
WITHHELD = "Not shown: its words are hidden, held or not revealed yet"


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


async def withheld_headings(db: AsyncSession, programme_id: UUID) -> frozenset[UUID]:
    """The programme's findings whose headings stand in no results: they repeat words that the room may not read.

    Those in the words of a held or hidden point and, as long as a blind group is in session, its own under themes that
    are not revealed.
    """
    unrevealed = (
        select(Finding.id)
        .join(FocusGroup, col(FocusGroup.id) == col(Finding.focus_group_id))
        .join(
            Reveal,
            and_(
                col(Reveal.focus_group_id) == col(FocusGroup.id),
                col(Reveal.theme_id) == col(Finding.theme_id),
            ),
            isouter=True,
        )
        .where(
            Finding.programme_id == programme_id,
            col(FocusGroup.is_blind),
            col(FocusGroup.phase).in_(IN_SESSION),
            col(Reveal.theme_id).is_(None),
        )
    )
    return await covered_headings(db, programme_id) | set(await db.exec(unrevealed))
