"""After words went from the tables, they go from the files' bytes.

SQLite: ``secure_delete`` alone leaves copies in the file's freed pages and in the WAL, so the WAL is truncated, the
file rebuilt, and the WAL truncated again. PostgreSQL keeps dead rows until VACUUM; FULL rewrites the tables' files.
"""

import asyncio
from typing import Any

from sqlalchemy import text

from workshop.database import Database

TABLES = (
    "contribution",
    "participant",
    "participant_people",
    "me_too",
    "concern",
    "priority_vote",
    "scale_answer",
    "step",
    "pending_import",
    "programme",
)
TRIES = 50
PAUSE = 0.1


class WordsStillInFile(RuntimeError):
    """A reader kept the WAL from being truncated: the next run tries again."""


async def compact(database: Database) -> None:
    """Rewrite what held the words. Raises WordsStillInFile when readers never let go."""
    if database.is_sqlite:
        async with database.turn(), database.writer.connect() as connection:
            # Past SQLAlchemy, which would begin a transaction, in which none of these can run.
            driver: Any = (await connection.get_raw_connection()).driver_connection
            await _truncate_wal(driver)
            await driver.execute("VACUUM")
            await _truncate_wal(driver)
        return
    async with database.writer.connect() as connection:
        _ = await connection.execution_options(isolation_level="AUTOCOMMIT")
        for table in TABLES:
            await connection.execute(text(f"VACUUM (FULL, ANALYZE) {table}"))


async def _truncate_wal(driver: Any) -> None:
    for _ in range(TRIES):
        async with driver.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
            is_busy, *_ = await cursor.fetchone()
        if not is_busy:
            return
        await asyncio.sleep(PAUSE)
    raise WordsStillInFile
