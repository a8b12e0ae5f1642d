"""Words that somebody took back go from the bytes of every file with the next run, not only on the date."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting, make_meeting
from tests.pages.board.phones import Phone, joined
from tests.retention.files import bytes_of_files, postgres_file
from workshop.accounts.models import Account, Membership
from workshop.contributions.models import Contribution, PendingImport, WordsGone
from workshop.contributions.moderation import hold_contribution, reword_contribution
from workshop.contributions.pending import forget_pending_import
from workshop.contributions.room import RoomPoint, add_from_room, delete_room_point, edit_room_point
from workshop.contributions.writes import delete_contribution, edit_contribution
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.programmes.models import ColumnKind
from workshop.programmes.queries import themes_of
from workshop.rehearsals.making import begin_rehearsal, end_rehearsal
from workshop.retention.compaction import WordsStillInFile
from workshop.retention.schedule import purge_what_is_due
from workshop.surveys.asking import ask_room
from workshop.surveys.queries import asked_now
from workshop.surveys.writes import Answer, ScaleWords, answer_scale, set_scale

pytestmark = pytest.mark.anyio
CANARY = "The canary sang of kestrels at teatime"
INSTEAD = "Somebody said something about a bird"
Taking = Callable[[Installation, Phone], Awaitable[None]]


async def account_of(here: Installation) -> UUID:
    async with here.database.reading() as db:
        return (await db.exec(select(Account).where(Account.email == "ada@example.org"))).one().id


async def reworded(here: Installation, phone: Phone) -> None:
    """The facilitator puts other words in place of a held point's."""
    point, group = await phone.write(CANARY), phone.meeting.focus_group.id
    account = await account_of(here)
    async with here.database.writing() as db:
        await hold_contribution(db, group, point)
        await reword_contribution(db, group, point, INSTEAD, based_on=CANARY, is_concern=False, account_id=account)


async def edited(here: Installation, phone: Phone) -> None:
    """Whoever wrote it changes it."""
    point = await phone.write(CANARY)
    async with here.database.writing() as db:
        ben = await db.get_one(Participant, phone.participant_id)
        await edit_contribution(db, ben, point, INSTEAD, here.settings.key)


async def deleted(here: Installation, phone: Phone) -> None:
    """Whoever wrote it deletes it."""
    point = await phone.write(CANARY)
    async with here.database.writing() as db:
        await delete_contribution(db, await db.get_one(Participant, phone.participant_id), point)


async def typed_in(here: Installation, phone: Phone) -> UUID:
    meeting = phone.meeting
    point = RoomPoint(uuid4(), meeting.themes[0].id, ColumnKind.WORRIED_ABOUT, None, CANARY)
    async with here.database.writing() as db:
        return (await add_from_room(db, meeting.focus_group.id, point, here.settings.key)).id


async def note_edited(here: Installation, phone: Phone) -> None:
    """Whoever typed a note in changes it."""
    point = await typed_in(here, phone)
    async with here.database.writing() as db:
        await edit_room_point(db, phone.meeting.focus_group.id, point, INSTEAD, here.settings.key)


async def note_deleted(here: Installation, phone: Phone) -> None:
    """Whoever typed a note in deletes it."""
    point = await typed_in(here, phone)
    async with here.database.writing() as db:
        await delete_room_point(db, phone.meeting.focus_group.id, point)


async def answered_anew(here: Installation, phone: Phone) -> None:
    """Whoever answered a practice scale answers in other words."""
    meeting = phone.meeting
    async with here.database.writing() as db:
        await set_scale(db, meeting.programme.id, None, ScaleWords("How well?", "Not at all", "Always"))
        await ask_room(db, await db.get_one(FocusGroup, meeting.focus_group.id, with_for_update=True), None)
    for words in (CANARY, INSTEAD):
        async with here.database.writing() as db:
            asked = await asked_now(db, await db.get_one(FocusGroup, meeting.focus_group.id))
            assert asked is not None
            answer = Answer(asked.scale.id, asked.asking, 6, words, "")
            await answer_scale(db, await db.get_one(Participant, phone.participant_id), answer)


