"""Accounts as administrators make and end them."""

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, make_meeting
from workshop.accounts.models import Account, Membership, Partnership, Role, SignIn
from workshop.accounts.tokens import make_api_token, make_password_link
from workshop.accounts.writes import begin_sign_in, make_account
from workshop.exports.models import ExportRecord
from workshop.text import token_hash

Browsers = Callable[..., httpx.AsyncClient]
NEW = {"email": "new@example.org", "name": "Newcomer", "role": "facilitator"}
PASSWORD = {"password": "three words together"}
LINK = re.compile(r">\s*http://workshop\.test(/password/[\w-]{40,})</textarea>")


async def membership(here: Installation, email: str, partnership: str = "Northshire") -> Membership | None:
    async with here.database.reading() as db:
        query = select(Membership).join(Account).where(Account.email == email)
        return (await db.exec(query.where(Membership.partnership_id == here.partnerships[partnership]))).first()


async def id_of(here: Installation, name: str, partnership: str = "Northshire") -> UUID:
    found = await membership(here, f"{name}@example.org", partnership)
    assert found is not None
    return found.id


async def sign_ins_of(here: Installation, membership_id: UUID) -> int:
    async with here.database.reading() as db:
        return len((await db.exec(select(SignIn).where(SignIn.membership_id == membership_id))).all())


async def test_the_list_shows_the_partnerships_own_people(installation: Installation, browser_of: Browsers) -> None:
    page = (await browser_of("addy").get("/accounts")).text
    for name in ("ada", "cleo", "addy", "vi"):
        assert f"{name}@example.org" in page
    assert "dov" not in page.lower()
    assert page.count("no password set yet") == 4


@pytest.mark.parametrize("name", ["ada", "cleo", "vi"])
async def test_nobody_else_gets_in(installation: Installation, browser_of: Browsers, name: str) -> None:
    browser, vi = browser_of(name), await id_of(installation, "vi")
    for path in ("/accounts", "/accounts/new", f"/accounts/{vi}/role", f"/accounts/{vi}/removal"):
        assert (await browser.get(path)).status_code == 403
    for path in ("/accounts", f"/accounts/{vi}/role", f"/accounts/{vi}/removal", f"/accounts/{vi}/password-link"):
        assert (await browser.post(path, data=NEW)).status_code == 403
    assert await membership(installation, "vi@example.org")


async def test_a_new_account_gets_a_link_that_lets_its_owner_in(
    installation: Installation, browser_of: Browsers
) -> None:
    admin = browser_of("addy")
    assert (await admin.get("/accounts/new")).status_code == 200
    answer = await admin.post("/accounts", data=NEW)
    found = LINK.search(answer.text)
    assert answer.status_code == 200
    assert found
    assert found[1] not in (await admin.get("/accounts")).text
    newcomer = browser_of()
    assert (await newcomer.post(found[1], data=PASSWORD)).status_code == 303
    assert "Facilitator" in (await newcomer.get("/account")).text
    again = await admin.post("/accounts", data=NEW | {"email": " NEW@example.org"})
    assert again.status_code == 422
    assert "has an account here already" in again.text
    assert 'value="Newcomer"' in again.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@" + "b" * 300}, "email"),
        ({"name": " "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"role": ""}, "role"),
        ({"role": "king"}, "role"),
    ],
)
async def test_what_does_not_fit_is_said_beside_its_field(
    installation: Installation, browser_of: Browsers, wrong: dict[str, str], field: str
) -> None:
    answer = await browser_of("addy").post("/accounts", data=NEW | wrong)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert await membership(installation, "new@example.org") is None


async def test_somebody_from_another_partnership_gets_a_second_membership_and_no_link(
    installation: Installation, browser_of: Browsers
) -> None:
    async with installation.database.writing() as db:
        dov = (await db.exec(select(Account).where(Account.email == "dov@example.org"))).one()
        dov.password_hash = "set"
        old = await make_password_link(db, dov.id)
    admin = browser_of("addy")
    answer = await admin.post("/accounts", data=NEW | {"email": "dov@example.org"})
    assert answer.status_code == 303
    page = (await admin.get("/accounts")).text
    assert "signs in as usual" in page
    assert "/password/" not in page
    # A link that the other partnership's administrator may still hold would open this one.
    assert (await browser_of().get(f"/password/{old}")).status_code == 404
    here = await id_of(installation, "dov")
    link = await admin.post(f"/accounts/{here}/password-link")
    assert link.status_code == 409
    assert "workshop account link dov@example.org" in link.text


async def test_a_new_link_kills_the_old_one(installation: Installation, browser_of: Browsers) -> None:
    admin, vi = browser_of("addy"), await id_of(installation, "vi")
    first, second = [LINK.search((await admin.post(f"/accounts/{vi}/password-link")).text) for _ in range(2)]
    assert first
    assert second
    assert (await browser_of().get(first[1])).status_code == 404
    assert (await browser_of().get(second[1])).status_code == 200


