"""Two nodes on one PostgreSQL: a board on either hears of what is written on the other, with Redis and without."""

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest

from tests.bench.client import Connection, form_post
from tests.faults.conftest import OwnRedis
from tests.faults.crowd import FROM_SCRIPT
from tests.faults.streams import stream_of
from tests.room import Room, furnish, join, point
from tests.serving import ServerProcess
from workshop.settings import Settings

pytestmark = [pytest.mark.anyio, pytest.mark.postgres, pytest.mark.redis, pytest.mark.slow]
Nodes = tuple[ServerProcess, ServerProcess, Room]


@pytest.fixture
async def nodes(tmp_path: Path, postgres_url: str, own_redis: OwnRedis) -> AsyncIterator[Nodes]:
    """Two nodes with one secret key, and a room that both serve."""
    shared = {
        "WORKSHOP_DATABASE_URL": postgres_url,
        "WORKSHOP_REDIS_URL": own_redis.url,
        "WORKSHOP_SECRET_KEY": "the same on every node, or cookies would not pass",
    }
    servers = [ServerProcess(tmp_path / name, environment=shared) for name in ("a", "b")]
    settings = Settings(
        data_dir=tmp_path / "a",
        database_url=postgres_url,
        base_url=servers[0].address,
        secret_key=shared["WORKSHOP_SECRET_KEY"],  # type: ignore[arg-type]  # pydantic makes it secret
    )
    room = await furnish(settings)
    await asyncio.gather(*(asyncio.to_thread(server.start) for server in servers))
    yield servers[0], servers[1], room
    for server in servers:
        server.kill()


async def write(server: ServerProcess, room: Room, cookie: str, text: str) -> None:
    """Send one point to a node, and see it acknowledged."""
    connection = await Connection.to(server.port)
    answer = await connection.ask(form_post(room.box(), point(text), cookie=cookie, headers=FROM_SCRIPT))
    connection.close()
    assert answer.status == HTTPStatus.OK


async def test_a_board_hears_of_the_other_nodes_points(nodes: Nodes) -> None:
    first, second, room = nodes
    cookie = (await asyncio.to_thread(join, first.port, room, 1))[0]
    async with stream_of(second, room) as board:
        before = await board.settled()
        await write(first, room, cookie, "Written on the first node.")
        assert await board.above(before, seconds=5) == before + 1


async def test_with_redis_gone_the_database_is_asked(nodes: Nodes, own_redis: OwnRedis) -> None:
    first, second, room = nodes
    cookie = (await asyncio.to_thread(join, first.port, room, 1))[0]
    async with stream_of(second, room) as board, stream_of(first, room) as near:
        before = await board.settled()
        await near.settled()
        await asyncio.to_thread(own_redis.kill)
        await write(first, room, cookie, "Written while Redis is away.")
        assert await near.above(before, seconds=5) == before + 1
        assert await board.above(before, seconds=15) == before + 1
        await asyncio.to_thread(own_redis.start)
        await asyncio.sleep(2)
        await write(first, room, cookie, "Written when Redis is back.")
        assert await board.above(before + 1, seconds=15) == before + 2


async def test_a_node_that_goes_leaves_the_other_with_everything(nodes: Nodes) -> None:
    first, second, room = nodes
    cookie = (await asyncio.to_thread(join, first.port, room, 1))[0]
    async with stream_of(second, room) as board:
        before = await board.settled()
        await write(first, room, cookie, "Written on the first node, which then dies.")
        await asyncio.to_thread(first.kill)
        assert await board.above(before, seconds=15) == before + 1
    theme = room.box().removesuffix("/contributions")
    async with httpx.AsyncClient(base_url=second.address, headers={"cookie": cookie}, verify=False) as phone:  # noqa: S501 (plain http on this machine)
        assert "which then dies" in (await phone.get(theme)).text
        await write(second, room, cookie, "Written on the second node.")
