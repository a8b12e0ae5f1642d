"""The desk's pages on a phone, with nothing beyond its edge, and on paper, without what only a screen can use."""

import pytest

from tests.browser.conftest import NewPage
from tests.browser.demonstration import demonstration
from tests.browser.server import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RIGHTMOST = "cells => Math.max(...cells.map(cell => cell.getBoundingClientRect().right))"
ADDRESSES = """links => links.filter(link => getComputedStyle(link, "::after").content.includes("/")).length"""


@pytest.mark.parametrize("part", ["", "/retention"])
def test_tables_of_the_desk_fit_a_phone_without_scrolling(own_server: LiveServer, new_page: NewPage, part: str) -> None:
    title = demonstration(own_server).title
    page = new_page(own_server, "cleo", width=320)
    page.goto("/programmes")
    page.get_by_role("link", name=title).click()
    page.goto(page.url + part)
    rows = page.get_by_role("row").filter(has=page.get_by_role("cell"))
    assert rows.count() == 4
    assert page.locator(".stacked th, .stacked td > *").evaluate_all(RIGHTMOST) <= 320


def test_paper_shows_no_addresses_within_workshop_and_no_ways_to_change(
    own_server: LiveServer, new_page: NewPage
) -> None:
    title = demonstration(own_server).title
    page = new_page(own_server, "cleo", width=794)
    page.goto("/programmes")
    page.get_by_role("link", name=title).click()
    page.emulate_media(media="print")
    assert page.locator("a").evaluate_all(ADDRESSES) == 0
    assert not page.get_by_role("link", name="Change questions").is_visible()
    assert not page.get_by_role("link", name="Delete this programme").is_visible()
    page.goto(page.url + "/recommendations")
    assert page.locator("a").evaluate_all(ADDRESSES) == 0
