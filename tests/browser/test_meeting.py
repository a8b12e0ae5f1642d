"""One whole meeting in real browsers, and what each in the room sees at each step. It takes the guide's pictures.

A facilitator, a big screen and three phones: one that runs no scripts, one that speaks for a table.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.browser.meeting_deciding import (
    asked_again,
    asked_from_0_to_10,
    closed_and_opened_again,
    prioritised,
    put_together,
)
from tests.browser.meeting_gathering import (
    in_the_lobby,
    moderated,
    moved_on_and_back,
    prepared,
    revealed,
    written_unseen,
)
from tests.browser.meeting_room import SLOW_MS, USUAL_MS, Room, make_room
from tests.browser.pictures import ADDRESS
from tests.browser.server import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory, new_page: NewPage) -> Iterator[Room]:
    """On a server for pictures."""
    server = LiveServer(tmp_path_factory.mktemp("meeting") / "data", WORKSHOP_BASE_URL=ADDRESS).start()
    # Five browsers at once take their time on a busy machine.
    expect.set_options(timeout=SLOW_MS)
    yield make_room(server, new_page)
    expect.set_options(timeout=USUAL_MS)
    server.close()


def test_a_whole_meeting(room: Room) -> None:
    prepared(room)
    in_the_lobby(room)
    written_unseen(room)
    moderated(room)
    revealed(room)
    moved_on_and_back(room)
    asked_from_0_to_10(room)
    put_together(room)
    prioritised(room)
    asked_again(room)
    closed_and_opened_again(room)
