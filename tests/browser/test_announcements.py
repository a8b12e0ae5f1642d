"""What a screen reader is told, and where the keyboard stands: one polite live region, seldom a word, no focus lost."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.announced import listen, told_seldom
from tests.browser.conftest import POLITE, NewPage, axe
from tests.browser.devices import NEEDED, WORRIED, Devices
from tests.browser.following import FIRST, heading, make_room
from tests.browser.people import WELL
from tests.browser.screens import LIVE, LOST, board, opened
from tests.browser.server import LiveServer
from tests.browser.voting import arrive, enter, grouped
from tests.conftest import Meeting
from workshop.focus_groups.models import Phase

pytestmark = pytest.mark.browser
SWAPS = 50
SLOW_MS = 30_000
HAS_TOLD = """count => window.said.map(([, said]) => /(\\d+) new point/.exec(said))
    .reduce((sum, found) => sum + Number(found?.[1] ?? 0), 0) === count"""


def regions(page: Page) -> list[str]:
    """The ids of the page's polite live regions, folded away or not."""
    found: list[str] = page.evaluate("all => [...document.querySelectorAll(all)].map(it => it.id)", POLITE)
    return found


def test_a_board_says_in_one_place_what_came_and_how_the_connection_stands(
    own_server: LiveServer, new_page: NewPage
) -> None:
    meeting = own_server.meeting("Announced")
    devices = Devices(own_server, meeting)
    page = board(new_page(own_server, "ada", width=1280), meeting)
    assert regions(page) == ["announce"]
    listen(page)
    for number in range(20):
        devices.write(f"Point {number}", (WORRIED, NEEDED)[number % 2])
    own_server.kill()
    expect(page.locator("#connection")).to_have_text(LOST, timeout=SLOW_MS)
    page.wait_for_function("words => window.said.some(([, said]) => said.includes(words))", arg=LOST, timeout=SLOW_MS)
    own_server.start()
    expect(page.locator("#connection")).to_have_text(LIVE, timeout=SLOW_MS)
    page.wait_for_function("words => window.said.at(-1)[1].includes(words)", arg=LIVE, timeout=SLOW_MS)
    # What had not come before the server was gone is told once it is back, at the latest in a second sentence.
    page.wait_for_function(HAS_TOLD, arg=20, timeout=SLOW_MS)
    told = told_seldom(page)
    assert sum(int(count) for count in re.findall(r"(\d+) new point", " ".join(told))) == 20
    axe(page)


def test_the_keyboard_stays_on_a_point_of_the_board_through_fifty_swaps(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    devices = Devices(live_server, meeting)
    devices.write("The one that is looked at")
    page = board(new_page(live_server, "ada", width=1280), meeting)
    listen(page)
    button = page.get_by_role("button", name="Hide point 1", exact=True)
    button.focus()
    for number in range(SWAPS):
        devices.write(f"Another one, number {number}")
        expect(page.get_by_text(f"Another one, number {number}", exact=True)).to_be_attached()
        expect(button).to_be_focused()
    page.keyboard.press("Enter")
    restore = page.get_by_role("button", name="Restore point 1", exact=True)
    for _ in range(SWAPS // 2):
        expect(restore).to_be_focused()
        page.keyboard.press("Enter")
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
    expect(restore).to_be_focused()
    told_seldom(page)


def test_a_phone_keeps_focus_and_words_through_fifty_swaps(live_server: LiveServer, new_page: NewPage) -> None:
    room = make_room(live_server, "Swapped on a phone", new_page)
    page = new_page(live_server)
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    assert regions(page) == ["announce"]
    listen(page)
    box = page.get_by_label(WELL)
    box.focus()
    room.act("timer", timer="start:20")
    for number in range(SWAPS):
        room.act("timer", timer=("pause", "resume")[number % 2])
        paused = re.compile(r"paused$" if number % 2 == 0 else r"\d$")
        expect(page.get_by_role("timer")).to_have_text(paused, timeout=SLOW_MS)
        expect(box).to_be_focused()
        page.keyboard.type("x")
    expect(box).to_have_value("x" * SWAPS)
    assert told_seldom(page) == []
    axe(page)


def test_votes_keep_the_keyboard_through_fifty_swaps(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    grouped(live_server, meeting)
    enter(live_server, meeting, Phase.PRIORITISING)
    page = new_page(live_server)
    arrive(page, meeting)
    assert regions(page) == ["announce"]
    vote = page.get_by_role("button", name="Vote for: Book rooms", exact=True)
    back = page.get_by_role("button", name="Take one back from: Book rooms", exact=True)
    left = page.locator("main strong", has_text=" left")
    vote.click()
    expect(left).to_have_text("2 of 3 votes left")
    for _ in range(SWAPS // 2):
        for button, words in ((vote, "1 of 3 votes left"), (back, "2 of 3 votes left")):
            button.focus()
            page.keyboard.press("Enter")
            expect(left).to_have_text(words)
            expect(button).to_be_focused()
    expect(page.locator("#announce")).to_have_text("2 of 3 votes left")


def test_the_join_screen_says_who_has_joined_in_the_one_place(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = opened(new_page(live_server, "ada", width=1280), f"/focus-groups/{meeting.focus_group.id}/join-screen")
    listen(page)
    assert regions(page) == ["announce"]
    for number in range(3):
        Devices(live_server, meeting)
        expect(page.locator("#joined")).to_contain_text(str(number + 1))
    page.wait_for_function(
        "words => window.said.at(-1)?.[1] === words", arg=page.inner_text("#joined"), timeout=SLOW_MS
    )
    assert len(told_seldom(page)) <= 2
    page.get_by_text("invitation and copy for chat").click()
    page.get_by_role("button", name="Copy the text").click()
    page.wait_for_function("() => window.said.at(-1)[1].startsWith('Copied')", timeout=SLOW_MS)
    told_seldom(page)
    axe(page)


def test_the_unfolded_form_of_the_board_says_in_the_one_place_that_a_point_is_saved(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = board(new_page(live_server, "ada", width=1280), meeting)
    listen(page)
    page.get_by_text("Add a point from the room").click()
    form = page.locator("#room-form")
    assert regions(page) == ["announce"]
    axe(page)
    for words in ("From a paper note", "From another one"):
        form.get_by_label(WELL).check()
        form.get_by_label("What the note says").fill(words)
        form.get_by_role("button", name="Save this point").click()
        expect(form.get_by_text("Saved:")).to_contain_text(words)
        expect(form.get_by_label("What the note says")).to_be_focused()
        assert regions(page) == ["announce"]
    page.wait_for_function("() => window.said.some(([, said]) => said === 'Saved: From another one')", timeout=SLOW_MS)
    form.get_by_role("button", name="Save this point").click()
    expect(form.locator(".govuk-error-summary")).to_be_visible()
    assert regions(page) == ["announce"]
    told_seldom(page)
    axe(page)
