"""Sign in with e-mail address and password."""

from collections.abc import Callable

import httpx
import pytest
from sqlmodel import func, select

from tests.conftest import Installation
from tests.pages.sign_in.conftest import PASSWORD
from workshop.accounts.models import Account, Role, SignIn
from workshop.accounts.writes import make_account, sign_in_by_password
from workshop.pages.sign_in.forms import local_path
from workshop.pages.sign_in.limits import SIGN_IN_EMAIL
from workshop.text import token_hash

Browsers = Callable[..., httpx.AsyncClient]
ADA = {"email": "ada@example.org", "password": PASSWORD}


async def sign_ins(here: Installation) -> int:
    async with here.database.reading() as db:
        return (await db.exec(select(func.count()).select_from(SignIn))).one()


async def test_the_form_says_what_to_fill_in_to_password_managers(browser_of: Browsers) -> None:
    answer = await browser_of().get("/sign-in")
    assert answer.status_code == 200
    assert 'autocomplete="username"' in answer.text
    assert 'autocomplete="current-password"' in answer.text
    assert answer.headers["cache-control"] == "no-store"


async def test_the_right_password_signs_in_whatever_the_capitals(
    with_password: Installation, browser_of: Browsers
) -> None:
    browser = browser_of()
    answer = await browser.post("/sign-in", data=ADA | {"email": " ADA@Example.org "})
    assert (answer.status_code, answer.headers["location"]) == (303, "/programmes")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "max-age" not in cookie
    assert (await browser.get("/account")).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody@example.org"},
        {"password": "three words apart"},
        {"email": "☃" * 5_000},
        {"password": "x" * 100_000},
    ],
)
async def test_every_wrong_answer_is_the_same_sentence_with_the_address_kept(
    with_password: Installation, browser_of: Browsers, wrong: dict[str, str]
) -> None:
    sent = ADA | wrong
    answer = await browser_of().post("/sign-in", data=sent)
    assert answer.status_code == 422
    assert "The e-mail address or the password is not right." in answer.text
    assert sent["email"].lower() in answer.text
    assert not sent["password"] or sent["password"] not in answer.text
    assert "set-cookie" not in answer.headers


async def test_what_was_left_empty_is_said_beside_it_and_is_no_guess(
    with_password: Installation, browser_of: Browsers
) -> None:
    browser = browser_of()
    for _ in range(SIGN_IN_EMAIL.failures + 1):
        answer = await browser.post("/sign-in", data=ADA | {"password": ""})
        assert answer.status_code == 422
        assert "Enter your password" in answer.text
        assert ADA["email"] in answer.text
    assert "Enter your e-mail address" in (await browser.post("/sign-in", data={"email": " "})).text
    assert (await browser.post("/sign-in", data=ADA)).status_code == 303


async def test_somebody_without_a_password_cannot_sign_in(browser_of: Browsers) -> None:
    assert (await browser_of().post("/sign-in", data=ADA)).status_code == 422


async def test_each_sign_in_is_new_and_takes_the_old_one_away(
    with_password: Installation, browser_of: Browsers
) -> None:
    browser, before = browser_of(), await sign_ins(with_password)
    browser.cookies.set("workshop", "chosen-by-somebody-else")
    first = (await browser.post("/sign-in", data=ADA)).cookies["workshop"]
    assert first != "chosen-by-somebody-else"
    second = (await browser.post("/sign-in", data=ADA)).cookies["workshop"]
    assert second != first
    assert await sign_ins(with_password) == before + 1
    stale = browser_of()
    stale.cookies.set("workshop", first)
    assert (await stale.get("/account")).headers["location"].startswith("/sign-in")


