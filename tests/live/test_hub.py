"""The hub: hints are coalesced, the newest number is enough, and a lost one is found in the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from redis.asyncio import Redis

from tests.conftest import REDIS, Meeting
from tests.serving import free_port
from workshop import live
from workshop.database import Database
from workshop.focus_groups.models import Audience
from workshop.focus_groups.writes import raise_revision
from workshop.live import COMMENT, Hub, frame
from workshop.migrations import migrate
from workshop.settings import Settings

NOWHERE = "redis://127.0.0.1:1"
BOARD = Audience.BOARD
# How long a busy machine may take; make bench measures how long it takes.
PATIENCE = 30.0


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """A database that nothing was stored in."""
    made = Database(settings.database)
    await migrate(made)
    yield made
    await made.close()


async def heard(stream: AsyncIterator[bytes], seconds: float = PATIENCE) -> int:
    """The next revision on a stream; comments are not one."""
    async with asyncio.timeout(seconds):
        while True:
            data = await anext(stream)
            if data.startswith(b"event: changed"):
                revision = int(data.split(b"data: ")[1])
                assert data == frame(revision)
                return revision


async def silent(stream: AsyncIterator[bytes], seconds: float = 0.3) -> None:
    """Nothing comes for so long; the stream is of no use afterwards."""
    with pytest.raises(TimeoutError):
        await heard(stream, seconds)


async def opened(hub: Hub, group: UUID, current: int = 0, seen: int = 0) -> AsyncIterator[bytes]:
    """A stream whose first byte has arrived."""
    stream = hub.frames(group, BOARD, current, seen)
    assert await anext(stream) == b"retry: 2000\n\n"
    return stream


async def test_the_first_hint_leaves_at_once_and_a_flood_becomes_its_newest(database: Database) -> None:
    hub, group = Hub(database), uuid4()
    stream = await opened(hub, group)
    await asyncio.sleep(live.PAUSE)
    listening = asyncio.ensure_future(heard(stream))
    await asyncio.sleep(0)
    hub.announce({(group, BOARD): 1})
    for _ in range(5):
        await asyncio.sleep(0)  # a turn of the loop, which takes no time
    assert listening.done()
    assert await listening == 1
    for revision in range(2, 500):
        hub.announce({(group, BOARD): revision})
    assert await heard(stream) == 499
    await silent(stream)


async def test_a_slow_viewer_skips_to_the_newest(database: Database) -> None:
    hub, group = Hub(database), uuid4()
    stream = await opened(hub, group)
    for revision in range(1, 6):
        hub.announce({(group, BOARD): revision})
        await asyncio.sleep(live.PAUSE * 1.2)
    assert await heard(stream) == 5
    await silent(stream)


async def test_a_projector_is_told_less_often_and_misses_nothing(database: Database) -> None:
    hub, group = Hub(database), uuid4()
    stream = hub.frames(group, Audience.PROJECTOR, 0, 0)
    await anext(stream)
    hub.announce({(group, Audience.PROJECTOR): 1})
    assert await heard(stream) == 1
    begun = asyncio.get_running_loop().time()
    for revision in range(2, 20):
        hub.announce({(group, Audience.PROJECTOR): revision})
    assert await heard(stream) == 19
    assert asyncio.get_running_loop().time() - begun >= live.PAUSES[Audience.PROJECTOR] / 2


async def test_who_comes_back_with_an_older_revision_is_told_at_once_and_who_has_it_is_not(database: Database) -> None:
    hub, group = Hub(database), uuid4()
    assert await heard(await opened(hub, group, current=7, seen=3)) == 7
    await silent(await opened(hub, group, current=7, seen=7))


async def test_an_older_number_that_comes_late_is_no_news(database: Database) -> None:
    hub, group = Hub(database), uuid4()
    stream = await opened(hub, group)
    hub.announce({(group, BOARD): 9})
    assert await heard(stream) == 9
    hub.announce({(group, BOARD): 8})
    await silent(stream)


async def test_hints_reach_only_their_group_and_audience(database: Database) -> None:
    hub, group = Hub(database), uuid4()
    stream = await opened(hub, group)
    hub.announce({(group, Audience.PHONES): 3, (uuid4(), BOARD): 4})
    await silent(stream)


async def test_streams_end_when_the_server_stops_and_leave_nothing_behind(database: Database) -> None:
    hub, group = Hub(database), uuid4()
    streams = [await opened(hub, group) for _ in range(5)]
    endings = [asyncio.ensure_future(anext(stream, b"over")) for stream in streams]
    await asyncio.sleep(0)
    hub.end_streams()
    assert await asyncio.wait_for(asyncio.gather(*endings), 1) == [b"over"] * 5
    assert not hub._topics  # noqa: SLF001 (a topic nobody listens to would stay for ever)


async def test_a_quiet_stream_shows_a_sign_of_life(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HEARTBEAT", 0.05)
    hub = Hub(database)
    hub.start()
    try:
        stream = await opened(hub, uuid4())
        assert await asyncio.wait_for(anext(stream), 2) == COMMENT
    finally:
        await hub.stop()


async def test_without_redis_another_process_is_found_by_asking_the_database(
    meeting: Meeting, settings: Settings
) -> None:
    await _heard_elsewhere(meeting, settings, redis_url="")


async def test_while_redis_is_away_the_database_is_asked(meeting: Meeting, settings: Settings) -> None:
    await _heard_elsewhere(meeting, settings, redis_url=NOWHERE)


async def _heard_elsewhere(meeting: Meeting, settings: Settings, redis_url: str) -> None:
    """One process commits; another, that shares the database alone, finds it by asking and tells its viewers."""
    writing, watching = Database(settings.database), Database(settings.database)
    hub = Hub(watching, redis_url)
    hub.start()
    try:
        group = meeting.focus_group.id
        stream = await opened(hub, group, meeting.focus_group.board_revision, meeting.focus_group.board_revision)
        async with writing.writing() as db:
            raised = await raise_revision(db, group, BOARD)
        assert await heard(stream) == raised
    finally:
        await hub.stop()
        await writing.close()
        await watching.close()


@pytest.fixture
async def two_hubs(database: Database, redis: Redis) -> AsyncIterator[tuple[Hub, Hub]]:
    """Two processes' hubs with a Redis between them. Neither has a database that would tell it anything."""
    hubs = Hub(database, REDIS), Hub(database, REDIS)
    before = dict(await redis.pubsub_numsub(live.CHANNEL))[live.CHANNEL.encode()]
    for hub in hubs:
        hub.start()
    try:
        async with asyncio.timeout(10):
            while dict(await redis.pubsub_numsub(live.CHANNEL))[live.CHANNEL.encode()] < before + 2:  # noqa: ASYNC110 (Redis alone knows)
                await asyncio.sleep(0.02)
        yield hubs
    finally:
        for hub in hubs:
            await hub.stop()


