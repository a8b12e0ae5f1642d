"""The quiet steps of the run bar, without scripts: timer, reveals, settings, the projector, who is here."""

import re
from collections.abc import Callable
from uuid import uuid4

import httpx
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.board.running import press, press_on, stored
from workshop.database import now
from workshop.focus_groups.done import say_done
from workshop.focus_groups.models import FocusGroup, Participant, Phase, Projected, StepKind
from workshop.focus_groups.reveals import revealed_themes
from workshop.focus_groups.writes import enter_phase, join_focus_group

BrowserOf = Callable[..., httpx.AsyncClient]
HTMX = {"HX-Request": "true"}


async def test_the_timer_is_started_held_and_changed(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada = browser_of("ada")
    await press_on(ada, group, times=2)
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
    await press_on(ada, group, times=2)
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
    await press_on(ada, group, times=2)
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


async def test_who_is_still_writing_and_who_is_done(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, group: str
) -> None:
    ada = browser_of("ada")
    await press_on(ada, group, times=2)
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
    await press_on(ada, group, times=2)
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
