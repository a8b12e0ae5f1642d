"""The README's two pictures, taken of the demonstration; those of the guide are taken by test_meeting.py."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.browser.demonstration import Demonstration, demonstration
from tests.browser.people import NEEDS, WELL, join, write
from tests.browser.pictures import ADDRESS, FOLDER, LARGEST, PNG, at, signed_in, taken
from tests.browser.server import LiveServer

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """One for pictures."""
    server = LiveServer(tmp_path_factory.mktemp("pictures") / "data", WORKSHOP_BASE_URL=ADDRESS).start()
    yield server
    server.close()


@pytest.fixture(scope="module")
def shown(server: LiveServer) -> Demonstration:
    """What is in the pictures."""
    return demonstration(server)


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
    page = signed_in(new_page(server, width=1280, device_scale_factor=1.25), server, "ada")
    page.goto(at(server, shown.board))
    expect(page.locator("#connection")).to_have_text("Live.")
    expect(page.locator(".point").nth(9)).to_be_visible()
    taken(page, "board.png")


@pytest.mark.parametrize("name", sorted(file.name for file in FOLDER.glob("*.png")))
def test_a_picture_in_the_documents_is_small_enough(name: str) -> None:
    picture = (FOLDER / name).read_bytes()
    assert picture.startswith(PNG)
    assert len(picture) < LARGEST


def test_every_picture_that_a_document_shows_is_there_and_none_is_left_over() -> None:
    documents = [Path("README.md"), *Path("docs").glob("*.md")]
    shown = {name for file in documents for name in re.findall(r"pictures/([\w-]+\.png)", file.read_text())}
    assert shown == {file.name for file in FOLDER.glob("*.png")}
