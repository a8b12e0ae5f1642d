"""A removed focus group takes the words along that were still in it, from the bytes of the files too."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.retention.files import bytes_of_files
from workshop.accounts.models import Account
from workshop.contributions.concerns import raise_concern
from workshop.contributions.models import PendingImport
from workshop.contributions.room import RoomPoint, add_from_room, delete_room_point
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import ColumnKind
from workshop.retention.concerns import pass_on_concern
from workshop.retention.removal import remove_focus_group
from workshop.retention.schedule import purge_what_is_due

pytestmark = pytest.mark.anyio
CANARY = "The canary sang of kestrels at teatime"


async def test_a_concern_that_was_passed_on(installation: Installation, meeting: Meeting) -> None:
    group = meeting.focus_group.id
    account = await account_of_ada(installation)
    async with installation.database.writing() as db:
        note = RoomPoint(uuid4(), meeting.themes[0].id, ColumnKind.WORRIED_ABOUT, None, CANARY)
        point = await add_from_room(db, group, note, installation.settings.key)
        await db.flush()  # the concern refers to it
        concern = await raise_concern(db, point, account)
    async with installation.database.writing() as db:
        await delete_room_point(db, group, point.id, is_concern=True, account_id=account)
        await pass_on_concern(db, group, concern.id, "Duty team", dt.date(2026, 11, 20), account)
    await purge_what_is_due(installation.database)
    assert CANARY.encode() in bytes_of_files(installation.settings.data_dir)  # kept, as the concern's
    await removed(installation, meeting)
    assert CANARY.encode() not in bytes_of_files(installation.settings.data_dir)


async def test_an_upload_that_nobody_imported(installation: Installation, meeting: Meeting) -> None:
    account = await account_of_ada(installation)
    async with installation.database.writing() as db:
        db.add(PendingImport(focus_group_id=meeting.focus_group.id, account_id=account, points=[{"text": CANARY}]))
    await removed(installation, meeting)
    assert CANARY.encode() not in bytes_of_files(installation.settings.data_dir)


async def removed(here: Installation, meeting: Meeting) -> None:
    """The group goes, and the hourly run comes."""
    async with here.database.writing() as db:
        await remove_focus_group(db, await db.get_one(FocusGroup, meeting.focus_group.id))
    await purge_what_is_due(here.database)


async def account_of_ada(here: Installation) -> UUID:
    async with here.database.reading() as db:
        return (await db.exec(select(Account.id).where(Account.email == "ada@example.org"))).one()
