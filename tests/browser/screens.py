"""A facilitator's pages as they stand open in a hall: what they say of their connection, and that they fit."""

from playwright.sync_api import Page, expect

from tests.conftest import Meeting

LIVE, LOST, SLOWLY = "Live.", "Connection lost, trying again.", "Updating every few seconds."


def opened(page: Page, path: str) -> Page:
    """Open one, and wait until it is live."""
    page.goto(path)
    expect(page.locator("#connection")).to_have_text(LIVE)
    return page


def board(page: Page, meeting: Meeting) -> Page:
    """Open the board, and wait until it is live."""
    return opened(page, f"/focus-groups/{meeting.focus_group.id}/board")


def needs_no_scrolling(page: Page) -> None:
    """Fail unless the page is exactly as large as its window."""
    high, wide = page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    size = page.viewport_size
    assert size is not None
    assert (wide, high) == (size["width"], size["height"]), page.url
