"""What the big screen shows at each step, and how it hears of the next one."""

import datetime as dt
import html
import re
from collections.abc import Callable

import httpx
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.conftest import Installation, Meeting
from tests.pages.board.phones import NEEDED, WELL, WORRIED, joined
from tests.pages.board.running import stored
from tests.pages.projector.screen import changes, projector, screen, since
from tests.pages.projector.stage import Facilitator
from workshop.database import now
from workshop.focus_groups.joining_code import shown_join_code
from workshop.focus_groups.models import FocusGroup, Phase, Projected, StepKind
from workshop.focus_groups.run_sheet import NewStep
from workshop.focus_groups.running import change_timer
from workshop.focus_groups.timer import started
from workshop.focus_groups.writes import close_focus_group, enter_phase

BrowserOf = Callable[..., httpx.AsyncClient]


async def test_in_the_lobby_it_shows_how_to_join_and_nobodys_name(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    await facilitator.go_to(NewStep(StepKind.WELCOME, 10))
    await joined(installation, meeting, {"Police": 2})
    ada = browser_of("ada")
    page = (await ada.get(projector(meeting))).text
    words = await screen(ada, meeting)
    assert "Core groups 2026" in words
    assert "workshop.test" in words
    assert shown_join_code((await stored(installation, meeting)).join_code or "") in words
    assert "2 people joined, on 1 phone or computer" in words
    assert "Please write no names of children or families. This is not a referral." in words
    assert "points hidden" not in words, "nobody has written one"
    assert "<nav" not in page
    assert "masthead" not in page
    assert ">Ada<" not in page
    assert "Sign out" not in page


async def test_at_a_theme_it_shows_the_points_newest_first_with_counts(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    phone = await joined(installation, meeting)
    await phone.write("First <b>said</b>")
    await phone.write("Then this")
    await phone.write("The chair listens", WELL)
    await phone.write("Somewhere else", theme=1)
    await facilitator.go_to_theme()
    words = await screen(browser_of("ada"), meeting)
    assert words.index("Then this") < words.index("First <b>said</b>")
    assert "What needs to happen? 2 points" in words
    assert "What is working well? 1 point " in words
    assert "What are we worried about? 0 points" in words
    assert "Somewhere else" not in words
    await facilitator.go_to_theme(column=WELL, title="What we are proud of")
    words = await screen(browser_of("ada"), meeting)
    assert "The chair listens" in words
    assert "Then this" not in words
    assert f"What we are proud of {meeting.themes[0].name}" in words


async def test_many_points_go_on_on_further_pages_each_on_one(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    phone = await joined(installation, meeting)
    for number in range(60):
        await phone.write(f"Point {number:02}.", (WELL, WORRIED, NEEDED)[number % 3])
    await facilitator.go_to_theme()
    ada, seen = browser_of("ada"), list[str]()
    words = await screen(ada, meeting)
    assert "Point 59." in words
    for page in range(1, 61):
        words = await screen(ada, meeting, page)
        more = [int(count) for count in re.findall(r"and (\d+) more", words)]
        found = re.findall(r"Point \d\d\.", words)
        seen += found
        assert sum(more) == 60 - len(seen)
        if not more:
            break
    assert sorted(seen) == [f"Point {number:02}." for number in range(60)]
    assert await screen(ada, meeting, 9999) == words
    assert "Point 59." in await screen(ada, meeting, 0)


async def test_the_next_step_begins_with_its_first_page(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    phone = await joined(installation, meeting)
    for number in range(60):
        await phone.write(f"Point {number:02}.", NEEDED, theme=number % 2)
    await facilitator.go_to_theme(0, NEEDED)
    ada = browser_of("ada")
    page = (await ada.get(projector(meeting))).text
    second = html.unescape(re.findall(r'href="([^"]+page=2)"', page)[0])
    older = (await ada.get(second)).text
    assert "Point 58." not in older
    kept = {name: re.findall(rf'name="{name}" value="([^"]+)"', older)[0] for name in ("since", "page", "place")}
    assert kept["page"] == "2"
    await phone.write("Just said")
    answer = await ada.get(f"{projector(meeting)}/changes", params=kept)
    assert "Just said" not in answer.text
    assert 'name="page" value="2"' in answer.text
    await facilitator.go_to_theme(1, NEEDED)
    answer = await ada.get(f"{projector(meeting)}/changes", params=kept)
    assert "Point 59." in answer.text
    assert 'name="page" value="1"' in answer.text


async def test_a_step_of_the_facilitators_own_has_its_words(
    browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    await facilitator.go_to(NewStep(StepKind.OWN, 10, title="Presentations", text="Five minutes <each>"))
    words = await screen(browser_of("ada"), meeting)
    assert "Presentations Five minutes <each>" in words
    assert "with the code" in words


async def test_while_people_roam_it_counts_by_theme_and_can_show_one(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    await (await joined(installation, meeting)).write("Said under the second", theme=1)
    words = await screen(browser_of("ada"), meeting)
    assert f"{meeting.themes[1].name} 0 0 1" in words
    assert "Said under the second" not in words
    await facilitator.project(Projected.POINTS, 1)
    assert "Said under the second" in await screen(browser_of("ada"), meeting)


async def test_when_it_is_closed_it_says_what_happens_next(
    browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    await facilitator.change(close_focus_group)
    words = await screen(browser_of("ada"), meeting)
    assert "Thank you" in words
    assert "Your words themselves are deleted on" in words
    assert "with the code" not in words
    await facilitator.project(Projected.FINDINGS)
    assert "Thank you" not in await screen(browser_of("ada"), meeting)


async def test_a_group_that_is_not_open_yet_says_so_and_a_programme_without_themes_is_no_error(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    async def draft(db: AsyncSession, group: FocusGroup) -> None:
        await enter_phase(db, group, Phase.DRAFT)

    await facilitator.change(draft)
    assert "Nobody can join yet" in await screen(browser_of("ada"), meeting)
    for projected in Projected:
        await facilitator.project(projected)
        assert await screen(browser_of("ada"), meeting)


async def test_changes_are_nothing_while_nothing_changed_and_the_whole_screen_after(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    await facilitator.go_to_theme()
    phone, ada = await joined(installation, meeting), browser_of("ada")
    mark = since((await ada.get(projector(meeting))).text)
    assert (await changes(ada, meeting, mark)).status_code == 204
    await phone.write("Just said")
    answer = await changes(ada, meeting, mark)
    assert '<hx-partial hx-target="#screen" hx-swap="innerMorph">' in answer.text
    assert "Just said" in answer.text
    assert (await changes(ada, meeting, since(answer.text))).status_code == 204
    assert "Just said" in (await changes(ada, meeting, "anything")).text
    # A new name raises no revision of the projector's, and is seen all the same.
    async with installation.database.writing() as db:
        theme = await db.merge(meeting.themes[0])
        theme.name = "Renamed meanwhile"
    assert "Renamed meanwhile" in (await changes(ada, meeting, since(answer.text))).text


async def test_the_timer_is_as_of_now_though_the_screen_is_remembered(
    browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    await facilitator.go_to_theme()
    ada = browser_of("ada")

    async def left(minutes: int) -> int:
        ends = started(minutes * 60, now())
        await facilitator.change(lambda db, group: change_timer(db, group, ends))
        return int(re.findall(r'data-left="(\d+)"', (await changes(ada, meeting, "")).text)[0])

    assert 590_000 < await left(10) <= 600_000
    first = int(re.findall(r'data-left="(\d+)"', (await ada.get(projector(meeting))).text)[0])
    async with facilitator.here.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        # As when the same revision is asked for five minutes later.
        group.timer_ends_at = now() + dt.timedelta(minutes=5)
        db.add(group)
    later = int(re.findall(r'data-left="(\d+)"', (await ada.get(projector(meeting))).text)[0])
    assert later <= 300_000 < first
