"""What the run bar says before Next: what the step after this one still needs, and where that is made."""

import re
from collections.abc import Callable

import httpx
import pytest

from tests.conftest import Installation, Meeting
from tests.findings.of_a_room import add_findings
from workshop.focus_groups.changes import announce_programme_change
from workshop.focus_groups.models import FocusGroup, StepKind
from workshop.focus_groups.reveals import reveal_themes
from workshop.focus_groups.run_sheet import NewStep
from workshop.focus_groups.running import enter_step
from workshop.focus_groups.steps import make_run_sheet
from workshop.focus_groups.writes import raise_revision
from workshop.surveys.writes import ScaleWords, set_scale

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]


async def stand_before(here: Installation, meeting: Meeting, *steps: NewStep, is_blind: bool = False) -> None:
    """A meeting whose present step is the grouping, with ``steps`` after it."""
    async with here.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        group.is_blind = is_blind
        made = await make_run_sheet(db, group, [NewStep(StepKind.GROUPING), *steps, NewStep(StepKind.CLOSE)])
        await enter_step(db, group, made[0])


async def changed(here: Installation, meeting: Meeting) -> None:
    async with here.database.writing() as db:
        await raise_revision(db, meeting.focus_group.id)


async def missing(browser: httpx.AsyncClient, meeting: Meeting, page: str = "board/changes") -> str:
    """What the run bar says that the next step lacks, without its marks."""
    theme = str(meeting.themes[0].id)
    query = {"theme": theme, "since": "0.0.x"} if page == "board/changes" else {}
    answer = await browser.get(f"/focus-groups/{meeting.focus_group.id}/{page}", params=query)
    assert 'id="next"' in answer.text
    found = re.search(r'<p [^>]*id="missing">(.*?)</p>', answer.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", "", found[1]).split()) if found else ""


async def test_before_priorities_it_says_which_themes_have_no_headings_and_leads_to_grouping(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada = browser_of("ada")
    await stand_before(installation, meeting, NewStep(StepKind.PRIORITIES))
    for page in ("board", "board/changes", "grouping"):
        said = await missing(ada, meeting, page)
        assert said == "There are no headings to vote on yet. Put alike points together first"
    await add_findings(installation, meeting, "Book rooms")
    await add_findings(installation, meeting, "Ask the children", theme=2)
    await changed(installation, meeting)
    second, last = meeting.themes[1].name, meeting.themes[3].name
    said = await missing(ada, meeting)
    assert said.startswith(f"There are no headings to vote on yet under “{second}” and “{last}”.")
    html = (await ada.get(f"/focus-groups/{meeting.focus_group.id}/board")).text
    link = re.search(r'id="missing">.*?href="([^"]*)"', html, re.DOTALL)
    assert link
    place = f"theme={meeting.themes[1].id}&amp;column=needs_to_happen"
    assert link[1].endswith(f"/focus-groups/{meeting.focus_group.id}/grouping?{place}")
    for theme in (1, 3):
        await add_findings(installation, meeting, f"Heading {theme}", theme=theme)
    await changed(installation, meeting)
    assert await missing(ada, meeting) == ""


async def test_before_priorities_it_says_what_the_room_cannot_read(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada = browser_of("ada")
    await stand_before(installation, meeting, NewStep(StepKind.PRIORITIES), is_blind=True)
    await add_findings(installation, meeting, "Book rooms")
    await changed(installation, meeting)
    assert (await missing(ada, meeting)).startswith(
        f"The room cannot read what is under “{meeting.themes[0].name}” yet"
    )
    async with installation.database.writing() as db:
        await reveal_themes(db, await db.get_one(FocusGroup, meeting.focus_group.id), [meeting.themes[0].id])
    assert "The room cannot read" not in await missing(ada, meeting)


@pytest.mark.parametrize("place", [None, 1])
async def test_before_a_scale_without_words_it_leads_to_where_they_are_written(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, place: int | None
) -> None:
    ada = browser_of("ada")
    theme = None if place is None else meeting.themes[place]
    await stand_before(installation, meeting, NewStep(StepKind.SCALE, 5, theme.id if theme else None))
    about = f"“{theme.name}”" if theme else "the whole"
    said = await missing(ada, meeting)
    assert said == (f"The scale about {about} has no words for 0 and 10 yet, so phones would wait. Write them first")
    html = (await ada.get(f"/focus-groups/{meeting.focus_group.id}/board")).text
    link = re.search(r'id="missing">.*?href="([^"]*)"', html, re.DOTALL)
    assert link
    assert 'name="lowest"' in (await ada.get(link[1])).text
    async with installation.database.writing() as db:
        words = ScaleWords("How well do core groups work?", "Not at all", "As they should")
        await set_scale(db, meeting.programme.id, theme.id if theme else None, words)
        await announce_programme_change(db, meeting.programme.id)
    assert await missing(ada, meeting) == ""


async def test_scales_that_are_asked_twice_are_told_apart_among_all_steps(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    first, second = meeting.themes[:2]
    scales = [None, first.id, second.id, first.id, None, first.id]
    await stand_before(installation, meeting, *(NewStep(StepKind.SCALE, 5, theme_id) for theme_id in scales))
    for page in ("board", "run-sheet"):
        html = (await browser_of("ada").get(f"/focus-groups/{meeting.focus_group.id}/{page}")).text
        text = " ".join(re.sub(r"<[^>]*>", "", html).split())
        for words in (
            "Practice scale: first time",
            f"Practice scale: {first.name}, first time",
            f"Practice scale: {second.name}",
            f"Practice scale: {first.name}, second time",
            "Practice scale: second time",
            f"Practice scale: {first.name}, third time",
        ):
            assert words in text, (page, words)
        assert f"{second.name}, " not in text
