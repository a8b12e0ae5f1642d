"""kill -9 while a room writes: what was acknowledged is there, and nothing is there twice."""

import asyncio
import random
from collections import Counter
from http import HTTPStatus

import pytest

from tests.bench.client import Connection, form_post
from tests.faults.crowd import FROM_SCRIPT, Writer, stored
from tests.room import Room, join, point
from tests.serving import ServerProcess
from workshop.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
WRITERS = 40
# On SQLite, and as many on PostgreSQL.
ROUNDS = 20


async def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(place: tuple[ServerProcess, Room, Settings]) -> None:
    server, room, settings = place
    chance = random.Random(20261121)  # noqa: S311 (the same crowd in every run)
    cookies = await asyncio.to_thread(join, server.port, room, WRITERS)
    crowd = [Writer(cookie) for cookie in cookies]
    for number in range(ROUNDS):
        if number:
            await asyncio.to_thread(server.start)
        enough = sum(len(writer.acknowledged) for writer in crowd) + 2 * WRITERS
        writing = asyncio.gather(*(writer.write_until_cut_off(server.port, room, chance) for writer in crowd))
        while sum(len(writer.acknowledged) for writer in crowd) < enough:
            assert not writing.done(), "the server went away by itself"
            await asyncio.sleep(0.01)
        await asyncio.sleep(chance.random() * 0.1)
        await asyncio.to_thread(server.kill)
        await writing
    rows = await stored(settings)
    acknowledged = {client_id: text for writer in crowd for client_id, text in writer.acknowledged.items()}
    assert not [writer.other_answers for writer in crowd if writer.other_answers]
    kept = dict(rows)
    assert [client_id for client_id, text in acknowledged.items() if kept.get(client_id) != text] == []
    assert [client_id for client_id, count in Counter(client_id for client_id, _ in rows).items() if count > 1] == []
    assert [text for text, count in Counter(text for _, text in rows).items() if count > 1] == []


async def test_fifty_parallel_posts_of_one_id_are_one_row(place: tuple[ServerProcess, Room, Settings]) -> None:
    server, room, settings = place
    cookie = (await asyncio.to_thread(join, server.port, room, 1))[0]
    form = form_post(room.box(), point("Sent by a thumb that would not stop."), cookie=cookie, headers=FROM_SCRIPT)
    connections = [await Connection.to(server.port) for _ in range(50)]
    answers = await asyncio.gather(*(connection.ask(form) for connection in connections))
    for connection in connections:
        connection.close()
    assert {answer.status for answer in answers} == {HTTPStatus.OK}
    assert len({answer.body for answer in answers}) == 1
    assert len(await stored(settings)) == 1
