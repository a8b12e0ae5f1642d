"""When words are due to go."""

import datetime as dt
from uuid import uuid4

from workshop.days import LONDON
from workshop.focus_groups.models import FocusGroup, Phase
from workshop.focus_groups.writes import last_open_day
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


def test_the_last_open_day_is_a_day_in_london() -> None:
    """In summer it begins an hour before UTC's, and the page that names the date counts as people do."""
    half_past_midnight = dt.datetime(2026, 7, 1, 0, 30, tzinfo=LONDON)
    group = FocusGroup(
        programme_id=uuid4(), date=dt.date(2026, 6, 30), phase=Phase.GATHERING, open_until=half_past_midnight
    )
    assert due_on(group, 90) == dt.date(2026, 9, 29)
    assert last_open_day(group, half_past_midnight + dt.timedelta(days=3)) == dt.date(2026, 7, 1)
    group.open_until = None
    assert last_open_day(group, half_past_midnight) == dt.date(2026, 7, 1)
