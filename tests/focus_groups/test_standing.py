"""Where a room is, from its phase and its step."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.focus_groups.models import FocusGroup, Phase, RunSheetStep, StepKind
from workshop.focus_groups.standing import Doing, Standing, standing_of
from workshop.programmes.models import ColumnKind, ProgrammeColumn, Theme

NOON = dt.datetime(2026, 12, 3, 12, tzinfo=dt.UTC)
PROGRAMME = UUID(int=7)
THEMES = [
    Theme(id=UUID(int=number), programme_id=PROGRAMME, name=f"Theme {number}", position=number) for number in (1, 2)
]
COLUMNS = [
    ProgrammeColumn(programme_id=PROGRAMME, kind=kind, question=f"About {kind.value}?", position=position)
    for position, kind in enumerate(ColumnKind)
]


def step(kind: StepKind, **values: object) -> RunSheetStep:
    return RunSheetStep(id=uuid4(), focus_group_id=UUID(int=9), position=0, kind=kind).model_copy(update=values)


def standing(phase: Phase, *steps: RunSheetStep, **values: object) -> Standing:
    """At the first of the steps, if there is one."""
    at = {"phase": phase, "step_id": steps[0].id if steps else None}
    group = FocusGroup(id=UUID(int=9), programme_id=PROGRAMME, date=NOON.date()).model_copy(update=at | values)
    return standing_of(group, steps, THEMES, COLUMNS, NOON)


@pytest.mark.parametrize(
    ("phase", "kind", "doing"),
    [
        (Phase.DRAFT, None, Doing.NOT_OPEN),
        (Phase.LOBBY, None, Doing.LOBBY),
        (Phase.GATHERING, None, Doing.ROAMING),
        (Phase.GROUPING, None, Doing.GROUPING),
        (Phase.PRIORITISING, None, Doing.PRIORITIES),
        (Phase.CLOSED, None, Doing.CLOSED),
        (Phase.LOBBY, StepKind.WELCOME, Doing.LOBBY),
        (Phase.LOBBY, StepKind.OWN, Doing.OWN),
        (Phase.GATHERING, StepKind.OWN, Doing.OWN),
        (Phase.GATHERING, StepKind.SCALE, Doing.SCALE),
        (Phase.GROUPING, StepKind.GROUPING, Doing.GROUPING),
        (Phase.PRIORITISING, StepKind.PRIORITIES, Doing.PRIORITIES),
        # By hand: the phase goes before the step.
        (Phase.CLOSED, StepKind.THEME, Doing.CLOSED),
        (Phase.CLOSED, StepKind.OWN, Doing.CLOSED),
        (Phase.GATHERING, StepKind.CLOSE, Doing.ROAMING),
        (Phase.GATHERING, StepKind.WELCOME, Doing.ROAMING),
        (Phase.GATHERING, StepKind.PRIORITIES, Doing.ROAMING),
        (Phase.DRAFT, StepKind.SCALE, Doing.NOT_OPEN),
    ],
)
def test_what_the_room_does(phase: Phase, kind: StepKind | None, doing: Doing) -> None:
    assert standing(phase, *([step(kind)] if kind else [])).doing is doing


def test_a_step_that_is_gone_counts_as_none() -> None:
    assert standing(Phase.GATHERING, step_id=uuid4()).doing is Doing.ROAMING


def test_together_the_room_is_at_one_theme_and_one_column() -> None:
    asked = step(StepKind.THEME, theme_id=THEMES[1].id, column=ColumnKind.WORRIED_ABOUT)
    here = standing(Phase.GATHERING, asked, is_together=True)
    assert (here.doing, here.theme, here.column) == (Doing.THEME, THEMES[1], COLUMNS[1])
    assert here.name == "Theme 2: About worried_about?"
    assert standing(Phase.GATHERING, step(StepKind.THEME, theme_id=THEMES[1].id), is_together=True).name == "Theme 2"


def test_while_people_roam_the_steps_of_themes_move_nobody() -> None:
    first, second = (step(StepKind.THEME, theme_id=theme.id) for theme in THEMES)
    keys = {standing(Phase.GATHERING, each).key for each in (first, second)} | {standing(Phase.GATHERING).key}
    assert len(keys) == 1


def test_a_key_changes_with_all_that_a_phone_has_to_show() -> None:
    own = step(StepKind.OWN, title="Presentations", text="Listen.")
    theme = step(StepKind.THEME, theme_id=THEMES[0].id)
    found = [
        standing(Phase.GATHERING),
        standing(Phase.GATHERING, theme, is_together=True),
        standing(Phase.GATHERING, theme.model_copy(update={"column": ColumnKind.WORKING_WELL}), is_together=True),
        standing(Phase.GATHERING, own),
        standing(Phase.GATHERING, own.model_copy(update={"text": "Listen, and note what is missing."})),
        standing(Phase.GROUPING),
        standing(Phase.GROUPING, takes_late_points=True),
        standing(Phase.PRIORITISING),
        standing(Phase.PRIORITISING, are_totals_shown=True),
        standing(Phase.CLOSED),
    ]
    assert len({each.key for each in found}) == len(found)


def test_a_title_stands_in_place_of_the_usual_words() -> None:
    assert standing(Phase.GROUPING, step(StepKind.GROUPING, title="Sort them")).name == "Sort them"


@given(
    phase=st.sampled_from(Phase),
    kind=st.sampled_from(StepKind),
    theme=st.sampled_from([None, *(theme.id for theme in THEMES), UUID(int=99)]),
    column=st.sampled_from([None, *ColumnKind]),
    is_together=st.booleans(),
    takes_late_points=st.booleans(),
    purged_at=st.sampled_from([None, NOON]),
    open_until=st.sampled_from([None, NOON]),
)
def test_every_room_is_somewhere_that_has_a_name(
    phase: Phase, kind: StepKind, theme: UUID | None, column: ColumnKind | None, **values: object
) -> None:
    here = standing(phase, step(kind, theme_id=theme, column=column), **values)
    assert here.name
    assert here.key == here.key.strip().replace(" ", "")
    assert (here.theme is not None) or here.doing is not Doing.THEME


@pytest.mark.parametrize(
    ("phase", "kind", "usually", "late"),
    [
        (Phase.LOBBY, StepKind.OWN, False, False),
        (Phase.GATHERING, StepKind.OWN, True, True),
        (Phase.GATHERING, StepKind.THEME, True, True),
        (Phase.GROUPING, StepKind.GROUPING, False, True),
        (Phase.GROUPING, StepKind.SCALE, False, True),
        (Phase.PRIORITISING, StepKind.PRIORITIES, False, False),
        (Phase.CLOSED, StepKind.CLOSE, False, False),
    ],
)
def test_when_there_is_something_to_write_in(phase: Phase, kind: StepKind, *, usually: bool, late: bool) -> None:
    at = step(kind, theme_id=THEMES[0].id)
    assert standing(phase, at, is_together=True).takes_points is usually
    assert standing(phase, at, is_together=True, takes_late_points=True).takes_points is late
