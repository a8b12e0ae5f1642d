"""Run sheets: their first steps, their phases, their order and times."""

import datetime as dt
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from workshop.focus_groups.models import Phase, StepKind
from workshop.focus_groups.run_sheet import (
    PHASES,
    Layout,
    NewStep,
    first_steps,
    heading_of,
    moved,
    phase_at,
    planned_times,
    total_minutes,
    with_close_last,
)
from workshop.programmes.models import ColumnKind

THEMES = [uuid4() for _ in range(4)]
COLUMNS = list(ColumnKind)
WELCOME, THEME, GROUPING, PRIORITIES, SCALE, OWN, CLOSE = (NewStep(kind, 10) for kind in StepKind)
kinds = st.lists(st.sampled_from(StepKind), min_size=1, max_size=12)
sheets = kinds.map(lambda names: [NewStep(kind, place) for place, kind in enumerate(names)])
layouts = st.sampled_from(Layout)


@given(sheets, st.data())
def test_a_step_is_in_the_phase_of_the_nearest_one_that_means_one(steps: list[NewStep], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(steps) - 1))
    so_far = [PHASES[step.kind] for step in steps[: index + 1] if step.kind in PHASES]
    assert phase_at(steps, index) is (so_far[-1] if so_far else Phase.LOBBY)
    assert phase_at(steps, index) is not Phase.DRAFT


def test_what_means_no_phase_keeps_the_one_before() -> None:
    steps = [OWN, WELCOME, OWN, THEME, SCALE, GROUPING, OWN, PRIORITIES, SCALE, CLOSE]
    assert [phase_at(steps, index) for index in range(len(steps))] == [
        Phase.LOBBY,
        Phase.LOBBY,
        Phase.LOBBY,
        Phase.GATHERING,
        Phase.GATHERING,
        Phase.GROUPING,
        Phase.GROUPING,
        Phase.PRIORITISING,
        Phase.PRIORITISING,
        Phase.CLOSED,
    ]


def test_the_first_run_sheet_fills_two_hours_and_has_one_step_for_each_theme() -> None:
    steps = first_steps(Layout.THEMES, THEMES, COLUMNS)
    assert [(step.kind, step.theme_id, step.minutes) for step in steps] == [
        (StepKind.WELCOME, None, 10),
        *((StepKind.THEME, theme, 20) for theme in THEMES),
        (StepKind.GROUPING, None, 15),
        (StepKind.PRIORITIES, None, 10),
        (StepKind.CLOSE, None, 5),
    ]
    assert total_minutes(steps) == 120


def test_one_question_at_a_time_goes_from_what_works_to_what_needs_to_happen() -> None:
    steps = first_steps(Layout.COLUMNS, THEMES, COLUMNS)
    asked = [(step.theme_id, step.column) for step in steps if step.kind is StepKind.THEME]
    assert asked == [(theme, column) for theme in THEMES for column in COLUMNS]


def test_the_half_day_of_solihulls_event_takes_two_and_a_half_hours() -> None:
    """Agencies present, what they said is checked, then group work on three priorities (the report's table 3)."""
    steps = first_steps(Layout.HALF_DAY, THEMES[:3], COLUMNS)
    assert total_minutes(steps) == 150
    assert [step.kind for step in steps] == [
        StepKind.WELCOME,
        StepKind.OWN,
        StepKind.OWN,
        *[StepKind.THEME] * 3,
        StepKind.GROUPING,
        StepKind.PRIORITIES,
        StepKind.CLOSE,
    ]
    assert [step.title for step in steps if step.kind is StepKind.OWN] == ["Presentations", "Check the facts"]
    assert all(step.text for step in steps if step.kind is StepKind.OWN)
    assert [phase_at(steps, index) for index in (1, 2, 3)] == [Phase.LOBBY, Phase.LOBBY, Phase.GATHERING]
    times = planned_times(steps, dt.time(9, 30))
    assert (times[1], times[2], times[3], times[-1]) == (dt.time(9, 40), dt.time(10, 20), dt.time(10, 30), dt.time(12))