async def cancelled(here: Installation, phone: Phone) -> None:
    """An upload is thrown away."""
    upload = PendingImport(
        focus_group_id=phone.meeting.focus_group.id, account_id=await account_of(here), points=[{"text": CANARY}]
    )
    async with here.database.writing() as db:
        db.add(upload)
    async with here.database.writing() as db:
        assert await forget_pending_import(db, upload.id)


async def uploader_removed(here: Installation, phone: Phone) -> None:
    """Whoever uploaded a file has no account any more."""
    async with here.database.writing() as db:
        cleo = (await db.exec(select(Membership).join(Account).where(Account.email == "cleo@example.org"))).one()
        group = phone.meeting.focus_group.id
        db.add(PendingImport(focus_group_id=group, account_id=cleo.account_id, points=[{"text": CANARY}]))
    transport = httpx.ASGITransport(app=here.app)  # type: ignore[arg-type]  # litestar's own ASGI types
    cookies = {"workshop": here.tokens["addy"]}
    async with httpx.AsyncClient(transport=transport, base_url="http://workshop.test", cookies=cookies) as addy:
        assert (await addy.post(f"/accounts/{cleo.id}/removal")).status_code == 303


async def rehearsed(here: Installation, phone: Phone) -> None:
    """A rehearsal ends in which somebody typed."""
    meeting = phone.meeting
    async with here.database.writing() as db:
        pretend = await begin_rehearsal(db, meeting.focus_group, "ada@example.org")
        theme = (await themes_of(db, pretend.programme_id))[0].id
        point = RoomPoint(uuid4(), theme, ColumnKind.WORRIED_ABOUT, None, CANARY)
        await add_from_room(db, pretend.id, point, here.settings.key)
    async with here.database.writing() as db:
        await end_rehearsal(db, pretend)


WAYS: list[Taking] = [
    reworded,
    edited,
    deleted,
    note_edited,
    note_deleted,
    answered_anew,
    cancelled,
    uploader_removed,
    rehearsed,
]


@pytest.mark.parametrize("take_back", WAYS, ids=lambda way: way.__name__)
async def test_the_next_run_takes_them_from_every_file(
    installation: Installation, meeting: Meeting, take_back: Taking
) -> None:
    phone = await joined(installation, meeting)
    await take_back(installation, phone)
    assert CANARY.encode() in bytes_of_files(installation.settings.data_dir)  # in the write-ahead log, at least
    assert await purge_what_is_due(installation.database) == []
    assert CANARY.encode() not in bytes_of_files(installation.settings.data_dir)
    async with installation.database.reading() as db:
        assert (await db.exec(select(WordsGone))).all() == []


@pytest.mark.parametrize("take_back", [reworded, deleted, uploader_removed], ids=lambda way: way.__name__)
async def test_on_either_database_the_next_run_rewrites_the_table(
    installation_on_either: Installation, take_back: Taking
) -> None:
    here = installation_on_either
    meeting = await make_meeting(here, "Northshire", "Core groups 2026", "ada@example.org")
    await take_back(here, await joined(here, meeting))
    before = await postgres_file(here, "contribution")
    await purge_what_is_due(here.database)
    assert CANARY.encode() not in bytes_of_files(here.settings.data_dir)
    after = await postgres_file(here, "contribution")
    assert here.database.is_sqlite or after != before
    await purge_what_is_due(here.database)
    assert await postgres_file(here, "contribution") == after  # nothing waits any more: nothing is rewritten


async def test_a_long_read_holds_up_the_files_and_nobody_who_writes(installation_on_either: Installation) -> None:
    here = installation_on_either
    meeting = await make_meeting(here, "Northshire", "Core groups 2026", "ada@example.org")
    phone = await joined(here, meeting)
    await deleted(here, phone)
    async with here.database.reading(is_frozen=True) as reader:
        await reader.exec(select(Contribution))
        run = asyncio.create_task(purge_what_is_due(here.database))
        await asyncio.sleep(0.5)
        await asyncio.wait_for(phone.write("Written meanwhile"), 5)
        with pytest.raises(WordsStillInFile):
            await run
    async with here.database.reading() as db:
        assert len((await db.exec(select(WordsGone))).all()) == 1
    await purge_what_is_due(here.database)
    assert CANARY.encode() not in bytes_of_files(here.settings.data_dir)
    async with here.database.reading() as db:
        assert (await db.exec(select(WordsGone))).all() == []
