"""Thousands of event streams in one process, and when the last of them heard of a revision."""

import asyncio
import math
import re
import time
from collections.abc import Iterable
from typing import cast

OPEN = re.compile(rb"HTTP/1\.1 200 ")
HEARD = re.compile(rb"^id: (\d+)\r?$", re.MULTILINE)
PATIENCE_SECONDS = 120.0


class Audience:
    """All streams together. ``heard_at``: revision → when the newest listener to reach it did so."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.open = 0
        self.refused = b""
        self.reached: dict[int, int] = {}
        self.heard_at: dict[int, float] = {}
        self.latest: list[int] = [-1] * size
        self._floor: int | None = None

    def hear(self, place: int, revision: int) -> None:
        """Note that a listener has come to ``revision``, and so to all below it."""
        before, self.latest[place] = self.latest[place], revision
        if self._floor is None:
            return
        at = time.perf_counter()
        for reached in range(max(before, self._floor) + 1, revision + 1):
            self.reached[reached] = self.reached.get(reached, 0) + 1
            self.heard_at[reached] = at

    def begin(self) -> None:
        """Count from here on; whatever was heard before was the revision at the opening."""
        self._floor = max(self.latest)
        self.latest = [self._floor] * self.size

    def delay(self, revision: int, since: float) -> float:
        """Seconds from ``since`` until all had heard of ``revision``; infinite when not all have."""
        return max(0.0, self.heard_at[revision] - since) if self.reached.get(revision) == self.size else math.inf


class Listener(asyncio.Protocol):
    """One stream: as little as can be, for there are thousands in one process."""

    __slots__ = ("_audience", "_is_open", "_place", "_request", "transport")

    def __init__(self, audience: Audience, place: int, request: bytes) -> None:
        self._audience = audience
        self._place = place
        self._request = request
        self._is_open = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asyncio: ask for the stream."""
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        """Asyncio: bytes came; the last number in them is the newest."""
        if not self._is_open:
            self._is_open = True
            if OPEN.match(data):
                self._audience.open += 1
            else:
                self._audience.refused = data
        if found := HEARD.findall(data):
            self._audience.hear(self._place, int(found[-1]))


async def listen(port: int, requests: Iterable[bytes], audience: Audience) -> list[Listener]:
    """Open every stream, some hundred at a time. Raises ConnectionError when one is refused."""
    loop = asyncio.get_running_loop()
    listeners: list[Listener] = []

    async def one(place: int, request: bytes) -> None:
        _, listener = await loop.create_connection(lambda: Listener(audience, place, request), "127.0.0.1", port)
        listeners.append(listener)

    wanted = list(enumerate(requests))
    async with asyncio.timeout(PATIENCE_SECONDS):
        for start in range(0, len(wanted), 200):
            await asyncio.gather(*(one(place, request) for place, request in wanted[start : start + 200]))
            while audience.open < min(start + 200, len(wanted)):
                if audience.refused:
                    raise ConnectionError(audience.refused[:400])
                await asyncio.sleep(0.01)
    return listeners


def hang_up(listeners: Iterable[Listener]) -> None:
    """Close every stream."""
    for listener in listeners:
        if listener.transport is not None:
            listener.transport.close()
