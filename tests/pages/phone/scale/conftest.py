"""A room that is asked about the whole."""

from collections.abc import Callable

import httpx
import pytest

from tests.conftest import Meeting
from tests.pages.phone.conftest import Phone
from tests.pages.phone.scale.asking import ask, set_words

BrowserOf = Callable[..., httpx.AsyncClient]


@pytest.fixture
def scale_url(meeting: Meeting) -> str:
    return f"/focus-groups/{meeting.focus_group.id}/scale"


@pytest.fixture
async def ada(browser_of: BrowserOf, scale_url: str, ben: Phone) -> httpx.AsyncClient:
    """Ada, who asks the room about the whole; Ben is in it."""
    ada = browser_of("ada")
    await ben.join()
    assert (await set_words(ada, scale_url)).status_code == 303
    assert (await ask(ada, scale_url)).status_code == 303
    return ada
