"""Everything by keyboard alone: Tab, Enter, Space, arrows and letters."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.browser.demonstration import demonstration
from tests.browser.keyboard import go, still_focused, stop, tab_to, type_into
from tests.browser.people import NEEDS, PASSWORD, WELL, make_person
from tests.browser.server import LiveServer

pytestmark = pytest.mark.browser
COORDINATOR = "kay@example.org"


def test_a_coordinator_orders_and_undoes_by_keyboard(own_server: LiveServer, new_page: NewPage) -> None:
    make_person(own_server, COORDINATOR)
    title = demonstration(own_server).title
    page = new_page(own_server, width=1280)
    page.goto("/sign-in")
    type_into(page, page.get_by_label("E-mail address"), COORDINATOR)
    type_into(page, page.get_by_label("Password"), PASSWORD)
    page.keyboard.press("Enter")
    go(page, page.get_by_role("link", name=title))
    go(page, page.get_by_role("link", name="Recommendations"))
    page.get_by_role("heading", name="Recommendations", exact=True).wait_for()
    words = page.locator(".recommendation__words")
    before = words.all_inner_texts()
    page.evaluate("window.isTheSamePage = true")
    down = page.locator(".recommendation").first.get_by_role("button", name="Move down").get_attribute("id")
    first = page.locator(f"#{down}")
    go(page, first)
    expect(words).to_have_text([before[1], before[0], *before[2:]])
    still_focused(page, first)
    page.keyboard.press("Enter")
    expect(words).to_have_text([before[1], before[2], before[0], *before[3:]])
    still_focused(page, first)
    assert page.evaluate("window.isTheSamePage"), "the list was loaded anew"
    for after in ([before[1], before[0], *before[2:]], before):
        tab_to(page, page.locator("#undo"), "Shift+Tab")
        page.keyboard.press("Space")
        expect(words).to_have_text(after)
    summary = page.locator("summary", has_text="The words behind it").first
    go(page, summary)
    expect(page.locator(".recommendation").first.locator(".point").first).to_be_visible()
    still_focused(page, summary)


def test_a_practitioner_joins_writes_and_edits_by_keyboard(live_server: LiveServer, new_page: NewPage) -> None:
    meeting = live_server.meeting("By keyboard")
    page = new_page(live_server)
    page.goto(f"/j/{meeting.focus_group.join_token}")
    agencies = page.get_by_role("radio")
    tab_to(page, agencies.first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    stop(page)
    expect(agencies.nth(1)).to_be_checked()
    go(page, page.get_by_role("button", name="Start"))
    go(page, page.get_by_role("link", name=meeting.themes[0].name))
    for column, key in ((WELL, "Space"), (NEEDS, "Enter")):
        box = page.get_by_label(column)
        type_into(page, box, f"By keyboard: {column}")
        go(page, page.get_by_role("button", name=f"Add to: {column}"), key)
        expect(page.locator(".point .words", has_text=column)).to_be_visible()
        # The box is ready for the next point, and the keyboard is in it.
        still_focused(page, box)
        expect(box).to_have_value("")
    point = page.locator(".point", has_text=NEEDS)
    go(page, point.get_by_role("link", name="Edit"))
    type_into(page, page.get_by_label("Edit your point"), " Edited.")
    go(page, page.get_by_role("button", name="Save"))
    expect(page.locator(".point .words")).to_have_text([f"By keyboard: {WELL}", f"By keyboard: {NEEDS} Edited."])
    go(page, page.locator(".point", has_text=WELL).get_by_role("link", name="Delete"))
    go(page, page.get_by_role("button", name="Delete"))
    expect(page.locator(".point .words")).to_have_text([f"By keyboard: {NEEDS} Edited."])
    go(page, page.get_by_role("link", name="Finish and clear this phone"))
    go(page, page.get_by_role("button", name="Finish and clear"))
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_a_facilitator_types_in_and_closes_by_keyboard_while_points_arrive(
    live_server: LiveServer, new_page: NewPage
) -> None:
    meeting = live_server.meeting("A board by keyboard")
    page = new_page(live_server, "ada", width=1280)
    page.goto(f"/focus-groups/{meeting.focus_group.id}/board")
    expect(page.locator("#connection")).to_have_text("Live.")
    go(page, page.locator("summary", has_text="Add a point from the room"))
    tab_to(page, page.get_by_role("radio", name=WELL))
    page.keyboard.press("Space")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
        stop(page)
    expect(page.get_by_role("radio", name=NEEDS)).to_be_checked()
    for number in (1, 2):
        type_into(page, page.get_by_label("What the note says"), f"Note {number}")
        go(page, page.get_by_role("button", name="Save this point"))
        expect(page.locator("#points-needs_to_happen .words").first).to_have_text(f"Note {number}")
        still_focused(page, page.get_by_label("What the note says"))
        page.keyboard.press("Shift+Tab")
    go(page, page.locator(".point", has_text="Note 1").get_by_role("button", name="Hide"))
    restore = page.get_by_role("button", name="Restore")
    still_focused(page, restore)
    page.keyboard.press("Space")
    expect(page.get_by_text("Note 1", exact=True)).to_be_visible()
    tab_to(page, page.locator("#close"), "Shift+Tab")
    page.keyboard.press("Enter")
    go(page, page.get_by_role("button", name="Close"))
    expect(page.get_by_text(re.compile("Closed. Nobody can join"))).to_be_visible()
