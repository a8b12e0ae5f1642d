"""An SQLite installation with something of everything in it comes through the update from every earlier version."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from tests.conftest import Cast, Installation, settings_in
from tests.world import make_world
from workshop.app import create_app
from workshop.database import Database
from workshop.migrations import migrate
from workshop.migrations.running import alembic_config, upgrade

pytestmark = pytest.mark.slow
VERSIONS = [each.revision for each in ScriptDirectory.from_config(alembic_config()).walk_revisions()]
EARLIER = sorted(VERSIONS)[:-1]


@pytest.fixture(scope="module")
def lived_in(peopled: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of today's version with a row of nearly everything."""
    data_dir = tmp_path_factory.mktemp("lived-in") / "data"

    async def live() -> Path:
        app = create_app(settings_in(data_dir))
        async with app.lifespan():
            here = Installation(app, settings_in(data_dir), dict(peopled[1].partnerships), dict(peopled[1].tokens))
            await make_world(here, "Northshire", "ada@example.org", "cleo@example.org")
            return Path(here.database.path or "")

    data_dir.parent.joinpath("data").mkdir()
    with (
        closing(sqlite3.connect(peopled[0] / "workshop.sqlite3")) as source,
        closing(sqlite3.connect(data_dir / "workshop.sqlite3")) as target,
    ):
        source.backup(target)
    return asyncio.run(live())


def columns_of(database: sqlite3.Connection) -> dict[str, list[str]]:
    """Table → its columns, as this version has them."""
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        name: [row[1] for row in database.execute(f'PRAGMA table_info("{name}")')]
        for name in names
        if name != "alembic_version"
    }


def rows_of(database: sqlite3.Connection, columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """Table → its rows in these columns."""
    return {
        name: sorted(map(repr, database.execute(f'SELECT {", ".join(map(quoted, own))} FROM "{name}"')))  # noqa: S608 (names of our own)
        for name, own in columns.items()
    }


def quoted(name: str) -> str:
    return f'"{name}"'


async def made_at(revision: str, file: Path) -> None:
    """An empty database as the version whose last migration is ``revision`` leaves it."""
    database = Database(f"sqlite+aiosqlite:///{file}")
    async with database.writer.begin() as connection:
        await connection.run_sync(upgrade, revision)
    await database.close()


@pytest.mark.parametrize("revision", EARLIER)
def test_nothing_is_lost_by_the_update(lived_in: Path, tmp_path: Path, revision: str) -> None:
    file = tmp_path / "workshop.sqlite3"
    asyncio.run(made_at(revision, file))
    with closing(sqlite3.connect(file)) as earlier:
        earlier.execute("ATTACH ? AS today", [str(lived_in)])
        columns = columns_of(earlier)
        for name, own in columns.items():
            listed = ", ".join(map(quoted, own))
            earlier.execute(f'INSERT INTO "{name}" ({listed}) SELECT {listed} FROM today."{name}"')  # noqa: S608 (the same)
        earlier.commit()
        before = rows_of(earlier, columns)
    assert sum(map(len, before.values())) > 50

    async def update() -> None:
        database = Database(f"sqlite+aiosqlite:///{file}")
        await migrate(database)
        await database.close()

    asyncio.run(update())
    with closing(sqlite3.connect(file)) as today, closing(sqlite3.connect(lived_in)) as model:
        assert rows_of(today, columns) == before
        assert columns_of(today) == columns_of(model)
        assert today.execute("PRAGMA foreign_key_check").fetchall() == []
        assert today.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
