"""The run bar in real browsers: two facilitators, a clock that is wrong, no scripts."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.announced import listen
from tests.browser.conftest import NewPage, axe, fits
from tests.browser.screens import LIVE, board
from tests.browser.server import LiveServer
from tests.conftest import Meeting
from workshop.database import now
from workshop.focus_groups.models import FocusGroup, Phase
from workshop.focus_groups.running import change_timer
from workshop.focus_groups.timer import Countdown

pytestmark = pytest.mark.browser
# A clock that goes right, but shows another time: three hours slow.
WRONG_CLOCK = """(() => {
    const RightDate = Date, off = -3 * 3600_000
    window.Date = class extends RightDate {
        constructor(...given) { given.length ? super(...given) : super(RightDate.now() + off) }
        static now() { return RightDate.now() + off }
    }
})()"""


@pytest.fixture
def meeting(live_server: LiveServer, request: pytest.FixtureRequest) -> Meeting:
    """A meeting of the test's own, not opened yet."""
    made = live_server.meeting(request.node.name)
    live_server.change(made, phase=Phase.DRAFT, join_code=None)
    return made


def start(page: Page) -> None:
    """From the draft to the first theme."""
    page.get_by_role("button", name="Start the meeting").click()
    page.get_by_role("button", name=re.compile("^Next: ")).click()


def set_timer(server: LiveServer, meeting: Meeting, seconds: float) -> None:
    """As another facilitator does."""

    async def work() -> None:
        async with server.database.writing() as db:
            group = await db.get_one(FocusGroup, meeting.focus_group.id, with_for_update=True)
            await change_timer(db, group, Countdown(ends_at=now() + dt.timedelta(seconds=seconds)))

    server.run(work)


def seconds_left(page: Page) -> int:
    """What the timer says."""
    timer = page.get_by_role("timer")
    expect(timer).to_have_text(re.compile(r"^\d+:\d\d(, paused)?$"))
    minutes, seconds = timer.inner_text().removesuffix(", paused").split(":")
    return int(minutes) * 60 + int(seconds)


