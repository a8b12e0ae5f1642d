"""Evidence that somebody chose in one column of a theme: points, which are put under a heading first, and headings."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.findings.writes import add_points, group_points
from workshop.programmes.models import ColumnKind
from workshop.recommendations.models import Recommendation
from workshop.recommendations.queries import findings_of_recommendations
from workshop.recommendations.writes import NothingChosen, add_findings, make_recommendation


@dataclass(frozen=True, slots=True)
class Choice:
    """Points of one column of a theme, and headings, by their ids. ``heading``: what the points say, or nothing."""

    theme_id: UUID
    column: ColumnKind
    points: Sequence[UUID]
    findings: Sequence[UUID]
    heading: str = ""


async def recommend(db: AsyncSession, programme_id: UUID, choice: Choice, text: str) -> Recommendation:
    """A new recommendation; its points go under a heading of their own, ``text`` where none was written for them."""
    findings = list(choice.findings)
    if choice.points:
        findings.append(await _grouped(db, programme_id, choice, choice.heading or text))
    return await make_recommendation(db, programme_id, choice.theme_id, text, findings)


async def add_evidence(db: AsyncSession, recommendation: Recommendation, choice: Choice) -> None:
    """Put more behind a recommendation. Raises NothingChosen.

    Points go under a heading that it names in this column already, unless one was written for them.
    """
    if not choice.points and not choice.findings:
        raise NothingChosen("Choose at least one point or heading", "points")
    findings = list(choice.findings)
    if choice.points:
        named = (await findings_of_recommendations(db, recommendation.programme_id)).get(recommendation.id, [])
        alike = [each for each in named if (each.theme_id, each.column) == (choice.theme_id, choice.column)]
        if alike and not choice.heading:
            await add_points(db, alike[0], choice.points)
        else:
            heading = choice.heading or recommendation.text
            findings.append(await _grouped(db, recommendation.programme_id, choice, heading))
    if findings:
        await add_findings(db, recommendation, findings)


async def _grouped(db: AsyncSession, programme_id: UUID, choice: Choice, heading: str) -> UUID:
    return (await group_points(db, programme_id, choice.theme_id, choice.column, heading, choice.points)).id