@pytest.mark.redis
async def test_redis_carries_hints_to_the_other_process(two_hubs: tuple[Hub, Hub]) -> None:
    here, there = two_hubs
    group = uuid4()
    stream, back = await opened(there, group), await opened(here, group)
    for revision in (1, 2):
        here.announce({(group, BOARD): revision})
        assert await heard(stream) == revision
        assert await heard(back) == revision
    there.announce({(group, BOARD): 3})
    assert await heard(back) == 3


@pytest.mark.redis
async def test_a_flood_through_redis_ends_at_the_newest(two_hubs: tuple[Hub, Hub]) -> None:
    here, there = two_hubs
    group = uuid4()
    stream = await opened(there, group)
    for revision in range(1, 301):
        here.announce({(group, BOARD): revision})
        if not revision % 50:
            await asyncio.sleep(0.01)
    revision = 0
    while revision < 300:
        revision = await heard(stream)
    assert revision == 300


@pytest.mark.redis
async def test_a_lost_redis_connection_is_made_again(two_hubs: tuple[Hub, Hub], redis: Redis) -> None:
    here, there = two_hubs
    group = uuid4()
    stream = await opened(there, group)
    for client in await redis.client_list(_type="pubsub"):
        with suppress(Exception):  # another test run's client may be gone meanwhile
            await redis.client_kill(client["addr"])
    async with asyncio.timeout(15):
        revision = 0
        while True:
            revision += 1
            here.announce({(group, BOARD): revision})
            with suppress(TimeoutError):
                assert await heard(stream, 0.3) <= revision
                break
            # A timeout ends an async generator: listen anew, as a browser does.
            stream = await opened(there, group)


@pytest.mark.redis
async def test_what_could_not_be_sent_is_sent_when_redis_is_back(database: Database, two_hubs: tuple[Hub, Hub]) -> None:
    place, real = free_port(), urlsplit(REDIS)
    away, (_, there), group = Hub(database, f"redis://127.0.0.1:{place}"), two_hubs, uuid4()
    stream = await opened(there, group)
    away.start()
    away.announce({(group, BOARD): 1})
    away.announce({(group, BOARD): 2})
    await asyncio.sleep(0.5)
    back = await asyncio.start_server(lambda r, w: _forward(r, w, real.hostname, real.port or 6379), "127.0.0.1", place)
    try:
        assert await heard(stream) == 2
    finally:
        await away.stop()
        back.close()


async def _forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str | None, port: int) -> None:
    """One connection, passed on both ways until either side ends it."""
    there, back = await asyncio.open_connection(host, port)

    async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await source.read(4096):
                sink.write(data)
                await sink.drain()
        sink.close()

    await asyncio.gather(pump(reader, back), pump(there, writer))


async def test_a_database_that_is_away_for_a_moment_ends_no_asking(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look fails for a while (here the tables are missing); what was missed is found afterwards."""
    monkeypatch.setattr(live, "ASK_EVERY", 0.05)
    database = Database(settings.database)
    hub = Hub(database)
    hub.start()
    stream = await opened(hub, uuid4())
    await asyncio.sleep(0.2)
    assert not any(task.done() for task in hub._tasks)  # noqa: SLF001 (they would have died without a word)
    await hub.stop()
    assert await anext(stream, b"over") == b"over"
    await database.close()