def test_what_one_facilitator_does_the_other_sees(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    ada, cleo = (board(new_page(live_server, who, width=1280), meeting) for who in ("ada", "cleo"))
    cleo.evaluate("window.isTheSamePage = true")
    start(ada)
    first, second = meeting.themes[0].name, meeting.themes[1].name
    expect(cleo.locator("#run-step")).to_have_text(first)
    expect(cleo.locator("#announce")).to_contain_text(f"Now: {first}", timeout=30_000)
    expect(cleo.get_by_role("button", name=f"Next: {second}")).to_be_visible()
    ada.get_by_role("button", name="Start a timer of 20 minutes").click()
    assert 1190 <= seconds_left(cleo) <= 1200
    ada.get_by_role("button", name="Pause").click()
    expect(cleo.get_by_role("timer")).to_contain_text("paused")
    assert seconds_left(cleo) == seconds_left(ada)
    cleo.get_by_role("button", name="+1 minute").click()
    for page in (ada, cleo):
        expect(page.get_by_role("timer")).to_have_text(re.compile(r"^(20:(?!00)\d\d|21:00), paused$"))
    cleo.get_by_role("button", name="Clear the timer").click()
    expect(ada.get_by_role("timer")).to_have_count(0)
    ada.get_by_role("link", name="Settings").click()
    ada.get_by_label("Is hidden until you reveal it").check()
    ada.get_by_role("button", name="Save").click()
    expect(cleo.locator(".run")).to_contain_text("The room cannot read")
    cleo.get_by_role("button", name="Reveal this theme").click()
    expect(ada.locator(".run")).to_contain_text("The room can read")
    assert cleo.evaluate("window.isTheSamePage")


@pytest.mark.parametrize("name", ["grouping", "priorities", "scale"])
def test_every_page_that_carries_the_meeting_follows(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage, name: str
) -> None:
    ada, cleo = (new_page(live_server, who, width=1280) for who in ("ada", "cleo"))
    board(ada, meeting)
    start(ada)
    cleo.goto(f"/focus-groups/{meeting.focus_group.id}/{name}")
    expect(cleo.locator("#connection")).to_have_text(LIVE)
    cleo.evaluate("window.isTheSamePage = true")
    ada.get_by_role("button", name="Next: ").click()
    expect(cleo.locator("#run-step")).to_have_text(meeting.themes[1].name)
    cleo.get_by_role("button", name="Start a timer").click()
    expect(cleo.get_by_role("timer")).to_be_visible()
    expect(ada.get_by_role("timer")).to_be_visible()
    assert cleo.evaluate("window.isTheSamePage")
    cleo.get_by_role("link", name="To this step’s page").click()
    expect(cleo).to_have_url(re.compile(f"board\\?theme={meeting.themes[1].id}$"))


def test_what_is_unfolded_stays_unfolded_when_the_bar_changes(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    ada = board(new_page(live_server, "ada", width=1280), meeting)
    start(ada)
    ada.get_by_text("All steps").click()
    ada.get_by_text("On the projector: follows the step").click()
    ada.get_by_role("button", name="How to join").click()
    expect(ada.get_by_text("On the projector: how to join")).to_be_visible()
    expect(ada.get_by_role("button", name="How to join")).to_have_attribute("aria-pressed", "true")
    expect(ada.get_by_role("button", name="Priorities")).not_to_have_count(0)
    expect(ada.locator(".run__steps").first).to_be_visible()
    ada.get_by_role("button", name="Start a timer").focus()
    ada.keyboard.press("Enter")
    expect(ada.get_by_role("timer")).to_be_visible()
    expect(ada.locator(".run__steps").first).to_be_visible()


def test_the_keyboard_stays_in_the_bar_through_fifty_swaps(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    ada = board(new_page(live_server, "ada", width=1280), meeting)
    start(ada)
    live_server.change(meeting, is_blind=True)
    ada.reload()
    hold = ada.locator("#timer-hold")
    hold.focus()
    for words in ["Pause", "Go on"] * 11 + ["Pause"]:
        ada.keyboard.press("Enter")
        expect(hold).to_have_text(words)
        expect(hold).to_be_focused()
    ada.locator("#timer-clear").focus()
    ada.keyboard.press("Enter")
    expect(hold).to_have_text(re.compile("Start a timer"))
    expect(hold).to_be_focused()
    reveal = ada.locator("#reveal")
    reveal.focus()
    for words in ["Cover it again", "Reveal this theme"] * 13:
        ada.keyboard.press("Enter")
        expect(reveal).to_have_text(words)
        expect(reveal).to_be_focused()


def test_a_device_that_slept_asks_how_long_it_is(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    ada = board(new_page(live_server, "ada", width=1280), meeting)
    start(ada)
    set_timer(live_server, meeting, 1200)
    assert seconds_left(ada) > 1100
    ada.route("**/board/changes*", lambda route: route.abort())
    set_timer(live_server, meeting, 300)
    # Its stopwatch stood still while the clock went on.
    ada.evaluate("""() => {
        const now = Date.now
        Date.now = () => now() + 900_000
        document.dispatchEvent(new Event("visibilitychange"))
    }""")
    expect(ada.get_by_role("timer")).to_have_text(re.compile(r"^([34]:\d\d|5:00)$"))


def test_a_next_that_comes_late_says_so_and_moves_nobody(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    ada = board(new_page(live_server, "ada", width=1280), meeting)
    start(ada)
    old = new_page(live_server, "cleo", javascript=False)
    old.goto(f"/focus-groups/{meeting.focus_group.id}/board")
    for theme in meeting.themes[1:3]:
        ada.get_by_role("button", name=f"Next: {theme.name}").click()
        expect(ada.locator("#run-step")).to_have_text(theme.name)
    old.get_by_role("button", name=f"Next: {meeting.themes[1].name}").click()
    expect(old.get_by_text("Somebody else has moved the meeting on")).to_be_visible()
    expect(old.locator("#run-step")).to_have_text(meeting.themes[2].name)
    ada.reload()
    expect(ada.locator("#run-step")).to_have_text(meeting.themes[2].name)


def test_the_timer_is_right_after_a_reload_and_under_a_wrong_clock(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    right, wrong = new_page(live_server, "ada", width=1280), new_page(live_server, "cleo", width=1280)
    wrong.add_init_script(WRONG_CLOCK)
    board(right, meeting)
    start(right)
    set_timer(live_server, meeting, 600)
    board(wrong, meeting)
    assert wrong.evaluate("Math.abs(Date.now() - performance.timeOrigin) > 3600_000")
    for page in (right, wrong):
        before = seconds_left(page)
        assert 540 < before <= 600
        page.wait_for_function(
            "text => document.querySelector('[data-left]').textContent !== text",
            arg=page.get_by_role("timer").inner_text(),
        )
        assert seconds_left(page) < before
        page.reload()
        assert seconds_left(page) <= before
    assert abs(seconds_left(right) - seconds_left(wrong)) <= 2


def test_the_last_minute_and_the_end_are_said_once_and_nothing_else_happens(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    ada = board(new_page(live_server, "ada", width=1280), meeting)
    start(ada)
    expect(ada.locator("#connection")).to_have_text(LIVE)
    listen(ada)
    set_timer(live_server, meeting, 62)
    expect(ada.locator("#announce")).to_have_text("1 minute left", timeout=30_000)
    timer = ada.get_by_role("timer")
    expect(timer).to_have_attribute("aria-live", "off")
    ada.evaluate("document.getElementById('announce').dataset.until = 0")
    set_timer(live_server, meeting, 2)
    expect(timer).to_have_text("Time is up", timeout=30_000)
    expect(ada.locator("#announce")).to_have_text("Time is up", timeout=30_000)
    assert [words for _, words in ada.evaluate("window.said")] == ["1 minute left", "Time is up"]
    expect(ada.locator("#run-step")).to_have_text(meeting.themes[0].name)
    ada.get_by_role("button", name="+1 minute").click()
    assert 50 <= seconds_left(ada) <= 60


def test_without_scripts_it_says_when_it_ends_and_the_whole_meeting_can_be_run(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = new_page(live_server, "ada", javascript=False)
    page.goto(f"/focus-groups/{meeting.focus_group.id}/board")
    start(page)
    page.get_by_role("button", name="Start a timer").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^Ends at \d{1,2}(:\d\d)?[ap]m$"))
    names = [*(theme.name for theme in meeting.themes[1:]), "Put alike points together", "Priorities"]
    for name in names:
        page.get_by_role("button", name=f"Next: {name}").click()
        expect(page.locator("#run-step")).to_have_text(name)
    page.get_by_role("link", name="Next: Close").click()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#run-step")).to_have_text("Close")


@pytest.mark.parametrize("width", [320, 1280])
def test_the_bar_is_accessible_and_fits_at_every_step(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage, width: int
) -> None:
    page = board(new_page(live_server, "ada", width=width), meeting)
    axe(page)
    live_server.change(meeting, is_blind=True)
    start(page)
    page.get_by_role("button", name="Start a timer").click()
    for summary in page.locator(".run summary").all():
        summary.click()
    axe(page)
    fits(page)
