"""Pictures for the README and the guide: tests take them, WORKSHOP_WRITE_PICTURES=1 puts them into docs/pictures."""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.server import LiveServer

FOLDER = Path("docs/pictures")
PNG = b"\x89PNG\r\n\x1a\n"
LARGEST = 250_000
# Believed to be behind https: the pictures show no notice about trying out.
ADDRESS = "https://workshop.example"


def at(server: LiveServer, path: str) -> str:
    """A path where a server that believes itself at ``ADDRESS`` really is."""
    return f"http://127.0.0.1:{server.port}{path}"


def signed_in(page: Page, server: LiveServer, who: str) -> Page:
    """The page, with the cookie of one of the cast as such a server sets it."""
    token = server.here.tokens[who]
    page.context.add_cookies([{"name": "__Host-workshop", "value": token, "url": "https://127.0.0.1"}])
    return page


def taken(page: Page, name: str) -> None:
    """Take the picture of what the window shows, and keep it if it is wanted."""
    page.mouse.move(0, 0)
    picture = page.screenshot(animations="disabled", caret="hide")
    assert picture.startswith(PNG)
    if os.environ.get("WORKSHOP_WRITE_PICTURES"):
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_bytes(picture)
