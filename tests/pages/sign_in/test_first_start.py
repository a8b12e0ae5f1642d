"""The link that the first start prints."""

import asyncio
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from tests.conftest import Installation
from workshop.accounts.queries import partnerships
from workshop.app import create_app
from workshop.pages.sign_in.limits import FIRST_START_ADDRESS
from workshop.serving import first_start_link
from workshop.settings import Settings

Browsers = Callable[..., httpx.AsyncClient]
FIRST = {
    "partnership": "Westshire Safeguarding Children Partnership",
    "name": "Addy",
    "email": "Addy@example.org",
    "password": "three words together",
}


@pytest.fixture
async def installation(settings: Settings) -> AsyncIterator[Installation]:
    """One in which nobody has an account."""
    app = create_app(settings)
    async with app.lifespan():
        yield Installation(app, settings)


async def test_it_makes_the_first_administrator_and_is_dead_from_then_on(
    installation: Installation, browser_of: Browsers
) -> None:
    link, browser = await first_start_link(installation.app), browser_of()
    assert link.startswith("http://workshop.test/start/")
    assert link == await first_start_link(installation.app)
    assert (await browser.get(link)).status_code == 200
    answer = await browser.post(link, data=FIRST)
    assert (answer.status_code, answer.headers["location"]) == (303, "/accounts")
    page = (await browser.get("/accounts")).text
    assert "Westshire" in page
    assert "addy@example.org" in page
    assert (await browser.get(link)).status_code == 404
    assert (await browser.post(link, data=FIRST | {"email": "eve@example.org"})).status_code == 404
    assert await first_start_link(installation.app) == ""
    signed_in = await browser_of().post("/sign-in", data={key: FIRST[key] for key in ("email", "password")})
    assert signed_in.status_code == 303


async def test_of_two_at_once_one_is_the_first(installation: Installation, browser_of: Browsers) -> None:
    link = await first_start_link(installation.app)
    sent = [FIRST | {"email": f"{name}@example.org", "partnership": name} for name in ("one", "two", "three")]
    answers = await asyncio.gather(*(browser_of().post(link, data=form) for form in sent))
    assert sorted(answer.status_code for answer in answers) == [303, 404, 404]
    async with installation.database.reading() as db:
        assert len(await partnerships(db)) == 1


@pytest.mark.parametrize("field", list(FIRST))
async def test_what_is_missing_is_said_and_the_rest_kept(
    installation: Installation, browser_of: Browsers, field: str
) -> None:
    answer = await browser_of().post(await first_start_link(installation.app), data=FIRST | {field: " "})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    for kept in {"partnership", "name", "email"} - {field}:
        assert f'value="{FIRST[kept]}"' in answer.text
    assert FIRST["password"] not in answer.text


async def test_an_address_that_cannot_be_one(installation: Installation, browser_of: Browsers) -> None:
    answer = await browser_of().post(await first_start_link(installation.app), data=FIRST | {"email": "nobody"})
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text


async def test_guessing_it_is_throttled(installation: Installation, browser_of: Browsers) -> None:
    browser = browser_of()
    for _ in range(FIRST_START_ADDRESS.failures):
        assert (await browser.get("/start/guessed")).status_code == 404
    assert (await browser.get(await first_start_link(installation.app))).status_code == 429
