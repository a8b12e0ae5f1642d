"""The meeting as its facilitator runs it, and the places of its steps."""

from typing import Any

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import COLUMNS, set_group
from workshop.database import now
from workshop.focus_groups.models import FocusGroup, Phase, RunSheetStep
from workshop.focus_groups.run_sheet import NewStep
from workshop.focus_groups.running import enter_step
from workshop.focus_groups.stage import GRACE
from workshop.focus_groups.steps import make_run_sheet
from workshop.focus_groups.writes import enter_phase

WELL, WORRIED, NEEDS = COLUMNS


class Room:
    """The meeting as its facilitator runs it."""

    def __init__(self, here: Installation, meeting: Meeting) -> None:
        self.here, self.meeting = here, meeting
        self.steps: list[RunSheetStep] = []

    async def plan(self, *steps: NewStep, **values: Any) -> None:
        async with self.here.database.writing() as db:
            group = await db.get_one(FocusGroup, self.meeting.focus_group.id)
            self.steps = await make_run_sheet(db, group, steps)
            for name, value in values.items():
                setattr(group, name, value)
            db.add(group)

    async def go(self, step: int) -> None:
        async with self.here.database.writing() as db:
            await enter_step(db, await db.get_one(FocusGroup, self.meeting.focus_group.id), self.steps[step])

    async def enter(self, phase: Phase) -> None:
        async with self.here.database.writing() as db:
            await enter_phase(db, await db.get_one(FocusGroup, self.meeting.focus_group.id), phase)

    async def end_grace(self) -> None:
        """The moments in which what was on its way is still taken are over."""
        await set_group(self.here, self.meeting, gathering_ended_at=now() - 2 * GRACE)

    async def stored(self) -> FocusGroup:
        async with self.here.database.reading() as db:
            return await db.get_one(FocusGroup, self.meeting.focus_group.id)


WELCOME, OWN, THEME, COLUMN, SCALE, GROUPING, PRIORITIES, CLOSE = range(8)
