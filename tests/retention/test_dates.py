"""When words are due to go."""

import datetime as dt
from uuid import uuid4

from workshop.focus_groups.models import FocusGroup, Phase
from workshop.retention.queries import due_on


def test_no_date_is_too_far_away_to_be_counted_from() -> None:
    """One group's date must not end the run for all: a programme file may name the year 9999."""
    for group in (
        FocusGroup(programme_id=uuid4(), date=dt.date.max, phase=Phase.CLOSED),
        FocusGroup(
            programme_id=uuid4(),
            date=dt.date(2026, 11, 20),
            phase=Phase.GATHERING,
            open_until=dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.UTC),
        ),
    ):
        assert due_on(group, 36_500) == dt.date.max
