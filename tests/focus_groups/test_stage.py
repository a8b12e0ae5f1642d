"""Where a group stands, moment by moment."""

import datetime as dt
from uuid import uuid4

import pytest

from workshop.focus_groups.models import FocusGroup, Phase
from workshop.focus_groups.stage import Stage, is_open, stage_of, takes_people_in

NOON = dt.datetime(2026, 12, 3, 12, tzinfo=dt.UTC)
BEFORE, AFTER = NOON - dt.timedelta(hours=1), NOON + dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, Stage.NOT_OPENED),
        ({"phase": Phase.LOBBY}, Stage.LOBBY),
        ({"phase": Phase.GATHERING}, Stage.OPEN),
        ({"phase": Phase.GATHERING, "open_from": NOON}, Stage.OPEN),
        ({"phase": Phase.GATHERING, "open_from": AFTER}, Stage.OPENS_LATER),
        ({"phase": Phase.GATHERING, "open_until": AFTER}, Stage.OPEN),
        ({"phase": Phase.GATHERING, "open_until": NOON}, Stage.LINK_ENDED),
        ({"phase": Phase.GROUPING}, Stage.GROUPING),
        ({"phase": Phase.PRIORITISING}, Stage.PRIORITISING),
        ({"phase": Phase.LOBBY, "open_from": AFTER}, Stage.OPENS_LATER),
        ({"phase": Phase.GROUPING, "open_until": NOON}, Stage.LINK_ENDED),
        ({"phase": Phase.CLOSED, "open_until": AFTER}, Stage.CLOSED),
        ({"phase": Phase.CLOSED, "archived_at": BEFORE}, Stage.ARCHIVED),
        ({"phase": Phase.CLOSED, "purged_at": BEFORE}, Stage.DELETED),
    ],
)
def test_where_it_stands_at_noon(values: dict[str, object], expected: Stage) -> None:
    group = FocusGroup(programme_id=uuid4(), date=NOON.date()).model_copy(update=values)
    assert stage_of(group, NOON) is expected
    assert is_open(group, NOON) is (expected is Stage.OPEN)
    assert takes_people_in(group, NOON) is (expected in {Stage.LOBBY, Stage.OPEN, Stage.GROUPING, Stage.PRIORITISING})


@pytest.mark.parametrize("phase", [Phase.LOBBY, Phase.GROUPING, Phase.PRIORITISING])
def test_points_that_were_on_their_way_are_taken_for_ten_seconds_after_gathering(phase: Phase) -> None:
    group = FocusGroup(programme_id=uuid4(), date=NOON.date(), phase=phase, gathering_ended_at=NOON)
    assert is_open(group, NOON + dt.timedelta(seconds=10))
    assert not is_open(group, NOON + dt.timedelta(seconds=10, milliseconds=1))


def test_a_closed_group_takes_nothing_however_soon() -> None:
    assert not is_open(
        FocusGroup(programme_id=uuid4(), date=NOON.date(), phase=Phase.CLOSED, gathering_ended_at=NOON), NOON
    )


def test_late_points_are_let_in_while_grouping_where_the_facilitator_says_so() -> None:
    group = FocusGroup(programme_id=uuid4(), date=NOON.date(), phase=Phase.GROUPING, takes_late_points=True)
    assert is_open(group, NOON)
    group.phase = Phase.PRIORITISING
    assert not is_open(group, NOON)