async def test_a_changed_role_holds_from_the_next_request(installation: Installation, browser_of: Browsers) -> None:
    admin, vi = browser_of("addy"), await id_of(installation, "vi")
    assert "checked" in (await admin.get(f"/accounts/{vi}/role")).text
    assert (await browser_of("vi").get("/accounts")).status_code == 403
    assert (await admin.post(f"/accounts/{vi}/role", data={"role": "administrator"})).status_code == 303
    assert (await browser_of("vi").get("/accounts")).status_code == 200
    assert (await admin.post(f"/accounts/{vi}/role", data={"role": "king"})).status_code == 422


async def test_there_remains_one_administrator(installation: Installation, browser_of: Browsers) -> None:
    admin, addy = browser_of("addy"), await id_of(installation, "addy")
    answer = await admin.post(f"/accounts/{addy}/role", data={"role": "viewer"})
    assert answer.status_code == 422
    assert "There must remain one administrator" in answer.text
    assert (await admin.post(f"/accounts/{addy}/removal")).status_code == 409
    cleo = await id_of(installation, "cleo")
    await admin.post(f"/accounts/{cleo}/role", data={"role": "administrator"})
    answer = await admin.post(f"/accounts/{addy}/role", data={"role": "viewer"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert (await admin.get("/accounts")).status_code == 403


async def test_removal_ends_sign_ins_and_tokens_and_the_account(
    installation: Installation, browser_of: Browsers
) -> None:
    admin, vi = browser_of("addy"), await id_of(installation, "vi")
    async with installation.database.writing() as db:
        await make_api_token(db, vi)
        member = await db.get_one(Membership, vi)
        await make_password_link(db, member.account_id)
    assert "Remove Vi?" in (await admin.get(f"/accounts/{vi}/removal")).text
    assert (await browser_of("vi").get("/account")).status_code == 200
    assert (await admin.post(f"/accounts/{vi}/removal")).status_code == 303
    assert (await browser_of("vi").get("/account")).status_code == 303
    async with installation.database.reading() as db:
        assert (await db.exec(select(Account).where(Account.email == "vi@example.org"))).first() is None
    assert (await admin.post(f"/accounts/{vi}/removal")).status_code == 404


async def test_an_account_that_a_record_names_stays_without_password_or_access(
    installation: Installation, browser_of: Browsers
) -> None:
    meeting = await make_meeting(installation, "Northshire", "Core groups 2026")
    cleo = await id_of(installation, "cleo")
    async with installation.database.writing() as db:
        account_id = (await db.get_one(Membership, cleo)).account_id
        (await db.get_one(Account, account_id)).password_hash = "set"
        db.add(ExportRecord(programme_id=meeting.programme.id, account_id=account_id, kind="csv"))
    assert (await browser_of("addy").post(f"/accounts/{cleo}/removal")).status_code == 303
    async with installation.database.reading() as db:
        account = await db.get_one(Account, account_id)
        assert account.password_hash is None
        assert (await db.exec(select(ExportRecord.account_id))).one() == account_id
    # Coming back, they get a link like anybody new.
    again = await browser_of("addy").post("/accounts", data=NEW | {"email": "cleo@example.org"})
    assert LINK.search(again.text)


async def test_removal_here_leaves_the_other_partnership_alone(
    installation: Installation, browser_of: Browsers
) -> None:
    async with installation.database.writing() as db:
        north = installation.partnerships["Northshire"]
        here = await make_account(db, north, email="dov@example.org", name="", role=Role.VIEWER)
        await begin_sign_in(db, here.id)
    assert (await browser_of("addy").post(f"/accounts/{here.id}/removal")).status_code == 303
    assert await sign_ins_of(installation, here.id) == 0
    assert (await browser_of("dov").get("/account")).status_code == 200


async def test_another_partnerships_memberships_are_not_there(installation: Installation, browser_of: Browsers) -> None:
    admin = browser_of("addy")
    for foreign in (await id_of(installation, "dov", "Southshire"), uuid4()):
        for path in ("role", "removal"):
            assert (await admin.get(f"/accounts/{foreign}/{path}")).status_code == 404
        for path in ("role", "removal", "password-link"):
            assert (await admin.post(f"/accounts/{foreign}/{path}", data={"role": "viewer"})).status_code == 404
    async with installation.database.reading() as db:
        dov = await db.get_one(SignIn, token_hash(installation.tokens["dov"]))
        assert (await db.get_one(Membership, dov.membership_id)).role is Role.COORDINATOR
        assert len((await db.exec(select(Partnership))).all()) == 2
