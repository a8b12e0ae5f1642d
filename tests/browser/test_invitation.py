"""Copying the words for a video call's chat, with and without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage, axe, fits
from tests.browser.server import LiveServer

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("page_name", ["", "/join-screen"])
@pytest.mark.parametrize("clipboard", ["with a clipboard", "without one"])
def test_one_press_copies_the_words_for_the_chat(
    live_server: LiveServer, new_page: NewPage, request: pytest.FixtureRequest, page_name: str, clipboard: str
) -> None:
    meeting = live_server.meeting(request.node.name)
    page = new_page(live_server, "ada", width=320, permissions=["clipboard-read", "clipboard-write"])
    if clipboard == "without one":
        # As over plain http on a name of its own.
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"/focus-groups/{meeting.focus_group.id}{page_name}")
    page.get_by_text("invitation and copy for chat").click()
    page.get_by_role("button", name="Copy the text").click()
    expect(page.locator("main").get_by_text("Copied. Paste it into the chat.")).to_be_visible()
    axe(page)
    fits(page)
    box = page.get_by_label("Copy for chat")
    wanted = box.input_value()
    assert f"/j/{meeting.focus_group.join_token}" in wanted
    box.evaluate("box => { box.readOnly = false; box.value = '' }")
    box.focus()
    page.keyboard.press("Control+V")
    assert box.input_value().splitlines() == wanted.splitlines()


def test_without_scripts_the_words_are_there_to_be_marked(live_server: LiveServer, new_page: NewPage) -> None:
    meeting = live_server.meeting("Copied without scripts")
    page = new_page(live_server, "ada", width=1280, javascript=False)
    page.goto(f"/focus-groups/{meeting.focus_group.id}/join-screen")
    page.get_by_text("invitation and copy for chat").click()
    expect(page.get_by_label("Copy for chat")).to_be_visible()
    expect(page.get_by_role("button", name="Copy the text")).to_be_hidden()
    expect(page.get_by_role("link", name="Invitation for calendars")).to_be_visible()
