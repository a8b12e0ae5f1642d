"""A programme's recommendations, with what stands behind them in suppressed numbers."""

from uuid import UUID

import msgspec
from litestar import get

from workshop.accounts.policy import Permission
from workshop.api.problems import READ
from workshop.findings.evidence import NOTHING
from workshop.findings.queries import voices_of
from workshop.programmes.queries import agencies_of
from workshop.recommendations.queries import evidence_of_recommendations, recommendations_of
from workshop.web.scope import TheDatabase, TheProgramme


class RecommendationSummary(msgspec.Struct):
    """A recommendation. ``people`` and ``points`` are null where they are under the programme's minimum count.

    ``left_out``: why it is not in the list, null when it is.
    """

    id: UUID
    theme_id: UUID | None
    text: str
    left_out: str | None
    focus_groups: int
    people: int | None
    points: int | None


@get(
    "/programmes/{programme_id:uuid}/recommendations",
    name="api.recommendations",
    opt={"permission": Permission.READ_RESULTS},
    responses=READ,
)
async def list_recommendations(programme: TheProgramme, database: TheDatabase) -> list[RecommendationSummary]:
    """The programme's recommendations in order, those left out too."""
    async with database.reading() as db:
        recommendations = await recommendations_of(db, programme.id)
        voices = await voices_of(db, programme.id)
        agencies = await agencies_of(db, programme.id)
        evidence = await evidence_of_recommendations(db, programme.id, voices, agencies)
    answer = []
    for recommendation in recommendations:
        behind = evidence.get(recommendation.id, NOTHING)
        # Nothing is nothing to hide; else people and points are shown or hidden together.
        is_shown = not behind.points or behind.size >= programme.minimum_count
        answer.append(
            RecommendationSummary(
                id=recommendation.id,
                theme_id=recommendation.theme_id,
                text=recommendation.text,
                left_out=recommendation.left_out,
                focus_groups=len(behind.focus_groups),
                people=behind.people if is_shown else None,
                points=behind.points if is_shown else None,
            )
        )
    return answer
