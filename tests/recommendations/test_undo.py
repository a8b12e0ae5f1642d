"""Nothing is lost by any step: every one can be undone, after a restart, and whatever went meanwhile stays gone."""

import json
import random
from uuid import UUID

import pytest
from sqlalchemy import delete
from sqlmodel import col, select

from tests.conftest import Installation
from tests.queries import count_queries
from tests.recommendations.gathered import Gathered, gather
from tests.recommendations.random_steps import take_random_steps
from tests.recommendations.way_back import snapshot, undo_all
from workshop.app import create_app
from workshop.contributions.models import Contribution
from workshop.contributions.writes import delete_contribution
from workshop.database import Database
from workshop.findings.models import Finding
from workshop.findings.writes import group_points, word_finding
from workshop.focus_groups.models import Participant
from workshop.programmes.models import ColumnKind, Theme
from workshop.recommendations.models import Recommendation, Step
from workshop.recommendations.queries import contributions_behind, recommendations_of
from workshop.recommendations.undo import (
    StepIsNotLast,
    forget_steps,
    next_turns,
    recorded,
    redo_step,
    undo_last_step,
)
from workshop.recommendations.writes import make_recommendation, put_under_theme, word_recommendation

pytestmark = pytest.mark.anyio
NEEDS = ColumnKind.NEEDS_TO_HAPPEN


async def one_recommendation(here: Installation, gathered: Gathered, points: list[UUID] | None = None) -> UUID:
    """A recommendation over two points, recorded."""
    theme = gathered.meeting.themes[0]
    async with here.database.writing() as db, recorded(db, gathered.programme_id, "made a recommendation", None):
        chosen = points or gathered.needs()[:2]
        finding = await group_points(db, gathered.programme_id, theme.id, NEEDS, "Minutes in time", chosen)
        made = await make_recommendation(db, gathered.programme_id, theme.id, "Send minutes in time.", [finding.id])
    return made.id


@pytest.mark.parametrize("seed", range(5))
async def test_as_many_undos_as_steps_after_a_restart_leave_everything_as_it_was(
    installation: Installation, seed: int
) -> None:
    gathered = await gather(installation)
    chance = random.Random(seed)  # noqa: S311 (chance, no secret)
    await take_random_steps(installation.database, gathered.programme_id, 30, chance)
    async with installation.database.writing() as db:
        await forget_steps(db, gathered.programme_id)
    before = await snapshot(installation.database, gathered.programme_id)
    taken = await take_random_steps(installation.database, gathered.programme_id, 60, chance)
    after = await snapshot(installation.database, gathered.programme_id)
    assert len(set(taken)) > 5
    assert after != before

    again = create_app(installation.settings)
    async with again.lifespan():
        database: Database = again.state.database
        undone = await undo_all(database, gathered.programme_id)
        assert undone > 10
        assert await snapshot(database, gathered.programme_id) == before
        for _ in range(undone):
            async with database.writing() as db:
                assert await redo_step(db, gathered.programme_id)
        assert await snapshot(database, gathered.programme_id) == after


async def test_a_point_deleted_since_is_not_revived(installation: Installation) -> None:
    gathered = await gather(installation)
    recommendation_id = await one_recommendation(installation, gathered)
    point_id = gathered.needs()[0]
    async with installation.database.writing() as db, recorded(db, gathered.programme_id, "took out", None):
        point = (await db.exec(select(Contribution).where(Contribution.id == point_id))).one()
        point.finding_id = None
        db.add(point)
    async with installation.database.writing() as db:
        author = await db.get(Participant, point.participant_id)
        assert author is not None
        await delete_contribution(db, author, point_id)
    async with installation.database.writing() as db:
        assert await undo_last_step(db, gathered.programme_id) == "took out"
    async with installation.database.reading() as db:
        stored = await db.get(Contribution, point_id)
        assert stored is not None
        assert (stored.text, stored.finding_id, stored.is_deleted) == (None, None, True)
        assert [each.id for each in await contributions_behind(db, recommendation_id)] == gathered.needs()[1:2]


async def test_a_point_and_a_theme_that_are_gone_altogether_stop_no_undo(installation: Installation) -> None:
    gathered = await gather(installation)
    recommendation_id = await one_recommendation(installation, gathered)
    async with installation.database.writing() as db:
        extra = Theme(programme_id=gathered.programme_id, name="Later removed", position=9)
        db.add(extra)
    for theme_id in (extra.id, None):
        async with installation.database.writing() as db, recorded(db, gathered.programme_id, "moved", None):
            recommendation = await db.get(Recommendation, recommendation_id)
            assert recommendation is not None
            await put_under_theme(db, recommendation, theme_id, is_flat_list=False)
    async with installation.database.writing() as db:
        await db.exec(delete(Theme).where(col(Theme.id) == extra.id))
        await db.exec(delete(Contribution).where(col(Contribution.id) == gathered.needs()[0]))
    assert await undo_all(installation.database, gathered.programme_id) == 3
    async with installation.database.reading() as db:
        assert await recommendations_of(db, gathered.programme_id) == []
        assert list(await db.exec(select(Finding))) == []


