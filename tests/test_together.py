"""Whoever asks at the same moment is answered from one reading, each with their own."""

import asyncio
from pathlib import Path

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.database import Database
from workshop.together import MOST_AT_ONCE, Together

pytestmark = pytest.mark.anyio


class Readings:
    """Squares, but of 0; notes what was asked in each reading, and waits in it until told to go on."""

    def __init__(self) -> None:
        self.batches: list[set[int]] = []
        self.has_begun = asyncio.Event()
        self.may_go_on = asyncio.Event()

    async def squares(self, _db: AsyncSession, asked: set[int]) -> dict[int, int]:
        self.batches.append(asked)
        self.has_begun.set()
        await self.may_go_on.wait()
        if -1 in asked:
            raise ZeroDivisionError
        return {number: number**2 for number in asked if number}


@pytest.fixture
def readings() -> Readings:
    return Readings()


@pytest.fixture
async def together(tmp_path: Path, readings: Readings) -> Together[int, int]:
    return Together(Database(f"sqlite+aiosqlite:///{tmp_path / 'empty.sqlite3'}"), readings.squares)


async def test_all_who_ask_at_once_are_one_reading(together: Together[int, int], readings: Readings) -> None:
    readings.may_go_on.set()
    assert await asyncio.gather(*map(together.ask, [1, 2, 0, 2])) == [1, 4, None, 4]
    assert readings.batches == [{0, 1, 2}]


async def test_who_asks_during_a_reading_is_in_the_next(together: Together[int, int], readings: Readings) -> None:
    first = asyncio.create_task(together.ask(1))
    await readings.has_begun.wait()
    later = [asyncio.create_task(together.ask(number)) for number in (1, 3)]
    await asyncio.sleep(0)
    readings.may_go_on.set()
    assert (await first, await asyncio.gather(*later)) == (1, [1, 9])
    assert readings.batches == [{1}, {1, 3}]


async def test_no_reading_is_endlessly_large(together: Together[int, int], readings: Readings) -> None:
    readings.may_go_on.set()
    numbers = range(1, 2 * MOST_AT_ONCE + 2)
    assert await asyncio.gather(*map(together.ask, numbers)) == [number**2 for number in numbers]
    assert [len(batch) for batch in readings.batches] == [MOST_AT_ONCE, MOST_AT_ONCE, 1]


async def test_a_reading_that_fails_is_told_to_its_own_and_the_next_one_works(
    together: Together[int, int], readings: Readings
) -> None:
    readings.may_go_on.set()
    outcomes = await asyncio.gather(*map(together.ask, [-1, 1]), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [ZeroDivisionError] * 2
    assert await together.ask(2) == 4


async def test_one_who_goes_away_leaves_the_others_their_answers(
    together: Together[int, int], readings: Readings
) -> None:
    leaving, staying = (asyncio.create_task(together.ask(number)) for number in (1, 2))
    await readings.has_begun.wait()
    leaving.cancel()
    readings.may_go_on.set()
    assert await staying == 4
