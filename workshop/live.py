"""The hub: per focus group and audience the latest revision, and who waits for a higher one.

A hint is a number, never text. There is no queue, so no backlog: a slow viewer skips to the newest. The first hint
leaves at once, later ones at most every ``PAUSE`` seconds (slower audiences: ``PAUSES``); a frame is encoded once for
all who wait. Between processes one supervised Redis subscription carries the same numbers; after every reconnect, and
while Redis is away or not set up, the hub asks the database once a second; while it is here, every five seconds.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from uuid import UUID

import structlog
from sqlalchemy import Uuid, column, select, table

from workshop.database import Database, Hints

PAUSE = 0.05
# A projector is drawn anew as a whole, and nobody reads five pictures a second.
PAUSES = {"projector": 0.2}
HEARTBEAT = 15.0
ASK_EVERY = 1.0
EVEN_SO = 5
CHANNEL = "workshop:revisions"
COMMENT = b": still here\n\n"
log = structlog.get_logger()


def frame(revision: int) -> bytes:
    """The server-sent event that says: there is something newer than you have."""
    return f"event: changed\nid: {revision}\ndata: {revision}\n\n".encode()


class Topic:
    """What one audience of one focus group waits on."""

    __slots__ = ("_event", "_latest", "_pause", "_released_at", "_timer", "frame", "listeners", "revision")

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self.revision = -1
        self.frame = b""
        self.listeners = 0
        self._latest = -1
        self._released_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._event = asyncio.Event()

    def is_news(self, revision: int) -> bool:
        """Whether nobody here has been told of ``revision``."""
        return revision > self._latest

    def raise_to(self, revision: int) -> None:
        """Let waiters know of ``revision``, now or when the pause since the last hint is over."""
        if not self.is_news(revision):
            return
        self._latest = revision
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        wait = self._released_at + self._pause - loop.time()
        if wait <= 0:
            self._release()
        else:
            self._timer = loop.call_later(wait, self._release)

    def wake(self) -> None:
        """Wake every waiter, with or without news."""
        event, self._event = self._event, asyncio.Event()
        event.set()

    async def wait(self) -> None:
        """Return at the next hint, heartbeat or end."""
        await self._event.wait()

    def _release(self) -> None:
        self._timer = None
        self._released_at = asyncio.get_running_loop().time()
        self.revision = self._latest
        self.frame = frame(self.revision)
        self.wake()


class Hub:
    """Carries raised revisions from whoever committed to whoever watches, in this process and the others."""

    def __init__(self, database: Database, redis_url: str = "") -> None:
        self._database = database
        self._redis_url = redis_url
        self._topics: dict[tuple[UUID, str], Topic] = {}
        self._unsent: Hints = {}
        self._something_unsent = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._is_redis_here = False
        self.is_closing = False
        database.after_commit.append(self.announce)

    def start(self) -> None:
        """Begin the heartbeat and the supervised tasks between processes."""
        jobs = [self._beat(), self._ask()]
        if self._redis_url:
            jobs += [self._subscribe(), self._publish()]
        self._tasks = [asyncio.create_task(job) for job in jobs]

    async def stop(self) -> None:
        """End every stream and task."""
        self.end_streams()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def end_streams(self) -> None:
        """Let every stream end by itself: called at SIGTERM, which would otherwise wait for them."""
        self.is_closing = True
        for topic in self._topics.values():
            topic.wake()

    def announce(self, hints: Hints) -> None:
        """Tell this process at once and the others through Redis."""
        self._raise(hints)
        if self._redis_url:
            self._unsent.update(hints)
            self._something_unsent.set()

    @contextmanager
    def topic(self, focus_group: UUID, audience: str) -> Iterator[Topic]:
        """The topic, kept while somebody listens. Enter it before reading the revision: no hint falls between."""
        key = (focus_group, audience)
        topic = self._topics.setdefault(key, Topic(PAUSES.get(audience, PAUSE)))
        topic.listeners += 1
        try:
            yield topic
        finally:
            topic.listeners -= 1
            if not topic.listeners:
                del self._topics[key]

    async def frames(self, focus_group: UUID, audience: str, current: int, seen: int) -> AsyncGenerator[bytes, None]:
        """Event-stream bytes: a hint whenever the revision is above what was ``seen``, a comment as a sign of life.

        ``current`` is the revision that the caller read from the database, ``seen`` the one the browser has.
        """
        with self.topic(focus_group, audience) as topic:
            topic.raise_to(current)
            # A first byte at once: proxies and EventSource take the stream for open only then.
            yield b"retry: 2000\n\n"
            while not self.is_closing:
                if topic.revision > seen:
                    seen = topic.revision
                    yield topic.frame
                    continue
                before = topic.revision
                await topic.wait()
                if topic.revision == before and not self.is_closing:
                    yield COMMENT

    def _raise(self, hints: Hints) -> None:
        for key, revision in hints.items():
            if (topic := self._topics.get(key)) and topic.is_news(revision):
                if key[1] == "phones":
                    # Another process's commit, maybe: what was read before the hint must not answer whoever heard it.
                    self._database.changes_for_phones += 1
                topic.raise_to(revision)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            for topic in list(self._topics.values()):
                topic.wake()

    async def _ask(self) -> None:
        """Look at the revisions that somebody waits for; seldom while Redis tells of other processes' commits."""
        rounds = 0
        while True:
            await asyncio.sleep(ASK_EVERY)
            # Redis too carries hints alone: a node that dies after its commit may not have sent its last one.
            rounds = (rounds + 1) % EVEN_SO
            if self._is_redis_here and rounds:
                continue
            try:
                await self._look()
            except Exception:  # noqa: BLE001 (a database that is away for a moment must not end the asking)
                log.warning("live.database_away")

    async def _look(self) -> None:
        if not self._topics:
            return
        audiences = sorted({audience for _, audience in self._topics})
        ids = {focus_group for focus_group, _ in self._topics}
        focus_groups = table(
            "focus_group", column("id", Uuid()), *(column(f"{audience}_revision") for audience in audiences)
        )
        async with self._database.reading() as db:
            wanted = select(focus_groups.c.id, *(focus_groups.c[f"{name}_revision"] for name in audiences))
            connection = await db.connection()
            rows = (await connection.execute(wanted.where(focus_groups.c.id.in_(ids)))).all()
        self._raise({(row[0], name): row[i + 1] for row in rows for i, name in enumerate(audiences)})

    async def _subscribe(self) -> None:
        # Here, since it is slow to import and most installations have none.
        from redis.asyncio import Redis  # noqa: PLC0415 (see above)

        while True:
            try:
                async with Redis.from_url(self._redis_url) as redis, redis.pubsub() as pubsub:
                    await pubsub.subscribe(CHANNEL)
                    await self._look()
                    self._is_redis_here = True
                    async for message in pubsub.listen():
                        if message["type"] == "message":
                            self._raise(_decoded(message["data"]))
            except Exception:  # noqa: BLE001 (Redis or the database away, a message of another version: try again)
                log.warning("live.redis_away")
            self._is_redis_here = False
            await asyncio.sleep(ASK_EVERY)

    async def _publish(self) -> None:
        """Send what is unsent, newest numbers only; while Redis is away numbers overwrite one another."""
        # Here, since it is slow to import and most installations have none.
        from redis.asyncio import Redis  # noqa: PLC0415 (see above)
        from redis.exceptions import RedisError  # noqa: PLC0415 (see above)

        while True:
            try:
                async with Redis.from_url(self._redis_url) as redis:
                    while True:
                        await self._something_unsent.wait()
                        self._something_unsent.clear()
                        hints, self._unsent = self._unsent, {}
                        try:
                            await redis.publish(CHANNEL, _encoded(hints))
                        except (RedisError, OSError):
                            self._unsent = hints | self._unsent
                            self._something_unsent.set()
                            raise
            except (RedisError, OSError):
                log.warning("live.redis_away")
                await asyncio.sleep(ASK_EVERY)


def _encoded(hints: Hints) -> str:
    return " ".join(f"{focus_group},{audience},{revision}" for (focus_group, audience), revision in hints.items())


def _decoded(data: bytes) -> Hints:
    parts = (item.split(",") for item in data.decode().split())
    return {(UUID(focus_group), audience): int(revision) for focus_group, audience, revision in parts}
