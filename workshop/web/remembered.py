"""What was read or rendered, kept while it is the newest: many viewers of a board or projector cost one making."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

MOST = 256
Made = TypeVar("Made")


class Remembered(Generic[Made]):
    """Remembers the last answers by what they depend on; whoever asks while one is being made waits for it."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, asyncio.Task[Made]] = OrderedDict()

    async def once(self, key: Hashable, make: Callable[[], Awaitable[Made]]) -> Made:
        """What ``make`` gave for ``key``. A failure goes to all who wait for it, and is not kept."""
        task = self._kept.get(key)
        if task is None:
            task = asyncio.ensure_future(_made(make))
            self._kept[key] = task
            task.add_done_callback(lambda done: self._forget_failed(key, done))
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        # Shielded: a viewer who leaves must not take the answer from the others.
        return await asyncio.shield(task)

    def _forget_failed(self, key: Hashable, done: asyncio.Task[Made]) -> None:
        if (done.cancelled() or done.exception() is not None) and self._kept.get(key) is done:
            del self._kept[key]


async def _made(make: Callable[[], Awaitable[Made]]) -> Made:
    return await make()
