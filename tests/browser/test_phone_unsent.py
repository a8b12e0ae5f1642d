"""Words that could not be sent: no signal, no server, a closed group, a phone that is not known any more."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import NewPage, axe, fits
from tests.browser.people import NEEDS, WELL, WORRIED
from tests.browser.phone import add, join, open_theme, said, stored, tap_add, writing
from tests.browser.server import LiveServer
from tests.conftest import Meeting
from workshop.focus_groups.models import Phase

pytestmark = pytest.mark.browser


NOT_SENT = "Not sent yet: no signal. Your words are kept on this phone. Trying again…"


def test_words_written_before_the_script_has_come_stay(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = new_page(live_server)
    join(page, meeting)
    waiting: list[Route] = []
    page.route("**/js/phone*.js*", lambda route: waiting.append(route))  # noqa: PLW0108 (Playwright marks the function)
    page.goto(
        f"/j/{meeting.focus_group.join_token}/themes/{meeting.themes[0].id}",
        wait_until="commit",
    )
    page.get_by_label(WELL).fill("Quicker than the signal.")
    page.get_by_label(WORRIED).focus()
    for route in waiting:
        route.continue_()
    page.wait_for_load_state("load")
    expect(page.get_by_label(WELL)).to_have_value("Quicker than the signal.")
    # They are kept on the phone from then on, like any others.
    page.unroute("**/js/phone*.js*")
    page.goto("about:blank")
    page.goto(f"/j/{meeting.focus_group.join_token}/themes/{meeting.themes[0].id}")
    expect(page.get_by_label(WELL)).to_have_value("Quicker than the signal.")
    tap_add(page, WELL)
    said(page, "Saved")
    assert stored(live_server, meeting) == ["Quicker than the signal."]


def test_a_lost_signal_is_said_and_the_words_go_out_once_when_it_is_back(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = writing(new_page(live_server), meeting)
    page.get_by_label(WELL).press_sequentially("Minutes come")
    page.context.set_offline(True)
    page.get_by_label(WELL).press_sequentially(" quickly now.")
    tap_add(page, WELL)
    said(page, NOT_SENT)
    expect(page.get_by_label(WELL)).to_have_value("Minutes come quickly now.")
    expect(page.locator("#announce")).to_contain_text("Not sent yet")
    axe(page)
    assert stored(live_server, meeting) == []
    page.context.set_offline(False)
    said(page, "Saved")
    expect(page.get_by_label(WELL)).to_have_value("")
    assert stored(live_server, meeting) == ["Minutes come quickly now."]


def test_an_answer_that_never_came_makes_no_second_point(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = writing(new_page(live_server), meeting)
    lost: list[int] = []

    def swallow(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/contributions", swallow)
    add(page, WELL, "Everybody has a say.")
    said(page, "Not sent yet")
    assert lost == [200]
    said(page, "Saved")
    expect(page.locator(".point")).to_have_count(1)
    assert stored(live_server, meeting) == ["Everybody has a say."]


def test_typing_on_while_it_is_being_sent_loses_nothing(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = writing(new_page(live_server), meeting)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/contributions", hold)
    add(page, WELL, "First words.")
    said(page, "Saving…")
    page.get_by_label(WELL).press_sequentially(" And then more.")
    held[0].continue_()
    page.unroute("**/contributions")
    said(page, "still in the box")
    expect(page.get_by_label(WELL)).to_have_value("First words. And then more.")
    page.reload()
    expect(page.get_by_label(WELL)).to_have_value("First words. And then more.")
    tap_add(page, WELL)
    said(page, "Saved")
    assert stored(live_server, meeting) == ["First words.", "First words. And then more."]


def test_a_killed_server_gets_the_words_when_it_is_back(own_server: LiveServer, new_page: NewPage) -> None:
    meeting = own_server.meeting("Killed")
    page = writing(new_page(own_server), meeting)
    add(page, WELL, "Said before.")
    said(page, "Saved")
    page.get_by_label(NEEDS).fill("Half a")
    own_server.kill()
    page.get_by_label(NEEDS).press_sequentially(" thought.")
    tap_add(page, NEEDS)
    said(page, NOT_SENT, "needs_to_happen")
    own_server.start()
    said(page, "Saved", "needs_to_happen")
    assert stored(own_server, meeting) == ["Said before.", "Half a thought."]


def test_unsent_words_outlive_the_page(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    page = writing(new_page(live_server), meeting)
    page.get_by_label(WORRIED).fill("Never sent,\nnever lost.")
    page.reload()
    expect(page.get_by_label(WORRIED)).to_have_value("Never sent,\nnever lost.")
    said(page, "not sent yet", "worried_about")
    page.goto(f"/j/{meeting.focus_group.join_token}/themes")
    unsent = page.get_by_text("Words on this phone that are not sent yet")
    expect(unsent.filter(visible=True)).to_have_count(1)
    axe(page)
    open_theme(page, meeting)
    page.route("**/contributions", lambda route: route.abort())
    add(page, WELL, "Sent, and nobody was there.")
    said(page, "Not sent yet")
    page.unroute("**/contributions")
    page.reload()
    said(page, "Saved")
    assert stored(live_server, meeting) == ["Sent, and nobody was there."]


def test_a_closed_group_keeps_the_words(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    page = writing(new_page(live_server), meeting)
    live_server.change(meeting, phase=Phase.CLOSED)
    add(page, WELL, "A minute too late.")
    said(page, "This group is closed")
    expect(page.get_by_label(WELL)).to_have_value("A minute too late.")
    expect(page.get_by_label(WELL)).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    axe(page)
    page.reload()
    unsent = page.get_by_label("These words were not sent").filter(visible=True)
    expect(unsent).to_have_value("A minute too late.")
    axe(page)
    live_server.change(meeting, phase=Phase.GATHERING)
    page.reload()
    tap_add(page, WELL)
    said(page, "Saved")
    assert stored(live_server, meeting) == ["A minute too late."]


def test_an_expired_cookie_keeps_the_words_until_one_has_joined_again(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = writing(new_page(live_server), meeting)
    page.context.clear_cookies()
    add(page, WELL, "Still mine.")
    said(page, "Join again")
    axe(page)
    page.get_by_role("link", name="Join again").click()
    page.get_by_label("Prefer not to say").check()
    page.get_by_role("button", name="Start").click()
    open_theme(page, meeting)
    expect(page.get_by_label(WELL)).to_have_value("Still mine.")
    tap_add(page, WELL)
    said(page, "Saved")
    assert stored(live_server, meeting) == ["Still mine."]


def test_a_phone_without_storage_still_writes(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    page = new_page(live_server)
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})")
    join(page, meeting)
    open_theme(page, meeting)
    page.context.set_offline(True)
    add(page, WELL, "In the box alone.")
    said(page, "leave this page open")
    page.context.set_offline(False)
    said(page, "Saved")
    assert stored(live_server, meeting) == ["In the box alone."]


def test_another_network_that_answers_for_everybody_saves_nothing(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = writing(new_page(live_server), meeting)
    page.route(
        "**/contributions", lambda route: route.fulfill(status=200, content_type="text/html", body="<p>Log in</p>")
    )
    add(page, WELL, "Not to the hotel.")
    said(page, "Not sent yet")
    page.unroute("**/contributions")
    said(page, "Saved")
    assert stored(live_server, meeting) == ["Not to the hotel."]


def test_a_change_that_was_not_sent_before_it_closed_is_read_beside_its_point(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = writing(new_page(live_server, width=320), meeting)
    add(page, WELL, "As it was.")
    page.get_by_role("link", name="Edit this point").click()
    page.get_by_label("Edit your point").fill("As it should be.")
    live_server.change(meeting, phase=Phase.CLOSED)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#status")).to_contain_text("This group is closed")
    page.goto(f"/j/{meeting.focus_group.join_token}/themes")
    expect(page.get_by_text("A change to one of your points is not sent yet.")).to_be_visible()
    open_theme(page, meeting)
    expect(page.get_by_label("Your change that is not sent")).to_have_value("As it should be.")
    axe(page)
    fits(page)
    live_server.change(meeting, phase=Phase.GATHERING)
    page.reload()
    page.get_by_role("link", name="Edit this point").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".point .words")).to_have_text(["As it should be."])
    expect(page.get_by_label("Your change that is not sent")).to_have_count(0)


def test_edit_and_delete_with_a_lost_signal(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    page = writing(new_page(live_server), meeting)
    add(page, WELL, "As it was.")
    page.get_by_role("link", name="Edit this point").click()
    axe(page)
    fits(page)
    page.context.set_offline(True)
    page.get_by_label("Edit your point").fill("As it should be.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#status")).to_have_text(NOT_SENT)
    page.context.set_offline(False)
    expect(page.locator(".point .words")).to_have_text(["As it should be."])
    page.get_by_role("link", name="Delete this point").click()
    axe(page)
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".point")).to_have_count(0)
    assert stored(live_server, meeting) == [None]
