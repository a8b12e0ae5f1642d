"""A board's event stream, held open as a browser would."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from tests.bench.client import page_get
from tests.bench.listeners import HEARD
from tests.room import Room
from tests.serving import ServerProcess


class Stream:
    """What a stream has said: the newest revision, and whether it has ended."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader
        self._news = asyncio.Condition()
        self.latest = -1
        self.has_ended = False

    async def read(self) -> None:
        """Read until the other side ends it."""
        kept = b""
        while data := await self._read():
            kept = (kept + data)[-200:]
            if found := HEARD.findall(kept):
                async with self._news:
                    self.latest = int(found[-1])
                    self._news.notify_all()
        async with self._news:
            self.has_ended = True
            self._news.notify_all()

    async def above(self, revision: int, *, seconds: float) -> int:
        """The newest revision, once it is above ``revision``. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._news:
            await self._news.wait_for(lambda: self.latest > revision)
            return self.latest

    async def settled(self) -> int:
        """The revision at the start, when nothing new comes any more."""
        revision = await self.above(-1, seconds=10)
        with contextlib.suppress(TimeoutError):
            while True:
                revision = await self.above(revision, seconds=1.5)
        return revision

    async def ended(self, *, seconds: float) -> None:
        """Return once it has ended. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._news:
            await self._news.wait_for(lambda: self.has_ended)

    async def _read(self) -> bytes:
        try:
            return await self._reader.read(4096)
        except ConnectionError:
            return b""


@asynccontextmanager
async def stream_of(server: ServerProcess, room: Room) -> AsyncIterator[Stream]:
    """Ada's board's stream, open."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    path = f"/focus-groups/{room.focus_group_id}/stream"
    writer.write(page_get(path, cookie=f"workshop={room.tokens['ada']}"))
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
    assert head.split()[1] == str(HTTPStatus.OK.value).encode(), head
    stream = Stream(reader)
    reading = asyncio.create_task(stream.read())
    try:
        yield stream
    finally:
        writer.close()
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
