"""aiosqlite under SQLAlchemy with one visit to the connection's thread for a statement.

SQLAlchemy's own adapter makes four (cursor, execute, fetch, close), and each costs more than most of our statements.
BEGIN goes along with a transaction's first statement, and nobody waits for a reader's ROLLBACK. ``in_one_visit`` does
a whole transaction there.
"""

import collections
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

import aiosqlite
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
    AsyncAdapt_aiosqlite_ss_cursor,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util import EMPTY_DICT

T = TypeVar("T")


class _Done:
    """What is left to say about a statement once its rows are here: the cursor behind it is closed."""

    __slots__ = ("arraysize", "description", "lastrowid", "rowcount")

    def __init__(self, cursor: sqlite3.Cursor | None = None) -> None:
        self.arraysize = 1
        self.description = cursor.description if cursor else None
        self.lastrowid = cursor.lastrowid if cursor else None
        self.rowcount = cursor.rowcount if cursor else -1


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    __slots__ = ()

    def __init__(self, adapt_connection: AsyncAdapt_aiosqlite_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection  # noqa: SLF001 (as in the class that this stands for)
        self._soft_closed_memoized = EMPTY_DICT
        self._rows = collections.deque()
        self._cursor = cast("Any", _Done())

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._visit(lambda connection: connection.execute(operation, parameters or ()))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Sequence[Any]) -> None:
        await self._visit(lambda connection: connection.executemany(operation, seq_of_parameters))

    async def _visit(self, statement: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> None:
        begin = cast("_Connection", self._adapt_connection).take_begin()

        def run(connection: sqlite3.Connection) -> tuple[_Done, list[Any]]:
            if begin:
                connection.execute(begin).close()
            cursor = statement(connection)
            try:
                # The rows first: how many a RETURNING statement changed is known after its last row only.
                rows = cursor.fetchall() if cursor.description else []
                return _Done(cursor), rows
            finally:
                cursor.close()

        async with self._adapt_connection._execute_mutex:  # noqa: SLF001 (as in the class that this stands for)
            done, rows = await self._connection._execute(run, self._connection._conn)  # noqa: SLF001 (aiosqlite has no public way to its thread)
        self._cursor, self._rows = cast("Any", done), collections.deque(rows)

    async def _async_soft_close(self) -> None:
        """Closed already, and its description is kept."""

    def close(self) -> None:
        """Forget the rows."""
        self._rows.clear()


class _StreamingCursor(AsyncAdapt_aiosqlite_ss_cursor):
    __slots__ = ()

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        if begin := cast("_Connection", self._adapt_connection).take_begin():
            await self._cursor.execute(begin)
        return await super()._execute_async(operation, parameters)


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ("_begin", "_engine", "_has_ended", "_is_reader")
    _cursor_cls = _Cursor  # type: ignore[assignment]  # SQLAlchemy infers its own class, not the one above it
    _ss_cursor_cls = _StreamingCursor

    def __init__(self, dbapi: Any, connection: Any, *, is_reader: bool) -> None:
        super().__init__(dbapi, connection)
        self._begin = ""
        self._engine: Engine | None = None
        self._has_ended = False
        self._is_reader = is_reader

    async def in_one_visit(self, begin: str, work: Callable[[Connection], T]) -> T:
        """See the function of this name."""

        def run() -> T:
            if self._engine is None:
                self._engine = _engine_on(self._connection._conn, begin)  # noqa: SLF001 (aiosqlite has no public way to its thread)
            with self._engine.begin() as connection:
                return work(connection)

        async with self._execute_mutex:
            found: T = await self._connection._execute(run)  # noqa: SLF001 (the same)
        self._has_ended = True
        return found

    def begin_with(self, statement: str) -> None:
        """Run ``statement`` before the next one."""
        self._begin, self._has_ended = statement, False

    def take_begin(self) -> str:
        """What is still to be run first; asked for once."""
        begin, self._begin = self._begin, ""
        return begin

    def commit(self) -> None:
        """Commit what was begun."""
        if not self.take_begin():
            super().commit()

    def rollback(self) -> None:
        """Roll back what was begun; a reader's next statement comes after it in any case."""
        has_ended, self._has_ended = self._has_ended, False
        if self.take_begin() or has_ended:
            return
        if self._is_reader and self._connection._connection:  # noqa: SLF001 (aiosqlite has no public way to its thread)
            self._connection._tx.put_nowait((None, self._connection._connection.rollback))  # noqa: SLF001 (the same)
        else:
            super().rollback()


class OneVisitDriver(AsyncAdapt_aiosqlite_dbapi):
    """For ``create_async_engine(…, module=OneVisitDriver(is_reader=…))``."""

    def __init__(self, *, is_reader: bool) -> None:
        super().__init__(aiosqlite, sqlite3)
        self._is_reader = is_reader

    def connect(self, *arg: Any, **kw: Any) -> AsyncAdapt_aiosqlite_connection:
        """A new connection, awaited by SQLAlchemy's greenlet."""
        made = super().connect(*arg, **kw)
        return _Connection(self, made._connection, is_reader=self._is_reader)  # noqa: SLF001 (it has no public name)


def begin_with(connection: Connection, statement: str) -> None:
    """Let the transaction of ``connection`` (of a OneVisitDriver) begin by ``statement``, together with its first."""
    cast("_Connection", connection.connection.dbapi_connection).begin_with(statement)


async def in_one_visit(connection: AsyncConnection, begin: str, work: Callable[[Connection], T]) -> T:
    """``begin``, ``work`` and COMMIT, all in the thread of ``connection``; what ``work`` returns.

    ``connection`` is one of a OneVisitDriver that has begun nothing. ``work`` gets a Connection without asyncio, to the
    same connection of SQLite. Raises what ``work`` raises, after a rollback.
    """
    pooled = await connection.get_raw_connection()
    return await cast("_Connection", pooled.dbapi_connection).in_one_visit(begin, work)


def _engine_on(connection: sqlite3.Connection, begin: str) -> Engine:
    """SQLAlchemy without asyncio, over a connection that is open already."""
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "begin", lambda begun: begun.exec_driver_sql(begin))
    return engine
