"""The room that its phones follow."""

import pytest

from tests.browser.conftest import NewPage
from tests.browser.following import Room, make_room
from tests.browser.server import LiveServer


@pytest.fixture
def room(live_server: LiveServer, new_page: NewPage, request: pytest.FixtureRequest) -> Room:
    """A meeting of the test's own, all together, people coming in."""
    return make_room(live_server, request.node.name, new_page)
