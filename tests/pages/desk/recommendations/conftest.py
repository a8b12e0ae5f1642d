"""Two groups whose points are there, and a coordinator who works on the list."""

from collections.abc import Callable

import httpx
import pytest

from tests.conftest import Installation
from tests.recommendations.gathered import Gathered, gather

Browsers = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def gathered(installation: Installation) -> Gathered:
    return await gather(installation)


@pytest.fixture
def cleo(browser_of: Browsers) -> httpx.AsyncClient:
    return browser_of("cleo")
