"""The README's two pictures, taken of the demonstration: WORKSHOP_WRITE_PICTURES=1 puts them into docs/pictures."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.demonstration import Demonstration, demonstration
from tests.browser.people import NEEDS, WELL, join, write
from tests.browser.server import LiveServer

pytestmark = pytest.mark.browser
FOLDER = Path("docs/pictures")
PNG = b"\x89PNG\r\n\x1a\n"
LARGEST = 250_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One that believes itself behind https: the pictures show no notice about trying out."""
    folder = tmp_path_factory.mktemp("pictures") / "data"
    server = LiveServer(folder, WORKSHOP_BASE_URL="https://workshop.example").start()
    yield server
    server.close()


@pytest.fixture(scope="module")
def shown(server: LiveServer) -> Demonstration:
    """What is in the pictures."""
    return demonstration(server)


def at(server: LiveServer, path: str) -> str:
    """A path where the server really is."""
    return f"http://127.0.0.1:{server.port}{path}"


def taken(page: Page, name: str) -> None:
    """Take the picture, and keep it if it is wanted."""
    page.mouse.move(0, 0)
    picture = page.screenshot(animations="disabled", caret="hide")
    assert picture.startswith(PNG)
    if os.environ.get("WORKSHOP_WRITE_PICTURES"):
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_bytes(picture)


def test_a_picture_of_a_phone(server: LiveServer, shown: Demonstration, new_page: NewPage) -> None:
    page = new_page(server, width=360, device_scale_factor=2)
    join(page, at(server, shown.join))
    page.get_by_role("link").filter(has_text="Roles").click()
    write(page, WELL, "Everybody round the table now knows who holds the plan between meetings.")
    write(page, NEEDS, "Name a deputy for the lead practitioner at the first meeting.")
    page.get_by_label(WELL).fill("The school sends somebody who may decide.")
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator(".point")).to_have_count(2)
    taken(page, "phone.png")


def test_a_picture_of_a_board(server: LiveServer, shown: Demonstration, new_page: NewPage) -> None:
    page = new_page(server, width=1280, device_scale_factor=1.5)
    token = server.here.tokens["ada"]
    page.context.add_cookies([{"name": "__Host-workshop", "value": token, "url": "https://127.0.0.1"}])
    page.goto(at(server, shown.board))
    expect(page.locator("#connection")).to_have_text("Live.")
    expect(page.locator(".point").nth(9)).to_be_visible()
    taken(page, "board.png")


@pytest.mark.parametrize("name", ["phone.png", "board.png"])
def test_the_readme_shows_pictures_that_are_small_enough(name: str) -> None:
    picture = (FOLDER / name).read_bytes()
    assert picture.startswith(PNG)
    assert len(picture) < LARGEST
