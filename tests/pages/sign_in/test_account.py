"""One's own account."""

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest

from tests.conftest import Installation
from tests.pages.sign_in.conftest import PASSWORD
from tests.pages.sign_in.members import membership_of
from workshop.accounts.queries import api_tokens_of, member_of_api_token
from workshop.accounts.tokens import make_api_token
from workshop.pages.sign_in.limits import SIGN_IN_EMAIL

Browsers = Callable[..., httpx.AsyncClient]
NEW = "four other words together"


async def test_it_says_who_one_is_here(browser_of: Browsers) -> None:
    page = (await browser_of("ada").get("/account")).text
    for words in ("Ada", "ada@example.org", "Facilitator", "Northshire Safeguarding Children Partnership"):
        assert words in page
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="new-password"' in page


@pytest.mark.parametrize("name", ["ada", "cleo", "addy", "vi"])
async def test_every_role_has_one(browser_of: Browsers, name: str) -> None:
    assert (await browser_of(name).get("/account")).status_code == 200


async def test_a_changed_password_ends_the_other_sign_ins(with_password: Installation, browser_of: Browsers) -> None:
    here, there = browser_of("ada"), browser_of()
    await there.post("/sign-in", data={"email": "ada@example.org", "password": PASSWORD})
    answer = await here.post("/account/password", data={"old_password": PASSWORD, "password": NEW})
    assert answer.status_code == 303
    assert "Your password is changed" in (await here.get("/account")).text
    assert (await there.get("/account")).status_code == 303
    assert (await there.post("/sign-in", data={"email": "ada@example.org", "password": PASSWORD})).status_code == 422
    assert (await there.post("/sign-in", data={"email": "ada@example.org", "password": NEW})).status_code == 303


async def test_a_token_outlives_the_password_and_the_page_says_so(
    with_password: Installation, browser_of: Browsers
) -> None:
    """Whoever runs the installation makes tokens, for programs: nobody gets one by a password."""
    browser = browser_of("ada")
    assert "until you revoke it" not in (await browser.get("/account")).text
    ada = await membership_of(with_password, "ada")
    async with with_password.database.writing() as db:
        bearer = await make_api_token(db, ada.id)
    page = (await browser.get("/account")).text
    assert "Programs with a token go on working" in page
    assert "whatever your password, until you revoke it" in page
    assert (
        await browser.post("/account/password", data={"old_password": PASSWORD, "password": NEW})
    ).status_code == 303
    asked = await browser_of().get("/api/programmes", headers={"Authorization": f"Bearer {bearer}"})
    assert asked.status_code == 200


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"old_password": "", "password": NEW}, "Enter the password that you have now"),
        ({"old_password": "not this one", "password": NEW}, "This is not the password that you have now"),
        ({"old_password": PASSWORD, "password": "short"}, "Use at least 12 characters"),
        ({}, "Enter the password that you have now"),
    ],
)
async def test_what_does_not_fit_is_said_beside_its_field(
    with_password: Installation, browser_of: Browsers, sent: dict[str, str], sentence: str
) -> None:
    browser = browser_of("ada")
    answer = await browser.post("/account/password", data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "short" not in answer.text
    assert (await browser.post("/sign-in", data={"email": "ada@example.org", "password": PASSWORD})).status_code == 303


async def test_the_old_password_cannot_be_guessed_here_either(
    with_password: Installation, browser_of: Browsers
) -> None:
    browser = browser_of("ada")
    for _ in range(SIGN_IN_EMAIL.failures):
        await browser.post("/account/password", data={"old_password": "wrong", "password": NEW})
    answer = await browser.post("/account/password", data={"old_password": PASSWORD, "password": NEW})
    assert answer.status_code == 429
    assert "retry-after" in answer.headers


async def test_tokens_are_listed_and_revoked_by_their_owner_alone(
    installation: Installation, browser_of: Browsers
) -> None:
    ada = await membership_of(installation, "ada")
    async with installation.database.writing() as db:
        bearer = await make_api_token(db, ada.id)
    async with installation.database.reading() as db:
        (token,) = await api_tokens_of(db, ada.id)
    path = f"/account/tokens/{token.id}/revocation"
    browser = browser_of("ada")
    assert path in (await browser.get("/account")).text
    assert bearer not in (await browser.get("/account")).text
    for stranger in ("cleo", "dov", "addy"):
        assert (await browser_of(stranger).get(path)).status_code == 404
        assert (await browser_of(stranger).post(path)).status_code == 404
    assert "Revoke this token?" in (await browser.get(path)).text
    assert (await browser.post(path)).status_code == 303
    async with installation.database.reading() as db:
        assert await member_of_api_token(db, bearer) is None
    assert (await browser.post(path)).status_code == 404
    assert (await browser.get(f"/account/tokens/{uuid4()}/revocation")).status_code == 404
