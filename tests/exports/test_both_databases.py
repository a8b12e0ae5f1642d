"""On SQLite and PostgreSQL: the demonstration comes back equal, and a document is of one moment."""

import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import make_url, update
from sqlmodel import col, select

from tests.exports.files import four_by_four_by_three
from workshop import demo
from workshop.accounts.writes import make_partnership
from workshop.contributions.models import Contribution
from workshop.database import Database
from workshop.exports.documents import Kind, contents_of, rendered
from workshop.exports.programme_file import written
from workshop.exports.queries import programme_file_of
from workshop.exports.reading import read_programme_file
from workshop.exports.writes import import_programme
from workshop.migrations import migrate
from workshop.programmes.models import Programme

POSTGRES = os.environ.get("WORKSHOP_TEST_POSTGRES_URL") or "postgresql+asyncpg://postgres@127.0.0.1:5432/test"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty, migrated database of its own."""
    if request.param == "sqlite":
        made = Database(f"sqlite+aiosqlite:///{tmp_path / 'workshop.sqlite3'}")
        await migrate(made)
        yield made
        await made.close()
        return
    url = make_url(POSTGRES)
    try:
        server = await asyncpg.connect(
            url.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False), timeout=3
        )
    except (OSError, TimeoutError, asyncpg.PostgresError) as reason:
        if os.environ.get("WORKSHOP_REQUIRE_SERVICES") == "1":
            pytest.fail(f"PostgreSQL does not answer: {reason!r}")
        pytest.skip(f"PostgreSQL does not answer: {reason!r}")
    name = f"exports_{uuid4().hex}"
    await server.execute(f'CREATE DATABASE "{name}"')
    made = Database(url.set(database=name).render_as_string(hide_password=False))
    await migrate(made)
    yield made
    await made.close()
    await server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await server.close()


async def imported(database: Database, content: bytes) -> Programme:
    async with database.writing() as db:
        partnership = await make_partnership(db, str(uuid4()))
        return await import_programme(db, partnership.id, read_programme_file(content))


async def test_the_demonstration_comes_back_equal(database: Database) -> None:
    content = demo.FILE.read_bytes()
    programme = await imported(database, content)
    async with database.reading(is_frozen=True) as db:
        assert json.loads(written(await programme_file_of(db, programme))) == json.loads(content)


async def test_a_document_is_of_one_moment(database: Database) -> None:
    """Every word changes after the first query of the export: none of the new ones is in it."""
    file = four_by_four_by_three()
    programme = await imported(database, json.dumps(file).encode())
    async with database.reading(is_frozen=True) as db:
        await db.exec(select(Programme.id))
        async with database.writing() as other:
            await other.exec(update(Contribution).where(col(Contribution.text).is_not(None)).values(text="later"))
        assert json.loads(written(await programme_file_of(db, programme))) == file


@pytest.mark.parametrize("kind", [Kind.CSV, Kind.HTML])
async def test_every_point_is_in_the_document(database: Database, kind: Kind) -> None:
    file = four_by_four_by_three()
    programme = await imported(database, json.dumps(file).encode())
    async with database.reading(is_frozen=True) as db:
        contents = await contents_of(db, programme, kind)
    document = (await rendered(contents, kind)).decode()
    for group in file["focus_groups"]:
        for point in group["contributions"]:
            assert point["text"] in document
