"""The run bar, without scripts: Next, Back, the timer, what the room can read, settings."""

import asyncio
import re
from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from workshop.database import now
from workshop.focus_groups.done import say_done
from workshop.focus_groups.models import FocusGroup, Participant, Phase, Projected, RunSheetStep, StepKind
from workshop.focus_groups.reveals import revealed_themes
from workshop.focus_groups.steps import steps_of
from workshop.focus_groups.writes import enter_phase, join_focus_group

BrowserOf = Callable[..., httpx.AsyncClient]
HTMX = {"HX-Request": "true"}


@pytest.fixture
async def group(installation: Installation, meeting: Meeting) -> str:
    """The path of a focus group that is not opened yet."""
    async with installation.database.writing() as db:
        stored_group = await db.get_one(FocusGroup, meeting.focus_group.id)
        stored_group.phase, stored_group.join_code = Phase.DRAFT, None
        db.add(stored_group)
    return f"/focus-groups/{meeting.focus_group.id}"


async def stored(here: Installation, meeting: Meeting) -> FocusGroup:
    async with here.database.reading() as db:
        return await db.get_one(FocusGroup, meeting.focus_group.id)


async def sheet(here: Installation, meeting: Meeting) -> list[RunSheetStep]:
    async with here.database.reading() as db:
        return await steps_of(db, meeting.focus_group.id)


def next_form(html: str) -> dict[str, str]:
    """What the primary button sends."""
    found = re.search(
        r'name="seen" value="([^"]*)">\s*<input type="hidden" name="to" value="([^"]*)">[^<]*<button [^>]*id="next"',
        html,
    )
    assert found, "there is no Next"
    return {"seen": found[1], "to": found[2]}


async def press(browser: httpx.AsyncClient, group: str) -> httpx.Response:
    """Open the board, press Next, see where it leads."""
    html = (await browser.get(f"{group}/board")).text
    return await browser.post(f"{group}/step", data=next_form(html))


