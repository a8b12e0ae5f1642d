"""A meeting's steps in order: what a run sheet looks like at first, which phase a step means, how long it takes."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import repeat
from typing import Protocol, TypeVar
from uuid import UUID

from workshop.focus_groups.models import Phase, StepKind
from workshop.programmes.models import ColumnKind

MOST_MINUTES = 480
MOST_STEPS = 60
_DAY = 24 * 60
# A step of another kind keeps the phase that the room is in.
PHASES = {
    StepKind.WELCOME: Phase.LOBBY,
    StepKind.THEME: Phase.GATHERING,
    StepKind.GROUPING: Phase.GROUPING,
    StepKind.PRIORITIES: Phase.PRIORITISING,
    StepKind.CLOSE: Phase.CLOSED,
}


class Layout(StrEnum):
    """What a run sheet can begin as."""

    THEMES = "themes"
    COLUMNS = "columns"
    HALF_DAY = "half_day"


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step before it is stored; the fields are those of ``RunSheetStep``."""

    kind: StepKind
    minutes: int = 0
    theme_id: UUID | None = None
    column: ColumnKind | None = None
    title: str = ""
    text: str = ""


class AnyStep(Protocol):
    """What has a kind and planned minutes: a step, stored or not."""

    @property
    def kind(self) -> StepKind:
        """What it asks of the room."""
        ...

    @property
    def minutes(self) -> int:
        """How long it is meant to take."""
        ...


Step = TypeVar("Step", bound=AnyStep)


def phase_at(steps: Sequence[AnyStep], index: int) -> Phase:
    """The phase that the room is in at this step: of the nearest step, this one or before, that means one.

    Before any of them people are still coming in: a scale or a step of the facilitator's own, put first, means lobby.
    """
    return next((PHASES[step.kind] for step in reversed(steps[: index + 1]) if step.kind in PHASES), Phase.LOBBY)


def first_steps(
    layout: Layout, themes: Sequence[UUID], columns: Sequence[ColumnKind], scales: Iterable[UUID | None] = ()
) -> list[NewStep]:
    """The steps of a new run sheet for a programme's themes and columns, in their order.

    ``scales``: the theme of each practice scale that is set up, null for one about the whole. THEMES and COLUMNS fill
    two hours where the themes allow it, HALF_DAY the two and a half of Solihull's learning event (Joint Case Audit
    Report, "The Learning Event"): presentations and a look at the facts before the group work.
    """
    asked = list(scales)
    before, minutes = _BEFORE[layout]
    each = _share(minutes, len(themes))
    steps = list(before)
    for theme_id in themes:
        if layout is Layout.COLUMNS:
            shares = _parts(each, len(columns))
            steps += [NewStep(StepKind.THEME, *part) for part in zip(shares, repeat(theme_id), columns, strict=False)]
        else:
            steps.append(NewStep(StepKind.THEME, each, theme_id))
        steps += [NewStep(StepKind.SCALE, 5, theme_id)] if theme_id in asked else []
    steps += [NewStep(StepKind.SCALE, 5)] if None in asked else []
    return [*steps, NewStep(StepKind.GROUPING, 15), NewStep(StepKind.PRIORITIES, 10), NewStep(StepKind.CLOSE, 5)]


_PRESENTATIONS = NewStep(
    StepKind.OWN,
    40,
    title="Presentations",
    text="Each agency says which standards were met, which were not and why, and how its own work and working together "
    "could be better.",
)
_FACTS = NewStep(
    StepKind.OWN,
    10,
    title="Check the facts",
    text="Was everything as it was presented? Say now what has to be put right, before the group work builds on it.",
)
# What comes before the themes, and how many minutes are there for all of them.
_BEFORE = {
    Layout.THEMES: ((NewStep(StepKind.WELCOME, 10),), 80),
    Layout.COLUMNS: ((NewStep(StepKind.WELCOME, 10),), 80),
    Layout.HALF_DAY: ((NewStep(StepKind.WELCOME, 10), _PRESENTATIONS, _FACTS), 60),
}
_SHORTEST, _LONGEST = 8, 40


def _share(minutes: int, count: int) -> int:
    return min(max(minutes // max(count, 1), _SHORTEST), _LONGEST)


def _parts(minutes: int, count: int) -> list[int]:
    return [minutes // count + (place < minutes % count) for place in range(count)]


def with_close_last(steps: Iterable[Step]) -> list[Step]:
    """The steps, the close at the end: nobody can take part in what would come after it."""
    return sorted(steps, key=lambda step: step.kind is StepKind.CLOSE)


def moved(steps: Sequence[Step], index: int, places: int) -> list[Step]:
    """The steps with one of them further down (up, when negative); at an end it stays there, and the close is last."""
    rest = [*steps[:index], *steps[index + 1 :]]
    rest.insert(max(0, index + places), steps[index])
    return with_close_last(rest)


def total_minutes(steps: Iterable[AnyStep]) -> int:
    """How long the meeting is planned to take."""
    return sum(step.minutes for step in steps)


def planned_times(steps: Sequence[AnyStep], starts_at: dt.time | None) -> list[dt.time | None]:
    """When each step is planned to begin, and at last when the meeting ends; all null where no beginning is known."""
    if starts_at is None:
        return [None] * (len(steps) + 1)
    minute = starts_at.hour * 60 + starts_at.minute
    times: list[dt.time | None] = []
    for minutes in (*(step.minutes for step in steps), 0):
        times.append(dt.time(minute // 60 % 24, minute % 60))
        minute = (minute + minutes) % _DAY
    return times


def heading_of(
    step: "WordedStep", theme_name: Callable[[UUID], str], question: Callable[[ColumnKind], str]
) -> tuple[str, str]:
    """How a step is called: its heading, and what stands beside it (a theme's question; else nothing).

    ``theme_name`` and ``question``: of a theme's id, of a column's kind.
    """
    if step.title:
        return step.title, question(step.column) if step.column else ""
    if step.kind is StepKind.THEME and step.theme_id:
        return theme_name(step.theme_id), question(step.column) if step.column else ""
    if step.kind is StepKind.SCALE and step.theme_id:
        return HEADINGS[step.kind], theme_name(step.theme_id)
    return HEADINGS[step.kind], ""


HEADINGS = {
    StepKind.WELCOME: "Welcome",
    StepKind.THEME: "Theme",
    StepKind.GROUPING: "Put alike points together",
    StepKind.PRIORITIES: "Priorities",
    StepKind.SCALE: "Practice scale",
    StepKind.OWN: "Something else",
    StepKind.CLOSE: "Close",
}


class WordedStep(AnyStep, Protocol):
    """A step with what it is called by."""

    @property
    def theme_id(self) -> UUID | None:
        """Its theme."""
        ...

    @property
    def column(self) -> ColumnKind | None:
        """Its column, null for all."""
        ...

    @property
    def title(self) -> str:
        """Words in place of the usual ones."""
        ...
