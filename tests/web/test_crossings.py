"""Two who do the same at once, or one who uses what the other removes: an answer that says so, never a 500."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, make_meeting
from tests.waiting import until_it_waits
from workshop.accounts.models import Account, Role
from workshop.accounts.writes import make_account
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Agency
from workshop.retention.removal import remove_agency, remove_focus_group

pytestmark = pytest.mark.anyio


def browser(here: Installation, name: str | None = None) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=here.app)  # type: ignore[arg-type]  # litestar's own ASGI types
    cookies = {"workshop": here.tokens[name]} if name else {}
    return httpx.AsyncClient(transport=transport, base_url="http://workshop.test", cookies=cookies)


async def test_an_address_that_two_add_at_once_becomes_one_account_and_what_was_typed_stays(
    installation_on_either: Installation,
) -> None:
    here = installation_on_either
    form = {"email": "new@example.org", "name": "Newton Typed", "role": "viewer"}
    async with browser(here, "addy") as addy:
        async with here.database.writing() as db:
            await make_account(db, here.partnerships["Northshire"], email=form["email"], name="New", role=Role.VIEWER)
            adding = asyncio.create_task(addy.post("/accounts", data=form))
            await until_it_waits(here.database)
        answer = await adding
    assert answer.status_code == 422
    assert 'value="Newton Typed"' in answer.text
    async with here.database.reading() as db:
        assert len((await db.exec(select(Account).where(Account.email == form["email"]))).all()) == 1


async def test_a_phone_that_joins_while_its_group_is_removed_is_told_so(installation_on_either: Installation) -> None:
    here = installation_on_either
    meeting = await make_meeting(here, "Northshire", "Core groups 2026")
    async with browser(here) as phone:
        async with here.database.writing() as db:
            await remove_focus_group(db, await db.get_one(FocusGroup, meeting.focus_group.id))
            joining = asyncio.create_task(
                phone.post(f"/j/{meeting.focus_group.join_token}", data={"client_id": str(uuid4()), "agency": "unsaid"})
            )
            await until_it_waits(here.database)
        answer = await joining
    assert answer.status_code == 404
    assert "Somebody has removed this meanwhile." in answer.text


async def test_a_phone_that_joins_for_an_agency_that_is_removed_is_told_what_to_do(
    installation_on_either: Installation,
) -> None:
    here = installation_on_either
    meeting = await make_meeting(here, "Northshire", "Core groups 2026")
    agency = str(meeting.agencies[0].id)
    async with browser(here) as phone:
        async with here.database.writing() as db:
            await remove_agency(db, await db.get_one(Agency, meeting.agencies[0].id))
            joining = asyncio.create_task(
                phone.post(f"/j/{meeting.focus_group.join_token}", data={"client_id": str(uuid4()), "agency": agency})
            )
            await until_it_waits(here.database)
        answer = await joining
    assert answer.status_code == 409
    assert "Look at how it stands now, and try again" in answer.text
