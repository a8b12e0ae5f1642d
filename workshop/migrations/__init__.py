"""Alembic's migrations, inside the package so that the wheel ships them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from workshop.database import Database

# Any number will do, as long as every node uses the same.
_ADVISORY_LOCK = 7_100_001


class RowsWithoutParents(RuntimeError):
    """After a migration a row pointed to nothing: it was taken back."""


async def migrate(database: Database) -> None:
    """Bring the tables to this version; nodes that start together take turns. Raises RowsWithoutParents."""
    if await _is_of_this_version(database):
        return
    from workshop.migrations.running import upgrade  # noqa: PLC0415 (slow to import; mostly there is nothing to do)

    async with (
        database.turn(),
        database.writer.connect() as connection,
        _without_foreign_keys(database, connection),
        connection.begin(),
    ):
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        await connection.run_sync(upgrade)
        if database.is_sqlite and (lost := (await connection.execute(text("PRAGMA foreign_key_check"))).first()):
            message = f"a row of {lost[0]} points to one of {lost[2]} that is not there"
            raise RowsWithoutParents(message)


@asynccontextmanager
async def _without_foreign_keys(database: Database, connection: AsyncConnection) -> AsyncIterator[None]:
    """SQLite changes some columns by making the table anew; dropping the old one would break what points to it."""
    if not database.is_sqlite:
        yield
        return
    # Past SQLAlchemy, which would begin a transaction, in which this pragma does nothing.
    driver: Any = (await connection.get_raw_connection()).driver_connection
    await driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        await driver.execute("PRAGMA foreign_keys=ON")


async def _is_of_this_version(database: Database) -> bool:
    """Whether the tables are those of the newest migration: files are named by their number, which is their id."""
    newest = max(file.name.partition("_")[0] for file in (Path(__file__).parent / "versions").glob("[0-9]*.py"))
    try:
        async with database.turn(), database.writer.connect() as connection:
            there = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
    except DBAPIError:
        return False  # an empty database
    return there == newest
