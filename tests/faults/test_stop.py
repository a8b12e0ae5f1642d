"""SIGTERM: streams end, requests in flight are finished, and the process is gone in seconds."""

import asyncio
from http import HTTPStatus

import pytest

from tests.bench.client import Connection, form_post
from tests.faults.crowd import FROM_SCRIPT, stored
from tests.faults.streams import stream_of
from tests.room import Room, join, point
from tests.serving import ServerProcess
from workshop.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
SOON = 6.0


@pytest.fixture
def database_url() -> str:
    """SQLite: a stop is the same on both."""
    return ""


async def test_a_stop_ends_the_streams_and_the_process(place: tuple[ServerProcess, Room, Settings]) -> None:
    server, room, _ = place
    async with stream_of(server, room) as first, stream_of(server, room) as second:
        await first.settled()
        stopping = asyncio.create_task(asyncio.to_thread(server.terminate))
        await first.ended(seconds=SOON)
        await second.ended(seconds=SOON)
        assert await stopping < SOON


async def test_a_point_in_flight_is_saved_and_answered(place: tuple[ServerProcess, Room, Settings]) -> None:
    server, room, settings = place
    cookies = await asyncio.to_thread(join, server.port, room, 20)
    connections = [await Connection.to(server.port) for _ in cookies]
    forms = [
        form_post(room.box(), point(f"Sent at the last moment, {number}."), cookie=cookie, headers=FROM_SCRIPT)
        for number, cookie in enumerate(cookies)
    ]
    async with stream_of(server, room) as board:
        before = await board.settled()
        asking = [
            asyncio.create_task(connection.ask(form)) for connection, form in zip(connections, forms, strict=True)
        ]
        await board.above(before, seconds=10)
        assert await asyncio.to_thread(server.terminate) < SOON
        answers = await asyncio.gather(*asking, return_exceptions=True)
    acknowledged = [answer for answer in answers if not isinstance(answer, BaseException)]
    assert {answer.status for answer in acknowledged} == {HTTPStatus.OK}
    assert len(await stored(settings)) >= len(acknowledged) > 0
