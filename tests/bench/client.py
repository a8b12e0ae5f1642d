"""A load client that leaves the processor to the server: keep-alive connections on bare asyncio protocols.

httpx takes several times as long for a request as the server that it is to measure.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

import httptools
import uvloop

PATIENCE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: ``body`` is as it went over the wire, compressed or not."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes


class ConnectionLost(ConnectionError):
    """The server went away before it answered."""


class Connection(asyncio.Protocol):
    """One keep-alive connection with one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Answer] | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._headers: dict[bytes, bytes] = {}
        self._body: list[bytes] = []

    @classmethod
    async def to(cls, port: int) -> "Connection":
        """A connection to this machine's ``port``."""
        _, connection = await asyncio.get_running_loop().create_connection(cls, "127.0.0.1", port)
        return connection

    async def ask(self, request: bytes) -> Answer:
        """Send one whole request, return its answer. Raises ConnectionLost."""
        if self._transport is None or self._transport.is_closing():
            raise ConnectionLost
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """End it."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asyncio: the connection stands."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Asyncio: bytes came."""
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Asyncio: the other side is gone."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionLost())

    def on_header(self, name: bytes, value: bytes) -> None:
        """Httptools: a header."""
        self._headers[name.lower()] = value

    def on_body(self, body: bytes) -> None:
        """Httptools: a part of the body."""
        self._body.append(body)

    def on_message_complete(self) -> None:
        """Httptools: the answer is whole."""
        answer = Answer(self._parser.get_status_code(), self._headers, b"".join(self._body))
        self._parser = httptools.HttpResponseParser(self)
        self._headers, self._body = {}, []
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)


@dataclass
class Tally:
    """What a run of requests showed: latencies in seconds, answers by status, one body to look at."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    sample: bytes = b""

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def milliseconds(self, share: float) -> float:
        """The latency that ``share`` (0.95) of all answers stayed under, in milliseconds."""
        return quantile(self.latencies, share) * 1000

    def join(self, other: "Tally") -> None:
        """Add another run's answers to this one's."""
        self.seconds += other.seconds
        self.latencies += other.latencies
        self.sample = other.sample
        for status, count in other.statuses.items():
            self.statuses[status] = self.statuses.get(status, 0) + count


def quantile(values: list[float], share: float) -> float:
    """The smallest value that ``share`` of ``values`` do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def form_post(path: str, body: bytes, *, cookie: str = "", headers: str = "") -> bytes:
    """A urlencoded form's whole request."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Accept-Encoding: gzip\r\nContent-Length: {len(body)}\r\n{headers}"
    )
    return (head + (f"Cookie: {cookie}\r\n" if cookie else "") + "\r\n").encode() + body


def page_get(path: str, *, cookie: str = "", headers: str = "") -> bytes:
    """A page's whole request."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{headers}"
    return (head + (f"Cookie: {cookie}\r\n" if cookie else "") + "\r\n").encode()


async def press(port: int, requests: Sequence[Callable[[], bytes | None]], seconds: float) -> Tally:
    """One connection for each of ``requests``, each sending its next request as soon as it has its answer.

    A connection whose next request is none is done before its time.
    """
    connections = [await Connection.to(port) for _ in requests]
    tally = Tally()
    end = time.perf_counter() + seconds

    async def keep_on(connection: Connection, following: Callable[[], bytes | None]) -> None:
        while (began := time.perf_counter()) < end and (request := following()) is not None:
            answer = await connection.ask(request)
            tally.latencies.append(time.perf_counter() - began)
            tally.statuses[answer.status] = tally.statuses.get(answer.status, 0) + 1
            tally.sample = answer.body

    began = time.perf_counter()
    async with asyncio.timeout(seconds + PATIENCE_SECONDS):
        await asyncio.gather(*map(keep_on, connections, requests))
    tally.seconds = time.perf_counter() - began
    for connection in connections:
        connection.close()
    return tally


def run_press(port: int, requests: Sequence[Callable[[], bytes | None]], seconds: float) -> Tally:
    """``press`` on a loop of its own, as fast as the server's."""
    return uvloop.run(press(port, requests, seconds))


def one_by_one(items: list[bytes]) -> Callable[[], bytes]:
    """Each item in turn, and from the first again."""

    def for_ever() -> Iterator[bytes]:
        while True:
            yield from items

    return for_ever().__next__
