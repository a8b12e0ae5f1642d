"""One button plays the meeting; the copy is nowhere in a list; ending it leads back."""

import asyncio
import html
from collections.abc import Callable

import httpx
import pytest
from sqlmodel import col, func, select

from tests.conftest import Installation, Meeting
from workshop.accounts.models import Role
from workshop.accounts.writes import begin_sign_in, make_account
from workshop.contributions.models import Contribution
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.writes import open_focus_group
from workshop.programmes.models import Programme

pytestmark = pytest.mark.anyio

BrowserOf = Callable[..., httpx.AsyncClient]


async def begin(browser: httpx.AsyncClient, meeting: Meeting) -> str:
    path = f"/focus-groups/{meeting.focus_group.id}/rehearsal"
    assert "Begin the rehearsal" in (await browser.get(path)).text
    answer = await browser.post(path)
    assert answer.status_code == 303
    return answer.headers["location"].removesuffix("/board")


async def test_pretend_phones_write_on_the_copys_board_alone(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada = browser_of("ada")
    copy = await begin(ada, meeting)
    assert "Rehearsal." in (await ada.get(f"{copy}/board")).text
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, (await _copy_of(installation)).id)
        await open_focus_group(db, group)
    points = 0
    for _ in range(600):
        async with installation.database.reading() as db:
            points = (await db.exec(select(func.count()).select_from(Contribution))).one()
        if points:
            break
        await asyncio.sleep(0.1)
    assert points, "the pretend phones write"
    assert "Nothing yet" in (await ada.get(f"/focus-groups/{meeting.focus_group.id}/board")).text
    answer = await ada.post(f"{copy}/rehearsal/end")
    assert answer.headers["location"] == f"/focus-groups/{meeting.focus_group.id}"
    assert (await ada.get(f"{copy}/board")).status_code == 404
    async with installation.database.reading() as db:
        assert (await db.exec(select(func.count()).select_from(Contribution))).one() == 0


async def test_the_copys_programme_is_there_for_whoever_runs_it_and_coordinators_alone(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    await begin(browser_of("ada"), meeting)
    copy = await _copy_of(installation)
    async with installation.database.writing() as db:
        fay = await make_account(
            db, meeting.programme.partnership_id, email="fay@example.org", name="Fay", role=Role.FACILITATOR
        )
        installation.tokens["fay"] = await begin_sign_in(db, fay.id)
    for page in (f"/programmes/{copy.programme_id}", f"/programmes/{copy.programme_id}/recommendations"):
        answers = {name: (await browser_of(name).get(page)).status_code for name in ("ada", "cleo", "fay", "vi", "dov")}
        assert answers == {"ada": 200, "cleo": 200, "fay": 404, "vi": 404, "dov": 404}


async def test_it_bears_the_programmes_title_also_twice_at_once(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    title = f"Rehearsal: {meeting.programme.title}"
    copy = await begin(browser_of("ada"), meeting)
    projector = (await browser_of("ada").get(f"{copy}/projector")).text
    assert html.escape(title) in projector
    await begin(browser_of("cleo"), meeting)
    async with installation.database.reading() as db:
        query = select(Programme.title).where(col(Programme.rehearsal_of).is_not(None))
        assert set(await db.exec(query)) == {title, f"Rehearsal 2: {meeting.programme.title}"}


async def test_it_is_in_no_list(installation: Installation, browser_of: BrowserOf, meeting: Meeting) -> None:
    copy = await begin(browser_of("ada"), meeting)
    title = (await _programme_of(installation, await _copy_of(installation))).title
    for name, path in (("ada", "/programmes"), ("cleo", "/programmes"), ("cleo", "/programmes/new")):
        page = (await browser_of(name).get(path)).text
        assert title not in page
        assert copy not in page


async def test_the_board_of_a_closed_one_leads_nobody_to_write_it_up(browser_of: BrowserOf, meeting: Meeting) -> None:
    ada = browser_of("ada")
    copy = await begin(ada, meeting)
    await ada.post(f"{copy}/opening")
    await ada.post(f"{copy}/closure")
    board = (await ada.get(f"{copy}/board")).text
    assert "The rehearsal has come to its end" in board
    assert "write up the recommendations" not in board


async def test_a_real_group_cannot_be_ended(browser_of: BrowserOf, meeting: Meeting) -> None:
    answer = await browser_of("ada").post(f"/focus-groups/{meeting.focus_group.id}/rehearsal/end")
    assert answer.status_code == 404


async def test_a_real_phone_is_told_before_it_joins_that_nothing_is_kept(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    copy = await begin(browser_of("ada"), meeting)
    await browser_of("ada").post(f"{copy}/opening")
    page = (await browser_of().get(f"/j/{(await _copy_of(installation)).join_token}/")).text
    assert "This is a rehearsal." in page
    assert "deleted with the rehearsal. Nothing drawn from them is kept." in page
    real = (await browser_of().get(f"/j/{meeting.focus_group.join_token}/")).text
    assert "rehearsal" not in real
    assert "are kept" in real


async def _copy_of(here: Installation) -> FocusGroup:
    async with here.database.reading() as db:
        query = select(FocusGroup).join(Programme).where(Programme.rehearsal_of != None)  # noqa: E711 (SQL)
        return (await db.exec(query)).one()


async def _programme_of(here: Installation, group: FocusGroup) -> Programme:
    async with here.database.reading() as db:
        return await db.get_one(Programme, group.programme_id)
