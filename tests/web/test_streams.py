"""Every event stream tells proxies to pass on what it says at once, and starts by saying when to come back."""

from collections.abc import Callable

import httpx
import pytest

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import Phone
from tests.routes import ROUTES

STREAMS = [route for route in ROUTES if route.name.endswith(".stream")]


def test_the_streams_are_found() -> None:
    assert {route.name for route in STREAMS} == {"board.stream", "projector.stream", "phone.stream"}


@pytest.mark.parametrize("path", [route.path for route in STREAMS])
async def test_a_stream_is_not_held_back(
    installation: Installation, meeting: Meeting, browser_of: Callable[..., httpx.AsyncClient], path: str
) -> None:
    browser = browser_of("ada")
    await Phone(browser, meeting).join()
    installation.app.state.hub.is_closing = True  # a stream that has an end
    place = path.replace("{focus_group_id:uuid}", str(meeting.focus_group.id))
    answer = await browser.get(place.replace("{join_token:str}", meeting.focus_group.join_token))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["x-accel-buffering"] == "no"
    assert answer.headers["cache-control"] == "no-store, no-transform"
    assert answer.text.startswith("retry: ")
