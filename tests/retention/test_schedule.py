"""The run that keeps the promise goes through all groups, whatever one of them holds up."""

import asyncio
import datetime as dt
import json

import pytest
from sqlalchemy import text
from sqlmodel import select

from tests.conftest import Installation, Meeting, make_meeting
from tests.retention.due import closed
from workshop.app import create_app
from workshop.focus_groups.models import BreakoutTable, FocusGroup
from workshop.focus_groups.tables import set_tables
from workshop.recommendations.models import Step
from workshop.retention import schedule
from workshop.retention.schedule import purge_what_is_due
from workshop.retention.writes import DECIDED, purge_focus_group

pytestmark = pytest.mark.anyio
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


async def test_a_running_server_does_it_by_itself_again_and_again(
    installation: Installation, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is due when it starts, and what comes to be due while it runs."""
    monkeypatch.setattr(schedule, "EVERY", 0.05)
    later = await make_meeting(installation, "Northshire", "Core groups 2027")
    await closed(installation, meeting, days_ago=90)
    async with create_app(installation.settings).lifespan():
        await comes_to_be_purged(installation, meeting)
        assert not await is_purged(installation, later)
        await closed(installation, later, days_ago=90)
        await comes_to_be_purged(installation, later)


async def comes_to_be_purged(here: Installation, meeting: Meeting) -> None:
    async with asyncio.timeout(60):
        while not await is_purged(here, meeting):  # noqa: ASYNC110 (the run tells nobody)
            await asyncio.sleep(0.05)


async def test_a_group_that_cannot_be_purged_holds_up_no_other(installation: Installation) -> None:
    meetings = [await make_meeting(installation, "Northshire", title) for title in ("Core groups 2025", "And 2026")]
    first, other = sorted(meetings, key=lambda meeting: meeting.focus_group.id)  # in this order they are purged
    async with installation.database.writing() as db:
        for meeting in meetings:
            group = await db.get_one(FocusGroup, meeting.focus_group.id)
            group.open_until = LONG_AGO
            db.add(group)
        db.add(Step(programme_id=first.programme.id, number=1, verb="renamed a heading"))
        await db.flush()
        await (await db.connection()).execute(text("UPDATE step SET changes = 'no JSON'"))
    with pytest.raises(json.JSONDecodeError):
        await purge_what_is_due(installation.database)
    assert (await is_purged(installation, first), await is_purged(installation, other)) == (False, True)


async def test_the_codes_of_an_open_groups_tables_die_with_its_words(
    installation: Installation, meeting: Meeting
) -> None:
    async with installation.database.writing() as db:
        await set_tables(db, await db.get_one(FocusGroup, meeting.focus_group.id, with_for_update=True), 2)
    async with installation.database.writing() as db:
        await purge_focus_group(db, meeting.focus_group.id, reason=DECIDED)
    async with installation.database.reading() as db:
        assert list(await db.exec(select(BreakoutTable.join_code))) == [None, None]


async def is_purged(here: Installation, meeting: Meeting) -> bool:
    async with here.database.reading() as db:
        return (await db.get_one(FocusGroup, meeting.focus_group.id)).purged_at is not None
