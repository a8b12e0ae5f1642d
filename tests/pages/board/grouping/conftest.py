"""A room in which somebody has said what needs to happen, and its grouping page."""

from collections.abc import Callable
from uuid import UUID

import httpx
import pytest

from tests.conftest import Installation, Meeting
from tests.pages.board.grouping.page import SAID, Page
from tests.pages.board.phones import Phone, joined

BrowserOf = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def phone(installation: Installation, meeting: Meeting) -> Phone:
    return await joined(installation, meeting)


@pytest.fixture
async def points(phone: Phone) -> list[UUID]:
    """What ``SAID`` says needs to happen, under the first theme."""
    return [await phone.write(text) for text in SAID]


@pytest.fixture
def page(browser_of: BrowserOf, meeting: Meeting) -> Page:
    return Page(browser_of("ada"), meeting)
