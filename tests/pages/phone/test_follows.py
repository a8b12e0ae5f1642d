"""Where a phone is led: the present step after joining, after every tap, and by what its script asks for."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import COLUMNS, Phone, set_group
from tests.queries import count_queries
from workshop.contributions.models import Contribution
from workshop.database import now
from workshop.focus_groups.models import FocusGroup, Participant, Phase, RunSheetStep, StepKind
from workshop.focus_groups.reveals import reveal_themes
from workshop.focus_groups.run_sheet import NewStep
from workshop.focus_groups.running import change_timer, enter_step
from workshop.focus_groups.stage import GRACE
from workshop.focus_groups.steps import make_run_sheet
from workshop.focus_groups.timer import Countdown, started
from workshop.focus_groups.writes import enter_phase
from workshop.pages.phone.stream import _numbers
from workshop.programmes.models import ColumnKind
from workshop.surveys.models import PracticeScale

pytestmark = pytest.mark.anyio
PhoneIn = Callable[[Meeting], Phone]
WELL, WORRIED, NEEDS = COLUMNS


class Room:
    """The meeting as its facilitator runs it."""

    def __init__(self, here: Installation, meeting: Meeting) -> None:
        self.here, self.meeting = here, meeting
        self.steps: list[RunSheetStep] = []

    async def plan(self, *steps: NewStep, **values: Any) -> None:
        async with self.here.database.writing() as db:
            group = await db.get_one(FocusGroup, self.meeting.focus_group.id)
            self.steps = await make_run_sheet(db, group, steps)
            for name, value in values.items():
                setattr(group, name, value)
            db.add(group)

    async def go(self, step: int) -> None:
        async with self.here.database.writing() as db:
            await enter_step(db, await db.get_one(FocusGroup, self.meeting.focus_group.id), self.steps[step])

    async def enter(self, phase: Phase) -> None:
        async with self.here.database.writing() as db:
            await enter_phase(db, await db.get_one(FocusGroup, self.meeting.focus_group.id), phase)

    async def end_grace(self) -> None:
        """The moments in which what was on its way is still taken are over."""
        await set_group(self.here, self.meeting, gathering_ended_at=now() - 2 * GRACE)

    async def stored(self) -> FocusGroup:
        async with self.here.database.reading() as db:
            return await db.get_one(FocusGroup, self.meeting.focus_group.id)


@pytest.fixture
async def room(installation: Installation, meeting: Meeting) -> Room:
    """A whole meeting, all together, that has not begun."""
    made = Room(installation, meeting)
    first, second = (theme.id for theme in meeting.themes[:2])
    async with installation.database.writing() as db:
        db.add(PracticeScale(programme_id=meeting.programme.id, question="How well?", lowest="Not", highest="Very"))
    await made.plan(
        NewStep(StepKind.WELCOME),
        NewStep(StepKind.OWN, title="Presentations", text="Each agency says what it found.\nAsk afterwards."),
        NewStep(StepKind.THEME, theme_id=first),
        NewStep(StepKind.THEME, theme_id=second, column=ColumnKind.WORRIED_ABOUT),
        NewStep(StepKind.SCALE),
        NewStep(StepKind.GROUPING),
        NewStep(StepKind.PRIORITIES),
        NewStep(StepKind.CLOSE),
    )
    await made.go(0)
    return made


WELCOME, OWN, THEME, COLUMN, SCALE, GROUPING, PRIORITIES, CLOSE = range(8)


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


async def test_together_the_page_asks_one_column_and_shows_what_one_wrote_in_the_others(room: Room, ben: Phone) -> None:
    await room.go(THEME)
    await ben.join()
    await ben.add("Minutes come quickly.", column=WELL, place=0)
    await room.go(COLUMN)
    await ben.open("/now")
    shown = re.findall(rf'data-box="{room.meeting.themes[1].id}:(\w+)">', ben.html)
    assert shown == [WORRIED]
    await ben.open(ben.theme(0))
    assert ben.points() == ["Minutes come quickly."]
    assert not re.findall(r'data-box="[^"]+">', ben.html)
    assert "The room is now at" in ben.text
    assert f'href="{ben.link}/now">Go there' in ben.html


async def test_roaming_phones_have_every_box_whatever_the_step(room: Room, ben: Phone) -> None:
    await set_group(room.here, room.meeting, is_together=False)
    await room.go(COLUMN)
    await ben.join()
    assert ben.answer.url.path == f"{ben.link}/themes"
    key = re.search('data-key="([^"]+)"', ben.html)
    await room.go(THEME)
    await ben.open(ben.theme(1))
    assert len(re.findall(r'data-box="[^"]+">', ben.html)) == 3
    assert "data-moved hidden" in ben.html
    assert key
    assert f'data-key="{key[1]}"' in ben.html


async def test_what_was_on_its_way_is_saved_and_the_page_says_where_the_room_is(room: Room, ben: Phone) -> None:
    await room.go(THEME)
    await ben.join()
    page = ben.answer
    await room.go(GROUPING)
    ben.answer = page
    await ben.write({WELL: "Sent in the last second."})
    assert ben.answer.status_code == 200
    assert ben.points() == ["Sent in the last second."]
    assert "<strong>Saved</strong>" in ben.html
    assert "The room is now at: putting alike points together" in ben.text
    assert "<textarea" not in re.sub(r"<textarea[^>]*readonly.*?</textarea>", "", ben.html, flags=re.DOTALL)


async def test_what_comes_too_late_comes_back_and_goes_out_once_the_room_is_back(room: Room, ben: Phone) -> None:
    await room.go(THEME)
    await ben.join()
    page = ben.answer
    await room.go(GROUPING)
    await room.end_grace()
    ben.answer = page
    await ben.write({WELL: "A minute too late.", NEEDS: "And this."})
    assert ben.answer.status_code == 409
    assert ben.text.count("The room has moved on, so this could not be saved.") == 1
    assert (ben.box("text"), ben.box("text-2")) == ("A minute too late.", "And this.")
    assert f'{ben.link}/now">go to where the room is' in ben.html
    by_script = await Phone(ben.client, room.meeting).send_by_script(
        f"{ben.theme()}/contributions", column=WELL, text="By the script.", client_id=str(uuid4())
    )
    assert by_script.answer.status_code == 409
    assert "The room has moved on" in by_script.text
    await room.go(THEME)
    await ben.write({})
    assert ben.points() == ["A minute too late.", "And this."]


async def test_words_that_cannot_be_kept_come_back_in_their_boxes_during_the_grace(room: Room, ben: Phone) -> None:
    await room.go(THEME)
    await ben.join()
    page = ben.answer
    await room.go(GROUPING)
    ben.answer = page
    await ben.write({WELL: "x" * 40_001})
    assert ben.answer.status_code == 422
    assert ben.box(f"text-{WELL}") == "x" * 40_001
    assert re.findall(r'data-box="[^"]+:(\w+)"', ben.html) == [WELL]


async def test_late_points_are_let_in_where_the_switch_says_so(room: Room, ben: Phone) -> None:
    await set_group(room.here, room.meeting, takes_late_points=True)
    await room.go(THEME)
    await ben.join()
    await ben.add("Before.", column=WELL)
    await room.go(GROUPING)
    await room.end_grace()
    await ben.open("/now")
    assert "Points can still be added" in ben.text
    assert ben.points() == ["Before."]
    await ben.add("After.", column=WELL)
    assert ben.points() == ["Before.", "After."]
    assert "The room is now at" in ben.text


async def test_every_page_of_another_step_opens(room: Room, ben: Phone) -> None:
    await room.go(THEME)
    await ben.join()
    await ben.add("Kept.", column=WELL)
    point = f"/contributions/{ben.point_ids()[0]}"
    paths = ("/themes", ben.theme(), ben.theme(1), "/votes", "/scale", "/waiting", point, f"{point}/removal")
    for step in range(len(room.steps)):
        await room.go(step)
        for path in ("", *paths, f"{ben.theme()}/others", "/finish"):
            await ben.open(path)
            assert ben.answer.status_code == 200, (step, path)
        await ben.open(ben.theme())
        assert ben.points() == ["Kept."]


async def test_the_line_names_where_the_room_is_and_the_page_of_the_step_has_none(room: Room, ben: Phone) -> None:
    await room.go(COLUMN)
    await ben.join()
    assert "data-moved hidden" in ben.html
    await ben.open("/votes")
    question = "What are we worried about?"
    assert f"The room is now at: {room.meeting.themes[1].name}: {question} Go there" in ben.text
    await room.go(OWN)
    await ben.open("/scale")
    assert "The room is now at: Presentations . Go there" in ben.text


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


async def test_a_room_of_phones_asks_the_database_once(room: Room, ben: Phone) -> None:
    await room.go(THEME)
    with count_queries(room.here.database) as asked:
        answers = await asyncio.gather(*(ben.client.get(f"{ben.link}/standing") for _ in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({re.sub(r'data-left="\d+"', "", answer.text) for answer in answers}) == 1
    assert len([query for query in asked if "FROM run_sheet_step" in query]) <= 2
    assert not [query for query in asked if "FROM participant" in query]


async def test_nobody_who_has_not_joined_gets_a_stream_or_a_page_of_the_room(room: Room, ben: Phone) -> None:
    assert (await ben.client.get(f"{ben.link}/stream")).status_code == 403
    for path in ("/now", "/waiting"):
        await ben.open(path)
        assert "Where are you from?" in ben.text
    await ben.send("/done", step="")
    assert "Where are you from?" in ben.text
    assert (await ben.client.get("/j/AAAAAAAAAAAAAAAAAAAAAA/standing")).status_code == 404


def listened(room: Room) -> AsyncIterator[bytes]:
    state = room.here.app.state
    return _numbers(state.hub, state.links, room.meeting.focus_group.join_token, room.meeting.focus_group.id)


async def test_the_stream_says_a_number_at_once_and_one_for_each_change_and_ends_with_the_server(room: Room) -> None:
    stream = listened(room)
    assert await anext(stream) == b"retry: 2000\n\n"
    first = (await room.stored()).phones_revision
    assert await anext(stream) == f"event: changed\nid: {first}\ndata: {first}\n\n".encode()
    await room.go(THEME)
    async with asyncio.timeout(5):
        assert f"data: {(await room.stored()).phones_revision}\n".encode() in await anext(stream)
    room.here.app.state.hub.end_streams()
    async with asyncio.timeout(5):
        assert [frame async for frame in stream] == []


async def test_a_point_wakes_no_phone(room: Room, ben: Phone, phone_in: PhoneIn) -> None:
    await room.go(THEME)
    await ben.join()
    before = (await room.stored()).phones_revision
    ada = phone_in(room.meeting)
    await ada.join()
    await ada.add("Somebody else's.", column=WELL)
    assert (await room.stored()).phones_revision == before


async def test_the_first_page_says_who_in_the_room_can_read_ones_words(room: Room, ben: Phone) -> None:
    await ben.open()
    assert "Everybody else in the focus group can read them too, on phones and on the big screen." in ben.text
    await set_group(room.here, room.meeting, is_blind=True)
    await ben.open()
    assert "Nobody else in the focus group can read them until a facilitator shows them to everybody" in ben.text
    assert "can read them too" not in ben.text
    assert "kept until they have been passed on" in ben.text
    assert "held back or hidden until somebody has said whether they do" in ben.text
    assert len(ben.answer.content) < 25_000


SECRETS = ["Unsagbares hinter dem Vorhang", "Ungesehenes unter dem Teppich", "Verborgenes im Keller"]


async def test_no_byte_sent_to_a_phone_holds_others_words_before_they_are_revealed(
    room: Room, ben: Phone, phone_in: PhoneIn
) -> None:
    """Every page, fragment and stream that a participant of a blind group can ask for."""
    await set_group(room.here, room.meeting, is_blind=True, has_me_too=True, takes_late_points=True)
    await room.go(THEME)
    other = phone_in(room.meeting)
    await other.join()
    for secret, column in zip(SECRETS, COLUMNS, strict=True):
        await other.add(secret, column=column)
    await ben.join()
    await ben.add("My own words.", column=WELL)
    sent = await everything_sent(room, ben)
    assert b"My own words." in sent
    for word in (word for secret in SECRETS for word in secret.split() if len(word) > 4):
        assert word.encode() not in sent, word
    # The test can fail: once it is revealed, the words are there.
    async with room.here.database.writing() as db:
        group = await db.get_one(FocusGroup, room.meeting.focus_group.id)
        await reveal_themes(db, group, [room.meeting.themes[0].id])
    await hide(room, SECRETS[2])
    sent = await everything_sent(room, ben)
    assert SECRETS[0].encode() in sent
    assert b"You can now read what others wrote" in sent
    assert SECRETS[2].encode() not in sent


async def hide(room: Room, text: str) -> None:
    async with room.here.database.writing() as db:
        point = (await db.exec(select(Contribution).where(Contribution.text == text))).one()
        point.is_hidden = True
        db.add(point)


async def everything_sent(room: Room, phone: Phone) -> bytes:
    """All that a phone is sent by every page at every step, with the stream."""
    stream = listened(room)
    sent = [await anext(stream)]
    await phone.open(phone.theme())
    point = f"/contributions/{phone.point_ids()[0]}"
    themes = [phone.theme(place) for place in range(len(room.meeting.themes))]
    paths = ["", "/now", "/standing", "/waiting", "/themes", "/votes", "/scale", "/finish", "/table", point]
    paths += [f"{point}/removal", *themes, *(f"{theme}/others" for theme in themes)]
    for step in (*range(len(room.steps)), THEME):
        await room.go(step)
        async with asyncio.timeout(5):
            sent.append(await anext(stream))
        for path in paths:
            await phone.open(path)
            headers = b"".join(name + value for name, value in phone.answer.headers.raw)
            sent += [headers, phone.answer.content]
        await phone.send_by_script(f"{phone.theme()}/contributions", column=WELL, text="My own words.", client_id="")
        sent.append(phone.answer.content)
    return b"".join(sent)
