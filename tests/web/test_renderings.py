"""Rendered changes are shared by all who ask for the same."""

import asyncio

import pytest

from workshop.web.renderings import Renderings


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
    renderings, kitchen = Renderings(), Kitchen()
    asking = [asyncio.ensure_future(renderings.once("key", lambda: kitchen.make("it"))) for _ in range(1000)]
    await asyncio.sleep(0)
    kitchen.is_open.set()
    assert set(await asyncio.gather(*asking)) == {"it"}
    assert await renderings.once("key", lambda: kitchen.make("it")) == "it"
    assert kitchen.made == ["it"]
    await renderings.once("another", lambda: kitchen.make("another"))
    assert kitchen.made == ["it", "another"]


async def test_a_viewer_who_leaves_takes_nothing_from_the_others() -> None:
    renderings, kitchen = Renderings(), Kitchen()
    first, second = [asyncio.ensure_future(renderings.once("key", lambda: kitchen.make("it"))) for _ in range(2)]
    await asyncio.sleep(0)
    first.cancel()
    kitchen.is_open.set()
    assert await second == "it"
    assert kitchen.made == ["it"]


async def test_a_failure_is_told_and_not_kept() -> None:
    renderings, kitchen = Renderings(), Kitchen()
    kitchen.is_open.set()

    async def burn() -> str:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 (any)
        await renderings.once("key", burn)
    await asyncio.sleep(0)
    assert await renderings.once("key", lambda: kitchen.make("it")) == "it"


async def test_the_oldest_go_first() -> None:
    renderings, kitchen = Renderings(most=2), Kitchen()
    kitchen.is_open.set()
    for key in ("a", "b", "a", "c", "a", "b"):
        await renderings.once(key, lambda key=key: kitchen.make(key))  # type: ignore[misc]  # bound at once
    assert kitchen.made == ["a", "b", "c", "b"]
