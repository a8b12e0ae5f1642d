"""The big screen in somebody's browser: its address, its words, what it is told has changed."""

import html
import re

import httpx

from tests.conftest import Meeting


def projector(meeting: Meeting) -> str:
    """Its address."""
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
    """The mark of what a page has."""
    return str(re.findall(r'name="since" value="([^"]+)"', text)[-1])


async def changes(browser: httpx.AsyncClient, meeting: Meeting, mark: str) -> httpx.Response:
    """What came after the mark."""
    return await browser.get(f"{projector(meeting)}/changes", params={"since": mark}, headers={"HX-Request": "true"})