def test_a_scale_is_asked_only_where_one_is_set_up_after_its_theme_or_after_all() -> None:
    assert all(step.kind is not StepKind.SCALE for step in first_steps(Layout.THEMES, THEMES, COLUMNS))
    steps = first_steps(Layout.THEMES, THEMES, COLUMNS, [None, THEMES[1]])
    kinds_and_themes = [(step.kind, step.theme_id) for step in steps]
    assert kinds_and_themes[3] == (StepKind.SCALE, THEMES[1])
    assert kinds_and_themes[6] == (StepKind.SCALE, None)
    assert kinds_and_themes[7] == (StepKind.GROUPING, None)


@given(layouts, st.lists(st.uuids(), max_size=30, unique=True), st.sampled_from([[], [None]]))
def test_every_layout_begins_with_a_welcome_ends_with_the_close_and_has_each_theme(
    layout: Layout, themes: list[UUID], scales: list[None]
) -> None:
    steps = first_steps(layout, themes, COLUMNS, scales)
    assert (steps[0].kind, steps[-1].kind) == (StepKind.WELCOME, StepKind.CLOSE)
    assert list(dict.fromkeys(step.theme_id for step in steps if step.theme_id)) == themes
    assert all(step.minutes > 0 for step in steps)
    assert phase_at(steps, len(steps) - 1) is Phase.CLOSED


@given(sheets, st.data(), st.integers(-3, 3))
def test_moving_loses_no_step_and_leaves_the_close_at_the_end(
    steps: list[NewStep], data: st.DataObject, places: int
) -> None:
    index = data.draw(st.integers(0, len(steps) - 1))
    after = moved(steps, index, places)
    assert sorted(map(id, after)) == sorted(map(id, steps))
    closes = [step.kind is StepKind.CLOSE for step in after]
    assert closes == sorted(closes)
    rest = [step for step in after if step is not steps[index] and step.kind is not StepKind.CLOSE]
    assert rest == [step for step in steps if step is not steps[index] and step.kind is not StepKind.CLOSE]


def test_one_place_down_is_one_place_and_at_an_end_nothing_moves() -> None:
    steps = [WELCOME, THEME, GROUPING]
    assert moved(steps, 0, 1) == [THEME, WELCOME, GROUPING]
    assert moved(steps, 0, -1) == steps
    assert moved(steps, 2, 1) == steps
    assert with_close_last([CLOSE, OWN]) == [OWN, CLOSE]


@given(sheets, st.times())
def test_each_step_begins_when_the_one_before_it_is_over(steps: list[NewStep], starts_at: dt.time) -> None:
    times = planned_times(steps, starts_at)
    assert len(times) == len(steps) + 1
    assert times[0] == starts_at.replace(second=0, microsecond=0)
    minutes = [time.hour * 60 + time.minute for time in times if time]
    for step, begins, ends in zip(steps, minutes, minutes[1:], strict=False):
        assert (ends - begins) % (24 * 60) == step.minutes


def test_without_a_beginning_there_are_no_times() -> None:
    assert planned_times([WELCOME, CLOSE], None) == [None, None, None]


def test_what_a_step_is_called() -> None:
    def called(step: NewStep) -> tuple[str, str]:
        return heading_of(step, lambda _: "Planning", lambda _: "What works?")

    assert called(WELCOME) == ("Welcome", "")
    assert called(NewStep(StepKind.THEME, theme_id=THEMES[0])) == ("Planning", "")
    assert called(NewStep(StepKind.THEME, 0, THEMES[0], ColumnKind.WORKING_WELL)) == ("Planning", "What works?")
    assert called(NewStep(StepKind.SCALE, theme_id=THEMES[0])) == ("Practice scale", "Planning")
    assert called(NewStep(StepKind.SCALE)) == ("Practice scale", "")
    assert called(NewStep(StepKind.OWN, title="A break")) == ("A break", "")
    assert called(NewStep(StepKind.THEME, 0, THEMES[0], title="Warm-up")) == ("Warm-up", "")
