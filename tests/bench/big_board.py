"""A board of two thousand points: its first answer, and what one more costs a viewer."""

import html
import re
import time
from statistics import median

import uvloop

from tests.bench.client import Connection, form_post, page_get, quantile
from tests.bench.figures import Figure, at_most
from tests.bench.servers import product
from tests.bench.submissions import FROM_SCRIPT, TEXT
from tests.room import Room, join, point
from tests.serving import ServerProcess

POINTS = 2_000
DEVICES = 40
LOOKS = 10
WORDS = TEXT[:140]


def measure() -> list[Figure]:
    """Server time of the whole page, its size, and the bytes of one change with its hint."""
    with product() as (server, room):
        return uvloop.run(_measure(server, room, join(server.port, room, DEVICES)))


async def _measure(server: ServerProcess, room: Room, cookies: list[str]) -> list[Figure]:
    connection = await Connection.to(server.port)
    for number in range(POINTS):
        column = ("working_well", "worried_about", "needs_to_happen")[number % 3]
        await _send(connection, room, cookies[number % DEVICES], f"{number}. {WORDS}", column)
    ada = f"workshop={room.tokens['ada']}"
    board = f"/focus-groups/{room.focus_group_id}/board?theme={room.theme_ids[0]}"
    seconds, size = [], 0
    for _ in range(LOOKS):
        began = time.perf_counter()
        answer = await connection.ask(page_get(board, cookie=ada))
        seconds.append(time.perf_counter() - began)
        size = len(answer.body)
        if answer.status != 200:
            raise AssertionError(answer.status, answer.headers)
    live = time.perf_counter()
    await connection.ask(page_get("/health/live"))
    live = time.perf_counter() - live
    change = await _bytes_of_one_change(server, room, cookies[0], ada)
    connection.close()
    beside = f"a handler that does nothing: {live * 1000:.1f} ms"
    return [
        at_most(f"board of {POINTS:,} points: first answer, median", median(seconds) * 1000, 200, "ms", beside),
        Figure(f"board of {POINTS:,} points: first answer, slowest", quantile(seconds, 1) * 1000, "ms"),
        Figure(f"board of {POINTS:,} points: its size, compressed", size / 1024, "KB"),
        at_most("one new point, to one viewer", change / 1024, 5, "KB"),
    ]


async def _bytes_of_one_change(server: ServerProcess, room: Room, cookie: str, ada: str) -> int:
    """What a viewer who is up to date receives for one more point, headers included."""
    connection = await Connection.to(server.port)
    board = f"/focus-groups/{room.focus_group_id}/board"
    page = await connection.ask(
        page_get(f"{board}?theme={room.theme_ids[0]}", cookie=ada).replace(b"gzip", b"identity")
    )
    since = re.search(r'name="since"[^>]*value="([^"]*)"', page.body.decode())
    if since is None:
        raise AssertionError("the board names no revision")
    await _send(connection, room, cookie, f"One more. {WORDS}", "worried_about")
    seen = html.unescape(since[1]).replace(" ", "%20")
    path = f"{board}/changes?theme={room.theme_ids[0]}&since={seen}"
    answer = await connection.ask(page_get(path, cookie=ada, headers=FROM_SCRIPT))
    connection.close()
    if answer.status != 200 or not answer.body:
        raise AssertionError(answer)
    head = sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
    return len(answer.body) + head


async def _send(connection: Connection, room: Room, cookie: str, text: str, column: str) -> None:
    form = form_post(room.box(), point(text, column=column), cookie=cookie, headers=FROM_SCRIPT)
    answer = await connection.ask(form)
    if answer.status != 200:
        raise AssertionError(answer.status)
