"""Our adapter gives SQLAlchemy what its own gives: rows, counts, descriptions, errors."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from workshop.database import Database

pytestmark = pytest.mark.anyio


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[AsyncConnection]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'some.sqlite3'}")
    async with database.writer.connect() as connection:
        await connection.execute(text("CREATE TABLE point (id INTEGER PRIMARY KEY, words TEXT UNIQUE)"))
        yield connection
    await database.close()


INSERT = text("INSERT INTO point (words) VALUES (:words) ON CONFLICT DO NOTHING")


async def test_rows_come_with_their_names(connection: AsyncConnection) -> None:
    await connection.execute(INSERT, [{"words": "one"}, {"words": "two"}])
    rows = (await connection.execute(text("SELECT id, words FROM point ORDER BY id"))).mappings().all()
    assert [dict(row) for row in rows] == [{"id": 1, "words": "one"}, {"id": 2, "words": "two"}]
    assert (await connection.execute(text("SELECT words FROM point WHERE id = 3"))).first() is None


async def test_changed_rows_are_counted(connection: AsyncConnection) -> None:
    await connection.execute(INSERT, [{"words": "one"}, {"words": "two"}, {"words": "two"}])
    assert (await connection.execute(text("UPDATE point SET words = words || '!'"))).rowcount == 2
    assert (await connection.execute(text("DELETE FROM point WHERE id = 9"))).rowcount == 0


async def test_returning_gives_what_was_changed(connection: AsyncConnection) -> None:
    stored = text("INSERT INTO point (words) VALUES ('one'), ('one'), ('two') ON CONFLICT DO NOTHING RETURNING words")
    assert list((await connection.execute(stored)).scalars()) == ["one", "two"]


async def test_rows_can_be_streamed(connection: AsyncConnection) -> None:
    await connection.execute(INSERT, [{"words": str(number)} for number in range(1_000)])
    rows = await connection.stream(text("SELECT words FROM point ORDER BY id"), execution_options={"yield_per": 50})
    assert [row.words async for row in rows] == [str(number) for number in range(1_000)]


async def test_errors_are_sqlalchemys_and_the_connection_goes_on(connection: AsyncConnection) -> None:
    await connection.execute(INSERT, {"words": "one"})
    with pytest.raises(IntegrityError, match="UNIQUE"):
        await connection.execute(text("INSERT INTO point (words) VALUES ('one')"))
    with pytest.raises(OperationalError, match="no such table"):
        await connection.execute(text("SELECT * FROM absent"))
    assert (await connection.execute(text("SELECT count(*) FROM point"))).scalar_one() == 1


async def test_a_stream_reads_one_state(connection: AsyncConnection, tmp_path: Path) -> None:
    await connection.execute(INSERT, [{"words": str(number)} for number in range(100)])
    await connection.commit()
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'some.sqlite3'}")
    async with database.reader.connect() as reader:
        rows = await reader.stream(text("SELECT words FROM point"), execution_options={"yield_per": 10})
        await connection.execute(text("DELETE FROM point"))
        await connection.commit()
        assert len([row async for row in rows]) == 100
        assert (await reader.execute(text("SELECT count(*) FROM point"))).scalar_one() == 100
        await reader.rollback()
        assert (await reader.execute(text("SELECT count(*) FROM point"))).scalar_one() == 0
    await database.close()
