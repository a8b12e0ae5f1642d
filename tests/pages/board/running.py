"""A meeting as its facilitator runs it from the board, without scripts, and what is stored of it."""

import re

import httpx

from tests.conftest import Installation, Meeting
from workshop.focus_groups.models import FocusGroup, RunSheetStep
from workshop.focus_groups.steps import steps_of


async def stored(here: Installation, meeting: Meeting) -> FocusGroup:
    """The focus group."""
    async with here.database.reading() as db:
        return await db.get_one(FocusGroup, meeting.focus_group.id)


async def sheet(here: Installation, meeting: Meeting) -> list[RunSheetStep]:
    """Its run sheet."""
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


async def press_on(browser: httpx.AsyncClient, group: str, *, times: int) -> None:
    """Press Next so many times."""
    for _ in range(times):
        await press(browser, group)
