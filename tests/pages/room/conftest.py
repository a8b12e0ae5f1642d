"""Uploads as a browser sends them, and what they left in the database."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import pytest
from sqlmodel import col, select

from tests.conftest import Installation, Meeting
from workshop.contributions.models import Contribution, PendingImport
from workshop.focus_groups.models import Participant

# The address that a preview posts to when all fits.
CREATE = r"""imports/[^/"]+"""
# A file of points, one a row, in which nothing is wrong.
HEADER = ["theme", "column", "agency", "text"]
GOOD = [
    ["Planning and outcome", "What is working well?", "Police", "Plans say who does what – by when"],
    ["planning and outcome", "worried_about", "", "“Drift” isn’t noticed"],
    ["Roles and responsibilities", "Next steps", "police", "=SUM(1) is what it says"],
]


def csv_bytes(rows: list[list[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """The rows as a CSV file."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return file.getvalue().encode(encoding)


def xlsx_bytes(rows: list[list[object]]) -> bytes:
    """The rows as an Excel workbook, behind an empty sheet as some programs leave it."""
    import openpyxl

    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("Answers")
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


@dataclass
class Room:
    """Ada at the pages of her focus group."""

    ada: httpx.AsyncClient
    meeting: Meeting
    installation: Installation

    @property
    def path(self) -> str:
        """The focus group's."""
        return f"/focus-groups/{self.meeting.focus_group.id}"

    async def upload(self, data: bytes, name: str = "points.csv") -> httpx.Response:
        """Upload a file, and go where the answer leads."""
        answer = await self.ada.post(f"{self.path}/import", files={"file": (name, data)})
        return await self.ada.get(answer.headers["location"]) if answer.status_code == 303 else answer

    async def points(self) -> list[Contribution]:
        """What is stored, in its order."""
        async with self.installation.database.reading() as db:
            query = select(Contribution).where(Contribution.focus_group_id == self.meeting.focus_group.id)
            return list(await db.exec(query.order_by(col(Contribution.number))))

    async def participants(self) -> list[Participant]:
        """Who is stored, in order."""
        async with self.installation.database.reading() as db:
            return list(await db.exec(select(Participant).order_by(col(Participant.number))))

    async def pending(self) -> list[PendingImport]:
        """What waits between preview and import."""
        async with self.installation.database.reading() as db:
            return list(await db.exec(select(PendingImport)))


@pytest.fixture
def room(browser_of: Callable[..., httpx.AsyncClient], meeting: Meeting, installation: Installation) -> Room:
    """Ada at the pages of her focus group."""
    return Room(browser_of("ada"), meeting, installation)


def field(html: str, name: str) -> str:
    """The value of a form's hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return found[1]


def action(html: str, ending: str) -> str:
    """Where the form posts whose address ends so."""
    found = re.search(rf'action="([^"]*{ending})"', html)
    assert found, ending
    return found[1]
