"""``workshop doctor``: what is not as it should be, in words for whoever runs the installation."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from typing import Any

import click
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from workshop.database import Database
from workshop.focus_groups.join_address import is_out_of_reach
from workshop.migrations import migrate
from workshop.settings import Settings

ENOUGH_BYTES = 500_000_000
FULL = 2


@click.command("doctor")
def doctor_command() -> None:
    """Look at settings, database, Redis and disk; ends with 1 when something is wrong."""
    findings = asyncio.run(_findings(Settings()))
    for is_well, sentence in findings:
        click.echo(f"{'ok   ' if is_well else 'WRONG'} {sentence}")
    if not all(is_well for is_well, _ in findings):
        raise SystemExit(1)


async def _findings(settings: Settings) -> list[tuple[bool, str]]:
    return [finding async for finding in _look(settings)]


async def _look(settings: Settings) -> AsyncIterator[tuple[bool, str]]:
    address = settings.address
    yield not is_out_of_reach(address), f"Phones reach {address} (WORKSHOP_BASE_URL)"
    yield settings.is_https, "The address is https; over plain http words cross the network unencrypted"
    kept = settings.data_dir / "secret-key"
    is_private = not kept.exists() or not kept.stat().st_mode & 0o077
    yield is_private, f"Only its owner reads {kept}"
    free = shutil.disk_usage(settings.data_dir if settings.data_dir.exists() else ".").free
    yield free > ENOUGH_BYTES, f"{free // 1_000_000:,} MB are free on the disk"
    async for finding in _database(settings):
        yield finding
    if settings.redis_url:
        yield await _redis(settings)


async def _database(settings: Settings) -> AsyncIterator[tuple[bool, str]]:
    database = Database(settings.database)
    try:
        await migrate(database)
        yield True, f"The database answers and has this version's tables ({database.url.get_backend_name()})"
        if database.is_sqlite:
            async with database.turn(), database.writer.connect() as connection:
                level: Any = (await connection.execute(text("PRAGMA synchronous"))).scalar()
                damage: Any = (await connection.execute(text("PRAGMA quick_check"))).scalar()
            is_private = database.path is not None and not database.path.stat().st_mode & 0o077
            yield is_private, f"Only its owner reads {database.path}"
            yield level == FULL, "A commit is on disk before it is acknowledged"
            yield damage == "ok", f"The database file is whole ({damage})"
    except (SQLAlchemyError, OSError) as problem:
        yield False, f"The database does not answer: {type(problem).__name__}"
    finally:
        await database.close()


async def _redis(settings: Settings) -> tuple[bool, str]:
    # Here, since it is slow to import and every command imports this module, `serve` too.
    from redis.asyncio import Redis  # noqa: PLC0415 (see above)
    from redis.exceptions import RedisError  # noqa: PLC0415 (see above)

    try:
        async with Redis.from_url(settings.redis_url, socket_connect_timeout=2) as redis:
            await redis.ping()
    except (RedisError, OSError):
        return False, "Redis does not answer: live hints between processes come a second late, from the database"
    return True, "Redis answers"
