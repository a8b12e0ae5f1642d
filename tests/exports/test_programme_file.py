"""The programme file goes in and comes out the same."""

import asyncio
import copy
import json
import uuid
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import workshop
from tests.exports.files import File, four_by_four_by_three, programme_files
from workshop.accounts.writes import make_partnership
from workshop.database import Database, now
from workshop.days import london_day
from workshop.exports.programme_file import written
from workshop.exports.queries import programme_file_of
from workshop.exports.reading import UnfitFile, read_programme_file
from workshop.exports.writes import import_programme
from workshop.focus_groups.models import Phase
from workshop.focus_groups.queries import focus_groups_of
from workshop.migrations import migrate

DEMONSTRATION = Path(workshop.__file__).parent / "demo" / "core_groups.json"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated database that many examples share."""
    address = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('files') / 'workshop.sqlite3'}"

    async def prepare() -> None:
        database = Database(address)
        await migrate(database)
        await database.close()

    asyncio.run(prepare())
    return address


def there_and_back(address: str, file: File) -> File:
    """Import into a partnership of its own, export again."""

    async def go() -> bytes:
        database = Database(address)
        try:
            read = read_programme_file(json.dumps(file).encode())
            async with database.writing() as db:
                partnership = await make_partnership(db, str(uuid.uuid4()))
                programme = await import_programme(db, partnership.id, read)
            async with database.reading(is_frozen=True) as db:
                groups = await focus_groups_of(db, programme.id)
                assert all(group.phase is Phase.CLOSED and group.join_code is None for group in groups)
                # Words from years ago are not due at once.
                assert all(group.last_open_on == london_day(now()) for group in groups)
                return written(await programme_file_of(db, programme))
        finally:
            await database.close()

    return dict(json.loads(asyncio.run(go())))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(file=programme_files())
def test_any_file_comes_back_equal(address: str, file: File) -> None:
    assert there_and_back(address, file) == file


def test_four_groups_by_four_themes_by_three_columns_come_back_equal(address: str) -> None:
    file = four_by_four_by_three()
    assert len(file["focus_groups"][0]["contributions"]) == 13
    assert there_and_back(address, file) == file


def test_the_demonstration_comes_back_equal(address: str) -> None:
    file = json.loads(DEMONSTRATION.read_bytes())
    assert there_and_back(address, file) == file


def test_forty_thousand_characters_come_back_whole(address: str) -> None:
    file = four_by_four_by_three()
    file["focus_groups"][0]["contributions"][0]["text"] = "“Ω’" * 13_333 + "."
    assert there_and_back(address, file) == file


def test_text_is_normalised_and_nothing_else(address: str) -> None:
    file = four_by_four_by_three()
    point = file["focus_groups"][0]["contributions"][0]
    point["text"] = "  cafe\u0301\r\nsecond line\u0000\r "
    back = there_and_back(address, file)
    assert back["focus_groups"][0]["contributions"][0]["text"] == "caf\u00e9\nsecond line"


def test_a_round_points_to_the_one_before_it(address: str) -> None:
    first, second = (
        four_by_four_by_three(),
        four_by_four_by_three() | {"title": "Core groups 2", "previous": "Core groups"},
    )

    async def go() -> File:
        database = Database(address)
        async with database.writing() as db:
            partnership = await make_partnership(db, str(uuid.uuid4()))
            with pytest.raises(UnfitFile, match="previous: there is no programme"):
                await import_programme(db, partnership.id, read_programme_file(json.dumps(second).encode()))
            await import_programme(db, partnership.id, read_programme_file(json.dumps(first).encode()))
            programme = await import_programme(db, partnership.id, read_programme_file(json.dumps(second).encode()))
        async with database.reading() as db:
            back = json.loads(written(await programme_file_of(db, programme)))
        await database.close()
        return dict(back)

    assert asyncio.run(go()) == second


def test_defaults_that_somebody_wrote_out_are_read() -> None:
    file = four_by_four_by_three()
    plain = copy.deepcopy(file)
    file["group_word"] = "focus group"
    file["agencies"][0] |= {"aliases": [], "parent": ""}
    content = json.dumps(file).encode()
    assert json.loads(written(read_programme_file(b"\xef\xbb\xbf" + content))) == plain
