"""Engines, pragmas, a pool for reading and the one writing connection.

SQLite: one process writes through one connection in ``BEGIN IMMEDIATE`` transactions. A second process on the same
file (``workshop import``, ``workshop purge``) waits its turn at a lock file beside it, which also keeps two connections
from checkpointing the WAL at once (a race that SQLite fixed in 3.51.3 only). PostgreSQL: the same code on one pool.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, DateTime, Dialect, Enum, TypeDecorator, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.crossings import named_when_crossed
from workshop.sqlite_driver import OneVisitDriver, begin_with, in_one_visit

# Named constraints, so that a later migration can find the one it changes.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
Hints = dict[tuple[UUID, str], int]
T = TypeVar("T")
READERS = 4
POSTGRES_CONNECTIONS = 10
BUSY_MILLISECONDS = 30_000
BEGIN_WRITING = "BEGIN IMMEDIATE"
# The WAL is copied into the file once it has 128 MB. SQLite's own 4 MB are full after a dozen batches of a large group,
# since random keys touch a page of an index for every point; a page that many batches touch is copied once. Meanwhile
# nobody writes (45 ms with 100,000 points): four times the size is a quarter of these turns.
CHECKPOINT_PAGES = 32_000


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC without a zone: the same on SQLite and PostgreSQL."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Refuse a naive time, which would mean something else in another zone."""
        if value is not None and value.tzinfo is None:
            message = "a time without a zone"
            raise ValueError(message)
        return value.astimezone(UTC).replace(tzinfo=None) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        """Give the zone back."""
        return value.replace(tzinfo=UTC) if value is not None else None


def values_of(words: type[StrEnum]) -> Any:  # SQLModel's sa_type is annotated for classes only
    """The column type that keeps the values of ``words`` as text: a new word needs no migration."""
    return Enum(
        words,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda _: [word.value for word in words],
    )


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


