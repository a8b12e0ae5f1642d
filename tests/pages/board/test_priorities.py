"""Priorities on the facilitator's side."""

import re
from collections.abc import Callable
from uuid import UUID, uuid4

import httpx
import pytest

from tests.conftest import Installation, Meeting
from tests.findings.of_a_room import add_findings, cover, finding_of
from tests.pages.board.phones import Phone, joined
from tests.pages.board.running import stored
from workshop.findings.votes import cast_vote
from workshop.focus_groups.models import FocusGroup, Participant, Phase

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]


async def vote(here: Installation, phone: Phone, finding: UUID) -> None:
    async with here.database.writing() as db:
        participant = await db.get_one(Participant, phone.participant_id)
        await cast_vote(db, participant, finding, uuid4())


@pytest.fixture
async def findings(installation: Installation, meeting: Meeting) -> list[UUID]:
    """Three headings and a room that votes."""
    made = await add_findings(installation, meeting, "Send papers early", "One minute taker", "Book rooms")
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        group.phase = Phase.PRIORITISING
        db.add(group)
    return made


@pytest.fixture
def page_url(meeting: Meeting) -> str:
    return f"/focus-groups/{meeting.focus_group.id}/priorities"


async def test_totals_are_nobodys_before_they_are_shown(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, findings: list[UUID], page_url: str
) -> None:
    ada = browser_of("ada")
    one, other = [await joined(installation, meeting) for _ in range(2)]
    for finding in (findings[1], findings[1], findings[2]):
        await vote(installation, one, finding)
    html = (await ada.get(page_url)).text
    assert "1 of 2 phones or computers" in html
    assert "3 votes" in html
    assert ">Votes</th>" not in html
    await vote(installation, other, findings[0])

    answer = await ada.post(f"{page_url}/totals", data={"shown": "yes"})
    assert (answer.status_code, answer.headers["location"]) == (303, page_url)
    html = (await ada.get(page_url)).text
    rows = re.findall(r'whole">([^<]*)</td>\s*<th[^>]*>([^<]*)</th>\s*<td[^>]*>(\d+)</td>', html)
    assert rows == [("1", "One minute taker", "2"), ("2 =", "Send papers early", "1"), ("2 =", "Book rooms", "1")]

    await ada.post(f"{page_url}/totals", data={})
    assert ">Votes</th>" not in (await ada.get(page_url)).text


async def test_before_anybody_joined_and_before_there_is_a_heading_the_page_says_so_and_leads_on(
    browser_of: BrowserOf, meeting: Meeting, page_url: str
) -> None:
    html = (await browser_of("ada").get(page_url)).text
    assert "Nobody has joined yet." in html
    assert "0 of 0" not in html
    empty = html[html.index("There are no headings to vote on yet") :]
    assert f'href="/focus-groups/{meeting.focus_group.id}/grouping"' in empty[: empty.index("</p>")]


async def test_a_vote_wakes_the_board_and_nobody_else_before_the_totals_are_shown(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, findings: list[UUID], page_url: str
) -> None:
    phone = await joined(installation, meeting)
    before = await stored(installation, meeting)
    await vote(installation, phone, findings[0])
    after = await stored(installation, meeting)
    assert after.board_revision == before.board_revision + 1
    assert (after.projector_revision, after.phones_revision) == (before.projector_revision, before.phones_revision)
    await browser_of("ada").post(f"{page_url}/totals", data={"shown": "yes"})
    before = await stored(installation, meeting)
    await vote(installation, phone, findings[0])
    after = await stored(installation, meeting)
    assert after.projector_revision == before.projector_revision + 1
    assert after.phones_revision == before.phones_revision + 1


async def test_the_page_is_told_what_changed(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, findings: list[UUID], page_url: str
) -> None:
    ada = browser_of("ada")
    phone = await joined(installation, meeting)
    html = (await ada.get(page_url)).text
    since = re.search(r'name="since" value="([^"]+)"', html)
    assert since
    assert (await ada.get(f"{page_url}/changes", params={"since": since[1]})).status_code == 204
    await vote(installation, phone, findings[0])
    changed = await ada.get(f"{page_url}/changes", params={"since": since[1]})
    assert changed.status_code == 200
    assert "1 of 1 phone or computer" in changed.text
    assert 'hx-target="#run"' not in changed.text
    assert "<html" not in changed.text


async def test_votes_each_are_changed_but_not_below_what_somebody_gave(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, findings: list[UUID], page_url: str
) -> None:
    ada = browser_of("ada")
    phone = await joined(installation, meeting)
    for finding in findings:
        await vote(installation, phone, finding)
    answer = await ada.post(f"{page_url}/votes", data={"votes_each": "2"})
    assert answer.status_code == 422
    assert "Somebody has given 3 votes under a theme already" in answer.text
    assert 'value="2"' in answer.text
    settings = f"/focus-groups/{meeting.focus_group.id}/meeting-settings"
    choices = {"is_together": "no", "is_blind": "no", "votes_each": "2"}
    assert "Somebody has given 3 votes" in (await ada.post(settings, data=choices)).text
    assert (await ada.post(settings, data=choices | {"votes_each": "3"})).status_code == 303
    for typed in ("", "none", "0", "21", "3.5"):
        refused = await ada.post(f"{page_url}/votes", data={"votes_each": typed})
        assert refused.status_code == 422
        assert 'href="#votes_each"' in refused.text
    assert (await ada.post(f"{page_url}/votes", data={"votes_each": "5"})).status_code == 303
    assert (await stored(installation, meeting)).votes_each == 5


async def test_a_heading_that_the_room_cannot_read_is_said_not_to_be_voted_on(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, findings: list[UUID], page_url: str
) -> None:
    async with installation.database.writing() as db:
        db.add(finding_of(meeting, "Nothing under it", place=9))
    html = (await browser_of("ada").get(page_url)).text
    assert html.count("the room cannot read it") == 1


async def test_a_covered_heading_keeps_its_votes_and_has_no_place(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, findings: list[UUID], page_url: str
) -> None:
    ada = browser_of("ada")
    phone = await joined(installation, meeting)
    for finding in (findings[0], findings[0], findings[1]):
        await vote(installation, phone, finding)
    await ada.post(f"{page_url}/totals", data={"shown": "yes"})
    await cover(installation, findings[0])
    rows = re.findall(r"<tr.*?</tr>", (await ada.get(page_url)).text, re.DOTALL)
    cells = [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in rows if "<td" in row]
    # As on phones and the big screen, where the one that can be read comes first.
    assert cells[0] == ["1", "1"]
    assert ["–", "2"] in cells
