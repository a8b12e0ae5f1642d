"""A room that votes on headings, in browsers."""

import time
from uuid import UUID

from playwright.sync_api import Page

from tests.browser.server import LiveServer
from tests.conftest import Meeting
from tests.findings.of_a_room import add_findings
from workshop.focus_groups.links import SECONDS
from workshop.focus_groups.models import FocusGroup, Phase
from workshop.focus_groups.writes import enter_phase


def grouped(server: LiveServer, meeting: Meeting) -> list[UUID]:
    """Three headings of the room."""
    return server.run(lambda: add_findings(server.here, meeting, "Send papers early", "One minute taker", "Book rooms"))


def enter(server: LiveServer, meeting: Meeting, phase: Phase) -> None:
    """Take the room to a phase, past the server's process."""

    async def work() -> None:
        async with server.database.writing() as db:
            await enter_phase(db, await db.get_one(FocusGroup, meeting.focus_group.id), phase)

    server.run(work)
    time.sleep(SECONDS)  # until the server sees what another process wrote


def arrive(page: Page, meeting: Meeting) -> None:
    """Join a room that votes: the phone is taken there."""
    page.goto(f"/j/{meeting.focus_group.join_token}")
    page.get_by_label("Prefer not to say", exact=True).check()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("heading", name="What matters most?").wait_for()