class _WritingTurn:
    """A lock between processes that write one SQLite file, beside the lock between tasks of this process."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: int | None = None

    async def __aenter__(self) -> None:
        if self._path is None:
            return
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting = asyncio.ensure_future(asyncio.to_thread(fcntl.flock, self._file, fcntl.LOCK_EX))
            try:
                await asyncio.shield(waiting)
            except asyncio.CancelledError:
                # The thread cannot be stopped: what it takes in the end would never be given back.
                await waiting
                fcntl.flock(self._file, fcntl.LOCK_UN)
                raise

    async def __aexit__(self, *_: object) -> None:
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class Database:
    """The one way to the data.

    ``reading()`` gives a session of the reading pool, ``writing()`` a transaction that commits at its end; raised
    revisions that ``announce_later`` collected in it go to every function of ``after_commit`` once it has committed.
    ``changes_for_phones`` counts this process's commits that a phone may see: what was read before may be outdated.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.after_commit: list[Callable[[Hints], None]] = []
        self.changes_for_phones = 0
        self._lock = asyncio.Lock()
        if self.is_sqlite:
            path = Path(self.url.database or "")
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Made here, for its owner alone: SQLite would let everybody read it, and gives its WAL the same mode.
            path.touch(mode=0o600)
            self.path: Path | None = path
            self._turn = _WritingTurn(path.with_name(path.name + "-turn"))
            self.writer = _sqlite_engine(url, connections=1, is_writer=True)
            self.reader = _sqlite_engine(url, connections=READERS, is_writer=False)
        else:
            self.path = None
            self._turn = _WritingTurn(None)
            self.writer = create_async_engine(
                url,
                pool_size=POSTGRES_CONNECTIONS,
                max_overflow=POSTGRES_CONNECTIONS,
                pool_pre_ping=True,
                hide_parameters=True,
            )
            self.reader = self.writer

    @asynccontextmanager
    async def reading(self, *, is_frozen: bool = False) -> AsyncIterator[AsyncSession]:
        """A session that only reads; on SQLite the connection refuses anything else.

        ``is_frozen``: all its queries see one state, as a document must (SQLite's always do).
        Raises NotFound when somebody has removed what has to be there.
        """
        with named_when_crossed():
            async with AsyncSession(self.reader, expire_on_commit=False, autoflush=False) as db:
                if is_frozen and not self.is_sqlite:
                    _ = await db.connection(execution_options={"isolation_level": "REPEATABLE READ"})
                yield db

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A transaction: commits when the block ends, rolls back when it raises, then announces what it raised.

        Raises Crossed or NotFound where somebody else's transaction came in between: rules look before they write, and
        two may look at once.
        """
        with named_when_crossed():
            async with self.turn(), AsyncSession(self.writer, expire_on_commit=False) as db:
                try:
                    yield db
                    await db.commit()
                except BaseException:
                    await db.rollback()
                    raise
                hints: Hints = db.info.pop("hints", {})
        # A commit that raised revisions, but not the phones', is none of theirs: a new point above all.
        if not hints or any(audience == "phones" for _, audience in hints):
            self.changes_for_phones += 1
        self.announce(hints)

    async def write_in_one_visit(self, work: Callable[[Connection], tuple[T, Hints]]) -> T:
        """A transaction of ``work``, which gives its result and the revisions that it raised; then announces these.

        For the inbox. While hundreds of requests are served, each statement that is awaited waits for some of them: on
        SQLite all of it happens in the connection's thread, at the same time. Raises Crossed as ``writing`` does.
        """
        with named_when_crossed():
            async with self.turn():
                if self.is_sqlite:
                    async with self.writer.connect() as connection:
                        found, hints = await in_one_visit(connection, BEGIN_WRITING, work)
                else:
                    async with self.writer.begin() as connection:
                        found, hints = await connection.run_sync(work)
        self.announce(hints)
        return found

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """The right to use the writing connection: one task at a time on SQLite, at once on PostgreSQL."""
        if not self.is_sqlite:
            yield
            return
        async with self._lock, self._turn:
            yield

    def announce(self, hints: Hints) -> None:
        """Tell whoever listens which revisions were raised; called after a commit, never before."""
        if hints:
            for listener in self.after_commit:
                listener(hints)

    async def close(self) -> None:
        """Give every connection back."""
        await self.writer.dispose()
        if self.reader is not self.writer:
            await self.reader.dispose()
        self._turn.close()


def announce_later(db: AsyncSession, focus_group: UUID, revisions: dict[str, int]) -> None:
    """Remember that ``focus_group``'s revision of each audience was raised in this transaction."""
    hints: Hints = db.info.setdefault("hints", {})
    for audience, revision in revisions.items():
        hints[focus_group, audience] = revision


def _sqlite_engine(url: str, *, connections: int, is_writer: bool) -> AsyncEngine:
    engine = create_async_engine(
        url,
        module=OneVisitDriver(is_reader=not is_writer),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,  # an error's text may reach a log: never with what people wrote
        # SQLAlchemy begins transactions itself, below: the driver would begin them deferred, and too late.
        connect_args={"isolation_level": None, "timeout": BUSY_MILLISECONDS / 1000},
    )

    def set_pragmas(connection: Any, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            # FULL: an acknowledged contribution survives a power cut. Never NORMAL (a test looks).
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"busy_timeout={BUSY_MILLISECONDS}",
            "cache_size=-32000",
            *((f"wal_autocheckpoint={CHECKPOINT_PAGES}",) if is_writer else ("query_only=ON", "wal_autocheckpoint=0")),
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begin(connection: Any) -> None:
        # A deferred transaction that later writes fails at once with SQLITE_BUSY_SNAPSHOT, whatever the timeout.
        begin_with(connection, BEGIN_WRITING if is_writer else "BEGIN")

    event.listen(engine.sync_engine, "connect", set_pragmas)
    event.listen(engine.sync_engine, "begin", begin)
    return engine
