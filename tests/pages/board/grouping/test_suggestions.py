"""What could go together is offered, and points that recur are marked; nothing is decided for anybody."""

import datetime as dt
import re
import sys
from uuid import UUID, uuid4

import pytest

from tests.conftest import Installation, Meeting
from tests.pages.board.grouping.page import SAID, Page, findings, loose
from tests.pages.board.phones import Phone
from workshop.findings.refusals import refuse_suggestion, refused_suggestions
from workshop.focus_groups.making import make_focus_group
from workshop.focus_groups.models import FocusGroup
from workshop.pages.board import grouping_view
from workshop.retention.removal import remove_focus_group

pytestmark = pytest.mark.anyio


async def test_the_same_words_are_offered_at_once_and_others_when_asked(
    installation: Installation, meeting: Meeting, page: Page, points: list[UUID]
) -> None:
    html = await page.html()
    assert "The same words: 2 points" in html
    assert "Suggestion: " not in html
    await page.done("suggestions")
    html = await page.html(suggest="yes")
    assert "Suggestion: 3 points" in html
    proposed = re.search(r'id="s-(\w+)-form".*?</form>', html[html.index("Suggestion: 3") :], re.DOTALL)
    assert proposed
    members = re.findall(r'name="points" value="([^"]+)"', proposed[0])
    assert set(members) == {str(point) for point in points[:3]}
    assert await findings(installation, meeting) == {}

    await page.done("refused-suggestions", points=members, suggest="yes")
    assert "Suggestion: 3 points" not in await page.html(suggest="yes")
    await page.done("suggestions")
    assert "Suggestion: 3 points" not in await page.html(suggest="yes")
    await page.done("offered-again", suggest="yes")
    assert "Suggestion: 3 points" in await page.html(suggest="yes")

    # Changed: one member ticked off, another heading.
    await page.done("findings", points=members[:2], heading="In a week", suggest="yes")
    assert await findings(installation, meeting) == {"In a week": SAID[:2]}
    assert "Suggestion: 3 points" not in await page.html(suggest="yes")


async def test_what_is_left_of_a_refused_suggestion_is_not_offered_by_itself(
    page: Page, phone: Phone, points: list[UUID]
) -> None:
    await phone.write("Minutes sooner: send them within a week")
    await page.done("suggestions", suggest="yes")
    html = await page.html(suggest="yes")
    proposed = html[html.index("Suggestion: 4") :].partition("</form>")[0]
    members = re.findall(r'name="points" value="([^"]+)"', proposed)
    await page.done("refused-suggestions", points=members, suggest="yes")
    await page.done("findings", points=members[0])
    assert "Suggestion: " not in await page.html(suggest="yes")


async def test_a_refusal_is_undone_as_every_step(meeting: Meeting, page: Page, points: list[UUID]) -> None:
    same, offered = [str(points[0]), str(points[2])], "The same words: 2 points"
    await page.done("findings", points=str(points[3]), heading="Biscuits")
    await page.done("refused-suggestions", points=same)
    assert offered not in await page.html()
    await page.undo()
    html = await page.html()
    assert offered in html
    # Nothing else was undone with it.
    assert "Undo: grouped points" in html
    await page.undo("redo")
    assert offered not in await page.html()
    await page.done("offered-again")
    assert offered in await page.html()
    await page.undo()
    assert offered not in await page.html()


async def test_a_refusal_goes_with_its_group(installation: Installation, meeting: Meeting) -> None:
    async with installation.database.writing() as db:
        group = await make_focus_group(db, FocusGroup(programme_id=meeting.programme.id, date=dt.date(2026, 11, 21)))
        await refuse_suggestion(db, group.id, [uuid4(), uuid4()])
        await refuse_suggestion(db, meeting.focus_group.id, [uuid4(), uuid4()])
        await remove_focus_group(db, group)
    async with installation.database.reading() as db:
        assert not await refused_suggestions(db, group.id)
        assert await refused_suggestions(db, meeting.focus_group.id)


async def test_a_long_column_shows_its_first_points_and_the_others_follow(
    page: Page, points: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping_view, "MOST_SHOWN", 2)
    html = await page.html()
    assert loose(html) == SAID[:2]
    assert "5 points not grouped yet" in html
    assert "The first 2 are shown" in html
    await page.done("findings", points=str(points[0]))
    assert loose(await page.html()) == SAID[1:3]


async def test_without_a_worker_nothing_is_suggested_and_the_page_stays(
    page: Page, points: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    refused = await page.post("suggestions")
    assert refused.status_code == 422
    assert "Nothing could be suggested this time" in refused.text
    assert loose(refused.text) == SAID
    assert loose(await page.html(suggest="yes")) == SAID


async def test_points_that_recur_under_another_theme_are_marked(meeting: Meeting, page: Page, phone: Phone) -> None:
    await phone.write("More administrative support")
    await phone.write("More administrative support, please", theme=1)
    html = await page.html()
    assert re.search(rf"Recurs</strong> also under <span[^>]*>{meeting.themes[1].name}</span>", html)
