"""One-time links."""

import asyncio
import datetime as dt
from collections.abc import Callable

import httpx
import time_machine

from tests.conftest import Installation
from tests.pages.sign_in.members import membership_of
from workshop.accounts.tokens import make_password_link
from workshop.database import now
from workshop.pages.sign_in.limits import LINK_ADDRESS

Browsers = Callable[..., httpx.AsyncClient]
NEW = {"password": "four other words together"}


async def link_for(here: Installation, name: str) -> str:
    membership = await membership_of(here, name)
    async with here.database.writing() as db:
        return "/password/" + await make_password_link(db, membership.account_id)


async def test_a_link_sets_the_password_once_and_signs_in(installation: Installation, browser_of: Browsers) -> None:
    link, browser = await link_for(installation, "ada"), browser_of()
    assert (await browser.head(link)).status_code == 200
    assert (await browser.get(link)).status_code == 200
    page = await browser.get(link)  # looking used nothing up
    assert 'autocomplete="new-password"' in page.text
    assert "ada@example.org" in page.text
    answer = await browser.post(link, data=NEW)
    assert (answer.status_code, answer.headers["location"]) == (303, "/programmes")
    assert (await browser.get("/account")).status_code == 200
    # Who was signed in before is out: the link may have been asked for because somebody else was.
    assert (await browser_of("ada").get("/account")).status_code == 303
    for again in (await browser.get(link), await browser.post(link, data=NEW)):
        assert again.status_code == 404
        assert "This link no longer works" in again.text
    assert (await browser_of().post("/sign-in", data=NEW | {"email": "ada@example.org"})).status_code == 303


async def test_of_two_at_once_one_sets_it(installation: Installation, browser_of: Browsers) -> None:
    link = await link_for(installation, "ada")
    answers = await asyncio.gather(*(browser_of().post(link, data=NEW) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [303, 404, 404, 404]


async def test_a_short_password_leaves_the_link_alive(installation: Installation, browser_of: Browsers) -> None:
    link, browser = await link_for(installation, "ada"), browser_of()
    answer = await browser.post(link, data={"password": "short"})
    assert answer.status_code == 422
    assert "Use at least 12 characters" in answer.text
    assert (await browser.post(link, data=NEW)).status_code == 303


async def test_it_dies_after_seven_days_or_by_a_newer_one(installation: Installation, browser_of: Browsers) -> None:
    old, link = await link_for(installation, "ada"), await link_for(installation, "ada")
    assert (await browser_of().get(old)).status_code == 404
    with time_machine.travel(now() + dt.timedelta(days=6, hours=23), tick=False):
        assert (await browser_of().get(link)).status_code == 200
    with time_machine.travel(now() + dt.timedelta(days=7, minutes=1), tick=False):
        assert (await browser_of().post(link, data=NEW)).status_code == 404


async def test_whoever_was_signed_in_in_this_browser_is_not_any_more(
    installation: Installation, browser_of: Browsers
) -> None:
    browser = browser_of("cleo")
    assert (await browser.post(await link_for(installation, "ada"), data=NEW)).status_code == 303
    assert "ada@example.org" in (await browser.get("/account")).text
    assert (await browser_of("cleo").get("/account")).status_code == 303


async def test_guessing_links_is_throttled(installation: Installation, browser_of: Browsers) -> None:
    browser, link = browser_of(), await link_for(installation, "ada")
    for _ in range(LINK_ADDRESS.failures):
        assert (await browser.get("/password/guessed")).status_code == 404
    answer = await browser.get(link)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert "Too many attempts" in answer.text
