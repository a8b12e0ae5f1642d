"""Join codes cannot be guessed, and a hall full of people is kept from nothing."""

import asyncio
import time
from collections.abc import Callable

import httpx
import pytest

from tests.conftest import Installation, Meeting
from workshop.pages.public import guessing
from workshop.pages.public.guessing import ALL_GUESSES, GUESSES
from workshop.web.throttle import Limit, TooManyAttempts

Browsers = Callable[..., httpx.AsyncClient]
WRONG = {"code": "333 333"}


async def test_wrong_codes_are_counted_by_address(
    installation: Installation, meeting: Meeting, browser_of: Browsers
) -> None:
    browser = browser_of()
    for _ in range(GUESSES.failures):
        assert (await browser.post("/", data=WRONG)).status_code == 422
    answer = await browser.post("/", data={"code": meeting.focus_group.join_code or ""})
    assert answer.status_code == 429
    assert "Wait" in answer.text
    assert f'value="{meeting.focus_group.join_code}"' in answer.text
    assert int(answer.headers["retry-after"]) > 0
    elsewhere = httpx.ASGITransport(app=installation.app, client=("192.0.2.99", 1))  # type: ignore[arg-type]  # litestar's own ASGI types
    async with httpx.AsyncClient(transport=elsewhere, base_url="http://workshop.test") as other:
        assert (await other.post("/", data={"code": meeting.focus_group.join_code or ""})).status_code == 303


async def test_an_empty_box_is_no_guess(meeting: Meeting, browser_of: Browsers) -> None:
    browser = browser_of()
    for _ in range(GUESSES.failures + 1):
        answer = await browser.post("/", data={"code": " "})
        assert answer.status_code == 422
        assert "Enter the join code" in answer.text
    assert (await browser.post("/", data={"code": meeting.focus_group.join_code or ""})).status_code == 303


async def test_a_thousand_guesses_at_once_are_not_all_judged(meeting: Meeting, browser_of: Browsers) -> None:
    browser, right = browser_of(), {"code": meeting.focus_group.join_code or ""}
    guesses = [*([WRONG] * 10 * GUESSES.failures), right]
    answers = await asyncio.gather(*(browser.post("/", data=guess) for guess in guesses))
    assert answers[-1].status_code == 429


async def test_a_hall_of_people_at_one_address_gets_in(meeting: Meeting, browser_of: Browsers) -> None:
    code = {"code": meeting.focus_group.join_code or ""}
    answers = await asyncio.gather(*(browser_of().post("/", data=code) for _ in range(2 * GUESSES.failures)))
    assert {answer.status_code for answer in answers} == {303}


async def test_many_guessing_addresses_slow_everybody_down_and_shut_nobody_out(
    meeting: Meeting, browser_of: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guessing, "ALL_GUESSES", Limit(ALL_GUESSES.name, failures=2, seconds=60))
    monkeypatch.setattr("workshop.pages.public.home.ALL_GUESSES", guessing.ALL_GUESSES)
    monkeypatch.setattr(guessing, "SLOW_SECONDS", 0.3)
    browser, code = browser_of(), {"code": meeting.focus_group.join_code or ""}
    for _ in range(2):
        await browser.post("/", data=WRONG)
    before = time.monotonic()
    assert (await browser.post("/", data=code)).status_code == 303
    assert time.monotonic() - before >= 0.3
    monkeypatch.setattr(guessing, "SLOW_WAITING", 0)
    assert (await browser.post("/", data=code)).status_code == 429


async def test_the_slow_lane_is_left_when_somebody_gives_up(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    throttle = installation.app.state.throttle
    for _ in range(ALL_GUESSES.failures):
        await throttle.fail(ALL_GUESSES, "")

    async def wait() -> None:
        async with guessing.lane_of(throttle):
            pytest.fail("nobody gets through in this time")

    waiting = [asyncio.create_task(wait()) for _ in range(guessing.SLOW_WAITING)]
    await asyncio.sleep(0.1)
    with pytest.raises(TooManyAttempts):
        async with guessing.lane_of(throttle):
            pass
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert guessing._slow == 0  # noqa: SLF001 (whoever gave up must not be counted for ever)
