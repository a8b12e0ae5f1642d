"""Alembic's migrations, inside the package so that the wheel ships them."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from workshop.database import Database

# Any number will do, as long as every node uses the same.
_ADVISORY_LOCK = 7_100_001


async def migrate(database: Database) -> None:
    """Bring the tables to this version; nodes that start together take turns."""
    if await _is_of_this_version(database):
        return
    from workshop.migrations.running import upgrade  # noqa: PLC0415 (slow to import; mostly there is nothing to do)

    async with database.turn(), database.writer.begin() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        await connection.run_sync(upgrade)


async def _is_of_this_version(database: Database) -> bool:
    """Whether the tables are those of the newest migration: files are named by their number, which is their id."""
    newest = max(file.name.partition("_")[0] for file in (Path(__file__).parent / "versions").glob("[0-9]*.py"))
    try:
        async with database.turn(), database.writer.connect() as connection:
            there = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
    except DBAPIError:
        return False  # an empty database
    return there == newest
