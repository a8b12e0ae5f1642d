"""After words went from the tables, they go from the files' bytes.

SQLite: ``secure_delete`` alone leaves copies in the file's freed pages and in the WAL, so the WAL is truncated, the
file rebuilt, and the WAL truncated again. PostgreSQL keeps dead rows until VACUUM; FULL rewrites the tables' files.
"""

import asyncio
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from workshop.database import BUSY_MILLISECONDS, Database

TABLES = (
    "contribution",
    "participant",
    "participant_people",
    "me_too",
    "concern",
    "open_question",
    "finding",
    "priority_vote",
    "scale_answer",
    "step",
    "pending_import",
    "programme",
)
TRIES = 50
PAUSE = 0.1
# PostgreSQL: whoever writes queues behind a VACUUM that waits for somebody's long read. Milliseconds.
LONGEST_WAIT = 2_000
# SQLite: nobody writes while a checkpoint waits for those who read.
SHORT_WAIT = 50
LOCK_NOT_AVAILABLE = "55P03"


class WordsStillInFile(RuntimeError):
    """Somebody who reads kept the files from being rewritten: the next run tries again."""


async def compact(database: Database) -> None:
    """Rewrite what held the words. Raises WordsStillInFile when readers never let go."""
    if database.is_sqlite:
        await _truncate_wal(database)
        async with database.turn(), database.writer.connect() as connection:
            # Past SQLAlchemy, which would begin a transaction, in which none of these can run.
            driver: Any = (await connection.get_raw_connection()).driver_connection
            await driver.execute("VACUUM")
        await _truncate_wal(database)
        return
    async with database.writer.connect() as connection:
        _ = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text(f"SET lock_timeout = {LONGEST_WAIT}"))
        try:
            for table in TABLES:
                await connection.execute(text(f"VACUUM (FULL, ANALYZE) {table}"))
        except DBAPIError as problem:
            if getattr(problem.orig, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                raise
            raise WordsStillInFile from problem
        finally:
            await connection.execute(text("RESET lock_timeout"))


async def _truncate_wal(database: Database) -> None:
    """Empty the WAL into the file. Whoever writes goes on between two tries: a backup may read for minutes."""
    for _ in range(TRIES):
        async with database.turn(), database.writer.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            await driver.execute(f"PRAGMA busy_timeout={SHORT_WAIT}")
            try:
                async with driver.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                    is_busy, *_ = await cursor.fetchone()
            finally:
                await driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        if not is_busy:
            return
        await asyncio.sleep(PAUSE)
    raise WordsStillInFile
