"""The question about words that seem to identify somebody, as phone.js puts it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage, axe, fits
from tests.browser.people import WELL
from tests.browser.phone import add, join, open_theme, said, stored
from tests.browser.server import LiveServer
from tests.conftest import Meeting

pytestmark = pytest.mark.browser
NAMED = "Jayden’s mum was not told"
ASKED = "it seems to hold a person’s name"
HELD = "Only the facilitator sees this"


def test_the_phone_shows_the_words_and_each_choice_does_what_it_says(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = new_page(live_server)
    join(page, meeting)
    open_theme(page, meeting)
    add(page, WELL, NAMED)
    said(page, ASKED)
    expect(page.locator("#status-working_well mark")).to_have_text("Jayden")
    expect(page.get_by_label(WELL)).to_have_value(NAMED)
    axe(page)
    fits(page)
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_label(WELL)).to_be_focused()
    expect(page.get_by_label(WELL)).to_have_value(NAMED)
    assert stored(live_server, meeting) == []
    add(page, WELL, "A mum was not told")
    said(page, "Saved")
    add(page, WELL, NAMED)
    page.get_by_role("button", name="Send it all the same").click()
    said(page, "Saved")
    expect(page.locator(".column--working_well .point").last).to_contain_text(HELD)
    assert stored(live_server, meeting) == ["A mum was not told", NAMED]
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_what_was_confirmed_without_a_signal_is_not_asked_about_again(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = new_page(live_server)
    join(page, meeting)
    open_theme(page, meeting)
    add(page, WELL, NAMED)
    said(page, ASKED)
    page.route("**/contributions", lambda route: route.abort())
    page.get_by_role("button", name="Send it all the same").click()
    said(page, "Not sent yet: no signal")
    page.unroute("**/contributions")
    page.reload()
    said(page, "Saved")
    expect(page.locator(".column--working_well .point")).to_contain_text(HELD)
    assert stored(live_server, meeting) == [NAMED]


def test_words_changed_after_the_question_are_looked_at_anew(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = new_page(live_server)
    join(page, meeting)
    open_theme(page, meeting)
    add(page, WELL, NAMED)
    page.route("**/contributions", lambda route: route.abort())
    page.get_by_role("button", name="Send it all the same").click()
    said(page, "Not sent yet: no signal")
    page.unroute("**/contributions")
    add(page, WELL, f"{NAMED} of it")
    said(page, ASKED)
    assert stored(live_server, meeting) == []
