"""Counts what a request asks of the database, so that a list cannot ask one more for each row."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import event

from workshop.database import Database

# What runs beside the test (the hub, the purge) began outside the block and is not counted.
_is_asking: ContextVar[bool] = ContextVar("is_asking", default=False)


@contextmanager
def count_queries(database: Database, kind: str = "SELECT") -> Iterator[list[str]]:
    """The statements of this kind that the block itself sends, in order; one for many rows is one."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if _is_asking.get() and statement.lstrip().upper().startswith(kind):
            asked.append(statement)

    engines = {database.reader.sync_engine, database.writer.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    before = _is_asking.set(True)
    try:
        yield asked
    finally:
        _is_asking.reset(before)
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
