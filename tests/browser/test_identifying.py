"""The question about words that seem to identify somebody, as phone.js puts it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage, axe, fits
from tests.browser.people import WELL
from tests.browser.phone import add, said, stored, writing
from tests.browser.server import LiveServer
from tests.conftest import Meeting

pytestmark = pytest.mark.browser
NAMED = "Jayden’s mum was not told"
ASKED = "it seems to hold a person’s name"
HELD = "Only the facilitator sees this"


def test_the_phone_shows_the_words_and_each_choice_does_what_it_says(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = writing(new_page(live_server), meeting)
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
    page = writing(new_page(live_server), meeting)
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
    page = writing(new_page(live_server), meeting)
    add(page, WELL, NAMED)
    page.route("**/contributions", lambda route: route.abort())
    page.get_by_role("button", name="Send it all the same").click()
    said(page, "Not sent yet: no signal")
    page.unroute("**/contributions")
    add(page, WELL, f"{NAMED} of it")
    said(page, ASKED)
    assert stored(live_server, meeting) == []


def test_a_facilitator_is_asked_about_held_words_that_their_writer_deletes(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    board = new_page(live_server, "ada", width=1280)
    board.goto(f"/focus-groups/{meeting.focus_group.id}/board")
    page = writing(new_page(live_server), meeting)
    add(page, WELL, NAMED)
    page.get_by_role("button", name="Send it all the same").click()
    said(page, "Saved")
    point = page.locator(".column--working_well .point").last
    point.get_by_role("link", name="Edit").click()
    expect(page.get_by_text("The words as they were are kept, with no link to you")).to_be_visible()
    axe(page)
    fits(page)
    page.get_by_role("link", name="Leave it as it was").click()
    point.get_by_role("link", name="Delete").click()
    axe(page)
    fits(page)
    page.get_by_role("button", name="Delete").click()
    board.get_by_role("link", name="say whether a child may be at risk").click()
    expect(board.get_by_text(NAMED)).to_be_visible()
    axe(board)
    board.set_viewport_size({"width": 320, "height": 640})
    fits(board)
    board.get_by_label("No", exact=True).check()
    board.get_by_role("button", name="Save the answers").click()
    expect(board.get_by_text(NAMED)).to_be_visible()
    expect(board.get_by_label("No", exact=True)).to_be_checked()
    axe(board)
    fits(board)
    board.get_by_label("I understand").check()
    board.get_by_role("button", name="Save the answers").click()
    expect(board.get_by_text("The words of 1 point are destroyed.")).to_be_visible()
    expect(board.get_by_text("say whether a child may be at risk")).to_have_count(0)
