"""Where the room is: what its phase and its step ask of every phone."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from workshop.focus_groups.models import FocusGroup, RunSheetStep, StepKind
from workshop.focus_groups.stage import Stage, stage_of
from workshop.programmes.models import ProgrammeColumn, Theme


class Doing(StrEnum):
    """What the room does. ROAMING: all themes, everybody at their own pace; THEME: one of them, all together."""

    NOT_OPEN = "not-open"
    LOBBY = "lobby"
    ROAMING = "roaming"
    THEME = "theme"
    OWN = "own"
    GROUPING = "grouping"
    PRIORITIES = "priorities"
    SCALE = "scale"
    CLOSED = "closed"


# What the room does in a phase where its step says nothing else.
_OF_STAGE = {
    Stage.NOT_OPENED: Doing.NOT_OPEN,
    Stage.OPENS_LATER: Doing.NOT_OPEN,
    Stage.LOBBY: Doing.LOBBY,
    Stage.OPEN: Doing.ROAMING,
    Stage.GROUPING: Doing.GROUPING,
    Stage.PRIORITISING: Doing.PRIORITIES,
    Stage.LINK_ENDED: Doing.CLOSED,
    Stage.CLOSED: Doing.CLOSED,
    Stage.ARCHIVED: Doing.CLOSED,
    Stage.DELETED: Doing.CLOSED,
}
# Steps that can come in any phase; one of another kind counts only in its own.
_ANYWHERE = {StepKind.OWN: Doing.OWN, StepKind.SCALE: Doing.SCALE}
_ITS_OWN = {(Doing.GROUPING, StepKind.GROUPING), (Doing.PRIORITIES, StepKind.PRIORITIES)}
_NAMES = {
    Doing.NOT_OPEN: "waiting until it opens",
    Doing.LOBBY: "waiting for the start",
    Doing.ROAMING: "writing, theme by theme",
    Doing.GROUPING: "putting alike points together",
    Doing.PRIORITIES: "choosing priorities",
    Doing.SCALE: "a question from 0 to 10",
    Doing.CLOSED: "the end of the meeting",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the room does now. ``step``, ``theme`` and ``column`` are there where what it does has them.

    ``is_late``: points are let in although the room has moved on from gathering. ``has_totals``: of its votes.
    ``takes_points``: whether there is something to write in, wherever the room is.
    """

    doing: Doing
    step: RunSheetStep | None = None
    theme: Theme | None = None
    column: ProgrammeColumn | None = None
    is_late: bool = False
    has_totals: bool = False
    takes_points: bool = False

    @property
    def key(self) -> str:
        """The same for as long as a phone need not go anywhere. While people roam, the themes' steps move nobody."""
        marks = {"late": self.is_late, "totals": self.has_totals}
        parts = [self.doing.value, *(mark for mark, is_set in marks.items() if is_set)]
        if (step := self.step) is not None:
            # Its words, too: a facilitator corrects them while everybody reads them.
            read = repr((step.id, step.theme_id, step.column, step.title, step.text))
            parts.append(f"{zlib.crc32(read.encode()):08x}")
        return "-".join(parts)

    @property
    def name(self) -> str:
        """What the room has moved on to, as it stands in a sentence after a colon."""
        if self.step is not None and self.step.title:
            return self.step.title
        if self.theme is not None and self.doing is Doing.THEME:
            return f"{self.theme.name}: {self.column.question}" if self.column else self.theme.name
        return _NAMES.get(self.doing, "the next step")


def standing_of(
    focus_group: FocusGroup,
    steps: Sequence[RunSheetStep],
    themes: Sequence[Theme],
    columns: Sequence[ProgrammeColumn],
    at: datetime,
) -> Standing:
    """Where the room is ``at`` this moment.

    The phase goes before the step: a group closed or opened again by hand is so, whatever its run sheet says.
    """
    stage = stage_of(focus_group, at)
    doing = _OF_STAGE[stage]
    is_late = doing is Doing.GROUPING and focus_group.takes_late_points
    has_totals = doing is Doing.PRIORITIES and focus_group.are_totals_shown
    takes_points = is_late or stage is Stage.OPEN
    usual = Standing(doing, is_late=is_late, has_totals=has_totals, takes_points=takes_points)
    step = None if doing in {Doing.NOT_OPEN, Doing.CLOSED} else _by_id(steps, focus_group.step_id)
    if step is None:
        return usual
    theme = _by_id(themes, step.theme_id)
    if step.kind in _ANYWHERE or (doing, step.kind) in _ITS_OWN:
        return replace(usual, doing=_ANYWHERE.get(step.kind, doing), step=step, theme=theme)
    if doing is Doing.ROAMING and step.kind is StepKind.THEME and theme is not None and focus_group.is_together:
        column = next((column for column in columns if column.kind is step.column), None)
        return replace(usual, doing=Doing.THEME, step=step, theme=theme, column=column)
    return usual


Row = TypeVar("Row", RunSheetStep, Theme)


def _by_id(rows: Sequence[Row], wanted: UUID | None) -> Row | None:
    return next((row for row in rows if row.id == wanted), None)
