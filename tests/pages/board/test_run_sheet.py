"""The run sheet's pages, without scripts."""

import datetime as dt
import re
from collections.abc import Callable

import httpx
import pytest

from tests.conftest import Installation, Meeting
from workshop.focus_groups.models import FocusGroup, Phase, RunSheetStep, StepKind
from workshop.focus_groups.run_sheet import MOST_STEPS, total_minutes
from workshop.focus_groups.steps import steps_of
from workshop.programmes.models import ColumnKind
from workshop.surveys.models import PracticeScale

BrowserOf = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def page(installation: Installation, meeting: Meeting) -> str:
    """The path of the run sheet of a group that is not opened yet and starts at half past nine."""
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        group.phase, group.join_code, group.starts_at = Phase.DRAFT, None, dt.time(9, 30)
        db.add(group)
    return f"/focus-groups/{meeting.focus_group.id}/run-sheet"


async def sheet(here: Installation, meeting: Meeting) -> list[RunSheetStep]:
    async with here.database.reading() as db:
        return await steps_of(db, meeting.focus_group.id)


async def test_one_press_makes_it_and_it_says_when_each_step_is_due(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, page: str
) -> None:
    ada = browser_of("ada")
    assert "Make it from the themes" in (await ada.get(page)).text
    assert (await ada.post(page, data={"layout": "themes"})).status_code == 303
    html = (await ada.get(page)).text
    assert "120 minutes in all, from 9:30am to 11:30am" in html
    times = re.findall(r'settings-list__time">([^<]+)<', html)
    assert times == ["9:30am", "9:40am", "10am", "10:20am", "10:40am", "11am", "11:15am", "11:25am"]
    names = re.findall(r'settings-list__name" dir="auto">([^<\n]*[^<\n ])', html)
    assert names == ["Welcome", *(t.name for t in meeting.themes), "Put alike points together", "Priorities", "Close"]
    assert "Next goes" in html
    board = (await ada.get(page.replace("run-sheet", "board"))).text
    assert "8 steps, 120 minutes" in board


@pytest.mark.parametrize(("layout", "count", "minutes"), [("columns", 16, 120), ("half_day", 10, 150), ("", 8, 120)])
async def test_other_layouts_can_be_chosen_until_the_meeting_begins(
    installation: Installation,
    browser_of: BrowserOf,
    meeting: Meeting,
    page: str,
    layout: str,
    count: int,
    minutes: int,
) -> None:
    ada = browser_of("ada")
    await ada.post(page, data={"layout": "themes"})
    await ada.post(page, data={"layout": layout})
    steps = await sheet(installation, meeting)
    assert (len(steps), total_minutes(steps)) == (count, minutes)
    if layout == "half_day":
        html = (await ada.get(page)).text
        assert "Presentations" in html
        assert "Check the facts" in html
        assert "to 12pm" in html
    await ada.post(page.replace("run-sheet", "step"), data={})
    assert "Begin anew" not in (await ada.get(page)).text
    assert (await ada.post(page, data={"layout": "themes"})).status_code == 409
    assert len(await sheet(installation, meeting)) == count


async def test_a_scale_is_in_it_once_both_its_anchors_are_worded(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, page: str
) -> None:
    ada = browser_of("ada")
    for highest, expected in (("", 0), ("Everybody comes", 1)):
        async with installation.database.writing() as db:
            db.add(PracticeScale(programme_id=meeting.programme.id, lowest="Nobody comes", highest=highest))
        await ada.post(page, data={"layout": "themes"})
        kinds = [step.kind for step in await sheet(installation, meeting)]
        assert kinds.count(StepKind.SCALE) == expected


async def test_a_step_of_ones_own_is_added_moved_changed_and_removed(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, page: str
) -> None:
    ada = browser_of("ada")
    await ada.post(page, data={"layout": "themes"})
    own = {"what": "own", "title": " A  break ", "text": "Coffee is outside.\nBack at eleven.", "minutes": "15"}
    assert (await ada.post(f"{page}/steps", data=own)).status_code == 303
    step = (await sheet(installation, meeting))[-2]
    assert (step.kind, step.title, step.text, step.minutes) == (
        StepKind.OWN,
        "A break",
        "Coffee is outside.\nBack at eleven.",
        15,
    )
    for move in ("up", "up", "down"):
        await ada.post(f"{page}/steps/{step.id}/position", data={"move": move})
    steps = await sheet(installation, meeting)
    assert [each.id for each in steps].index(step.id) == 6
    assert "Coffee is outside." in (await ada.get(f"{page}/steps/{step.id}")).text
    refused = await ada.post(f"{page}/steps/{step.id}", data={"title": " ", "text": "Kept words", "minutes": "ten"})
    assert refused.status_code == 422
    for words in ("Enter what it is called", "Enter a whole number from 0 to 480", "Kept words", 'value="ten"'):
        assert words in refused.text
    await ada.post(f"{page}/steps/{step.id}", data={"title": "Lunch", "minutes": ""})
    changed = (await sheet(installation, meeting))[6]
    assert (changed.title, changed.text, changed.minutes) == ("Lunch", "", 0)
    await ada.post(f"{page}/steps/{step.id}/removal")
    assert step.id not in {each.id for each in await sheet(installation, meeting)}


async def test_what_is_added_is_what_was_chosen(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, page: str
) -> None:
    ada, theme = browser_of("ada"), meeting.themes[1]
    await ada.post(page, data={"layout": "themes"})
    html = (await ada.get(page)).text
    assert f"Theme: {theme.name}" in html
    assert 'value="close"' not in html  # it is there already
    await ada.post(f"{page}/steps", data={"what": f"theme:{theme.id}", "column": "worried_about"})
    await ada.post(f"{page}/steps", data={"what": f"scale:{theme.id}", "column": "worried_about"})
    asked, scale = (await sheet(installation, meeting))[-3:-1]
    assert (asked.kind, asked.theme_id, asked.column) == (StepKind.THEME, theme.id, ColumnKind.WORRIED_ABOUT)
    assert (scale.kind, scale.theme_id, scale.column) == (StepKind.SCALE, theme.id, None)
    for what in ("", "theme", f"theme:{meeting.programme.id}", "nonsense", "close"):
        refused = await ada.post(f"{page}/steps", data={"what": what, "title": "Kept words"})
        assert refused.status_code == 422, what
        assert "Kept words" in refused.text
    assert len(await sheet(installation, meeting)) == 10


async def test_a_run_sheet_has_an_end(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, page: str
) -> None:
    ada = browser_of("ada")
    for _ in range(MOST_STEPS):
        await ada.post(f"{page}/steps", data={"what": "own", "title": "Talk"})
    refused = await ada.post(f"{page}/steps", data={"what": "own", "title": "Talk"})
    assert (refused.status_code, "at most 60 steps" in refused.text) == (422, True)
    assert len(await sheet(installation, meeting)) == MOST_STEPS


async def test_the_step_that_is_run_says_so_and_stays(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, page: str
) -> None:
    ada = browser_of("ada")
    await ada.post(page.replace("run-sheet", "step"), data={})
    step = (await sheet(installation, meeting))[0]
    assert "it cannot be removed" in (await ada.get(f"{page}/steps/{step.id}")).text
    assert (await ada.post(f"{page}/steps/{step.id}/removal")).status_code == 409
    assert re.search(r"Welcome <strong[^>]*>Now<", (await ada.get(page)).text)
