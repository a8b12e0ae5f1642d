"""What makes an acknowledgement worth something: the pragmas of every connection, and transactions that lock early."""

import asyncio
import fcntl
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import select

from tests.conftest import Installation
from workshop.accounts.models import Partnership
from workshop.database import READERS, Database, Hints, now
from workshop.facts import Crossed, NotFound
from workshop.migrations import migrate
from workshop.programmes.models import Programme

pytestmark = pytest.mark.anyio
FULL = 2


async def pragma(engine: AsyncEngine, name: str) -> object:
    async with engine.connect() as connection:
        return (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()


async def test_an_acknowledged_point_survives_a_power_cut(installation: Installation) -> None:
    writer = installation.database.writer
    assert await pragma(writer, "synchronous") == FULL
    assert await pragma(writer, "journal_mode") == "wal"


async def test_deleted_words_are_overwritten_and_keys_are_checked(installation: Installation) -> None:
    writer = installation.database.writer
    assert await pragma(writer, "secure_delete") == 1
    assert await pragma(writer, "foreign_keys") == 1


async def test_there_is_one_writing_connection(installation: Installation) -> None:
    assert installation.database.writer.pool.size() == 1  # type: ignore[attr-defined]  # the pool we chose has it
    assert installation.database.writer.pool._max_overflow == 0  # type: ignore[attr-defined]  # noqa: SLF001 (said nowhere else)


async def test_reading_connections_refuse_to_write(installation: Installation) -> None:
    reader = installation.database.reader
    connections = [await reader.connect() for _ in range(READERS)]
    try:
        for connection in connections:
            assert (await connection.execute(text("PRAGMA query_only"))).scalar_one() == 1
            # A reader that checkpoints would be a second connection that writes the file.
            assert (await connection.execute(text("PRAGMA wal_autocheckpoint"))).scalar_one() == 0
            with pytest.raises(OperationalError, match="readonly"):
                await connection.execute(text("DELETE FROM contribution"))
    finally:
        for connection in connections:
            await connection.close()


async def test_a_write_takes_the_lock_before_it_reads(installation: Installation) -> None:
    path = installation.database.path
    assert path is not None
    async with installation.database.writing() as db:
        await (await db.connection()).execute(text("SELECT 1"))
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
            assert other.execute("SELECT count(*) FROM contribution").fetchone() == (0,)


async def test_a_transaction_in_one_visit_is_kept_or_undone_as_a_whole(installation_on_either: Installation) -> None:
    database = installation_on_either.database

    def add(name: str, connection: Connection) -> tuple[str, Hints]:
        connection.execute(insert(Partnership).values(id=uuid4(), name=name, created_at=now()))
        if name == "Undone":
            raise LookupError
        return name, {}

    async def add_and_fail() -> None:
        async with database.writing() as db:
            db.add(Partnership(name="Undone"))
            await db.flush()
            raise LookupError

    assert await database.write_in_one_visit(partial(add, "Kept")) == "Kept"
    with pytest.raises(LookupError):
        await database.write_in_one_visit(partial(add, "Undone"))
    # The same connection afterwards, in a transaction as all others have it.
    with pytest.raises(LookupError):
        await add_and_fail()
    assert await database.write_in_one_visit(partial(add, "Kept, too")) == "Kept, too"
    async with database.reading() as db:
        assert {"Kept", "Kept, too"} == {*await db.exec(select(Partnership.name))} & {"Kept", "Kept, too", "Undone"}


async def test_who_gives_up_waiting_for_another_process_takes_no_turn(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'workshop.sqlite3'}"
    one, other = Database(url), Database(url)

    async def write() -> None:
        async with other.turn():
            pass

    async with one.turn():
        waiting = asyncio.create_task(write())
        await asyncio.sleep(0.1)
        waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    for _ in range(20):
        with (tmp_path / "workshop.sqlite3-turn").open() as turn:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)  # refused while anybody has it
        await asyncio.sleep(0.01)
    await one.close()
    await other.close()


async def test_two_of_one_name_at_once_are_one_and_a_refusal(database: Database) -> None:
    async with database.writing() as db:
        db.add(Partnership(name="Northshire"))
    with pytest.raises(Crossed):
        async with database.writing() as db:
            db.add(Partnership(name="Northshire"))
    with pytest.raises(Crossed):
        await database.write_in_one_visit(_add_northshire)
    async with database.reading() as db:
        assert len((await db.exec(select(Partnership))).all()) == 1


def _add_northshire(connection: Connection) -> tuple[None, Hints]:
    connection.execute(insert(Partnership).values(id=uuid4(), name="Northshire", created_at=now()))
    return None, {}


async def test_what_points_to_something_that_was_removed_is_refused(database: Database) -> None:
    with pytest.raises(Crossed):
        async with database.writing() as db:
            db.add(Programme(partnership_id=uuid4(), title="Core groups"))


async def test_what_was_removed_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        async with database.reading() as db:
            await db.get_one(Partnership, uuid4())
    with pytest.raises(NotFound):
        async with database.writing() as db:
            (await db.exec(select(Partnership).where(Partnership.id == uuid4()))).one()
    async with database.writing() as db:
        made = Partnership(name="Northshire")
        db.add(made)
    async with database.writing() as db:
        await db.delete(await db.get_one(Partnership, made.id))
    made.name = "Southshire"
    with pytest.raises(NotFound):
        async with database.writing() as db:
            db.add(made)


async def test_a_mistake_of_ours_stays_a_failure(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.writing() as db:
            await (await db.connection()).execute(insert(Partnership).values(id=uuid4(), name=None, created_at=now()))


@pytest.mark.postgres
async def test_of_two_that_wait_for_each_other_one_is_refused(postgres_url: str) -> None:
    database = Database(postgres_url)
    await migrate(database)
    async with database.writing() as db:
        db.add_all([Partnership(name="Northshire"), Partnership(name="Southshire")])
    both = asyncio.Barrier(2)

    async def lock(*names: str) -> None:
        async with database.writing() as db:
            for name in names:
                await db.exec(select(Partnership).where(Partnership.name == name).with_for_update())
                if name == names[0]:
                    await both.wait()

    outcomes = await asyncio.gather(
        lock("Northshire", "Southshire"), lock("Southshire", "Northshire"), return_exceptions=True
    )
    await database.close()
    assert [type(outcome) for outcome in outcomes if outcome is not None] == [Crossed]
