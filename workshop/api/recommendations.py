"""A programme's recommendations, with what stands behind them in suppressed numbers."""

from uuid import UUID

import msgspec
from litestar import get

from workshop.accounts.policy import Permission
from workshop.api.problems import READ
from workshop.recommendations.overview import Line, recommendations_overview
from workshop.web.scope import TheDatabase, TheProgramme


class RecommendationSummary(msgspec.Struct):
    """A recommendation. Numbers are those of the suppressed table that the page shows; null where one is not shown.

    ``left_out``: why it is not in the list, null when it is. ``focus_groups``: how many its points came from.
    """

    id: UUID
    theme_id: UUID | None
    text: str
    left_out: str | None
    focus_groups: int | None
    people: int | None
    points: int | None


@get(
    "/programmes/{programme_id:uuid}/recommendations",
    name="api.recommendations",
    opt={"permission": Permission.READ_RESULTS},
    responses=READ,
)
async def list_recommendations(programme: TheProgramme, database: TheDatabase) -> list[RecommendationSummary]:
    """The programme's recommendations in order, then those left out."""
    async with database.reading() as db:
        overview = await recommendations_overview(db, programme, is_published=True)
    return [_summary(line) for line in (*overview.lines, *overview.left_out)]


def _summary(line: Line) -> RecommendationSummary:
    recommendation, published = line.recommendation, line.published
    is_shown = published is not None and published.points is not None
    return RecommendationSummary(
        id=recommendation.id,
        theme_id=recommendation.theme_id,
        text=recommendation.text,
        left_out=recommendation.left_out,
        focus_groups=len(published.focus_groups) if published and is_shown else None,
        people=published.people if published else None,
        points=published.points if published else None,
    )
