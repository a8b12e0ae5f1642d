"""The board of one theme, and what a page is told has changed."""

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import httpx
import pytest

from tests.conftest import Installation, Meeting, make_meeting
from tests.pages.board.phones import NEEDED, WELL, WORRIED, joined
from tests.queries import count_queries
from workshop.contributions.writes import delete_contribution, edit_contribution
from workshop.focus_groups.attendance import record_attendance
from workshop.focus_groups.changes import announce_programme_change
from workshop.focus_groups.models import Participant
from workshop.programmes.models import Theme

BrowserOf = Callable[..., httpx.AsyncClient]


def board(meeting: Meeting) -> str:
    return f"/focus-groups/{meeting.focus_group.id}/board"


def since(html: str) -> str:
    """The mark of what a page has."""
    return str(re.findall(r'name="since" value="([^"]+)"', html)[-1])


def point_ids(html: str) -> list[UUID]:
    return [UUID(found) for found in re.findall(r'<li class="point[^"]*" id="p-([^"]+)"', html)]


async def changes(browser: httpx.AsyncClient, meeting: Meeting, mark: str, theme: int = 0) -> httpx.Response:
    params = {"theme": str(meeting.themes[theme].id), "since": mark}
    return await browser.get(f"{board(meeting)}/changes", params=params, headers={"HX-Request": "true"})


