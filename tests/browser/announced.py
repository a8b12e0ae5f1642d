"""What a page has had a screen reader told since one began to listen."""

from itertools import pairwise

from playwright.sync_api import Page

LISTEN = """() => {
    window.said = []
    const live = document.getElementById("announce")
    new MutationObserver(() => window.said.push([performance.now(), live.textContent]))
        .observe(live, {childList: true, characterData: true, subtree: true})
}"""


def listen(page: Page) -> None:
    """Note from now on what is announced, and when."""
    page.evaluate(LISTEN)


def told_seldom(page: Page) -> list[str]:
    """What has been announced so far, with ten seconds between any two."""
    said: list[tuple[float, str]] = page.evaluate("window.said")
    assert all(later[0] - earlier[0] >= 9_900 for earlier, later in pairwise(said)), said
    return [words for _, words in said]
