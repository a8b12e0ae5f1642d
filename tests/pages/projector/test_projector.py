"""What the big screen shows at each step, and that it shows nothing else."""

import datetime as dt
import html
import re
from collections.abc import Callable

import httpx
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.conftest import Installation, Meeting
from tests.pages.board.phones import NEEDED, WELL, WORRIED, joined
from tests.pages.projector.stage import Facilitator
from workshop.contributions.writes import hide_contribution, restore_contribution
from workshop.database import now
from workshop.focus_groups.joining_code import shown_join_code
from workshop.focus_groups.models import FocusGroup, Phase, Projected, StepKind
from workshop.focus_groups.run_sheet import NewStep
from workshop.focus_groups.running import change_timer
from workshop.focus_groups.timer import started
from workshop.focus_groups.writes import close_focus_group, enter_phase

BrowserOf = Callable[..., httpx.AsyncClient]


def projector(meeting: Meeting) -> str:
    return f"/focus-groups/{meeting.focus_group.id}/projector"


async def screen(browser: httpx.AsyncClient, meeting: Meeting, page: int = 1) -> str:
    """The page's words without its markup, runs of blanks as one."""
    first = (await browser.get(projector(meeting))).text
    place = re.findall(r'name="place" value="([^"]+)"', first)[-1]
    answer = await browser.get(projector(meeting), params={"page": page, "place": place})
    assert answer.status_code == 200
    body = answer.text[answer.text.index('id="screen"') :]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def since(text: str) -> str:
    return str(re.findall(r'name="since" value="([^"]+)"', text)[-1])


async def changes(browser: httpx.AsyncClient, meeting: Meeting, mark: str) -> httpx.Response:
    return await browser.get(f"{projector(meeting)}/changes", params={"since": mark}, headers={"HX-Request": "true"})


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


async def test_a_message_for_the_facilitator_is_not_shown_to_the_room_and_waits(
    browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada = browser_of("ada")
    answer = await ada.post(f"/focus-groups/{meeting.focus_group.id}/opening")
    assert answer.status_code == 303
    assert "People join with the code" not in (await ada.get(projector(meeting))).text
    assert "People join with the code" in (await ada.get(answer.headers["location"])).text


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


async def test_before_the_reveal_there_is_a_number_and_no_word_anywhere(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    await facilitator.write_blind()
    await facilitator.go_to_theme()
    phone, ada = await joined(installation, meeting), browser_of("ada")
    mark = since((await ada.get(projector(meeting))).text)
    secret = await phone.write("Unheard-of words")
    await facilitator.put_together("A heading of unheard-of words", [secret])

    async def all_bytes() -> bytes:
        answers = b""
        for shown in (Projected.STEP, *set(Projected) - {Projected.STEP}):
            await facilitator.project(shown, 0)
            answers += (await ada.get(projector(meeting))).content
            answers += (await changes(ada, meeting, mark)).content
        return answers

    before = await all_bytes()
    assert b"nheard-of" not in before
    assert str(secret).encode() not in before
    await facilitator.project(Projected.POINTS, 0)
    assert "1 point not revealed yet" in await screen(ada, meeting)
    assert "What needs to happen? 1 point " in await screen(ada, meeting)
    await facilitator.reveal()
    assert "Unheard-of words" in await screen(ada, meeting)
    assert "not revealed" not in await screen(ada, meeting)
    await facilitator.cover()
    assert b"nheard-of" not in await all_bytes()


async def test_what_is_hidden_or_held_goes_and_is_counted(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    phone, ada = await joined(installation, meeting), browser_of("ada")
    group = meeting.focus_group.id
    points = [await phone.write(f"Criticism {name}") for name in ("one", "two", "three")]
    await phone.write("Elsewhere", theme=1)
    await facilitator.go_to_theme()
    assert "No points hidden" in await screen(ada, meeting)
    await facilitator.change(lambda db, _: hide_contribution(db, group, points[0]))
    await facilitator.hold(points[1])
    for shown in (Projected.STEP, Projected.FINDINGS, Projected.JOIN, Projected.SCALE):
        await facilitator.project(shown, 0)
        words = await screen(ada, meeting)
        assert "2 points hidden" in words
        assert "Criticism one" not in words
        assert "Criticism two" not in words
    await facilitator.project(Projected.POINTS, 1)
    assert "No points hidden" in await screen(ada, meeting)
    await facilitator.project(Projected.POINTS, 0)
    await facilitator.change(lambda db, _: restore_contribution(db, group, points[0]))
    words = await screen(ada, meeting)
    assert "1 point hidden" in words
    assert "Criticism one" in words


async def test_an_agency_stands_beside_words_only_as_on_the_board(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    await (await joined(installation, meeting, {"Police": 5})).write("Said by one of many")
    await (await joined(installation, meeting, {"Housing": 1})).write("Said by one alone")
    await facilitator.go_to_theme()
    words = await screen(browser_of("ada"), meeting)
    assert "Said by one of many Police" in words
    assert "Housing" not in words


async def test_findings_have_counts_and_hidden_points_no_heading(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    phone, ada = await joined(installation, meeting), browser_of("ada")
    points = [await phone.write(f"Late minutes {number}") for number in range(3)]
    named = await phone.write("Names a family")
    desk = await phone.write("Sorted at the desk")
    await phone.write("Left over")
    await facilitator.put_together("Minutes in time", points)
    await facilitator.put_together("A heading of a family’s name", [named])
    await facilitator.put_together("The coordinator’s own heading", [desk], is_rooms_own=False)
    await facilitator.change(lambda db, group: hide_contribution(db, group.id, named))
    await facilitator.go_to(NewStep(StepKind.GROUPING, 10, meeting.themes[0].id))
    words = await screen(ada, meeting)
    assert "Minutes in time 3 points" in words
    assert "1 heading " in words
    assert "family’s name" not in words
    assert "coordinator’s own" not in words
    assert "Not under a heading yet 2" in words
    assert words.index("Left over") < words.index("Sorted at the desk")
    assert "Late minutes" not in words
    assert "1 point hidden" in words


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


async def stored(here: Installation, meeting: Meeting) -> FocusGroup:
    async with here.database.reading() as db:
        return await db.get_one(FocusGroup, meeting.focus_group.id)
