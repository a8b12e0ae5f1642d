"""Random steps on a programme's findings and recommendations, through the writes that the pages use."""

import random
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.database import Database
from workshop.facts import Refused
from workshop.findings.models import Finding
from workshop.findings.queries import findings_of
from workshop.findings.writes import add_points, group_points, split_finding, take_points_out, word_finding
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import ColumnKind, Programme
from workshop.programmes.queries import themes_of
from workshop.recommendations import writes
from workshop.recommendations.listing import show_as_flat_list
from workshop.recommendations.models import Recommendation
from workshop.recommendations.queries import recommendations_of
from workshop.recommendations.undo import recorded

Chance = random.Random
Act = Callable[[AsyncSession, Programme, Chance], Awaitable[Any]]


async def take_random_steps(database: Database, programme_id: UUID, count: int, chance: Chance) -> list[str]:
    """Take ``count`` random acts, each recorded; returns the names of those that were not refused."""
    taken: list[str] = []
    for number in range(count):
        act = chance.choice(ACTS)
        try:
            async with database.writing() as db, recorded(db, programme_id, f"{number} {act.__name__}", None):
                programme = await db.get(Programme, programme_id)
                assert programme is not None
                await act(db, programme, chance)
        except (Refused, NothingThere):
            continue
        taken.append(act.__name__)
    return taken


class NothingThere(Exception):
    """There is nothing yet that the act could be done to."""


async def _points(
    db: AsyncSession, finding: Finding | None, programme: Programme, chance: Chance
) -> list[Contribution]:
    query = (
        select(Contribution)
        .join(FocusGroup, col(FocusGroup.id) == col(Contribution.focus_group_id))
        .where(FocusGroup.programme_id == programme.id)
        .order_by(col(Contribution.id))
    )
    if finding:
        query = query.where(Contribution.finding_id == finding.id)
    found = list(await db.exec(query))
    if not found:
        raise NothingThere
    return chance.sample(found, min(len(found), chance.randint(1, 4)))


async def _finding(db: AsyncSession, programme: Programme, chance: Chance) -> Finding:
    found = await findings_of(db, programme.id)
    if not found:
        raise NothingThere
    return chance.choice(sorted(found, key=lambda each: each.id))


async def _recommendation(db: AsyncSession, programme: Programme, chance: Chance) -> Recommendation:
    found = await recommendations_of(db, programme.id)
    if not found:
        raise NothingThere
    return chance.choice(found)


def _words(chance: Chance) -> str:
    return f"Words {chance.randint(1, 10**9)} – “così”, 🙂\nand a second line"


async def _group(db: AsyncSession, programme: Programme, chance: Chance) -> Finding:
    themes = await themes_of(db, programme.id)
    theme, column = chance.choice(themes), chance.choice(list(ColumnKind))
    query = select(Contribution.id).where(Contribution.theme_id == theme.id, Contribution.column == column)
    found = sorted(await db.exec(query))
    if not found:
        raise NothingThere
    chosen = chance.sample(found, min(len(found), chance.randint(1, 5)))
    return await group_points(db, programme.id, theme.id, column, _words(chance), chosen)


async def make(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    finding = await _group(db, programme, chance)
    await writes.make_recommendation(db, programme.id, finding.theme_id, _words(chance), [finding.id])


async def group(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    await _group(db, programme, chance)


async def add(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    points = await _points(db, None, programme, chance)
    await add_points(db, await _finding(db, programme, chance), [points[0].id])


async def name_finding(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    recommendation = await _recommendation(db, programme, chance)
    await writes.add_findings(db, recommendation, [(await _finding(db, programme, chance)).id])


async def take_out(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    finding = await _finding(db, programme, chance)
    await take_points_out(db, finding, [each.id for each in await _points(db, finding, programme, chance)])


async def split_points(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    finding = await _finding(db, programme, chance)
    points = await _points(db, finding, programme, chance)
    await split_finding(db, finding, _words(chance), [each.id for each in points])


async def head(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    finding = await _finding(db, programme, chance)
    await word_finding(db, finding, _words(chance), finding.heading)


async def word(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    recommendation = await _recommendation(db, programme, chance)
    await writes.word_recommendation(db, recommendation, _words(chance), recommendation.text)


async def move(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    recommendation = await _recommendation(db, programme, chance)
    to = chance.choice(list(writes.Move))
    await writes.move_recommendation(db, recommendation, to, is_flat_list=programme.is_flat_list)


async def change_theme(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    recommendation = await _recommendation(db, programme, chance)
    theme_id = chance.choice([None, *(theme.id for theme in await themes_of(db, programme.id))])
    await writes.put_under_theme(db, recommendation, theme_id, is_flat_list=programme.is_flat_list)


async def merge(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    one, other = await _recommendation(db, programme, chance), await _recommendation(db, programme, chance)
    await writes.merge_recommendations(db, one, other, _words(chance), (one.text, other.text))


async def split(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    recommendation = await _recommendation(db, programme, chance)
    finding = await _finding(db, programme, chance)
    points = [] if chance.random() < 0.5 else [each.id for each in await _points(db, finding, programme, chance)]
    await writes.split_recommendation(db, recommendation, _words(chance), [finding.id], points)


async def split_its_points(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    recommendation = await _recommendation(db, programme, chance)
    finding = await _finding(db, programme, chance)
    points = [each.id for each in await _points(db, finding, programme, chance)]
    await writes.split_recommendation(db, recommendation, _words(chance), [], points)


async def leave_out(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    await writes.leave_out(db, await _recommendation(db, programme, chance), _words(chance))


async def bring_back(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    await writes.bring_back(db, await _recommendation(db, programme, chance))


async def delete_finding(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    await writes.delete_empty_finding(db, await _finding(db, programme, chance))


async def delete_recommendation(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    await writes.delete_empty_recommendation(db, await _recommendation(db, programme, chance))


async def flatten(db: AsyncSession, programme: Programme, chance: Chance) -> None:
    await show_as_flat_list(db, programme.id, is_flat_list=chance.random() < 0.5)


ACTS: list[Act] = [
    make,
    make,
    group,
    add,
    name_finding,
    take_out,
    take_out,
    split_points,
    head,
    word,
    move,
    move,
    change_theme,
    merge,
    split,
    split_its_points,
    leave_out,
    bring_back,
    delete_finding,
    delete_recommendation,
    flatten,
]