async def test_a_point_that_came_in_otherwise_leaves_with_its_finding(installation: Installation) -> None:
    gathered = await gather(installation)
    await one_recommendation(installation, gathered)
    async with installation.database.writing() as db:
        finding = (await db.exec(select(Finding))).one()
        point = (await db.exec(select(Contribution).where(Contribution.id == gathered.needs()[5]))).one()
        point.finding_id = finding.id
        db.add(point)
    await undo_all(installation.database, gathered.programme_id)
    async with installation.database.reading() as db:
        assert {each.finding_id for each in await db.exec(select(Contribution))} == {None}


async def test_steps_hold_no_words_of_a_point(installation: Installation) -> None:
    gathered = await gather(installation)
    chance = random.Random(1)  # noqa: S311 (chance, no secret)
    await take_random_steps(installation.database, gathered.programme_id, 30, chance)
    async with installation.database.reading() as db:
        kept = json.dumps([step.changes for step in await db.exec(select(Step))])
    assert kept.count("Words ")
    assert "Point " not in kept


async def test_a_new_step_takes_the_place_of_what_was_undone(installation: Installation) -> None:
    gathered = await gather(installation)
    await one_recommendation(installation, gathered)
    async with installation.database.writing() as db:
        await undo_last_step(db, gathered.programme_id)
        last, following = await next_turns(db, gathered.programme_id)
    assert last is None
    assert following is not None
    assert following.verb == "made a recommendation"
    await one_recommendation(installation, gathered)
    async with installation.database.writing() as db:
        assert await redo_step(db, gathered.programme_id) is None
        last, following = await next_turns(db, gathered.programme_id)
    assert last is not None
    assert (last.number, following) == (1, None)


async def test_undo_takes_back_only_the_step_that_was_seen(installation: Installation) -> None:
    gathered = await gather(installation)
    recommendation_id = await one_recommendation(installation, gathered)
    async with installation.database.writing() as db, recorded(db, gathered.programme_id, "reworded", None):
        recommendation = await db.get(Recommendation, recommendation_id)
        assert recommendation is not None
        await word_recommendation(db, recommendation, "Send them within a week.", "Send minutes in time.")
    with pytest.raises(StepIsNotLast):
        async with installation.database.writing() as db:
            await undo_last_step(db, gathered.programme_id, number=1)
    async with installation.database.writing() as db:
        assert await undo_last_step(db, gathered.programme_id, number=2) == "reworded"


async def test_a_block_that_changes_nothing_is_no_step(installation: Installation) -> None:
    gathered = await gather(installation)
    await one_recommendation(installation, gathered)
    async with installation.database.writing() as db, recorded(db, gathered.programme_id, "nothing", None):
        finding = (await db.exec(select(Finding))).one()
        await word_finding(db, finding, finding.heading, finding.heading)
    async with installation.database.reading() as db:
        assert [step.verb for step in await db.exec(select(Step))] == ["made a recommendation"]


async def test_forgetting_leaves_the_work_but_no_way_back(installation: Installation) -> None:
    gathered = await gather(installation)
    await one_recommendation(installation, gathered)
    async with installation.database.writing() as db:
        assert await forget_steps(db, gathered.programme_id) == 1
    async with installation.database.writing() as db:
        assert await undo_last_step(db, gathered.programme_id) is None
        assert len(await recommendations_of(db, gathered.programme_id)) == 1


async def test_undoing_asks_no_more_for_a_long_list_than_for_a_short_one(installation: Installation) -> None:
    gathered = await gather(installation)
    theme = gathered.meeting.themes[0].id
    asked = []
    for length in (2, 6):
        async with installation.database.writing() as db, recorded(db, gathered.programme_id, "made some", None):
            finding = await group_points(db, gathered.programme_id, theme, NEEDS, "Minutes", gathered.needs()[:1])
            for number in range(length):
                await make_recommendation(db, gathered.programme_id, theme, f"Number {number}", [finding.id])
        async with installation.database.writing() as db:
            await undo_last_step(db, gathered.programme_id)
        async with installation.database.writing() as db:
            with count_queries(installation.database) as queries:
                await redo_step(db, gathered.programme_id)
        asked.append(len(queries))
    assert asked[0] == asked[1]
