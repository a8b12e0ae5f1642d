"""A practitioner's phone in a real browser: with scripts, without, without a signal, without a server."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage, axe, fits
from tests.browser.people import NEEDS, WELL, WORRIED
from tests.browser.phone import add, join, open_theme, said, stored, tap_add, writing
from tests.browser.server import LiveServer
from tests.conftest import Meeting
from workshop.focus_groups.models import Phase

pytestmark = pytest.mark.browser


def test_three_taps_from_the_scan_to_the_first_box(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = new_page(live_server)
    page.goto(f"/j/{meeting.focus_group.join_token}")
    page.get_by_label("Police").check()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("link", name=meeting.themes[0].name).click()
    expect(page.get_by_label(WELL)).to_be_visible()


def test_points_are_added_without_leaving_the_page(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = writing(new_page(live_server), meeting)
    page.evaluate("window.isStill = true")
    for number in (1, 2, 3):
        add(page, WELL, f"Point {number}: <b>“quoted”</b> & more")
        expect(page.locator(".column--working_well .point")).to_have_count(number)
        said(page, "Saved")
        expect(page.get_by_label(WELL)).to_have_value("")
        expect(page.get_by_label(WELL)).to_be_focused()
    expect(page.locator("#announce")).to_have_text("Saved")
    assert page.evaluate("window.isStill")
    assert page.evaluate("Object.keys(localStorage).length") == 0
    points = [f"Point {number}: <b>“quoted”</b> & more" for number in (1, 2, 3)]
    assert stored(live_server, meeting) == points
    assert page.locator(".point .words").all_inner_texts() == points
    page.reload()
    assert page.locator(".point .words").all_inner_texts() == points


def test_add_sends_its_own_box_alone(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    page = writing(new_page(live_server), meeting)
    expect(page.get_by_text("Add saves everything").filter(visible=True)).to_have_count(0)
    page.get_by_label(WELL).fill("Half a thou")
    add(page, NEEDS, "A page of decisions.")
    said(page, "Saved", "needs_to_happen")
    said(page, "")
    expect(page.get_by_label(WELL)).to_have_value("Half a thou")
    assert stored(live_server, meeting) == ["A page of decisions."]
    page.reload()
    expect(page.get_by_label(WELL)).to_have_value("Half a thou")


def test_a_double_tap_and_the_same_form_in_two_tabs_are_one_point(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = writing(new_page(live_server), meeting)
    page.get_by_label(WORRIED).fill("Nobody reads the minutes.")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_label(WORRIED)).to_have_value("Nobody reads the minutes.")
    page.get_by_role("button", name=f"Add to: {WORRIED}").dblclick()
    said(page, "Saved", "worried_about")
    tap_add(other, WORRIED)
    said(other, "Saved", "worried_about")
    assert stored(live_server, meeting) == ["Nobody reads the minutes."]


@pytest.mark.parametrize("choice", ["Keep both", "Keep what was saved"])
def test_one_form_with_other_words_lets_one_choose(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage, choice: str
) -> None:
    page = writing(new_page(live_server), meeting)
    other = page.context.new_page()
    other.goto(page.url)
    page.get_by_label(WELL).fill("The chair is prepared.")
    # Tabs are processes: what one stores reaches the other a moment later.
    other.wait_for_function("Object.keys(localStorage).length === 1")
    other.reload()
    expect(other.get_by_label(WELL)).to_have_value("The chair is prepared.")
    add(page, WELL, "The chair is prepared.")
    said(page, "Saved")
    add(other, WELL, "The chair is never prepared.")
    said(other, "The chair is prepared.")
    axe(other)
    other.get_by_role("button", name=choice).click()
    expect(other.get_by_label(WELL)).to_have_value("")
    points = ["The chair is prepared.", *(["The chair is never prepared."] if choice == "Keep both" else [])]
    other.reload()
    assert other.locator(".point .words").all_inner_texts() == points
    assert stored(live_server, meeting) == points


def test_an_impatient_second_tap_leaves_it_saved(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    page = writing(new_page(live_server), meeting)
    add(page, WELL, "The chair is prepared.")
    said(page, "Saved")
    tap_add(page, WELL)
    expect(page.locator("#status-working_well")).to_have_text("Saved")
    expect(page).not_to_have_title(re.compile("^Error"))
    assert stored(live_server, meeting) == ["The chair is prepared."]


def test_nothing_or_too_much_is_said_and_kept(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    page = writing(new_page(live_server), meeting)
    tap_add(page, WELL)
    said(page, "Write your point first")
    axe(page)
    add(page, WELL, "x" * 40_001)
    said(page, "at most 40,000 characters")
    expect(page.get_by_label(WELL)).to_have_value("x" * 40_001)
    assert stored(live_server, meeting) == []


def test_going_back_after_saving_finds_empty_boxes(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = writing(new_page(live_server), meeting)
    first_id = page.locator("input[name=client_id]").first.input_value()
    add(page, WELL, "Once.")
    said(page, "Saved")
    page.get_by_role("link", name="All themes").click()
    page.go_back()
    expect(page.get_by_label(WELL)).to_have_value("")
    assert page.locator("input[name=client_id]").first.input_value() != first_id
    assert page.locator(".point .words").all_inner_texts() == ["Once."]


def test_finishing_clears_the_phone(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    page = writing(new_page(live_server), meeting)
    page.get_by_label(WELL).fill("Not for the next person.")
    page.get_by_role("link", name="Finish and clear this phone").click()
    expect(page.get_by_text("not sent yet. They will be lost")).to_be_visible()
    page.get_by_role("button", name="Finish and clear").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert page.evaluate("Object.keys(localStorage)") == []
    assert page.context.cookies() == []
    axe(page)


def test_without_javascript_one_tap_saves_every_box(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = writing(new_page(live_server, javascript=False), meeting)
    page.get_by_label(WELL).fill("Minutes come quickly.")
    page.get_by_label(WORRIED).fill("x" * 40_001)
    add(page, NEEDS, "A page of\ndecisions.")
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_label(WORRIED)).to_have_value("x" * 40_001)
    assert page.locator(".point .words").all_inner_texts() == ["Minutes come quickly.", "A page of\ndecisions."]
    page.get_by_label(WELL).fill("Everybody has a say.")
    add(page, WORRIED, "Nobody reads them.")
    expect(page.get_by_text("Saved", exact=True)).to_have_count(2)
    page.get_by_label(WELL).fill("Too late,")
    page.get_by_label(NEEDS).fill("and too late.")
    live_server.change(meeting, phase=Phase.CLOSED)
    tap_add(page, WELL)
    expect(page.get_by_text("This group is closed")).to_have_count(1)
    expect(page.get_by_label(WELL)).to_have_value("Too late,")
    expect(page.get_by_label(NEEDS)).to_have_value("and too late.")
    fits(page)
    live_server.change(meeting, phase=Phase.GATHERING)
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("Saved", exact=True)).to_have_count(2)
    points = ["Minutes come quickly.", "A page of\ndecisions.", "Everybody has a say.", "Nobody reads them."]
    assert stored(live_server, meeting) == [*points, "Too late,", "and too late."]


def test_first_page_weighs_little(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    page = new_page(live_server)
    sizes = {}
    page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
    page.goto(f"/j/{meeting.focus_group.join_token}", wait_until="networkidle")
    assert len(sizes) <= 2
    assert sum(sizes.values()) < 16_000
    assert len(Path("static/js/phone.js.br").read_bytes()) < 5_000


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_accessible_and_fits(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage, width: int
) -> None:
    page = new_page(live_server, width=width)
    link = f"/j/{meeting.focus_group.join_token}"

    def look(path: str) -> None:
        page.goto(link + path)
        axe(page)
        fits(page)

    look("")
    page.get_by_role("button", name="Start").click()
    expect(page).to_have_title(re.compile("^Error: "))
    axe(page)
    look("/table")
    page.get_by_role("button", name="Start").click()
    axe(page)
    fits(page)
    join(page, meeting)
    open_theme(page, meeting)
    add(page, WELL, "W" * 300 + " a point with a word that is longer than any telephone is wide")
    said(page, "Saved")
    fits(page)
    look("/themes")
    theme = f"/themes/{meeting.themes[0].id}"
    for path in ("", "?change=yes", "?another=yes", "/table", theme, "/finish", "/finish?cleared=yes"):
        look(path)
    live_server.change(meeting, phase=Phase.CLOSED)
    for path in ("", "/themes", theme):
        look(path)
    page.context.clear_cookies()
    look("")
    live_server.change(meeting, phase=Phase.DRAFT)
    look("")
