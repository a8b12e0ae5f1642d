"""Two coordinators at once: their steps have one order, and all of them can be undone, on both databases."""

import asyncio
import random

import pytest
from sqlmodel import col, select

from tests.conftest import Installation
from tests.recommendations.gathered import gather
from tests.recommendations.random_steps import take_random_steps
from tests.recommendations.way_back import snapshot, undo_all
from workshop.recommendations.models import Step

pytestmark = pytest.mark.anyio


async def test_steps_of_two_coordinators_have_one_order_and_can_all_be_undone(
    installation_on_either: Installation,
) -> None:
    here = installation_on_either
    gathered = await gather(here)
    before = await snapshot(here.database, gathered.programme_id)
    await asyncio.gather(
        *(
            take_random_steps(here.database, gathered.programme_id, 20, random.Random(seed))  # noqa: S311 (chance, no secret)
            for seed in (1, 2)
        )
    )
    async with here.database.reading() as db:
        query = select(Step.number).where(Step.programme_id == gathered.programme_id).order_by(col(Step.number))
        numbers = list(await db.exec(query))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 10
    assert await undo_all(here.database, gathered.programme_id) == len(numbers)
    assert await snapshot(here.database, gathered.programme_id) == before
