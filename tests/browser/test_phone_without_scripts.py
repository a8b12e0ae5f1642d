"""A practitioner's phone that runs no scripts, from first page to last."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.browser.people import NEEDS, WELL, WORRIED
from tests.browser.phone import add, open_theme, stored
from tests.browser.server import LiveServer
from tests.conftest import Meeting
from workshop.focus_groups.models import Phase

pytestmark = pytest.mark.browser


def test_the_whole_way_without_javascript(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    page = new_page(live_server, javascript=False)
    page.goto(f"/j/{meeting.focus_group.join_token}")
    page.get_by_label("Police").check()
    page.get_by_role("button", name="Start").click()
    open_theme(page, meeting)
    for column in (WELL, WORRIED, NEEDS):
        add(page, column, f"About this: {column}")
        expect(page.get_by_text("Saved", exact=True)).to_have_count(1)
    page.get_by_role("button", name=f"Add to: {WELL}").click()
    expect(page).to_have_title(re.compile("^Error: "))
    page.get_by_role("link", name="Edit this point").first.click()
    page.get_by_label("Edit your point").fill("Edited.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Delete this point").last.click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("link", name="Next theme").click()
    page.get_by_role("link", name="All themes").click()
    expect(page.get_by_text("2 points")).to_be_visible()
    page.get_by_role("link", name="Finish and clear this phone").click()
    page.get_by_role("button", name="Finish and clear").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert stored(live_server, meeting) == ["Edited.", f"About this: {WORRIED}", None]


def test_a_table_joins_by_code_without_javascript_and_keeps_its_words_when_the_group_closes(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = new_page(live_server, javascript=False)
    page.goto("/")
    page.get_by_label("Join code").fill(f" {(meeting.focus_group.join_code or '').lower()} ")
    page.get_by_role("button", name="Join").click()
    page.get_by_role("link", name="This phone speaks for a table").click()
    page.get_by_label("Police").fill("3")
    page.get_by_role("button", name="Start").click()
    open_theme(page, meeting)
    add(page, WELL, "Said by three.")
    page.go_back()
    add(page, WELL, "Said by three.")
    expect(page.locator(".point .words")).to_have_text(["Said by three."])
    live_server.change(meeting, phase=Phase.CLOSED)
    add(page, NEEDS, "A minute\ntoo late.")
    expect(page.get_by_text("is closed").first).to_be_visible()
    expect(page.get_by_role("main").locator("textarea, .words", has_text="too late.")).to_be_visible()
    assert stored(live_server, meeting) == ["Said by three."]
