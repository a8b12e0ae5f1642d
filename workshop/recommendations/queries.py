"""Recommendations and what stands behind them. Evidence is read here and nowhere else."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.findings.evidence import Point
from workshop.findings.models import Finding
from workshop.findings.queries import IS_EVIDENCE, POINT
from workshop.focus_groups.models import FocusGroup
from workshop.recommendations.models import Recommendation, RecommendationFinding


async def recommendations_of(db: AsyncSession, programme_id: UUID) -> list[Recommendation]:
    """All of the programme's recommendations in order, those left out too."""
    query = select(Recommendation).where(Recommendation.programme_id == programme_id)
    return list(await db.exec(query.order_by(col(Recommendation.position), col(Recommendation.id))))


async def recommendation_of_programme(
    db: AsyncSession, programme_id: UUID, recommendation_id: UUID
) -> Recommendation | None:
    """The recommendation, if it is this programme's."""
    query = select(Recommendation).where(
        Recommendation.id == recommendation_id, Recommendation.programme_id == programme_id
    )
    return (await db.exec(query)).first()


async def findings_of_recommendations(db: AsyncSession, programme_id: UUID) -> dict[UUID, list[Finding]]:
    """Recommendation id → the findings that it names, in its order."""
    query = (
        select(RecommendationFinding.recommendation_id, Finding)
        .join(Finding, col(Finding.id) == col(RecommendationFinding.finding_id))
        .where(Finding.programme_id == programme_id)
        .order_by(col(RecommendationFinding.position), col(Finding.id))
    )
    findings: dict[UUID, list[Finding]] = {}
    for recommendation_id, finding in await db.exec(query):
        findings.setdefault(recommendation_id, []).append(finding)
    return findings


async def contributions_behind(db: AsyncSession, recommendation_id: UUID) -> list[Point]:
    """The points that are evidence for a recommendation, by group, in the order they arrived.

    Through its findings and the findings under them. Hidden and deleted points are no evidence; purged ones still are,
    without words.
    """
    query = _behind(Recommendation.id == recommendation_id, POINT)
    return [Point(*row[1:]) for row in await db.exec(query)]


async def points_behind_recommendations(db: AsyncSession, programme_id: UUID) -> dict[UUID, list[Point]]:
    """Recommendation id → the points behind it, without words, for all of a programme; one without any is not in it."""
    query = _behind(Recommendation.programme_id == programme_id, POINT[:-1])
    points: dict[UUID, list[Point]] = {}
    for recommendation_id, *row in await db.exec(query):
        points.setdefault(recommendation_id, []).append(Point(*row))
    return points


def _behind(which: Any, columns: Sequence[Any]) -> Any:
    """THE query: recommendation id and ``columns`` of every point behind the recommendations ``which``."""
    named = (
        select(
            col(RecommendationFinding.recommendation_id).label("recommendation_id"),
            col(RecommendationFinding.finding_id).label("finding_id"),
        )
        .join(Recommendation, col(Recommendation.id) == col(RecommendationFinding.recommendation_id))
        .where(which)
        .cte("behind", recursive=True)
    )
    # UNION, not UNION ALL: a finding that is named and also stands under a named one counts once.
    under = select(named.c.recommendation_id, col(Finding.id)).join(named, named.c.finding_id == col(Finding.parent_id))
    behind = named.union(under)
    statement: Any = select(behind.c.recommendation_id, *columns)
    return (
        statement.join(behind, behind.c.finding_id == col(Contribution.finding_id))
        .join(FocusGroup, col(FocusGroup.id) == col(Contribution.focus_group_id))
        .where(*IS_EVIDENCE)
        .order_by(col(FocusGroup.position), col(FocusGroup.id), col(Contribution.number), col(Contribution.id))
    )
