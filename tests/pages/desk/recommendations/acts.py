"""What a coordinator does by the plain forms, and what is stored of it."""

from uuid import UUID

import httpx
from sqlmodel import col, select

from tests.conftest import Installation
from tests.pages.desk.browsing import form
from tests.recommendations.gathered import Gathered
from workshop.contributions.models import Contribution
from workshop.recommendations.models import Recommendation, RecommendationFinding


def at(gathered: Gathered, path: str = "") -> str:
    return f"/programmes/{gathered.programme_id}/recommendations{path}"


async def made(
    here: Installation, cleo: httpx.AsyncClient, gathered: Gathered, text: str, points: list[UUID], theme: int = 0
) -> UUID:
    """A recommendation over ``points``, made by the form; its id."""
    sent = {"theme": gathered.meeting.themes[theme].id, "text": text, "points": points}
    answer = await cleo.post(at(gathered), data=form(sent))
    assert answer.status_code == 303, answer.text
    async with here.database.reading() as db:
        return (await db.exec(select(Recommendation.id).where(Recommendation.text == text))).one()


async def words(here: Installation) -> list[str]:
    """The listed recommendations' words, in order."""
    async with here.database.reading() as db:
        query = select(Recommendation).order_by(col(Recommendation.position))
        return [each.text for each in await db.exec(query) if each.left_out is None]


async def points_of(here: Installation, recommendation_id: UUID) -> set[UUID]:
    async with here.database.reading() as db:
        query = (
            select(Contribution.id)
            .join(RecommendationFinding, col(RecommendationFinding.finding_id) == col(Contribution.finding_id))
            .where(RecommendationFinding.recommendation_id == recommendation_id)
        )
        return set(await db.exec(query))
