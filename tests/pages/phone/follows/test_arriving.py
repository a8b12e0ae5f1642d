"""Where a phone is led: the present step, after joining and whenever it asks."""

import re
from uuid import uuid4

import pytest

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import Phone
from tests.pages.phone.follows.meeting import CLOSE, COLUMN, GROUPING, OWN, PRIORITIES, SCALE, THEME, WELCOME, Room
from workshop.focus_groups.models import Phase

pytestmark = pytest.mark.anyio


async def test_one_address_leads_to_every_step_in_turn_and_back(room: Room, ben: Phone) -> None:
    await ben.join()
    first, second = (theme.name for theme in room.meeting.themes[:2])
    for step, path, words in (
        (WELCOME, "/waiting", "You’re in"),
        (OWN, "/waiting", "Each agency says what it found."),
        (THEME, f"/themes/{room.meeting.themes[0].id}", first),
        (COLUMN, f"/themes/{room.meeting.themes[1].id}", second),
        (SCALE, "/scale", "How well?"),
        (GROUPING, "/waiting", "Alike points are being put together"),
        (PRIORITIES, "/votes", "Priorities"),
        (CLOSE, "/waiting", "Thank you"),
        (THEME, f"/themes/{room.meeting.themes[0].id}", first),
        (WELCOME, "/waiting", "You’re in"),
    ):
        await room.go(step)
        await ben.open("/now")
        assert ben.answer.url.path == ben.link + path
        assert words in ben.text
        assert "data-moved hidden" in ben.html, "it says that the room is elsewhere"


async def test_lobby_says_what_will_come(room: Room, ben: Phone) -> None:
    await ben.join()
    assert "It starts when the facilitator starts it" in ben.text
    for words in (*(theme.name for theme in room.meeting.themes), "0 to 10", "alike points together", "matters most"):
        assert words in ben.text
    assert f'{ben.link}/now">Check whether it has started' in ben.html


async def test_without_a_run_sheet_people_roam(installation: Installation, meeting: Meeting, ben: Phone) -> None:
    await ben.join()
    assert ben.answer.url.path == f"{ben.link}/themes"
    bare = Room(installation, meeting)
    await bare.enter(Phase.GROUPING)
    await ben.open("/now")
    assert "Alike points are being put together" in ben.text
    await bare.enter(Phase.LOBBY)
    await ben.open("/now")
    assert "You’re in" in ben.text


@pytest.mark.parametrize(
    ("step", "path"), [(WELCOME, "/waiting"), (COLUMN, ""), (GROUPING, "/waiting"), (PRIORITIES, "/votes")]
)
async def test_a_late_arrival_lands_in_the_present_step(room: Room, ben: Phone, step: int, path: str) -> None:
    await room.go(step)
    await ben.join()
    assert ben.answer.url.path == ben.link + (path or ben.theme(1))


@pytest.mark.parametrize("step", [WELCOME, GROUPING])
async def test_a_table_that_comes_late_lands_there_too(room: Room, ben: Phone, step: int) -> None:
    await room.go(step)
    await ben.open("/table")
    police = f"people-{room.meeting.agencies[1].id}"
    await ben.send("/table", client_id=ben.field("client_id"), **{police: "4"})
    assert ben.answer.url.path == f"{ben.link}/waiting"


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.CLOSED])
async def test_nobody_joins_before_or_after(room: Room, ben: Phone, phase: Phase) -> None:
    await room.enter(phase)
    await ben.open()
    assert "Where are you from?" not in ben.text
    await ben.send("", client_id=str(uuid4()), agency="unsaid")
    assert ben.answer.status_code == 409


async def test_where_one_is_from_can_be_changed_in_the_lobby(room: Room, ben: Phone) -> None:
    await ben.join()
    await ben.open("?change=yes")
    agency = room.meeting.agencies[2]
    await ben.send("", client_id=ben.field("client_id"), agency=str(agency.id))
    assert "You’re in" in ben.text
    await ben.open("?change=yes")
    assert re.search(rf'value="{agency.id}"[^>]* checked', ben.html)


async def test_somebody_else_on_the_phone_lands_in_the_present_step_and_finds_no_words(room: Room, ben: Phone) -> None:
    await ben.join()
    for step in (WELCOME, THEME, GROUPING):
        await room.go(step)
        await ben.open("?another=yes")
        await ben.send("", client_id=ben.field("client_id"), agency="unsaid")
        assert ben.html.count("data-clear") == 1
