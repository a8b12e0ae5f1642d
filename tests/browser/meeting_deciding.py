"""The second half of a meeting: scale, headings, priorities and the close, as each of those in the room sees it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.meeting_room import (
    CLOSE,
    GROUPING,
    HEADING,
    HIGHER,
    MINUTES,
    PRIORITIES,
    QUESTION,
    SCALE,
    SOONER,
    STEADY,
    Room,
    heading,
)
from tests.browser.pictures import taken
from tests.browser.screens import needs_no_scrolling

SCALE_AGAIN = f"{SCALE}: second time"


def asked_from_0_to_10(room: Room) -> None:
    """All answer; the big screen shows how many, and the spread once the facilitator says so."""
    room.go(f"{SCALE}: first time")
    for page in (room.phone, room.table):
        heading(page, QUESTION)
    room.plain.get_by_role("button", name="I’m done").click()
    heading(room.plain, QUESTION)
    for page, value, words in ((room.phone, 6, HIGHER), (room.plain, 4, ""), (room.table, 7, "")):
        _answer(page, value, words)
    expect(room.ada.locator("#answered")).to_contain_text("3 of 3 phones or computers have answered")
    expect(room.screen.get_by_text("3 of 3 phones or computers have answered")).to_be_visible()
    expect(room.screen.locator("figure")).to_have_count(0)
    room.ada.get_by_role("button", name="Show the spread on the projector").click()
    expect(room.screen.locator("figure")).to_contain_text("median 6")
    point = room.ada.locator(".point", has_text=HIGHER)
    point.get_by_role("combobox").select_option(room.themes[0])
    point.get_by_role("button", name="Take it over").click()
    expect(room.ada.get_by_text("It is a point on the board now.")).to_be_visible()


def _answer(page: Page, value: int, words: str = "") -> None:
    page.get_by_role("radio", name=str(value), exact=True).check()
    page.get_by_label("What would make it one higher?").fill(words)
    page.get_by_role("button", name="Save my answer").click()
    expect(page.get_by_text("Your answer is saved.")).to_be_visible()


def put_together(room: Room) -> None:
    """A suggestion is accepted, the rest grouped by hand; the big screen shows headings, phones wait."""
    ada = room.ada
    room.go(GROUPING)
    for page in (room.phone, room.table):
        heading(page, "Alike points are being put together")
    ada.get_by_role("button", name="Suggest groups").click()
    suggestion = ada.locator(".suggestion").filter(has_text=MINUTES)
    expect(suggestion).to_contain_text(SOONER)
    ada.locator("nav", has_text=room.themes[1]).evaluate("nav => nav.scrollIntoView()")
    taken(ada, "grouping.png")
    suggestion.get_by_label("Heading").fill(HEADING)
    suggestion.get_by_role("button", name="Accept").click()
    expect(ada.locator(".heading")).to_contain_text(HEADING)
    ada.get_by_label(HIGHER).check()
    ada.locator("#heading").fill(STEADY)
    ada.get_by_role("button", name="Group these").click()
    expect(ada.locator(".heading")).to_have_count(2)
    expect(room.screen.locator(".projector__finding")).to_have_count(2)
    expect(room.screen.locator(".projector__finding").first).to_contain_text(HEADING)
    needs_no_scrolling(room.screen)


def prioritised(room: Room) -> None:
    """Votes are given and taken back; nobody sees totals before the facilitator shows them."""
    ada, screen, phone = room.ada, room.screen, room.phone
    room.plain.get_by_role("button", name="I’m done").click()
    heading(room.plain, "Alike points are being put together")
    room.go(PRIORITIES)
    for page in (phone, room.table):
        heading(page, "What matters most?")
    room.plain.get_by_role("link", name="See whether the room has moved on").click()
    heading(room.plain, "What matters most?")
    for page, votes in ((phone, [HEADING] * 2), (room.plain, [HEADING] * 2), (room.table, [HEADING, STEADY])):
        for left, words in zip((1, 0), votes, strict=True):
            page.get_by_role("button", name=f"Vote for: {words}").click()
            expect(page.locator("strong", has_text=f"{left} of 2 votes left")).to_be_visible()
        expect(page.get_by_role("button", name="Vote for")).to_have_count(0)
    phone.get_by_role("button", name=f"Take one back from: {HEADING}").click()
    phone.get_by_role("button", name=f"Vote for: {STEADY}").click()
    expect(phone.locator("strong", has_text="0 of 2 votes left")).to_be_visible()
    expect(ada.locator("#turnout")).to_have_text("3 of 3 phones or computers have voted, with 6 votes.")
    for page in (ada, screen, phone):
        expect(page.get_by_text(re.compile("4 votes"))).to_have_count(0)
    expect(screen.get_by_text("The totals are not shown yet.")).to_be_visible()
    ada.get_by_role("button", name="Show the totals").click()
    rows = screen.locator("tbody tr").filter(has=screen.locator(".projector__place"))
    expect(rows).to_have_text([re.compile(rf"1\s+{HEADING}\s+4"), re.compile(rf"2\s+{STEADY}\s+2")])
    expect(phone.get_by_text("4 votes altogether")).to_be_visible()
    room.show("projector-priorities.png")


def asked_again(room: Room) -> None:
    """The same scale once more: both askings stand side by side."""
    room.go(SCALE_AGAIN)
    for page in (room.phone, room.table):
        heading(page, QUESTION)
        expect(page.get_by_text("You were asked this before.")).to_be_visible()
    room.plain.get_by_role("button", name="I’m done").click()
    for page, value in ((room.phone, 8), (room.plain, 8), (room.table, 9)):
        _answer(page, value)
    room.ada.get_by_role("button", name="Show the spread on the projector").click()
    expect(room.screen.locator("figure")).to_have_count(2)
    expect(room.screen.locator("figure").first).to_contain_text("median 6")
    expect(room.screen.locator("figure").last).to_contain_text("median 8")
    room.show("projector-scale.png")


def closed_and_opened_again(room: Room) -> None:
    """Everybody is thanked; opened again, there is another code, and phones are where they were."""
    ada, screen = room.ada, room.screen
    code = screen.locator(".projector__code").inner_text()
    _close(room)
    ada.get_by_role("button", name=f"Back to {SCALE_AGAIN}").click()
    room.stands_at(SCALE_AGAIN)
    for page in (room.phone, room.table):
        heading(page, QUESTION)
    room.plain.goto(room.join_path())
    room.plain.get_by_role("link", name="Continue").click()
    heading(room.plain, QUESTION)
    expect(screen.locator(".projector__code")).not_to_have_text(code)
    _close(room)
    heading(room.plain, QUESTION)
    room.plain.get_by_role("button", name="I’m done").click()
    heading(room.plain, "Thank you")
    expect(screen.get_by_text("What happens next")).to_be_visible()


def _close(room: Room) -> None:
    room.ada.get_by_role("link", name=f"Next: {CLOSE}").click()
    room.ada.get_by_role("button", name="Close").click()
    expect(room.ada.locator("#run-step")).to_have_text(CLOSE)
    for page in (room.phone, room.table):
        heading(page, "Thank you")
