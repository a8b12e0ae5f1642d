"""Setting up a programme: one page, sensible defaults, and nothing typed is lost."""

from collections.abc import Callable
from html import unescape

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting, make_meeting
from tests.pages.desk.browsing import fields_of
from workshop.programmes.frameworks import FRAMEWORKS, SUGGESTED_AGENCIES, SUGGESTED_THEMES
from workshop.programmes.models import Programme
from workshop.programmes.queries import agencies_of, columns_of, themes_of

pytestmark = pytest.mark.anyio
Browser = Callable[..., httpx.AsyncClient]


async def only_programme(here: Installation, title: str) -> Programme:
    async with here.database.reading() as db:
        return (await db.exec(select(Programme).where(Programme.title == title))).one()


async def test_from_nothing_to_an_open_group_in_three_forms(installation: Installation, browser_of: Browser) -> None:
    cleo = browser_of("cleo")
    empty = (await cleo.get("/programmes")).text
    assert 'href="/programmes/new"' in empty
    form = fields_of((await cleo.get("/programmes/new")).text)
    made = await cleo.post("/programmes/new", data=form | {"title": "Core groups 2026"})
    assert made.status_code == 303
    overview = (await cleo.get(made.headers["location"])).text
    assert "Next: add a focus group" in overview
    add = made.headers["location"] + "/focus-groups/new"
    assert f'href="{add}"' in overview
    added = await cleo.post(add, data=fields_of((await cleo.get(add)).text))
    assert added.status_code == 303
    group = (await cleo.get(added.headers["location"])).text
    assert "Open it and show the QR code" in group
    opened = await cleo.post(added.headers["location"] + "/opening")
    assert opened.headers["location"] == added.headers["location"] + "/join-screen"
    assert "<svg" in (await cleo.get(opened.headers["location"])).text


async def test_the_defaults_are_the_suggested_ones(installation: Installation, browser_of: Browser) -> None:
    cleo = browser_of("cleo")
    form = fields_of((await cleo.get("/programmes/new")).text)
    await cleo.post("/programmes/new", data=form | {"title": "Core groups 2026"})
    programme = await only_programme(installation, "Core groups 2026")
    assert programme.retention_days == 90
    assert programme.minimum_count == 5
    assert programme.controller == "Northshire Safeguarding Children Partnership"
    async with installation.database.reading() as db:
        assert tuple(theme.name for theme in await themes_of(db, programme.id)) == SUGGESTED_THEMES
        agencies = await agencies_of(db, programme.id)
        assert tuple((agency.name, agency.parent) for agency in agencies) == SUGGESTED_AGENCIES
        asked = {column.kind: column.question for column in await columns_of(db, programme.id)}
    assert asked == FRAMEWORKS["signs_of_safety"][1]


