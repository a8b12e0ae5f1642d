"""A file that is read: written once and as a whole, or forgotten."""

import asyncio
import datetime as dt
from collections.abc import Callable

import httpx
import time_machine

from tests.conftest import Installation, make_meeting
from tests.pages.room.conftest import CREATE, GOOD, HEADER, Room, action, csv_bytes
from workshop.contributions.models import Contribution
from workshop.contributions.pending import forget_pending_imports
from workshop.database import now
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import ColumnKind
from workshop.retention.schedule import purge_what_is_due


async def test_a_second_press_writes_once_and_says_so(room: Room) -> None:
    preview = await room.upload(csv_bytes([HEADER, *GOOD]))
    create = action(preview.text, CREATE)
    answers = await asyncio.gather(*(room.ada.post(create) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {303}
    assert len(await room.points()) == 3
    again = await room.ada.post(create)
    assert "Nothing was imported twice" in (await room.ada.get(again.headers["location"])).text


async def test_an_error_while_writing_leaves_nothing(room: Room) -> None:
    preview = await room.upload(csv_bytes([HEADER, *([*GOOD[0][:3], f"Point {i}"] for i in range(1_200))]))
    async with room.installation.database.writing() as db:
        group = room.meeting.focus_group
        theme = room.meeting.themes[3]
        # The number that the last point would get is made impossible: the third chunk fails, after two went in.
        connection = await db.connection()
        await connection.exec_driver_sql("CREATE UNIQUE INDEX only_here ON contribution (focus_group_id, number)")
        db.add(
            Contribution(
                focus_group_id=group.id,
                theme_id=theme.id,
                column=ColumnKind.WORKING_WELL,
                client_id=group.id,
                number=1_150,
                text="In the way",
                revision=1,
            )
        )
    answer = await room.ada.post(action(preview.text, CREATE))
    # What is in the way is taken for somebody else's act at the same moment.
    assert (answer.status_code, "Nothing of it was saved" in answer.text) == (409, True)
    assert [point.text for point in await room.points()] == ["In the way"]
    assert len(await room.pending()) == 1


async def test_a_file_imported_again_is_warned_of(room: Room) -> None:
    first = await room.upload(csv_bytes([HEADER, *GOOD]))
    await room.ada.post(action(first.text, CREATE))
    second = await room.upload(csv_bytes([HEADER, *GOOD]))
    assert "3 points with the same words are in this group already" in second.text


async def test_cancelling_removes_the_file(room: Room) -> None:
    preview = await room.upload(csv_bytes([HEADER, *GOOD]))
    create = action(preview.text, CREATE)
    assert (await room.ada.post(f"{create}/cancellation")).status_code == 303
    assert await room.pending() == []
    assert (await room.ada.get(create)).status_code == 404
    assert (await room.ada.post(create)).status_code == 404
    assert await room.points() == []


async def test_a_file_is_forgotten_after_an_hour_and_with_its_group(room: Room, installation: Installation) -> None:
    with time_machine.travel(now() - dt.timedelta(minutes=61), tick=True):
        preview = await room.upload(csv_bytes([HEADER, *GOOD]))
    create = action(preview.text, CREATE)
    assert (await room.ada.get(create)).status_code == 404
    assert (await room.ada.post(create)).status_code == 404
    assert len(await room.pending()) == 1
    await room.upload(csv_bytes([HEADER, *GOOD[:1]]))
    assert len(await room.pending()) == 1
    with time_machine.travel(now() + dt.timedelta(minutes=61), tick=True):
        await purge_what_is_due(installation.database)
    assert await room.pending() == []
    await room.upload(csv_bytes([HEADER, *GOOD[:1]]))
    async with installation.database.writing() as db:
        assert await forget_pending_imports(db) == 0
        assert await forget_pending_imports(db, room.meeting.focus_group.id) == 1


async def test_a_purged_group_takes_no_import(room: Room, installation: Installation) -> None:
    preview = await room.upload(csv_bytes([HEADER, *GOOD]))
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, room.meeting.focus_group.id)
        group.purged_at = now()
        db.add(group)
    assert (await room.ada.post(action(preview.text, CREATE))).status_code == 409
    assert (await room.upload(csv_bytes([HEADER, *GOOD]))).status_code == 409
    assert await room.points() == []


async def test_an_upload_is_of_its_own_group_alone(
    room: Room, installation: Installation, browser_of: Callable[..., httpx.AsyncClient]
) -> None:
    preview = await room.upload(csv_bytes([HEADER, *GOOD]))
    create = action(preview.text, CREATE)
    other = await make_meeting(installation, "Northshire", "Another programme", facilitator="ada@example.org")
    elsewhere = create.replace(str(room.meeting.focus_group.id), str(other.focus_group.id))
    for client, base, status in (
        (room.ada, elsewhere, 404),
        (browser_of("dov"), create, 404),
        (browser_of("vi"), create, 403),
    ):
        assert (await client.get(base)).status_code == status
        assert (await client.get(f"{base}/columns")).status_code == status
        for path in ("", "/rows", "/columns", "/cancellation"):
            assert (await client.post(f"{base}{path}", data={"page": "1"})).status_code == status, path
    assert await room.points() == []
    assert len(await room.pending()) == 1
