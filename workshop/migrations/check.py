"""``python -m workshop.migrations.check``: fails when the migrations and the models differ (or makes a revision).

With ``--revision "what it does"`` it writes the difference as a new migration.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.util import CommandError
from sqlalchemy import Connection

from workshop.database import Database
from workshop.migrations import migrate
from workshop.migrations.running import alembic_config


async def main(revision: str | None) -> None:
    """Migrate an empty database, then compare it with the models."""

    def compare(connection: Connection) -> None:
        config = alembic_config(connection)
        if revision is None:
            command.check(config)
        else:
            command.revision(config, revision, autogenerate=True)

    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'check.sqlite3'}")
        await migrate(database)
        async with database.writer.begin() as connection:
            await connection.run_sync(compare)
        await database.close()


if __name__ == "__main__":
    try:
        asyncio.run(main(sys.argv[2] if sys.argv[1:2] == ["--revision"] else None))
    except CommandError as problem:
        sys.exit(f"The migrations do not match the models: {problem}")
