"""Two at once, in an order that a test decides: one has written, and not committed before the other waits for it."""

import asyncio

from sqlalchemy import text

from workshop.database import Database


async def until_it_waits(database: Database) -> None:
    """Until somebody waits for what another transaction has written: PostgreSQL for a row, SQLite for its turn."""
    while not await _does_anybody_wait(database):  # noqa: ASYNC110 (PostgreSQL tells nobody by itself)
        await asyncio.sleep(0.01)


async def _does_anybody_wait(database: Database) -> bool:
    if database.is_sqlite:
        return bool(database._lock._waiters)  # noqa: SLF001 (a lock says it nowhere else)
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    async with database.reading() as db:
        return bool((await (await db.connection()).execute(waiting)).scalar_one())
