"""The desk's pages on a phone, with nothing beyond its edge, and on paper, without what only a screen can use."""

import re
from http import HTTPStatus

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewPage
from tests.browser.demonstration import demonstration
from tests.browser.server import LiveServer
from tests.browser.voting import grouped
from tests.conftest import Meeting
from workshop.findings.models import Finding

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RIGHTMOST = "cells => Math.max(...cells.map(cell => cell.getBoundingClientRect().right))"
ADDRESSES = """links => links.filter(link => getComputedStyle(link, "::after").content.includes("/")).length"""
LONG = "Administration, planning beforehand and how multi-agency safeguarding papers reach everybody " * 2
WORD = "Donaudampfschifffahrtsgesellschaftskapitänsversammlung"
HIDDEN = "boxes => boxes.every(box => box.scrollWidth <= box.clientWidth)"


def programme_of_demonstration(server: LiveServer, new_page: NewPage, *, width: int) -> Page:
    """The programme's page, as its coordinator comes to it."""
    title = demonstration(server).title
    page = new_page(server, "cleo", width=width)
    page.goto("/programmes")
    page.get_by_role("link", name=title).click()
    return page


def papers(page: Page) -> int:
    """How many sheets of paper a page comes to."""
    return len(re.findall(rb"/Type /Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


@pytest.mark.parametrize("part", ["", "/retention"])
def test_tables_of_the_desk_fit_a_phone_without_scrolling(own_server: LiveServer, new_page: NewPage, part: str) -> None:
    page = programme_of_demonstration(own_server, new_page, width=320)
    page.goto(page.url + part)
    rows = page.get_by_role("row").filter(has=page.get_by_role("cell"))
    assert rows.count() == 4
    assert page.locator(".stacked th, .stacked td > *").evaluate_all(RIGHTMOST) <= 320


def test_paper_shows_no_addresses_within_workshop_and_no_ways_to_change(
    own_server: LiveServer, new_page: NewPage
) -> None:
    page = programme_of_demonstration(own_server, new_page, width=794)
    page.emulate_media(media="print")
    assert page.locator("a").evaluate_all(ADDRESSES) == 0
    assert not page.get_by_role("link", name="Change questions").is_visible()
    assert not page.get_by_role("link", name="Delete this programme").is_visible()
    page.goto(page.url + "/recommendations")
    assert page.locator("a").evaluate_all(ADDRESSES) == 0


def test_blank_sheets_are_one_paper_for_each_theme_however_long_its_name(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = new_page(live_server, "cleo", width=1280)
    theme = f"/programmes/{meeting.programme.id}/themes/{meeting.themes[0].id}"
    named = page.request.post(theme, form={"name": LONG}, max_redirects=0)
    assert named.status == HTTPStatus.SEE_OTHER
    page.goto(f"/focus-groups/{meeting.focus_group.id}/sheets")
    assert papers(page) == len(meeting.themes)
    page.emulate_media(media="print")
    for words in ("This is not a referral.", "Your agency"):
        assert page.get_by_text(words).first.is_visible()


def test_a_meetings_pages_on_paper_have_its_words_and_not_its_buttons(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = new_page(live_server, "ada", width=794)
    grouped(live_server, meeting)
    group = f"/focus-groups/{meeting.focus_group.id}"
    page.emulate_media(media="print")
    page.goto(f"{group}/join-screen")
    assert papers(page) == 1
    assert not page.get_by_label("Copy for chat").is_visible()
    page.goto(f"{group}/priorities")
    assert page.get_by_text("One minute taker").is_visible()
    for name in ("Go to a step", "Live.", "Votes for each phone under each theme"):
        assert not page.get_by_text(name, exact=True).is_visible(), name
    page.goto(f"{group}/board")
    assert page.locator("p", has_text=meeting.themes[0].name).is_visible()
    for name in ("Join screen", "Paper, tables and people", "Add a point from the room"):
        assert not page.get_by_text(name, exact=True).is_visible(), name


def test_a_long_word_in_a_table_hides_nothing_beside_it(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = new_page(live_server, "ada", width=360)
    finding = grouped(live_server, meeting)[0]

    async def lengthen() -> None:
        async with live_server.database.writing() as db:
            (await db.get_one(Finding, finding)).heading = WORD

    live_server.run(lengthen)
    page.goto(f"/focus-groups/{meeting.focus_group.id}/priorities")
    page.get_by_text(WORD).wait_for()
    assert page.locator(".scroll").evaluate_all(HIDDEN)


def test_no_recommendation_of_the_exported_page_is_split_between_two_papers(
    own_server: LiveServer, new_page: NewPage
) -> None:
    page = programme_of_demonstration(own_server, new_page, width=794)
    exported = page.request.get(f"{page.url}/exports/html").text()
    page.goto("about:blank")  # as a file of its own, it has none of our headers
    page.set_content(exported)
    page.emulate_media(media="print")
    breaks = page.locator("article").evaluate_all("all => all.map(each => getComputedStyle(each).breakInside)")
    assert set(breaks) == {"avoid"}
