"""“I’m done”, for one step, and the timer that every page shows."""

import re

import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import Phone
from tests.pages.phone.follows.meeting import COLUMN, THEME, Room
from workshop.database import now
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.focus_groups.running import change_timer
from workshop.focus_groups.timer import Countdown, started

pytestmark = pytest.mark.anyio


async def test_im_done_is_for_one_step_and_wakes_no_phone(room: Room, ben: Phone) -> None:
    await room.go(THEME)
    await ben.join()
    before = await room.stored()
    step = ben.field("step")
    for _ in range(2):
        await ben.send("/done", step=step)
        assert "You have said that you are done." in ben.text
    after = await room.stored()
    assert after.board_revision == before.board_revision + 1
    assert (after.phones_revision, after.projector_revision) == (before.phones_revision, before.projector_revision)
    assert await done(room) == [True]
    await ben.send("/done/removal", step=step)
    assert "I’m done" in ben.text
    assert await done(room) == [False]
    await ben.send("/done", step=step)
    await room.go(COLUMN)
    assert await done(room) == [False]
    await ben.send("/done", step=step)
    assert await done(room) == [False], "it was meant for the step before"
    assert ben.answer.url.path == ben.link + ben.theme(1)


@pytest.mark.parametrize("step", ["", "nonsense", "\0", "00000000-0000-4000-8000-000000000000"])
async def test_done_with_another_step_than_the_present_does_nothing(room: Room, ben: Phone, step: str) -> None:
    await room.go(THEME)
    await ben.join()
    await ben.send("/done", step=step)
    assert ben.answer.status_code == 200
    assert await done(room) == [False]


async def test_done_without_a_run_sheet(installation: Installation, meeting: Meeting, ben: Phone) -> None:
    await ben.join()
    await ben.send("/done", step=ben.field("step"))
    assert await done(Room(installation, meeting)) == [True]


async def done(room: Room) -> list[bool]:
    async with room.here.database.reading() as db:
        of_group = select(Participant).where(Participant.focus_group_id == room.meeting.focus_group.id)
        return [each.is_done for each in await db.exec(of_group)]


async def test_the_timer_is_on_every_page_and_in_what_the_script_asks_for(room: Room, ben: Phone) -> None:
    await room.go(THEME)
    await ben.join()
    assert "data-left" not in ben.html
    await set_timer(room, started(600, now()))
    for path in (ben.theme(), "/themes", "/votes", "/scale", "/finish", f"{ben.theme()}/others", "/standing"):
        await ben.open(path)
        [left] = re.findall(r'data-left="(\d+)" data-running="yes"', ben.html)
        assert 540_000 < int(left) <= 600_000
    await set_timer(room, Countdown(left=90))
    await ben.open(ben.theme())
    assert "1:30, paused" in ben.text


async def set_timer(room: Room, countdown: Countdown) -> None:
    async with room.here.database.writing() as db:
        await change_timer(db, await db.get_one(FocusGroup, room.meeting.focus_group.id), countdown)
