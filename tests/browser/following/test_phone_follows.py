"""Phones go along with the room in a real browser: by themselves, never away from words, with a stream or without."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import NewPage, axe, fits
from tests.browser.following import CLOSE, COLUMN, FIRST, GROUPING, OWN, Room, heading, line, make_room
from tests.browser.people import NEEDS, WELL, WORRIED
from tests.browser.phone import add, said, stored, tap_add
from tests.browser.server import LiveServer

pytestmark = pytest.mark.browser
MOVED = "The room has moved on to"
YOURS = "Your words here are still yours to send."
STAY = "Your words stay here: send them at once, or show them to the facilitator."


def test_a_phone_goes_along_forward_and_back_by_itself(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    themes = [theme.name for theme in room.meeting.themes]
    heading(page, "You’re in")
    fits(page)
    axe(page)
    for step, words in (
        (FIRST, themes[0]),
        (COLUMN, themes[1]),
        (OWN, "Presentations"),
        (GROUPING, "Alike points are being put together"),
        (FIRST, themes[0]),
        (CLOSE, "Thank you"),
    ):
        room.go(step)
        heading(page, words)
        expect(line(page)).to_be_hidden()
        fits(page)
        axe(page)


def test_going_along_asks_for_the_new_page_and_nothing_in_between(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for step, words in ((FIRST, room.meeting.themes[0].name), (OWN, "Presentations")):
        room.go(step)
        heading(page, words)
    assert not [url for url in asked if url.endswith("/now")]


def test_a_room_that_moves_on_again_takes_along_a_phone_that_is_on_its_way(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    held: list[Route] = []
    first = f"**/themes/{room.meeting.themes[0].id}"

    def hold(route: Route) -> None:
        held.append(route)

    page.route(first, hold)
    with page.expect_request(first):
        room.go(FIRST)
    # The page that it leaves hears no more.
    page.route("**/standing", lambda route: route.abort())
    room.go(COLUMN)
    held[0].continue_()
    heading(page, room.meeting.themes[1].name)
    expect(line(page)).to_be_hidden()


def test_half_a_sentence_stays_where_it_is_until_it_is_sent(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    page.get_by_label(WELL).press_sequentially("Minutes come")
    room.go(COLUMN)
    expect(line(page)).to_contain_text(f"{MOVED}: {room.meeting.themes[1].name}: {WORRIED} {YOURS}")
    expect(page.locator("#announce")).to_contain_text(MOVED)
    page.get_by_label(WELL).press_sequentially(" quickly now.")
    expect(page.get_by_label(WELL)).to_have_value("Minutes come quickly now.")
    expect(page.get_by_label(WELL)).to_be_focused()
    heading(page, room.meeting.themes[0].name)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(line(page)).to_be_in_viewport()
    fits(page)
    axe(page)
    tap_add(page, WELL)
    said(page, "Saved")
    heading(page, room.meeting.themes[1].name)
    assert stored(room.server, room.meeting) == ["Minutes come quickly now."]
    assert page.evaluate("Object.keys(localStorage)") == []


def test_words_kept_on_the_phone_hold_the_page_and_go_there_takes_them_along(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    page.get_by_label(NEEDS).fill("Half a thought")
    page.reload()
    expect(page.get_by_label(NEEDS)).to_have_value("Half a thought")
    page.locator("h1").click()
    room.go(GROUPING)
    expect(line(page)).to_contain_text(STAY)
    heading(page, room.meeting.themes[0].name)
    page.get_by_role("link", name="Go there").click()
    heading(page, "Alike points are being put together")
    expect(page.get_by_text("There are words on this phone that are not sent.")).to_be_visible()
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    expect(page.get_by_label(NEEDS)).to_have_value("Half a thought")
    tap_add(page, NEEDS)
    said(page, "Saved", "needs_to_happen")
    assert stored(room.server, room.meeting) == ["Half a thought"]


def test_a_text_on_its_way_holds_the_page_and_is_taken_after_the_room_moved_on(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/contributions", hold)
    add(page, WELL, "Sent in the last second.")
    said(page, "Saving…")
    room.go(GROUPING)
    expect(line(page)).to_contain_text(STAY)
    held[0].continue_()
    heading(page, "Alike points are being put together")
    expect(page.locator(".point .words")).to_have_text(["Sent in the last second."])


def test_an_empty_box_with_the_focus_holds_nobody(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(FIRST)
    page.get_by_label(WELL).focus()
    room.go(OWN)
    heading(page, "Presentations")


def test_words_for_a_column_that_is_not_asked_any_more_keep_their_box(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(COLUMN)
    heading(page, room.meeting.themes[1].name)
    expect(page.get_by_label(WORRIED)).to_be_visible()
    expect(page.get_by_label(WELL)).to_be_hidden()
    page.evaluate(
        """([theme, drafts]) => localStorage.setItem(`workshop:${drafts}:${theme}:working_well`,
           JSON.stringify({id: "", text: "Begun before.", waiting: false}))""",
        [str(room.meeting.themes[1].id), room.meeting.focus_group.id.hex[:8]],
    )
    page.reload()
    expect(page.get_by_label(WELL)).to_have_value("Begun before.")
    tap_add(page, WELL)
    said(page, "Saved")


def test_while_people_roam_only_phases_move_them(
    live_server: LiveServer, new_page: NewPage, request: pytest.FixtureRequest
) -> None:
    room = make_room(live_server, request.node.name, new_page, is_together=False)
    page = new_page(live_server)
    room.join(page)
    room.go(FIRST)
    heading(page, "Choose a theme")
    page.get_by_role("link", name=room.meeting.themes[2].name).click()
    heading(page, room.meeting.themes[2].name)
    room.go(COLUMN)
    room.act("timer", timer="start:10")
    expect(page.locator("[data-timer]")).to_contain_text("9:5")
    heading(page, room.meeting.themes[2].name)
    expect(line(page)).to_be_hidden()
    room.go(GROUPING)
    heading(page, "Alike points are being put together")


def test_without_javascript_the_next_tap_lands_where_the_room_is(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server, javascript=False)
    room.join(page)
    heading(page, "You’re in")
    room.go(FIRST)
    page.get_by_role("link", name="Check whether it has started").click()
    heading(page, room.meeting.themes[0].name)
    page.get_by_label(WELL).fill("Minutes come quickly.")
    room.go(GROUPING)
    tap_add(page, WELL)
    expect(page.get_by_text("Saved", exact=True)).to_have_count(1)
    expect(line(page)).to_contain_text("The room is now at: putting alike points together.")
    fits(page)
    page.get_by_role("link", name="Go there").click()
    heading(page, "Alike points are being put together")
    expect(page.locator(".point .words")).to_have_text(["Minutes come quickly."])
    room.go(COLUMN)
    page.get_by_role("link", name="See whether the room has moved on").click()
    heading(page, room.meeting.themes[1].name)


def test_a_late_arrival_starts_where_the_room_is(room: Room, new_page: NewPage) -> None:
    room.go(COLUMN)
    page = new_page(room.server)
    room.join(page)
    heading(page, room.meeting.themes[1].name)


def test_without_a_stream_the_phone_asks(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    page.route("**/stream", lambda route: route.abort())
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)


def test_a_network_that_answers_for_everybody_moves_nobody(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    page.route("**/standing", lambda route: route.fulfill(content_type="text/html", body="<p data-now>Log in</p>"))
    room.join(page)
    with page.expect_request("**/standing"):
        room.go(FIRST)
    heading(page, "You’re in")
    page.unroute("**/standing")
    heading(page, room.meeting.themes[0].name)


def test_a_killed_server_is_followed_again_when_it_is_back(own_server: LiveServer, new_page: NewPage) -> None:
    room = make_room(own_server, "Killed", new_page)
    page = new_page(own_server)
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    page.get_by_label(WELL).fill("Half a")
    own_server.kill()
    page.get_by_label(WELL).press_sequentially(" sentence")
    own_server.start()
    room.go(COLUMN)
    expect(line(page)).to_contain_text(YOURS, timeout=30_000)
    expect(page.get_by_label(WELL)).to_have_value("Half a sentence")
    tap_add(page, WELL)
    heading(page, room.meeting.themes[1].name)
    own_server.stop()


def test_the_timer_is_the_servers_whatever_the_phones_clock_says(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    page.add_init_script("Date.now = () => 0; performance.timeOrigin = 0")
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    room.act("timer", timer="start:10")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^9:\d\d$"))
    page.reload()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^9:\d\d$"))
    room.act("timer", timer="pause")
    expect(page.get_by_role("timer")).to_contain_text("paused")
    room.act("timer", timer="clear")
    expect(page.get_by_role("timer")).to_have_count(0)


def test_going_back_stays_there_to_read(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.go(FIRST)
    room.join(page)
    add(page, WELL, "To be read again.")
    said(page, "Saved")
    room.go(GROUPING)
    heading(page, "Alike points are being put together")
    page.get_by_text("What you wrote").wait_for()
    page.goto(f"/j/{room.meeting.focus_group.join_token}/themes/{room.meeting.themes[0].id}")
    expect(line(page)).to_contain_text("The room is now at: putting alike points together.")
    room.act("timer", timer="start:10")
    expect(page.get_by_role("timer")).to_be_visible()
    heading(page, room.meeting.themes[0].name)
    expect(page.locator(".point .words")).to_have_text(["To be read again."])
    room.go(COLUMN)
    heading(page, room.meeting.themes[1].name)


def test_whoever_reads_what_others_wrote_goes_along_too(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    page.get_by_role("link", name="What others wrote here").click()
    heading(page, "What others wrote")
    room.go(COLUMN)
    heading(page, room.meeting.themes[1].name)


def test_when_it_closes_nobody_is_told_to_send_what_would_be_refused(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(FIRST)
    page.get_by_label(WELL).press_sequentially("Half a")
    room.go(CLOSE)
    expect(line(page)).to_contain_text("Your words stay here: copy them, or show them to the facilitator.")
