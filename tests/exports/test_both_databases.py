"""On SQLite and PostgreSQL: the demonstration comes back equal, and a document is of one moment."""

import json
from uuid import uuid4

import pytest
from sqlalchemy import update
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
from workshop.programmes.models import Programme


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
