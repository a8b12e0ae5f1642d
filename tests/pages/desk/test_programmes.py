"""The list of programmes and one at a glance: each role sees what is its own, and a list asks no more for more rows."""

import datetime as dt
from collections.abc import Callable

import httpx
import pytest

from tests.conftest import Installation, Meeting, make_meeting
from tests.pages.desk.people import join, write
from tests.queries import count_queries
from workshop.focus_groups.making import make_focus_group
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Programme

pytestmark = pytest.mark.anyio
Browser = Callable[..., httpx.AsyncClient]


async def add_group(here: Installation, programme: Programme, label: str, facilitator: str) -> FocusGroup:
    async with here.database.writing() as db:
        group = FocusGroup(
            programme_id=programme.id, label=label, date=dt.date(2026, 12, 1), facilitator_email=facilitator
        )
        return await make_focus_group(db, group)


@pytest.mark.parametrize(("name", "sentence"), [("cleo", "Set up your first one"), ("ada", "A coordinator of your")])
async def test_an_empty_list_says_what_to_do_next(browser_of: Browser, name: str, sentence: str) -> None:
    page = (await browser_of(name).get("/programmes")).text
    assert sentence in page
    assert ('href="/programmes/new"' in page) is (name == "cleo")


async def test_each_sees_their_own(installation: Installation, browser_of: Browser, meeting: Meeting) -> None:
    await make_meeting(installation, "Southshire", "Their secret enquiry", facilitator="dov@example.org")
    await add_group(installation, meeting.programme, "South West", "someone@example.org")
    pages = {name: (await browser_of(name).get("/programmes")).text for name in ("cleo", "ada", "vi", "dov")}
    assert "North East" in pages["cleo"]
    assert "South West" in pages["cleo"]
    assert "North East" in pages["ada"]
    assert "South West" not in pages["ada"]
    assert "Core groups 2026" in pages["vi"]
    assert "North East" not in pages["vi"]
    assert "Core groups 2026" not in pages["dov"]
    assert "Their secret enquiry" in pages["dov"]


@pytest.mark.parametrize("rows", [1, 3])
async def test_the_list_asks_three_questions_however_long_it_is(
    installation: Installation, browser_of: Browser, meeting: Meeting, rows: int
) -> None:
    for number in range(1, rows):
        await make_meeting(installation, "Northshire", f"Core groups {number}", facilitator="ada@example.org")
    cleo = browser_of("cleo")
    with count_queries(installation.database) as asked:
        page = (await cleo.get("/programmes")).text
    assert page.count("North East") == rows
    # Who asks, programmes, focus groups.
    assert len(asked) == 3


@pytest.mark.parametrize("rows", [1, 3])
async def test_a_programme_asks_twelve_questions_however_many_groups_it_has(
    installation: Installation, browser_of: Browser, meeting: Meeting, rows: int
) -> None:
    for number in range(1, rows):
        await add_group(installation, meeting.programme, f"Group {number}", "ada@example.org")
    cleo = browser_of("cleo")
    with count_queries(installation.database) as asked:
        page = (await cleo.get(f"/programmes/{meeting.programme.id}")).text
    assert page.count("/board") == rows
    # Who asks, the programme, groups, themes, columns, agencies, scales; open concerns, points kept past their date;
    # people who said and did not say from where; points.
    assert len(asked) == 12


async def test_counts_are_for_those_who_run_groups(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    await write(installation, meeting, await join(installation, meeting, people=4), "Minutes within a day.", "Ring.")
    path = f"/programmes/{meeting.programme.id}"
    cells = 'data-label="{}"><div>{}</div></td>'
    for name in ("cleo", "ada"):
        page = (await browser_of(name).get(path)).text
        assert cells.format("People", 4) in page
        assert cells.format("Points", 2) in page
    page = (await browser_of("vi").get(path)).text
    assert "North East" in page
    assert "govuk-table__cell--numeric" not in page
    assert "/board" not in page
    assert "Change" not in page


async def test_a_focus_group_lies_under_programmes_and_the_products_name_leads_there(
    browser_of: Browser, meeting: Meeting
) -> None:
    for path in (
        "/programmes",
        f"/focus-groups/{meeting.focus_group.id}",
        f"/focus-groups/{meeting.focus_group.id}/board",
    ):
        page = (await browser_of("addy").get(path)).text
        assert 'href="/programmes" aria-current="page"' in page
        assert 'href="/accounts">' in page
        assert '<a class="masthead__product" href="/programmes">' in page
    assert '<a class="masthead__product" href="/">' in (await browser_of().get("/sign-in")).text


async def test_a_facilitator_sees_own_groups_alone_and_no_settings(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    await add_group(installation, meeting.programme, "South West", "someone@example.org")
    page = (await browser_of("ada").get(f"/programmes/{meeting.programme.id}")).text
    assert "North East" in page
    assert "South West" not in page
    assert "Add a focus group" in page
    assert "/deletion" not in page
    assert "/privacy" not in page


async def test_what_people_are_not_told_yet_is_said(installation: Installation, browser_of: Browser) -> None:
    cleo = browser_of("cleo")
    made = await cleo.post("/programmes/new", data={"title": "Bare", "themes": "One", "agencies": ""})
    page = (await cleo.get(made.headers["location"])).text
    assert 'id="missing"' in page
    assert "the local safeguarding contact numbers" in page
    told = {"controller": "A", "privacy_notice_url": "https://example.org", "safeguarding_contacts": "01632 960 100"}
    rest = {"retention_days": "90", "minimum_count": "5"}
    await cleo.post(made.headers["location"] + "/privacy", data=told | rest)
    assert 'id="missing"' not in (await cleo.get(made.headers["location"])).text
