"""What was backed up comes back whole, into an empty installation only."""

import asyncio
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import SQLModel, delete, select

from tests.conftest import Installation, Meeting
from tests.rows import all_rows
from workshop.accounts.models import Account
from workshop.backup import FORMAT, NotABackup, NotEmpty, back_up, restore
from workshop.contributions.concerns import raise_concern
from workshop.contributions.inbox import Inbox
from workshop.contributions.moderation import reword_contribution
from workshop.contributions.questions import unanswered_points
from workshop.contributions.room import RoomPoint, add_from_room
from workshop.contributions.submissions import Submission
from workshop.database import Database
from workshop.facts import Crossed
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.writes import join_focus_group
from workshop.migrations.metadata import metadata
from workshop.migrations.running import upgrade
from workshop.programmes.models import ColumnKind, Programme
from workshop.settings import Settings
from workshop.text import token_hash

pytestmark = pytest.mark.anyio


async def test_everything_comes_back(installation: Installation, meeting: Meeting, tmp_path: Path) -> None:
    inbox: Inbox = installation.app.state.inbox
    async with installation.database.writing() as db:
        people = {meeting.agencies[0].id: 3, meeting.agencies[1].id: 2}
        await join_focus_group(
            db, meeting.focus_group.id, client_id=uuid4(), token="table", people=people, unsaid=1, role="manager"
        )
        earlier = Programme(partnership_id=meeting.programme.partnership_id, title="Core groups 2025")
        db.add(earlier)
        await db.flush()
        stored = (await db.exec(select(Programme).where(Programme.id == meeting.programme.id))).one()
        stored.previous_id = earlier.id
        db.add(stored)
    words = "“Emoji 🐦, quotes ' and \\ backslashes”\nsecond line"
    group, theme = meeting.focus_group.id, meeting.themes[0].id
    await inbox.add(Submission(group, token_hash("table"), theme, ColumnKind.WORKING_WELL, uuid4(), words))
    file = tmp_path / "backups" / "all.zip"

    counts = await back_up(installation.database, installation.settings, file)
    assert (counts["contribution"], file.stat().st_mode & 0o077) == (1, 0)

    elsewhere = Settings(data_dir=tmp_path / "elsewhere", base_url="http://workshop.test")
    database = Database(elsewhere.database)
    await restore(database, elsewhere, file)
    assert await all_rows(database) == await all_rows(installation.database)
    assert elsewhere.key == installation.settings.key

    with pytest.raises(NotEmpty):
        await restore(database, elsewhere, file)
    await database.close()


def made_by(revision: str, file: Path, folder: Path) -> Path:
    """The backup as the version whose last migration is ``revision`` would have made it."""
    database = folder / f"{revision}.sqlite3"

    async def empty() -> None:
        made = Database(f"sqlite+aiosqlite:///{database}")
        async with made.writer.begin() as connection:
            await connection.run_sync(upgrade, revision)
        await made.close()

    asyncio.run(empty())
    earlier = folder / f"{revision}.zip"
    with (
        closing(sqlite3.connect(database)) as tables,
        zipfile.ZipFile(file) as archive,
        zipfile.ZipFile(earlier, "w") as target,
    ):
        manifest = json.loads(archive.read("manifest.json"))
        columns = {
            name: {row[1] for row in tables.execute(f'PRAGMA table_info("{name}")')}
            for (name,) in tables.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        kept = {name: count for name, count in manifest["rows"].items() if name in columns}
        for name in kept:
            lines = archive.read(f"tables/{name}.jsonl").decode().splitlines()
            found = ({key: value for key, value in json.loads(line).items() if key in columns[name]} for line in lines)
            target.writestr(f"tables/{name}.jsonl", "".join(f"{json.dumps(row)}\n" for row in found))
        target.writestr("manifest.json", json.dumps(manifest | {"revision": revision, "rows": kept}))
        target.writestr("secret-key", archive.read("secret-key"))
    return earlier


@pytest.mark.parametrize("revision", ["0005", "0007"])
async def test_a_backup_that_an_earlier_version_made_comes_back(
    installation: Installation, meeting: Meeting, tmp_path: Path, revision: str
) -> None:
    async with installation.database.writing() as db:
        point = RoomPoint(uuid4(), meeting.themes[0].id, ColumnKind.WORKING_WELL, None, "Said before the update")
        await add_from_room(db, meeting.focus_group.id, point, installation.settings.key)
    file = tmp_path / "all.zip"
    await back_up(installation.database, installation.settings, file)
    earlier = await asyncio.to_thread(made_by, revision, file, tmp_path)
    elsewhere = Settings(data_dir=tmp_path / "elsewhere", base_url="http://workshop.test")
    database = Database(elsewhere.database)
    await restore(database, elsewhere, earlier)
    assert await all_rows(database) == await all_rows(installation.database)
    with pytest.raises(Crossed):  # what points to a row still holds it, after the tables were made anew
        async with database.writing() as db:
            await db.exec(delete(FocusGroup))
    await database.close()


async def test_what_was_answered_for_before_questions_were_kept_is_not_asked_about_again(
    installation: Installation, meeting: Meeting, tmp_path: Path
) -> None:
    group, theme = meeting.focus_group.id, meeting.themes[0].id
    async with installation.database.writing() as db:
        account = (await db.exec(select(Account).where(Account.email == "ada@example.org"))).one().id
        for words in ("Reworded", "A concern", "Nobody looked"):
            point = RoomPoint(uuid4(), theme, ColumnKind.WORRIED_ABOUT, None, words, "name")
            held = await add_from_room(db, group, point, installation.settings.key)
            if words == "Reworded":
                await reword_contribution(
                    db, group, held.id, "In other words", based_on=words, is_concern=False, account_id=account
                )
            elif words == "A concern":
                await raise_concern(db, held, account)
    file = tmp_path / "all.zip"
    await back_up(installation.database, installation.settings, file)
    elsewhere = Settings(data_dir=tmp_path / "elsewhere", base_url="http://workshop.test")
    database = Database(elsewhere.database)
    await restore(database, elsewhere, await asyncio.to_thread(made_by, "0007", file, tmp_path))
    async with database.reading() as db:
        assert [point.text for point in await unanswered_points(db, group)] == ["Nobody looked"]
    await database.close()


async def test_what_is_no_backup_is_refused(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "letter.zip"
    file.write_text("Dear partnership,")
    database = Database(settings.database)
    with pytest.raises(NotABackup):
        await restore(database, settings, file)
    await database.close()


async def test_what_a_later_version_made_is_refused(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "all.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", json.dumps({"format": FORMAT, "revision": "9999", "rows": {}}))
    database = Database(settings.database)
    with pytest.raises(NotABackup, match="later version"):
        await restore(database, settings, file)
    await database.close()


def test_every_table_is_backed_up() -> None:
    assert set(metadata.tables) == set(SQLModel.metadata.tables)
