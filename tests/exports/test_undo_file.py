"""N steps, a restart, N undos: the programme file is what it was."""

import random
from uuid import UUID

import msgspec
import pytest

from tests.conftest import Installation
from tests.recommendations.random_steps import take_random_steps
from workshop.app import create_app
from workshop.database import Database
from workshop.demo import FILE
from workshop.exports.queries import programme_file_of
from workshop.exports.reading import read_programme_file
from workshop.exports.writes import import_programme
from workshop.programmes.models import Programme
from workshop.recommendations.undo import undo_last_step

pytestmark = pytest.mark.anyio


async def file_of(database: Database, programme_id: UUID) -> object:
    async with database.reading() as db:
        programme = await db.get(Programme, programme_id)
        assert programme is not None
        return msgspec.to_builtins(await programme_file_of(db, programme))


@pytest.mark.parametrize("seed", range(3))
async def test_after_as_many_undos_as_steps_the_file_is_the_same(installation: Installation, seed: int) -> None:
    async with installation.database.writing() as db:
        file = read_programme_file(FILE.read_bytes())
        programme = await import_programme(db, installation.partnerships["Northshire"], file)
    before = await file_of(installation.database, programme.id)
    taken = await take_random_steps(installation.database, programme.id, 40, random.Random(seed))  # noqa: S311 (chance, no secret)
    assert len(taken) > 10
    assert await file_of(installation.database, programme.id) != before

    again = create_app(installation.settings)
    async with again.lifespan():
        database: Database = again.state.database
        verb: str | None = ""
        while verb is not None:
            async with database.writing() as db:
                verb = await undo_last_step(db, programme.id)
        assert await file_of(database, programme.id) == before