async def test_agencies_are_read_with_parents_and_aliases(installation: Installation, browser_of: Browser) -> None:
    form = {
        "title": "Core groups 2026",
        "group_word": "workshop",
        "framework": "strengths",
        "themes": "One\n\n  Two \r\n",
        "agencies": "Police (also the Constabulary, PC)\nHealth: GP practice\nhealth: Hospital trust\n",
    }
    await browser_of("cleo").post("/programmes/new", data=form)
    programme = await only_programme(installation, "Core groups 2026")
    async with installation.database.reading() as db:
        found = [(each.name, each.parent, each.aliases) for each in await agencies_of(db, programme.id)]
        assert [theme.name for theme in await themes_of(db, programme.id)] == ["One", "Two"]
    assert found == [
        ("Police", None, ["the Constabulary", "PC"]),
        ("GP practice", "Health", []),
        ("Hospital trust", "Health", []),
    ]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("title", "   ", "Enter a title"),
        ("title", "CORE " * 60, "Shorten it to 200"),
        ("group_word", "seance", "Choose what you call a meeting"),
        ("framework", "seven habits", "Choose the questions"),
        ("framework", "previous", "Choose the questions"),
        ("themes", "\n \n", "at least one theme"),
        ("themes", "Planning\nplanning", "“planning” already"),
        ("agencies", "Police\npolice", "“police” is in the list twice"),
        ("agencies", "Police (also PC)\nProbation (also pc)", "“pc” would mean both “Police” and “Probation”"),
        ("agencies", "Health:", "Enter a name for the agency"),
        ("privacy_notice_url", "javascript:alert(1)", "begins with https://"),
        ("privacy_notice_url", "www.example.org", "begins with https://"),
    ],
)
async def test_what_is_wrong_is_said_and_every_word_kept(
    installation: Installation, browser_of: Browser, field: str, typed: str, sentence: str
) -> None:
    form = {
        "title": "Core groups 2026",
        "purpose": "First line\n\n<b>second</b> “line”",
        "group_word": "workshop",
        "framework": "did_well",
        "themes": "Planning\nRoles",
        "agencies": "Police\nHealth: GP practice",
        "controller": "Northshire Council",
        "privacy_notice_url": "https://example.org/privacy",
        "safeguarding_contacts": "Front door: 01632 960 100",
    }
    answer = await browser_of("cleo").post("/programmes/new", data=form | {field: typed})
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    kept = fields_of(answer.text)
    expected = form | {field: typed}
    if field in {"group_word", "framework"}:
        del expected[field]
    assert expected.items() <= kept.items()
    async with installation.database.reading() as db:
        assert (await db.exec(select(Programme))).all() == []


async def test_a_title_is_taken_once_in_a_partnership(installation: Installation, browser_of: Browser) -> None:
    await make_meeting(installation, "Southshire", "Core groups 2026")
    form = {"title": "Core groups 2026", "themes": "One", "agencies": ""}
    assert (await browser_of("cleo").post("/programmes/new", data=form)).status_code == 303
    again = await browser_of("cleo").post("/programmes/new", data=form | {"title": " Core  groups 2026 "})
    assert again.status_code == 422
    assert "There is a programme called “Core groups 2026” already" in again.text


async def test_the_next_round_takes_over_how_the_last_was_set_up(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    cleo = browser_of("cleo")
    path = f"/programmes/{meeting.programme.id}"
    own = {"framework": "own", "working_well": "Helps?", "worried_about": "Hinders?", "needs_to_happen": "Next?"}
    await cleo.post(f"{path}/columns", data=own)
    police = meeting.agencies[1].id
    await cleo.post(f"{path}/agencies/{police}", data={"name": "Police", "aliases": "the Constabulary"})
    await cleo.post(
        f"{path}/privacy", data=fields_of((await cleo.get(f"{path}/privacy")).text) | {"minimum_count": "7"}
    )
    form = fields_of((await cleo.get(f"/programmes/new?previous={meeting.programme.id}")).text)
    assert form["title"] == ""
    await cleo.post("/programmes/new", data=form | {"title": "Core groups 2027"})
    programme = await only_programme(installation, "Core groups 2027")
    assert (programme.previous_id, programme.minimum_count) == (meeting.programme.id, 7)
    assert programme.safeguarding_contacts == meeting.programme.safeguarding_contacts
    async with installation.database.reading() as db:
        assert [column.question for column in await columns_of(db, programme.id)] == ["Helps?", "Hinders?", "Next?"]
        agencies = {each.name: (each.parent, each.aliases) for each in await agencies_of(db, programme.id)}
    assert agencies["Police"] == (None, ["the Constabulary"])
    assert agencies["GP practice"] == ("Health", [])


async def test_another_partnerships_programme_is_no_round_before(
    installation: Installation, browser_of: Browser
) -> None:
    foreign = await make_meeting(installation, "Southshire", "Theirs")
    form = fields_of((await browser_of("cleo").get(f"/programmes/new?previous={foreign.programme.id}")).text)
    assert "previous" not in form
    sent = {"title": "Ours", "themes": "One", "agencies": "", "previous": str(foreign.programme.id)}
    await browser_of("cleo").post("/programmes/new", data=sent)
    assert (await only_programme(installation, "Ours")).previous_id is None
