"""Open boards while people write: submissions a second, and when the last of the boards heard of each.

A submission's revision is read from the database afterwards, so each acknowledgement is compared with the hint that
told of it. The client is one process; its work counts against the server, as both share the machine.
"""

import asyncio
import contextlib
import gc
import resource
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import uvloop

from tests.bench.client import Connection, form_post, page_get, quantile
from tests.bench.figures import Figure, at_least, at_most
from tests.bench.listeners import Audience, hang_up, listen
from tests.bench.servers import megabytes, product, reference
from tests.bench.submissions import FROM_SCRIPT, TEXT
from tests.room import Room, join, nobody_elses, point
from tests.serving import ServerProcess

MOST_FILES = 20_000
SETTLED = 2.0
HINTS = 40


@dataclass
class Heard:
    """What a run showed: acknowledgements a second, the last listener's delays in seconds, listeners left behind.

    ``delays`` count from the acknowledgement, which comes after the hints have left; ``since_sent`` from the sending.
    """

    per_second: float = 0.0
    delays: list[float] = field(default_factory=list)
    since_sent: list[float] = field(default_factory=list)
    behind: int = 0
    megabytes: float = 0.0

    def milliseconds(self, share: float) -> float:
        """The delay that ``share`` of all hints stayed under."""
        return quantile(self.delays, share) * 1000


def measure() -> list[Figure]:
    """Two hundred boards under pressure, then a thousand and five thousand under steady writing."""
    raise_file_limit()
    with product() as (server, room):
        cookies = join(server.port, room, 16)
        pressed = uvloop.run(_run(server, room, 200, lambda until: _press(server.port, room, cookies, until), 4))
        steady = uvloop.run(
            _run(server, room, 1_000, lambda until: _steadily(server.port, room, cookies, 20, until), 5)
        )
        many = uvloop.run(_run(server, room, 5_000, lambda until: _steadily(server.port, room, cookies, 10, until), 5))
    with reference() as (port, _):
        alone = {size: uvloop.run(_hub_alone(port, size)) for size in (200, 5_000)}
    beside = {
        size: f"a hub that does nothing else: p95 {quantile(found, 0.95) * 1000:.0f} ms"
        for size, found in alone.items()
    }
    return [
        at_least("200 boards: submissions", pressed.per_second, 800, "/s"),
        at_most("200 boards: hint at the last, p95", pressed.milliseconds(0.95), 60, "ms", beside[200]),
        at_most("200 boards: not at the newest revision", pressed.behind, 0, "boards"),
        at_most("1,000 boards, 20 submissions/s: hint at the last, p95", steady.milliseconds(0.95), 300, "ms"),
        at_most("5,000 boards, 10 hints/s: hint at the last, p95", many.milliseconds(0.95), 300, "ms", beside[5_000]),
        Figure("5,000 boards: sending to hint at the last, p95", quantile(many.since_sent, 0.95) * 1000, "ms"),
        at_most("5,000 boards: memory", many.megabytes, 300, "MB"),
        at_most("1,000 and 5,000 boards: not at the newest revision", steady.behind + many.behind, 0, "boards"),
    ]


# The form's id, when it was sent, when it was acknowledged.
Posts = list[tuple[UUID, float, float]]


async def _run(
    server: ServerProcess, room: Room, boards: int, post: Callable[[float], object], seconds: float
) -> Heard:
    audience = Audience(boards)
    path = f"/focus-groups/{room.focus_group_id}/stream"
    request = page_get(path, cookie=f"workshop={room.tokens['ada']}", headers="Accept: text/event-stream\r\n")
    listeners = await listen(server.port, [request] * boards, audience)
    await asyncio.sleep(SETTLED)
    audience.begin()
    gc.collect()
    gc.disable()
    began = time.perf_counter()
    acknowledged: Posts = await post(began + seconds)  # type: ignore[misc]  # a coroutine
    took = time.perf_counter() - began
    await asyncio.sleep(SETTLED)
    gc.enable()
    revisions = _revisions(server)
    heard = Heard(per_second=len(acknowledged) / took, megabytes=megabytes(server.pid))
    for client_id, sent, at in acknowledged:
        # What not all have heard of is late without end.
        heard.delays.append(audience.delay(revisions[client_id], at))
        heard.since_sent.append(audience.delay(revisions[client_id], sent))
    newest = max(revisions.values())
    heard.behind = sum(latest < newest for latest in audience.latest)
    hang_up(listeners)
    return heard


async def _press(port: int, room: Room, cookies: list[str], until: float) -> Posts:
    done: Posts = []

    async def keep_on(cookie: str) -> None:
        connection = await Connection.to(port)
        while time.perf_counter() < until:
            await _send(connection, room, cookie, done)
        connection.close()

    await asyncio.gather(*map(keep_on, cookies))
    return done


async def _steadily(port: int, room: Room, cookies: list[str], per_second: int, until: float) -> Posts:
    done: Posts = []
    free = [(await Connection.to(port), cookie) for cookie in cookies]
    busy: set[asyncio.Task[None]] = set()

    async def one(connection: Connection, cookie: str) -> None:
        await _send(connection, room, cookie, done)
        free.append((connection, cookie))

    following = time.perf_counter()
    while following < until:
        await asyncio.sleep(max(0.0, following - time.perf_counter()))
        following += 1 / per_second
        if free:
            task = asyncio.create_task(one(*free.pop(0)))
            busy.add(task)
            task.add_done_callback(busy.discard)
    await asyncio.gather(*busy)
    for connection, _ in free:
        connection.close()
    return done


async def _send(connection: Connection, room: Room, cookie: str, done: Posts) -> None:
    client_id, sent = uuid4(), time.perf_counter()
    form = point(f"{nobody_elses()} {TEXT}", client_id)
    answer = await connection.ask(form_post(room.box(), form, cookie=cookie, headers=FROM_SCRIPT))
    if answer.status != 200:
        raise AssertionError(answer)
    done.append((client_id, sent, time.perf_counter()))


def _revisions(server: ServerProcess) -> dict[UUID, int]:
    with contextlib.closing(sqlite3.connect(server.data_dir / "workshop.sqlite3")) as database:
        return {
            UUID(client_id): revision
            for client_id, revision in database.execute("SELECT client_id, revision FROM contribution")
        }


async def _hub_alone(port: int, streams: int) -> list[float]:
    """Delays of a hub whose revisions are the moments at which they were raised, in microseconds."""
    audience = Audience(streams)
    delays: dict[int, float] = {}

    def hear(place: int, revision: int) -> None:
        delays[revision] = time.time() - revision / 1_000_000

    audience.hear = hear  # type: ignore[method-assign]  # a moment is enough here
    listeners = await listen(port, [page_get("/stream/board")] * streams, audience)
    await asyncio.sleep(SETTLED)
    gc.collect()
    gc.disable()
    connection = await Connection.to(port)
    for _ in range(HINTS):
        await connection.ask(form_post("/hint", b""))
        await asyncio.sleep(0.1)
    await asyncio.sleep(SETTLED)
    gc.enable()
    connection.close()
    hang_up(listeners)
    return list(delays.values())


def raise_file_limit() -> None:
    """Let this process and the servers that it starts hold thousands of connections."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
