"""A whole meeting that phones follow."""

import pytest

from tests.conftest import Installation, Meeting
from tests.pages.phone.follows.meeting import Room
from workshop.focus_groups.models import StepKind
from workshop.focus_groups.run_sheet import NewStep
from workshop.programmes.models import ColumnKind
from workshop.surveys.models import PracticeScale


@pytest.fixture
async def room(installation: Installation, meeting: Meeting) -> Room:
    """A whole meeting, all together, that has not begun."""
    made = Room(installation, meeting)
    first, second = (theme.id for theme in meeting.themes[:2])
    async with installation.database.writing() as db:
        db.add(PracticeScale(programme_id=meeting.programme.id, question="How well?", lowest="Not", highest="Very"))
    await made.plan(
        NewStep(StepKind.WELCOME),
        NewStep(StepKind.OWN, title="Presentations", text="Each agency says what it found.\nAsk afterwards."),
        NewStep(StepKind.THEME, theme_id=first),
        NewStep(StepKind.THEME, theme_id=second, column=ColumnKind.WORRIED_ABOUT),
        NewStep(StepKind.SCALE),
        NewStep(StepKind.GROUPING),
        NewStep(StepKind.PRIORITIES),
        NewStep(StepKind.CLOSE),
    )
    await made.go(0)
    return made
