"""Breakout tables: a code each, who joined where, and no table's number beside anybody's words."""

import re
from collections.abc import Callable

import httpx
import pytest
from sqlmodel import col, select

from tests.conftest import Installation, Meeting
from tests.queries import count_queries
from workshop.focus_groups.models import BreakoutTable, FocusGroup, Participant
from workshop.focus_groups.tables import MOST_TABLES, set_tables
from workshop.focus_groups.writes import close_focus_group, open_focus_group

pytestmark = pytest.mark.anyio

BrowserOf = Callable[..., httpx.AsyncClient]


async def codes(here: Installation) -> list[str | None]:
    async with here.database.reading() as db:
        return list(await db.exec(select(BreakoutTable.join_code).order_by(col(BreakoutTable.number))))


async def split(browser_of: BrowserOf, meeting: Meeting, count: str = "3") -> httpx.Response:
    path = f"/focus-groups/{meeting.focus_group.id}/tables"
    return await browser_of("ada").post(path, data={"tables": count})


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


async def test_a_tables_code_leads_to_the_table(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    assert (await split(browser_of, meeting)).status_code == 303
    first, second, third = await codes(installation)
    assert len({first, second, third, meeting.focus_group.join_code}) == 4
    cards = (await browser_of("ada").get(f"/focus-groups/{meeting.focus_group.id}/tables")).text
    assert all(f"{code[:3]} {code[3:]}" in cards for code in (first, second, third) if code)

    ben = browser_of()
    answer = await ben.post("/", data={"code": (second or "").lower()})
    page = (await ben.get(answer.headers["location"])).text
    assert "You sit at table 2" in page
    form = {"client_id": field(page, "client_id"), "table": field(page, "table"), "agency": "unsaid"}
    assert (await ben.post(f"/j/{meeting.focus_group.join_token}/", data=form)).status_code == 303
    # The scribe of another table, by its card's link.
    scribe = browser_of()
    page = (await scribe.get(f"/j/{meeting.focus_group.join_token}/table?table=3")).text
    form = {"client_id": field(page, "client_id"), "table": field(page, "table"), "unsaid": "6"}
    assert (await scribe.post(f"/j/{meeting.focus_group.join_token}/table", data=form)).status_code == 303
    async with installation.database.reading() as db:
        assert sorted(await db.exec(select(Participant.table_number, Participant.unsaid))) == [(2, 1), (3, 6)]
    cards = (await browser_of("ada").get(f"/focus-groups/{meeting.focus_group.id}/tables")).text
    assert "6 people on 1 phone or computer" in cards


async def test_the_codes_die_when_it_closes_and_come_anew(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    await split(browser_of, meeting)
    before = await codes(installation)
    async with installation.database.writing() as db:
        await close_focus_group(db, await db.get_one(FocusGroup, meeting.focus_group.id))
    assert await codes(installation) == [None] * 3
    assert (await browser_of().post("/", data={"code": before[0]})).status_code == 422
    async with installation.database.writing() as db:
        await open_focus_group(db, await db.get_one(FocusGroup, meeting.focus_group.id))
    after = await codes(installation)
    assert None not in after
    assert not set(after) & set(before)


async def test_a_table_at_which_somebody_sits_stays(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    await split(browser_of, meeting)
    ben, link = browser_of(), f"/j/{meeting.focus_group.join_token}/"
    form = {"client_id": field((await ben.get(link)).text, "client_id"), "table": "2", "agency": "unsaid"}
    await ben.post(link, data=form)
    answer = await split(browser_of, meeting, "1")
    assert (answer.status_code, "joined at table 2" in answer.text) == (422, True)
    assert len(await codes(installation)) == 3
    assert (await split(browser_of, meeting, "2")).status_code == 303
    assert len(await codes(installation)) == 2


@pytest.mark.parametrize("typed", ["many", "-1", str(MOST_TABLES + 1), "10000"])
async def test_what_is_no_number_of_tables_is_kept_with_its_reason(
    browser_of: BrowserOf, meeting: Meeting, typed: str
) -> None:
    answer = await split(browser_of, meeting, typed)
    assert (answer.status_code, f'value="{typed}"' in answer.text) == (422, True)
    assert 'href="#tables"' in answer.text


@pytest.mark.parametrize("table", ["9", "0", "x", "99999999999"])
async def test_a_table_that_is_not_there_is_as_none(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, table: str
) -> None:
    await split(browser_of, meeting)
    ben, link = browser_of(), f"/j/{meeting.focus_group.join_token}/"
    page = (await ben.get(f"{link}?table={table}")).text
    await ben.post(link, data={"client_id": field(page, "client_id"), "table": table, "agency": "unsaid"})
    async with installation.database.reading() as db:
        assert (await db.exec(select(Participant.table_number))).one() is None


async def test_forty_tables_get_codes_of_their_own_with_as_few_questions_as_two(
    installation: Installation, meeting: Meeting
) -> None:
    async def asked(count: int) -> int:
        async with installation.database.writing() as db:
            group = await db.get_one(FocusGroup, meeting.focus_group.id)
            with count_queries(installation.database) as queries:
                await set_tables(db, group, count)
        return len(queries)

    assert await asked(2) == await asked(MOST_TABLES)
    assert len(set(await codes(installation)) - {None, meeting.focus_group.join_code}) == MOST_TABLES