async def test_after_sign_in_one_goes_on_to_where_one_was_going(
    with_password: Installation, browser_of: Browsers
) -> None:
    browser = browser_of()
    asked = await browser.get("/account?from=here&too=1")
    assert asked.status_code == 303
    form = await browser.get(asked.headers["location"])
    assert 'name="next" value="/account?from=here&amp;too=1"' in form.text
    answer = await browser.post("/sign-in", data=ADA | {"next": "/account?from=here&too=1"})
    assert answer.headers["location"] == "/account?from=here&too=1"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil",
        "/a\\b",
    ],
)
async def test_no_link_leads_elsewhere_after_sign_in(
    with_password: Installation, browser_of: Browsers, elsewhere: str
) -> None:
    assert local_path(elsewhere) == ""
    browser = browser_of()
    form = await browser.get("/sign-in", params={"next": elsewhere})
    assert 'name="next" value=""' in form.text
    answer = await browser.post("/sign-in", data=ADA | {"next": elsewhere})
    assert answer.headers["location"] == "/programmes"
    assert (await browser.get("/sign-in", params={"next": elsewhere})).headers["location"] == "/programmes"


async def test_after_ten_wrong_passwords_even_the_right_one_waits(
    with_password: Installation, browser_of: Browsers
) -> None:
    browser = browser_of()
    for _ in range(SIGN_IN_EMAIL.failures):
        assert (await browser.post("/sign-in", data=ADA | {"password": "wrong"})).status_code == 422
    answer = await browser.post("/sign-in", data=ADA)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= SIGN_IN_EMAIL.seconds + 1
    assert "Wait" in answer.text
    assert 'value="ada@example.org"' in answer.text
    # Another person at the same address is not kept out.
    assert (await browser_of().post("/sign-in", data=ADA | {"email": "cleo@example.org"})).status_code == 303


async def test_signing_in_again_and_again_is_not_throttled(with_password: Installation, browser_of: Browsers) -> None:
    browser = browser_of()
    for _ in range(SIGN_IN_EMAIL.failures + 2):
        assert (await browser.post("/sign-in", data=ADA)).status_code == 303


async def test_a_password_that_was_changed_while_it_was_judged_is_the_old_one(with_password: Installation) -> None:
    async with with_password.database.reading() as db:
        account = (await db.exec(select(Account).where(Account.email == "ada@example.org"))).one()
        sign_in = await db.get_one(SignIn, token_hash(with_password.tokens["ada"]))
    async with with_password.database.writing() as db:
        changed = await db.get_one(Account, account.id)
        changed.password_hash = "another"
    with pytest.raises(Exception, match="changed just now"):
        async with with_password.database.writing() as db:
            await sign_in_by_password(db, account, sign_in.membership_id)


async def test_who_belongs_to_two_partnerships_chooses_one_and_may_change(
    with_password: Installation, browser_of: Browsers
) -> None:
    async with with_password.database.writing() as db:
        south = with_password.partnerships["Southshire"]
        member = await make_account(db, south, email="ada@example.org", name="", role=Role.VIEWER)
    browser = browser_of()
    answer = await browser.post("/sign-in", data=ADA | {"next": "/account"})
    assert answer.headers["location"] == "/sign-in/partnership?next=%2Faccount"
    page = await browser.get(answer.headers["location"])
    assert "Northshire Safeguarding" in page.text
    assert "Southshire Safeguarding" in page.text
    assert (await browser.post("/sign-in/partnership", data={"membership": "x"})).status_code == 422
    before = browser.cookies["workshop"]
    chosen = await browser.post("/sign-in/partnership", data={"membership": str(member.id), "next": "/account"})
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/account")
    assert browser.cookies["workshop"] != before
    own = (await browser.get("/account")).text
    assert "Southshire" in own
    assert "Change to another partnership" in own
    stale = browser_of()
    stale.cookies.set("workshop", before)
    assert (await stale.get("/account")).status_code == 303


async def test_a_partnership_that_one_does_not_belong_to_cannot_be_chosen(
    installation: Installation, browser_of: Browsers
) -> None:
    async with installation.database.reading() as db:
        dov = await db.get_one(SignIn, token_hash(installation.tokens["dov"]))
    answer = await browser_of("ada").post("/sign-in/partnership", data={"membership": str(dov.membership_id)})
    assert answer.status_code == 422
