"""One finding out of several: points, votes and recommendations go with it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.facts import Refused
from workshop.findings.models import Finding
from workshop.findings.votes import move_votes
from workshop.recommendations.models import RecommendationFinding
from workshop.recommendations.rows import remove_finding


async def merge_findings(db: AsyncSession, findings: Sequence[Finding], heading: str) -> Finding:
    """Make one of ``findings`` (of one theme, column and room): the first keeps its place and takes all that they have.

    An empty ``heading`` is that of the one with the most points. Raises Refused for fewer than two, or unlike ones.
    """
    if len({finding.id for finding in findings}) < 2:  # noqa: PLR2004 (one cannot be merged)
        raise Refused("Tick at least two headings", "findings")
    if len({(finding.theme_id, finding.column, finding.focus_group_id) for finding in findings}) > 1:
        raise Refused("Only headings of the same theme and column can become one", "findings")
    kept, *others = findings
    kept.heading = heading or (await _largest(db, findings)).heading
    db.add(kept)
    for other in others:
        await db.exec(
            update(Contribution)
            .where(col(Contribution.finding_id) == other.id)
            .values(finding_id=kept.id, finding_position=None)
        )
        await db.exec(update(Finding).where(col(Finding.parent_id) == other.id).values(parent_id=kept.id))
        await move_votes(db, other.id, kept.id)
        await _move_links(db, other.id, kept.id)
        await remove_finding(db, other.id)
    return kept


async def _largest(db: AsyncSession, findings: Sequence[Finding]) -> Finding:
    query = (
        select(Contribution.finding_id, func.count())
        .where(col(Contribution.finding_id).in_([finding.id for finding in findings]))
        .group_by(col(Contribution.finding_id))
    )
    counts = dict(list(await db.exec(query)))
    return max(findings, key=lambda finding: counts.get(finding.id, 0))


async def _move_links(db: AsyncSession, finding_id: UUID, to: UUID) -> None:
    """Recommendations that name it name the other, in its place; those that name both go on naming that one."""
    has_both = select(RecommendationFinding.recommendation_id).where(RecommendationFinding.finding_id == to)
    await db.exec(
        update(RecommendationFinding)
        .where(
            col(RecommendationFinding.finding_id) == finding_id,
            col(RecommendationFinding.recommendation_id).not_in(has_both.scalar_subquery()),
        )
        .values(finding_id=to)
    )
