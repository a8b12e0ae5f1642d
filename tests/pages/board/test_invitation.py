"""Inviting people to a meeting: the calendar file, and what is pasted into a video call's chat."""

import datetime as dt
import html
from collections.abc import Callable

import httpx

from tests.conftest import Installation, Meeting
from workshop.focus_groups.joining_code import shown_join_code
from workshop.focus_groups.models import FocusGroup, StepKind
from workshop.focus_groups.run_sheet import NewStep
from workshop.focus_groups.steps import make_run_sheet
from workshop.programmes.models import Programme

BrowserOf = Callable[..., httpx.AsyncClient]


async def test_the_invitation_is_a_calendar_file_as_long_as_the_run_sheet(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    url = f"/focus-groups/{meeting.focus_group.id}/invitation.ics"
    ada = browser_of("ada")
    answer = await ada.get(url, headers={"Host": "evil.example"})
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="invitation-north-east-2026-11-20.ics"'
    assert "DTSTART;VALUE=DATE:20261120" in answer.text
    assert "evil" not in answer.text
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id, with_for_update=True)
        group.starts_at = dt.time(14)
        db.add(group)
        await make_run_sheet(db, group, [NewStep(StepKind.WELCOME, 15), NewStep(StepKind.CLOSE, 60)])
    answer = await ada.get(url)
    assert "DTSTART;TZID=Europe/London:20261120T140000" in answer.text
    assert "DURATION:PT1H15M" in answer.text
    assert f"/j/{meeting.focus_group.join_token}" in answer.text.replace("\r\n ", "")


async def test_join_screen_and_focus_group_page_have_words_for_the_chat(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    async with installation.database.writing() as db:
        programme = await db.get_one(Programme, meeting.programme.id)
        programme.safeguarding_contacts = "</textarea><b>Front door</b>: 01632 960 100"
        db.add(programme)
    ada = browser_of("ada")
    for page in ("", "/join-screen"):
        shown = (await ada.get(f"/focus-groups/{meeting.focus_group.id}{page}")).text
        box = shown[shown.index('id="chat"') :]
        words = html.unescape(box[: box.index("</textarea>")])
        assert "readonly" in words[: words.index(">")]
        assert f"http://workshop.test/j/{meeting.focus_group.join_token}" in words
        assert shown_join_code(meeting.focus_group.join_code or "") in words
        assert "</textarea><b>Front door</b>: 01632 960 100" in words
        assert f'href="/focus-groups/{meeting.focus_group.id}/invitation.ics"' in shown
