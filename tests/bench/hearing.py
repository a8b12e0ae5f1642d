"""One event stream, with the time of every hint: for meetings in which each listener does something when it hears."""

import asyncio
import time

from tests.bench.listeners import Audience, Listener

OPENING_SECONDS = 20.0


class Ear(Audience):
    """What one listener heard. ``news`` is set at every hint."""

    def __init__(self) -> None:
        super().__init__(1)
        self.heard: list[tuple[int, float]] = []
        self.news = asyncio.Event()

    def hear(self, place: int, revision: int) -> None:
        """Note it, and wake whoever waits."""
        self.latest[place] = revision
        self.heard.append((revision, time.perf_counter()))
        self.news.set()

    @property
    def newest(self) -> int:
        """The revision that it has come to; -1 before any."""
        return self.latest[0]

    def since(self, revision: int, moment: float) -> float | None:
        """Seconds from ``moment`` until it knew of ``revision`` or a later one; none when it does not."""
        at = next((at for heard, at in self.heard if heard >= revision), None)
        return None if at is None else max(0.0, at - moment)


async def listen_with(ear: Ear, port: int, request: bytes) -> None:
    """Open the stream, and return once its first bytes are there. Raises ConnectionError when it is refused."""
    await asyncio.get_running_loop().create_connection(lambda: Listener(ear, 0, request), "127.0.0.1", port)
    async with asyncio.timeout(OPENING_SECONDS):
        while not ear.open:
            if ear.refused:
                raise ConnectionError(ear.refused[:400])
            await asyncio.sleep(0.01)
