"""What was made once is shared by all who ask for the same."""

import asyncio

import pytest

from workshop.web.remembered import Remembered


class Kitchen:
    """Counts how often something was made."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.is_open = asyncio.Event()

    async def make(self, what: str) -> str:
        """Take as long as the kitchen is closed."""
        self.made.append(what)
        await self.is_open.wait()
        return what


async def test_a_thousand_viewers_cost_one_rendering() -> None:
    remembered, kitchen = Remembered[str](), Kitchen()
    asking = [asyncio.ensure_future(remembered.once("key", lambda: kitchen.make("it"))) for _ in range(1000)]
    await asyncio.sleep(0)
    kitchen.is_open.set()
    assert set(await asyncio.gather(*asking)) == {"it"}
    assert await remembered.once("key", lambda: kitchen.make("it")) == "it"
    assert kitchen.made == ["it"]
    await remembered.once("another", lambda: kitchen.make("another"))
    assert kitchen.made == ["it", "another"]


async def test_a_viewer_who_leaves_takes_nothing_from_the_others() -> None:
    remembered, kitchen = Remembered[str](), Kitchen()
    first, second = [asyncio.ensure_future(remembered.once("key", lambda: kitchen.make("it"))) for _ in range(2)]
    await asyncio.sleep(0)
    first.cancel()
    kitchen.is_open.set()
    assert await second == "it"
    assert kitchen.made == ["it"]


async def test_a_failure_is_told_and_not_kept() -> None:
    remembered, kitchen = Remembered[str](), Kitchen()
    kitchen.is_open.set()

    async def burn() -> str:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 (any)
        await remembered.once("key", burn)
    await asyncio.sleep(0)
    assert await remembered.once("key", lambda: kitchen.make("it")) == "it"


async def test_the_oldest_go_first() -> None:
    remembered, kitchen = Remembered[str](most=2), Kitchen()
    kitchen.is_open.set()
    for key in ("a", "b", "a", "c", "a", "b"):
        await remembered.once(key, lambda key=key: kitchen.make(key))  # type: ignore[misc]  # bound at once
    assert kitchen.made == ["a", "b", "c", "b"]
