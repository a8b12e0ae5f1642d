"""What was backed up comes back whole, into an empty installation only."""

from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import SQLModel, select

from tests.conftest import Installation, Meeting
from workshop.backup import NotABackup, NotEmpty, back_up, restore
from workshop.contributions.inbox import Inbox
from workshop.contributions.submissions import Submission
from workshop.database import Database
from workshop.focus_groups.writes import join_focus_group
from workshop.migrations.metadata import metadata
from workshop.programmes.models import ColumnKind, Programme
from workshop.settings import Settings
from workshop.text import token_hash

pytestmark = pytest.mark.anyio


async def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Everything, table by table, in an order of its own."""
    async with database.reader.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in await connection.execute(table.select())), key=repr)
            for table in metadata.sorted_tables
        }


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
    assert await rows(database) == await rows(installation.database)
    assert elsewhere.key == installation.settings.key

    with pytest.raises(NotEmpty):
        await restore(database, elsewhere, file)
    await database.close()


async def test_what_is_no_backup_is_refused(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "letter.zip"
    file.write_text("Dear partnership,")
    database = Database(settings.database)
    with pytest.raises(NotABackup):
        await restore(database, settings, file)
    await database.close()


def test_every_table_is_backed_up() -> None:
    assert set(metadata.tables) == set(SQLModel.metadata.tables)
