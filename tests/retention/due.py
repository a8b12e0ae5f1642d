"""Groups whose date has come, or is about to."""

import datetime as dt

from tests.conftest import Installation, Meeting
from workshop.database import now
from workshop.days import london_day
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.writes import close_focus_group
from workshop.retention.models import DeletionRecord
from workshop.retention.schedule import purge_what_is_due


async def closed(here: Installation, meeting: Meeting, *, days_ago: int = 0) -> None:
    """Close the group as if that had been so many days ago; its programme keeps words for 90."""
    async with here.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id, with_for_update=True)
        await close_focus_group(db, group)
        group.last_open_on = london_day(now()) - dt.timedelta(days=days_ago)
        db.add(group)


async def date_passes(here: Installation, meeting: Meeting) -> DeletionRecord:
    """The scheduled run, long after the group's link ended."""
    async with here.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        group.open_until = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        db.add(group)
    [record] = await purge_what_is_due(here.database)
    return record