async def test_start_makes_the_run_sheet_and_next_goes_through_it_to_the_close(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada = browser_of("ada")
    html = (await ada.get(f"{group}/board")).text
    assert "Start the meeting" in html
    assert "Nobody writes before you press Next" in html
    assert 'id="open"' in html  # a plain survey is one quiet step away

    answer = await press(ada, group)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{group}/board")
    opened = await stored(installation, meeting)
    steps = await sheet(installation, meeting)
    assert (opened.phase, opened.step_id, len(steps)) == (Phase.LOBBY, steps[0].id, 8)
    assert opened.join_code
    html = (await ada.get(f"{group}/board")).text
    assert f"People join with the code {opened.join_code[:3]} {opened.join_code[3:]}" in html
    assert f"Next: {meeting.themes[0].name}" in html
    assert f"Phones open “{meeting.themes[0].name}” with its questions, and people write." in html

    answer = await press(ada, group)
    assert answer.headers["location"] == f"{group}/board?theme={meeting.themes[0].id}"
    assert (await stored(installation, meeting)).phase is Phase.GATHERING
    for _ in range(5):
        await press(ada, group)
    assert (await stored(installation, meeting)).phase is Phase.PRIORITISING
    html = (await ada.get(f"{group}/board")).text
    assert re.search(rf'href="[^"]*{group}/closure"[^>]*id="next"[^>]*>Next: Close<', html)
    assert "You are asked first" in html
    await ada.post(f"{group}/closure")
    closed = await stored(installation, meeting)
    assert (closed.phase, closed.step_id) == (Phase.CLOSED, steps[-1].id)


async def test_a_closed_meetings_board_says_what_comes_next(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada = browser_of("ada")

    async def after(page: str = "board") -> str:
        html = (await ada.get(f"{group}/{page}")).text
        found = re.search(r'<p [^>]*id="after">(.*?)</p>', html, re.DOTALL)
        return found[1] if found else ""

    await ada.post(f"{group}/opening")
    assert await after() == ""
    await ada.post(f"{group}/closure")
    for page in ("board", "grouping", "priorities"):
        said = await after(page)
        assert "unless you open it again" in said
        for there in (f"{group}/grouping", f"{group}/room", f"/programmes/{meeting.programme.id}/recommendations"):
            assert f'href="{there}"' in said
            assert (await ada.get(there)).status_code == 200
    assert 'id="open"' in (await ada.get(f"{group}/board")).text


async def test_back_and_any_step_are_one_press_away(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada = browser_of("ada")
    for _ in range(3):
        await press(ada, group)
    steps = await sheet(installation, meeting)
    html = (await ada.get(f"{group}/board")).text
    assert f"Back to {meeting.themes[0].name}" in html
    for index in (5, 1, 6):
        seen = (await stored(installation, meeting)).step_id
        await ada.post(f"{group}/step", data={"seen": str(seen), "to": str(steps[index].id)})
        assert (await stored(installation, meeting)).step_id == steps[index].id
    await ada.post(f"{group}/closure")
    html = (await ada.get(f"{group}/board")).text
    assert "opens it again, with a new join code" in html
    await ada.post(f"{group}/step", data={"seen": str(steps[7].id), "to": str(steps[6].id)})
    again = await stored(installation, meeting)
    assert (again.phase, bool(again.join_code)) == (Phase.PRIORITISING, True)


async def test_a_step_with_a_page_of_its_own_is_one_link_away_and_its_text_is_read_by_the_facilitator_too(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada = browser_of("ada")
    await ada.post(f"{group}/run-sheet", data={"layout": "half_day"})
    steps = await sheet(installation, meeting)
    for step, path in ((steps[1], "/board"), (steps[3], f"/board?theme={steps[3].theme_id}"), (steps[7], "/grouping")):
        seen = (await stored(installation, meeting)).step_id
        answer = await ada.post(f"{group}/step", data={"seen": str(seen or ""), "to": str(step.id)})
        assert answer.headers["location"] == f"{group}{path}"
        for here in (path, f"/board?theme={meeting.themes[3].id}"):
            html = (await ada.get(f"{group}{here}")).text
            is_elsewhere = path not in {here, "/board"}
            assert ("To this step’s page" in html) is is_elsewhere, (path, here)
            assert ("Each agency says which standards were met" in html) is (step is steps[1])


async def test_two_facilitators_press_next_at_once(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada, cleo = browser_of("ada"), browser_of("cleo")
    await press(ada, group)
    shown = next_form((await ada.get(f"{group}/board")).text)
    answers = await asyncio.gather(*(who.post(f"{group}/step", data=shown) for who in (ada, cleo)))
    steps = await sheet(installation, meeting)
    assert (await stored(installation, meeting)).step_id == steps[1].id
    assert {answer.headers["location"] for answer in answers} == {f"{group}/board?theme={meeting.themes[0].id}"}
    await press(ada, group)
    late = await cleo.post(f"{group}/step", data={"seen": str(steps[0].id), "to": str(steps[4].id)})
    assert late.headers["location"] == f"{group}/board?theme={meeting.themes[1].id}"
    assert "Somebody else has moved the meeting on" in (await cleo.get(late.headers["location"])).text
    assert (await stored(installation, meeting)).step_id == steps[2].id


async def test_two_facilitators_start_at_once(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    await asyncio.gather(*(browser_of(who).post(f"{group}/step", data={}) for who in ("ada", "cleo")))
    assert len(await sheet(installation, meeting)) == 8
    assert (await stored(installation, meeting)).phase is Phase.LOBBY


async def test_the_timer_is_started_held_and_changed(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada = browser_of("ada")
    for _ in range(2):
        await press(ada, group)
    here = f"{group}/board?theme={meeting.themes[0].id}"
    assert "Start a timer of 20 minutes" in (await ada.get(here)).text

    async def act(word: str) -> FocusGroup:
        answer = await ada.post(f"{group}/timer", data={"timer": word, "here": here})
        assert (answer.status_code, answer.headers["location"]) == (303, here)
        return await stored(installation, meeting)

    running = await act("start:20")
    assert running.timer_ends_at
    assert 19 * 60 < (running.timer_ends_at - now()).total_seconds() <= 20 * 60
    assert (await act("start:5")).timer_ends_at == running.timer_ends_at  # a second tap
    html = (await ada.get(here)).text
    assert re.search(r'role="timer" aria-live="off"[^>]* data-left="1[12]\d{5}" data-running="yes">Ends at ', html)
    held = await act("pause")
    assert held.timer_ends_at is None
    assert held.timer_left
    assert (await act("more")).timer_left == held.timer_left + 60
    assert (await act("less")).timer_left == held.timer_left
    assert re.search(r'data-running="no">(19:\d\d|20:00), paused<', (await ada.get(here)).text)
    assert (await act("resume")).timer_ends_at
    cleared = await act("clear")
    assert (cleared.timer_ends_at, cleared.timer_left) == (None, None)
    assert (await act("nonsense:x")).timer_left is None


async def test_a_small_act_answers_htmx_with_the_bar_and_leads_nobody_away(
    browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada = browser_of("ada")
    for _ in range(2):
        await press(ada, group)
    here = f"{group}/board?theme={meeting.themes[1].id}"
    body = {"timer": "start:3", "here": here, "theme": str(meeting.themes[1].id)}
    answer = await ada.post(f"{group}/timer", data=body, headers=HTMX)
    assert answer.status_code == 200
    assert answer.text.strip().startswith('<hx-partial hx-target="#run"')
    assert 'role="timer"' in answer.text
    assert here in answer.text
    for elsewhere in ("https://example.org/", "//example.org", f"{group}-other/board", f"{group}/\nboard"):
        answer = await ada.post(f"{group}/timer", data={"timer": "clear", "here": elsewhere})
        assert answer.headers["location"] == f"{group}/board"


async def test_hidden_until_revealed_is_said_on_the_board_and_taken_away_there(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada, theme = browser_of("ada"), meeting.themes[0]
    for _ in range(2):
        await press(ada, group)
    assert "The room cannot read" not in (await ada.get(f"{group}/board")).text
    blind = {"is_together": "yes", "is_blind": "yes", "votes_each": "3"}
    assert (await ada.post(f"{group}/meeting-settings", data=blind)).status_code == 303
    assert "The room cannot read" in (await ada.get(f"{group}/board")).text

    async def revealed(act: dict[str, str]) -> set[object]:
        await ada.post(f"{group}/reveals", data=act)
        async with installation.database.reading() as db:
            return set(await revealed_themes(db, meeting.focus_group.id))

    assert await revealed({"reveal": str(theme.id)}) == {theme.id}
    assert "Cover it again" in (await ada.get(f"{group}/board")).text
    assert await revealed({"reveal": "all"}) == {each.id for each in meeting.themes}
    assert await revealed({"cover": str(theme.id)}) == {each.id for each in meeting.themes[1:]}
    assert await revealed({"cover": "all"}) == set()
    assert await revealed({"reveal": "nothing of ours"}) == set()


async def test_settings_are_kept_and_what_cannot_be_is_said(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada = browser_of("ada")
    refused = await ada.post(f"{group}/meeting-settings", data={"is_together": "yes", "votes_each": "99"})
    assert refused.status_code == 422
    assert "Choose one" in refused.text
    assert "Enter a whole number from 1 to 20" in refused.text
    assert 'value="99"' in refused.text
    new = {
        "is_together": "no",
        "is_blind": "no",
        "takes_late_points": "yes",
        "has_me_too": "yes",
        "votes_each": "5",
    }
    assert (await ada.post(f"{group}/meeting-settings", data=new)).status_code == 303
    kept = await stored(installation, meeting)
    assert (kept.is_together, kept.is_blind, kept.takes_late_points, kept.has_me_too, kept.votes_each) == (
        False,
        False,
        True,
        True,
        5,
    )
    html = (await ada.get(f"{group}/meeting-settings")).text
    assert html.count(" checked") == 4


async def test_the_projector_shows_what_is_chosen_until_the_next_step(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada, theme = browser_of("ada"), meeting.themes[2].id
    await press(ada, group)
    for sent, expected in (
        ("join", (Projected.JOIN, None)),
        (f"points:{theme}", (Projected.POINTS, theme)),
        ("nonsense", (Projected.POINTS, theme)),
    ):
        await ada.post(f"{group}/projected", data={"projected": sent})
        kept = await stored(installation, meeting)
        assert (kept.projected, kept.projected_theme_id) == expected
    assert (await ada.post(f"{group}/projected", data={"projected": "points:x"})).status_code == 404
    await press(ada, group)
    assert (await stored(installation, meeting)).projected is Projected.STEP


async def test_a_group_opened_as_a_survey_is_not_led_through_steps(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada = browser_of("ada")
    await ada.post(f"{group}/opening")
    html = (await ada.get(f"{group}/board")).text
    assert "without a run sheet" in html
    assert "Run it step by step" in html
    assert 'id="next"' not in html
    assert await sheet(installation, meeting) == []
    await ada.post(f"{group}/run-sheet", data={"layout": "themes"})
    html = (await ada.get(f"{group}/board")).text
    assert "Begin the run sheet: Welcome" in html
    steps = await sheet(installation, meeting)
    assert (await stored(installation, meeting)).phase is Phase.GATHERING
    await ada.post(f"{group}/step", data={"seen": "", "to": str(steps[2].id)})
    assert (await stored(installation, meeting)).step_id == steps[2].id


async def test_who_is_still_writing_and_who_is_done(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada = browser_of("ada")
    for _ in range(2):
        await press(ada, group)
    here = f"{group}/board?theme={meeting.themes[0].id}"
    assert "Nobody has joined yet." in (await ada.get(here)).text
    async with installation.database.writing() as db:
        for number in range(3):
            await join_focus_group(
                db, meeting.focus_group.id, client_id=uuid4(), token=f"phone {number}", people={}, unsaid=2
            )
    page = (await ada.get(here)).text
    assert "6 people in, on 3 phones or computers. 3 still writing." in page
    since = re.search(r'name="since" value="([^"]+)"', page)
    assert since
    async with installation.database.writing() as db:
        participant = (await db.exec(select(Participant))).first()
        assert participant
        step_id = (await db.get_one(FocusGroup, meeting.focus_group.id)).step_id
        assert await say_done(db, participant, step_id, is_done=True)
    asked = {"theme": str(meeting.themes[0].id), "since": since[1]}
    changes = (await ada.get(f"{group}/board/changes", params=asked)).text
    assert "6 people in, on 3 phones or computers. 2 still writing, 1 says “I’m done”." in changes
    assert 'hx-target="#run-here"' in changes
    assert 'hx-target="#run"' not in changes
    await press(ada, group)
    assert "3 still writing." in (await ada.get(f"{group}/board")).text


async def test_whoever_votes_is_not_said_to_write(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada = browser_of("ada")
    await press(ada, group)
    async with installation.database.writing() as db:
        for number in range(2):
            await join_focus_group(
                db, meeting.focus_group.id, client_id=uuid4(), token=f"phone {number}", people={}, unsaid=1
            )
        await enter_phase(db, stored := await db.get_one(FocusGroup, meeting.focus_group.id), Phase.PRIORITISING)
        participant = (await db.exec(select(Participant))).first()
        assert participant
        assert await say_done(db, participant, stored.step_id, is_done=True)
    assert "2 phones or computers. 1 says “I’m done”, 1 not yet." in (await ada.get(f"{group}/board")).text


async def test_every_board_hears_of_it(browser_of: BrowserOf, meeting: Meeting, group: str) -> None:
    ada, cleo = browser_of("ada"), browser_of("cleo")
    for _ in range(2):
        await press(ada, group)
    page = (await cleo.get(f"{group}/board?theme={meeting.themes[0].id}")).text
    since = re.search(r'name="since" value="([^"]+)"', page)
    assert since
    asked = {"theme": str(meeting.themes[0].id), "since": since[1]}
    assert (await cleo.get(f"{group}/board/changes", params=asked)).status_code == 204
    for path, body, words in (
        ("timer", {"timer": "start:4"}, 'role="timer"'),
        ("meeting-settings", {"is_together": "yes", "is_blind": "yes", "votes_each": "3"}, "The room cannot read"),
        ("reveals", {"reveal": "all"}, "The room can read"),
        ("projected", {"projected": "join"}, "On the projector: how to join"),
        ("run-sheet/steps", {"what": StepKind.OWN.value, "title": "A break"}, "A break"),
    ):
        await ada.post(f"{group}/{path}", data=body)
        changes = await cleo.get(f"{group}/board/changes", params=asked)
        assert 'hx-target="#run"' in changes.text, path
        assert words in changes.text, path
