"""Opening and closing a focus group from its board."""

from collections.abc import Callable

import httpx

from tests.conftest import Installation, Meeting
from tests.pages.board.running import stored
from workshop.database import now
from workshop.focus_groups.models import FocusGroup, Phase
from workshop.focus_groups.tables import place_of_code

BrowserOf = Callable[..., httpx.AsyncClient]


async def test_closing_asks_first_and_kills_the_code_and_reopening_gives_another(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    code = meeting.focus_group.join_code
    assert code
    asked = await ada.get(f"{group}/closure")
    assert "The join code stops working" in asked.text
    assert "not passed on yet" not in asked.text
    assert "still held" not in asked.text
    assert (await stored(installation, meeting)).join_code == code

    answer = await ada.post(f"{group}/closure")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{group}/board")
    closed = await stored(installation, meeting)
    assert (closed.phase, closed.join_code) == (Phase.CLOSED, None)
    async with installation.database.reading() as db:
        assert await place_of_code(db, code) is None
    html = (await ada.get(f"{group}/board")).text
    assert "Join code" not in html
    assert "Open again" in html

    await ada.post(f"{group}/opening")
    opened = await stored(installation, meeting)
    assert opened.phase is Phase.GATHERING
    assert opened.join_code not in {None, code}
    assert opened.join_token == meeting.focus_group.join_token
    assert f"<strong>{opened.join_code[:3]} {opened.join_code[3:]}</strong>" in (await ada.get(f"{group}/board")).text


async def test_an_archived_group_is_not_opened_again(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    await ada.post(f"{group}/closure")
    async with installation.database.writing() as db:
        stored_group = await db.get_one(FocusGroup, meeting.focus_group.id)
        stored_group.archived_at = now()
        db.add(stored_group)
    answer = await ada.post(f"{group}/opening")
    assert answer.status_code == 409
    assert "links to phones have been cut" in answer.text
    assert 'id="open"' not in (await ada.get(f"{group}/board")).text
