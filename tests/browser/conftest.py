"""A real Chromium and a real server.

``live_server`` is shared by the tests of one process: make a meeting with a title of your own in it. ``own_server`` is
yours alone: kill it, start it again. ``new_page(server, "ada", javascript=False, width=320)`` opens a browser anew.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from tests.browser.server import LiveServer
from tests.conftest import Meeting

AXE = next((Path(__file__).parent / "vendor").glob("axe-core@*/axe.min.js"))
# What a screen reader is told when it has time, folded away or not. An alert is none: it stands there with its page.
POLITE = "[aria-live]:not([aria-live=off], [aria-live=assertive]), [role=status], [role=log], output"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = (
    "No Chromium for the browser tests. 'make browser' finds or installs one; or install it (apt-get install chromium, "
    "or '.venv/bin/playwright install chromium'), or name one in WORKSHOP_TEST_BROWSER."
)
NewPage = Callable[..., Page]


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright, running: not for the whole session, since its loop stands in the way of every asyncio test."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all tests of this process; without one they fail, and say how to get it."""
    browser = launched(playwright)
    yield browser
    browser.close()


def launched(playwright: Playwright, *more: str) -> Browser:
    """A Chromium with ``more`` flags than it always has; the test fails where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("WORKSHOP_TEST_BROWSER") or next(filter(None, map(shutil.which, names)), None)
    try:
        return playwright.chromium.launch(executable_path=path, args=[*FLAGS, *more])
    except Error:
        pytest.fail(MISSING)


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server that many tests share."""
    server = LiveServer(tmp_path_factory.mktemp("live") / "data").start()
    yield server
    server.close()


@pytest.fixture
def meeting(live_server: LiveServer, request: pytest.FixtureRequest) -> Meeting:
    """A meeting of the test's own."""
    return live_server.meeting(request.node.name)


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[LiveServer]:
    """A server for one test, to be killed and started again."""
    server = LiveServer(tmp_path / "data").start()
    yield server
    server.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[NewPage]:
    """``new_page(server, who="", javascript=True, width=360)``: a page in a browser of its own, signed in as ``who``.

    A script's error in any of them fails the test.
    """
    with pages_of(chromium) as opened:
        yield opened


@contextmanager
def pages_of(chromium: Browser) -> Iterator[NewPage]:
    """``new_page`` of any Chromium."""
    contexts: list[BrowserContext] = []
    mistakes: list[str] = []

    def opened(server: LiveServer, who: str = "", *, javascript: bool = True, width: int = 360, **more: Any) -> Page:
        context = chromium.new_context(
            base_url=server.url,
            java_script_enabled=javascript,
            viewport={"width": width, "height": 800},
            locale="en-GB",
            timezone_id="Europe/London",
            **more,
        )
        contexts.append(context)
        if who:
            context.add_cookies([{"name": "workshop", "value": server.here.tokens[who], "url": server.url}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not mistakes


def axe(page: Page) -> None:
    """Fail with what axe finds against WCAG 2.2 A and AA on the page as it is now, or at a second polite live region.

    Of two regions nobody can say which is heard, nor that there is one announcement in ten seconds.
    """
    regions = page.evaluate("all => [...document.querySelectorAll(all)].map(it => it.outerHTML)", POLITE)
    assert len(regions) <= 1, f"{page.url}\n" + "\n".join(regions)
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run({runOnly: tags}).then(found => found.violations)", TAGS)
    told = [
        f"{violation['id']}: {violation['help']}\n  " + "\n  ".join(node["html"] for node in violation["nodes"])
        for violation in found
    ]
    assert not told, f"{page.url}\n" + "\n".join(told)


def fits(page: Page) -> None:
    """Fail when the page scrolls sideways."""
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen, f"{page.url} is {wide} wide at {seen}"
