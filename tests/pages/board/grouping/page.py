"""The grouping page as a facilitator’s browser has it, and what is stored of what was done on it."""

import re
from typing import Any

import httpx
from sqlmodel import col, select

from tests.conftest import Installation, Meeting
from workshop.contributions.models import Contribution
from workshop.findings.models import Finding

SAID = [
    "Minutes within a week",
    "Send the minutes sooner",
    "minutes within a WEEK!",
    "Biscuits",
    "Fathers to be invited",
]


class Page:
    """The grouping page of the first theme, in somebody's browser."""

    def __init__(self, client: httpx.AsyncClient, meeting: Meeting, column: str = "needs_to_happen") -> None:
        self.client = client
        self.path = f"/focus-groups/{meeting.focus_group.id}/grouping"
        self.query = {"theme": str(meeting.themes[0].id), "column": column}

    async def html(self, **query: str) -> str:
        answer = await self.client.get(self.path, params=self.query | query)
        assert answer.status_code == 200, answer.text
        return answer.text

    async def post(self, act: str, headers: dict[str, str] | None = None, **fields: Any) -> httpx.Response:
        return await self.client.post(f"{self.path}/{act}", data=self.query | fields, headers=headers or {})

    async def done(self, act: str, **fields: Any) -> None:
        answer = await self.post(act, **fields)
        assert answer.status_code == 303, answer.text

    async def undo(self, turn: str = "undo") -> None:
        number = re.search(
            r'name="step" value="(\d+)">\s*<button class="link-button" id="' + turn + '"', await self.html()
        )
        assert number
        await self.done(turn, step=number[1])


async def findings(here: Installation, meeting: Meeting) -> dict[str, list[str]]:
    """The room's headings in order, with their points' words in order of arrival."""
    async with here.database.reading() as db:
        query = select(Finding).where(Finding.focus_group_id == meeting.focus_group.id)
        made = {finding.id: finding.heading for finding in await db.exec(query.order_by(col(Finding.position)))}
        rows = await db.exec(select(Contribution).order_by(col(Contribution.number)))
        members = [(row.finding_id, row.text or "") for row in rows]
    return {heading: [text for finding, text in members if finding == id_] for id_, heading in made.items()}


async def id_of(here: Installation, heading: str) -> str:
    async with here.database.reading() as db:
        return str((await db.exec(select(Finding.id).where(Finding.heading == heading))).one())


def loose(html: str) -> list[str]:
    """The words of the points that can be ticked on the left."""
    return re.findall(r'for="p-[^"]*" dir="auto">([^<]*)</label>', html)
