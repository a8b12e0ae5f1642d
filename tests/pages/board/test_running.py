"""The run sheet run from the board, without scripts: start, Next, Back, any step, the close, by two at once."""

import asyncio
import re
from collections.abc import Callable

import httpx

from tests.conftest import Installation, Meeting
from tests.pages.board.running import next_form, press, press_on, sheet, stored
from workshop.focus_groups.models import Phase

BrowserOf = Callable[..., httpx.AsyncClient]


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
    await press_on(ada, group, times=5)
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
    await press_on(ada, group, times=3)
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
