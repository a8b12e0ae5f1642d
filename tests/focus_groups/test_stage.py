"""Where a group stands, moment by moment."""

import datetime as dt
from uuid import uuid4

import pytest

from workshop.focus_groups.models import FocusGroup, Phase
from workshop.focus_groups.stage import Stage, is_open, stage_of

NOON = dt.datetime(2026, 12, 3, 12, tzinfo=dt.UTC)
BEFORE, AFTER = NOON - dt.timedelta(hours=1), NOON + dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, Stage.NOT_OPENED),
        ({"phase": Phase.LOBBY}, Stage.NOT_OPENED),
        ({"phase": Phase.GATHERING}, Stage.OPEN),
        ({"phase": Phase.GATHERING, "open_from": NOON}, Stage.OPEN),
        ({"phase": Phase.GATHERING, "open_from": AFTER}, Stage.OPENS_LATER),
        ({"phase": Phase.GATHERING, "open_until": AFTER}, Stage.OPEN),
        ({"phase": Phase.GATHERING, "open_until": NOON}, Stage.LINK_ENDED),
        ({"phase": Phase.GROUPING}, Stage.CLOSED),
        ({"phase": Phase.CLOSED, "open_until": AFTER}, Stage.CLOSED),
        ({"phase": Phase.CLOSED, "archived_at": BEFORE}, Stage.DELETED),
        ({"phase": Phase.CLOSED, "purged_at": BEFORE}, Stage.DELETED),
    ],
)
def test_where_it_stands_at_noon(values: dict[str, object], expected: Stage) -> None:
    group = FocusGroup(programme_id=uuid4(), date=NOON.date()).model_copy(update=values)
    assert stage_of(group, NOON) is expected
    assert is_open(group, NOON) is (expected is Stage.OPEN)