async def test_the_board_has_the_first_theme_newest_first(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    phone = await joined(installation, meeting)
    first = await phone.write("Send minutes <b>earlier</b>")
    second = await phone.write("Name a minute taker")
    await phone.write("The chair listens", WELL)
    await phone.write("Somewhere else", theme=1)
    html = (await browser_of("ada").get(board(meeting))).text
    assert point_ids(html)[1:] == [second, first]
    assert "Send minutes &lt;b&gt;earlier&lt;/b&gt;" in html
    assert "Somewhere else" not in html
    assert f'<span id="count-{NEEDED}">2</span>' in html
    assert f'<span id="count-{WELL}">1</span>' in html
    assert f'<span id="count-{WORRIED}">0</span>' in html
    assert '<span id="total-1">3</span>' in html
    # Read out before its number, whichever that is or becomes: "1 points" is no English.
    assert html.count('<span class="govuk-visually-hidden">Points: </span><span id="') == 3 + len(meeting.themes)
    assert '<span id="total-2">1</span>' in html
    assert "1 person joined, on 1 phone or computer" in html


async def test_another_theme_by_its_link_and_an_unknown_one_leads_to_the_first(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    await (await joined(installation, meeting)).write("Somewhere else", theme=1)
    ada = browser_of("ada")
    assert "Somewhere else" in (await ada.get(board(meeting), params={"theme": str(meeting.themes[1].id)})).text
    answer = await ada.get(board(meeting), params={"theme": str(uuid4())})
    assert (answer.status_code, answer.headers["location"]) == (303, board(meeting))


async def test_changes_hold_only_what_changed(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    phone, ada = await joined(installation, meeting), browser_of("ada")
    kept, edited, deleted = [await phone.write(f"Point {name}") for name in ("kept", "edited", "deleted")]
    mark = since((await ada.get(board(meeting))).text)
    assert (await changes(ada, meeting, mark)).status_code == 204

    async with installation.database.writing() as db:
        participant = await db.get_one(Participant, phone.participant_id)
        await edit_contribution(db, participant, edited, "Point put right", b"key")
        await delete_contribution(db, participant, deleted)
    arrived = await phone.write("Point arrived", WORRIED)
    await phone.write("Point elsewhere", theme=2)
    answer = await changes(ada, meeting, mark)
    html = answer.text
    assert set(point_ids(html)) == {edited, arrived}
    assert f'<hx-partial hx-target="#p-{edited}" hx-swap="outerHTML">' in html
    assert f'<hx-partial hx-target="#points-{WORRIED}" hx-swap="afterbegin">' in html
    assert f'<hx-partial hx-target="#p-{deleted}" hx-swap="delete">' in html
    assert str(kept) not in html
    assert "elsewhere" not in html
    assert '<hx-partial hx-target="#total-3" hx-swap="textContent">1</hx-partial>' in html
    assert "#head" not in html
    assert (await changes(ada, meeting, since(html))).status_code == 204


async def test_one_new_point_costs_a_viewer_at_most_5_kb(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    phone, ada = await joined(installation, meeting, {"Police": 5}), browser_of("ada")
    mark = since((await ada.get(board(meeting))).text)
    await phone.write("A point of three hundred characters. " * 8)
    answer = await changes(ada, meeting, mark)
    assert len(answer.content) <= 5_000  # before compression, even


async def test_a_closing_and_a_renamed_theme_renew_the_head(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada = browser_of("ada")
    mark = since((await ada.get(board(meeting))).text)
    async with installation.database.writing() as db:
        theme = await db.get_one(Theme, meeting.themes[1].id)
        theme.name = "Children’s own words"
        db.add(theme)
    html = (await changes(ada, meeting, mark)).text
    assert '<hx-partial hx-target="#head"' in html
    assert "Children’s own words" in html
    mark = since(html)
    await ada.post(f"/focus-groups/{meeting.focus_group.id}/closure")
    html = (await changes(ada, meeting, mark)).text
    assert "Open again" in html
    assert "Join code" not in html


@pytest.mark.parametrize("mark", ["", "7", "x.1.2", "-1.0.aa", "1.2.3.4", "9" * 40 + ".0.a", "99999.0.abc", "٣.0.abc"])
async def test_a_mark_of_no_such_board_has_the_page_reloaded(
    browser_of: BrowserOf, meeting: Meeting, mark: str
) -> None:
    answer = await changes(browser_of("ada"), meeting, mark)
    assert answer.headers["hx-refresh"] == "true"
    assert answer.text == ""


async def test_no_foreign_board(installation: Installation, browser_of: BrowserOf, meeting: Meeting) -> None:
    unled = await make_meeting(installation, "Northshire", "Another enquiry", facilitator="else@example.org")
    for path in ("board", "board/changes", "stream", "join-screen", "join-screen/joined", "poster.pdf", "closure"):
        for name, theirs in (("dov", meeting), ("ada", unled)):
            answer = await browser_of(name).get(f"/focus-groups/{theirs.focus_group.id}/{path}")
            assert answer.status_code == 404, (name, path)
    assert (await browser_of("cleo").get(board(unled))).status_code == 200
    assert (await browser_of("vi").get(board(unled))).status_code == 403


async def test_an_only_attendees_agency_never_stands_on_the_board(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    """Police sent enough people; the only one from Housing, and a table of several agencies, are not named."""
    ada, cleo = browser_of("ada"), browser_of("cleo")
    marks = [since((await browser.get(board(meeting))).text) for browser in (ada, cleo)]
    police = await joined(installation, meeting, {"Police": 5})
    housing = await joined(installation, meeting, {"Housing": 1})
    table = await joined(installation, meeting, {"Education": 1, "Probation": 2})
    unsaid = await joined(installation, meeting)
    for phone, words in ((police, "P"), (housing, "H"), (table, "T"), (unsaid, "U")):
        await phone.write(f"Words of {words}")
    for browser, mark in zip((ada, cleo), marks, strict=True):
        whole = (await browser.get(board(meeting))).text
        for html in (whole[whole.index('id="board"') :], (await changes(browser, meeting, mark)).text):
            assert label_of(html, "P") == "Police"
            assert label_of(html, "H") is None
            assert label_of(html, "T") is None
            assert label_of(html, "U") is None
            assert not re.search(r">\s*(Housing|Education|Probation)\b", html)


async def test_a_table_is_one_where_tables_have_the_minimum_of_people(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    """The three at the only table are known in the room: “A table” beside their words would be their names."""
    ada = browser_of("ada")
    table = await joined(installation, meeting, {"Education": 1, "Probation": 2})
    await table.write("Words of T")
    await (await joined(installation, meeting)).write("Words of U")
    assert label_of((await ada.get(board(meeting))).text, "T") is None
    other = await joined(installation, meeting, {"Housing": 1}, unsaid=1)
    await other.write("Words of O")
    html = (await ada.get(board(meeting))).text
    assert [label_of(html, whose) for whose in "TOU"] == ["A table", "A table", None]


async def test_small_agencies_together_are_other_agencies_and_hand_counts_win(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ids = {agency.name: agency.id for agency in meeting.agencies}
    await (await joined(installation, meeting, {"Police": 1})).write("Words of P")
    await (await joined(installation, meeting, {"Housing": 4})).write("Words of H")
    ada = browser_of("ada")
    assert label_of((await ada.get(board(meeting))).text, "P") == "Other agencies"
    async with installation.database.writing() as db:
        await record_attendance(db, meeting.focus_group.id, {ids["Police"]: 6, ids["Housing"]: 4})
    html = (await ada.get(board(meeting))).text
    assert (label_of(html, "P"), label_of(html, "H")) == ("Police", None)


def label_of(html: str, whose: str) -> str | None:
    """What stands beside the words of somebody."""
    item = next((item for item in html.split("<li ") if f"Words of {whose}<" in item), "")
    assert item, "no such point"
    found = re.search(r'<p class="point__meta">([^<]*)</p>', item)
    return found[1] if found else None


async def test_whoever_asks_what_changed_after_others_did_asks_two_questions(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada = browser_of("ada")
    mark = since((await ada.get(board(meeting))).text)
    phone = await joined(installation, meeting)
    await phone.write("Send minutes earlier")
    first = await changes(ada, meeting, mark)
    with count_queries(installation.database) as asked:
        assert (await changes(ada, meeting, mark)).text == first.text
    # Who asks, and the focus group.
    assert len(asked) == 2
    async with installation.database.writing() as db:
        (await db.get_one(Theme, meeting.themes[0].id)).name = "Other words"
        await announce_programme_change(db, meeting.programme.id)
    assert "Other words" in (await changes(ada, meeting, mark)).text
