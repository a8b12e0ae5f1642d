"""Several people share a board, and one hands over to another without the room noticing."""

from collections.abc import Callable

import httpx
import pytest

from tests.conftest import Installation, Meeting, make_meeting
from workshop.accounts.models import Role
from workshop.accounts.writes import begin_sign_in, make_account
from workshop.focus_groups.facilitators import co_facilitators_of
from workshop.focus_groups.models import FocusGroup

pytestmark = pytest.mark.anyio

FAY = "fay@example.org"
Browser = Callable[..., httpx.AsyncClient]


async def fay_arrives(here: Installation, meeting: Meeting) -> None:
    """Another facilitator of the partnership, who runs nothing yet."""
    async with here.database.writing() as db:
        member = await make_account(db, meeting.programme.partnership_id, email=FAY, name="Fay", role=Role.FACILITATOR)
        here.tokens["fay"] = await begin_sign_in(db, member.id)


async def stored(here: Installation, meeting: Meeting) -> tuple[str, list[str], int]:
    async with here.database.reading() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        return group.facilitator_email, await co_facilitators_of(db, group.id), group.phones_revision


async def test_who_shares_it_sees_the_board_and_finds_it_in_the_list(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    await fay_arrives(installation, meeting)
    ada, fay, group = browser_of("ada"), browser_of("fay"), f"/focus-groups/{meeting.focus_group.id}"
    assert (await fay.get(f"{group}/board")).status_code == 404
    assert group not in (await fay.get("/programmes")).text
    answer = await ada.post(f"{group}/facilitators", data={"email": " Fay@Example.org "})
    assert answer.headers["location"] == f"{group}/facilitators"
    assert (await fay.get(f"{group}/board")).status_code == 200
    assert group in (await fay.get("/programmes")).text
    assert group in (await fay.get(f"/programmes/{meeting.programme.id}")).text
    assert FAY in (await ada.get(group)).text


async def test_handing_over_changes_who_is_named_and_nothing_that_the_room_sees(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    await fay_arrives(installation, meeting)
    ada, fay, path = browser_of("ada"), browser_of("fay"), f"/focus-groups/{meeting.focus_group.id}/facilitators"
    await ada.post(path, data={"email": FAY})
    _, _, revision = await stored(installation, meeting)
    # One who only shares the board cannot take it over and then lock its facilitator out.
    answer = await fay.post(f"{path}/change", data={"email": FAY, "change": "hand over"})
    assert "Only its facilitator or a coordinator" in (await fay.get(answer.headers["location"])).text
    for _ in range(2):  # an impatient finger presses twice
        answer = await ada.post(f"{path}/change", data={"email": FAY, "change": "hand over"})
        assert f"{FAY} is its facilitator now" in (await ada.get(answer.headers["location"])).text
    assert await stored(installation, meeting) == (FAY, ["ada@example.org"], revision)
    # Who takes themselves off sees it no more.
    answer = await ada.post(f"{path}/change", data={"email": "ada@example.org", "change": "remove"})
    assert answer.headers["location"] == "/programmes"
    assert (await ada.get(path)).status_code == 404


async def test_who_shares_it_changes_its_facts_and_not_whose_it_is(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    await fay_arrives(installation, meeting)
    ada, fay, group = browser_of("ada"), browser_of("fay"), f"/focus-groups/{meeting.focus_group.id}"
    await ada.post(f"{group}/facilitators", data={"email": FAY})
    facts = {"date-day": "1", "date-month": "12", "date-year": "2026", "mode": "virtual", "facilitator": FAY}
    assert (await fay.post(f"{group}/details", data=facts | {"label": "South"})).status_code == 303
    assert "South" in (await ada.get(group)).text
    assert (await stored(installation, meeting))[:2] == ("ada@example.org", [FAY])
    # A group of which nobody is the facilitator does not become that of whoever saves.
    async with installation.database.writing() as db:
        (await db.get_one(FocusGroup, meeting.focus_group.id)).facilitator_email = ""
    assert (await fay.post(f"{group}/details", data=facts)).status_code == 303
    assert (await stored(installation, meeting))[:2] == ("", [FAY])
    # A coordinator names them.
    assert (await browser_of("cleo").post(f"{group}/details", data=facts)).status_code == 303
    assert (await stored(installation, meeting))[0] == FAY


@pytest.mark.parametrize("email", ["", "nobody", "ada@example.org"])
async def test_a_wrong_address_is_kept_with_its_reason(browser_of: Browser, meeting: Meeting, email: str) -> None:
    path = f"/focus-groups/{meeting.focus_group.id}/facilitators"
    answer = await browser_of("ada").post(path, data={"email": email})
    assert answer.status_code == 422
    assert f'value="{email}"' in answer.text or not email
    assert 'href="#email"' in answer.text


@pytest.mark.parametrize("form", [{"email": "x@example.org", "change": "remove"}, {"email": FAY, "change": "crown"}])
async def test_what_is_not_on_the_list_is_not_there(
    browser_of: Browser, meeting: Meeting, form: dict[str, str]
) -> None:
    path = f"/focus-groups/{meeting.focus_group.id}/facilitators/change"
    assert (await browser_of("ada").post(path, data=form)).status_code == 404


async def test_an_address_that_no_database_can_look_for_is_nobodys(
    installation_on_either: Installation,
) -> None:
    here = installation_on_either
    meeting = await make_meeting(here, "Northshire", "Core groups 2026", facilitator="ada@example.org")
    transport = httpx.ASGITransport(app=here.app)  # type: ignore[arg-type]  # litestar's own ASGI types
    cookies = {"workshop": here.tokens["ada"]}
    async with httpx.AsyncClient(transport=transport, base_url="http://workshop.test", cookies=cookies) as ada:
        path = f"/focus-groups/{meeting.focus_group.id}/facilitators/change"
        for change in ("hand over", "remove"):
            answer = await ada.post(path, data={"email": "fay\0@example.org", "change": change})
            assert answer.status_code == 404
