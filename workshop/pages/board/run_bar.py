"""What the run bar shows at the head of every page that carries the meeting, and where its steps lead."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.questions import count_open_questions
from workshop.database import now
from workshop.focus_groups.models import FocusGroup, RunSheetStep, StepKind
from workshop.focus_groups.people import Joined, joined_so_far
from workshop.focus_groups.reveals import is_revealed, revealed_themes
from workshop.focus_groups.run_sheet import heading_of, planned_times, total_minutes
from workshop.focus_groups.stage import Stage, stage_of
from workshop.focus_groups.steps import steps_of
from workshop.focus_groups.timer import Timer, timer_of
from workshop.pages.board.readiness import Missing, Ready, missing_at, ready_of
from workshop.pages.board.urls import board_url
from workshop.programmes.models import Programme, ProgrammeColumn, Theme
from workshop.programmes.queries import columns_of, themes_of
from workshop.web.answers import AnyRequest

NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
# Steps that have a page of their own, by route name; the board carries the others.
PAGES = {StepKind.GROUPING: "grouping", StepKind.PRIORITIES: "priorities", StepKind.SCALE: "scale"}


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step of the run sheet with its words. ``beside``: a theme's question or a scale's theme; ``at``: planned."""

    id: UUID
    kind: StepKind
    number: int
    heading: str
    beside: str
    theme_id: UUID | None
    theme_name: str
    question: str
    text: str
    minutes: int
    at: dt.time | None
    is_present: bool


@dataclass(frozen=True, slots=True)
class RunBar:
    """Where the meeting stands. ``theme``: the page's, else the step's; ``here_url``: the page that shows the bar.

    ``missing``: what the next step would lack.
    """

    focus_group: FocusGroup
    stage: Stage
    steps: list[ShownStep]
    timer: Timer | None
    here: Joined
    themes: list[Theme]
    theme: Theme | None
    revealed: frozenset[UUID]
    here_url: str
    step_url: str
    projector_url: str
    missing: Missing | None
    is_rehearsal: bool

    @property
    def present(self) -> ShownStep | None:
        """The step at which the meeting stands; none before it begins, and without a run sheet."""
        return next((step for step in self.steps if step.is_present), None)

    @property
    def next(self) -> ShownStep | None:
        """The step after it, if there is one."""
        return self.steps[self.present.number] if self.present and self.present.number < len(self.steps) else None

    @property
    def previous(self) -> ShownStep | None:
        """The step before it, if there is one."""
        return self.steps[self.present.number - 2] if self.present and self.present.number > 1 else None

    @property
    def missing_themes(self) -> list[Theme]:
        """The themes that ``missing`` names; none where it names none."""
        named = self.missing.themes if self.missing else ()
        return [theme for theme in self.themes if theme.id in named]

    @property
    def minutes(self) -> int:
        """How long the meeting is planned to take."""
        return total_minutes(self.steps)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the step has another page than the one that shows the bar; of a step's theme, that theme's board."""
        here = self.here_url if "?" in self.step_url else self.here_url.partition("?")[0]
        return here != self.step_url

    @property
    def is_over(self) -> bool:
        """Whether there is nothing to run any more: its words or its devices are gone."""
        return self.stage in {Stage.DELETED, Stage.ARCHIVED}

    @property
    def tick(self) -> int:
        """The seconds left: what is rendered now would show a timer that is off by what has passed since."""
        return self.timer.milliseconds // 1000 if self.timer else 0

    @property
    def mark(self) -> str:
        """Short, and another one whenever the bar has to be shown anew; who is here is shown beside it."""
        group = self.focus_group
        shown = [
            self.stage,
            [[str(step.id), step.heading, step.beside, step.minutes, str(step.at)] for step in self.steps],
            [[str(theme.id), theme.name] for theme in self.themes],
            str(group.step_id),
            [str(group.timer_ends_at), group.timer_left],
            [group.is_blind, group.is_together, group.takes_late_points, group.votes_each],
            sorted(str(theme_id) for theme_id in self.revealed),
            [group.projected, str(group.projected_theme_id)],
            str(self.missing),
        ]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the pages of a meeting are made of that never changes without a new revision of the board.

    It may be shared between requests: never add its rows to a session. ``taken_back``: how many held or hidden points
    their authors have changed or deleted before anybody said whether they tell of a child at risk.
    """

    programme: Programme
    themes: list[Theme]
    columns: list[ProgrammeColumn]
    steps: list[RunSheetStep]
    revealed: frozenset[UUID]
    ready: Ready
    taken_back: int

    def present(self, focus_group: FocusGroup) -> RunSheetStep | None:
        """The step at which the meeting stands, if it stands at one."""
        return next((step for step in self.steps if step.id == focus_group.step_id), None)

    def following(self, focus_group: FocusGroup) -> RunSheetStep | None:
        """The step after that; none before the meeting and after its last."""
        after = iter(self.steps)
        return next(after, None) if any(step.id == focus_group.step_id for step in after) else None


async def plan_of(db: AsyncSession, focus_group: FocusGroup) -> Plan:
    """As it is now."""
    steps = await steps_of(db, focus_group.id)
    return Plan(
        programme=await db.get_one(Programme, focus_group.programme_id),
        themes=await themes_of(db, focus_group.programme_id),
        columns=await columns_of(db, focus_group.programme_id),
        steps=steps,
        ready=await ready_of(db, focus_group, steps),
        taken_back=await count_open_questions(db, focus_group.id) if focus_group.purged_at is None else 0,
        revealed=await revealed_themes(db, focus_group.id) if focus_group.is_blind else frozenset(),
    )


async def run_bar(
    db: AsyncSession, request: AnyRequest, focus_group: FocusGroup, here_url: str, theme: Theme | None = None
) -> RunBar:
    """The bar of the page at ``here_url``, which shows ``theme`` or no theme in particular."""
    run = bar_of(request, focus_group, await plan_of(db, focus_group), here_url, theme)
    return replace(run, here=await joined_so_far(db, focus_group.id))


def bar_of(request: AnyRequest, focus_group: FocusGroup, plan: Plan, here_url: str, theme: Theme | None) -> RunBar:
    """The same with nobody in it, for who has counted them."""
    present = plan.present(focus_group)
    of_step = present.theme_id if present else None
    at = now()
    themes = [each.id for each in plan.themes]
    readable = [theme_id for theme_id in themes if is_revealed(focus_group, theme_id, plan.revealed)]
    return RunBar(
        focus_group=focus_group,
        stage=stage_of(focus_group, at),
        steps=shown_steps(focus_group, plan.steps, plan.themes, plan.columns),
        timer=timer_of(focus_group, at),
        here=Joined(0, 0),
        themes=plan.themes,
        theme=theme or next((each for each in plan.themes if each.id == of_step), None),
        revealed=plan.revealed,
        here_url=here_url,
        step_url=step_url(request, focus_group.id, present),
        projector_url=request.app.route_reverse("projector", focus_group_id=focus_group.id),
        missing=missing_at(plan.following(focus_group), plan.ready, themes, readable),
        is_rehearsal=plan.programme.rehearsal_of is not None,
    )


def shown_steps(
    focus_group: FocusGroup,
    steps: list[RunSheetStep],
    themes: Collection[Theme],
    columns: Collection[ProgrammeColumn],
) -> list[ShownStep]:
    """The steps with their words, numbers and planned times."""
    names = {theme.id: theme.name for theme in themes}
    questions = {column.kind: column.question for column in columns}
    times = times_asked(steps)
    shown = []
    for place, (step, at) in enumerate(zip(steps, planned_times(steps, focus_group.starts_at), strict=False)):
        heading, beside = heading_of(step, names.__getitem__, questions.__getitem__)
        if step.id in times:
            beside = ", ".join(part for part in (beside, times[step.id]) if part)
        shown.append(
            ShownStep(
                id=step.id,
                kind=step.kind,
                number=place + 1,
                heading=heading,
                beside=beside,
                theme_id=step.theme_id,
                theme_name=names[step.theme_id] if step.theme_id else "",
                question=questions[step.column] if step.column else "",
                text=step.text,
                minutes=step.minutes,
                at=at,
                is_present=step.id == focus_group.step_id,
            )
        )
    return shown


def times_asked(steps: list[RunSheetStep]) -> dict[UUID, str]:
    """Step → “first time”, “second time” and so on, for the steps that ask a scale which is asked more than once."""
    by_scale: dict[UUID | None, list[UUID]] = {}
    for step in steps:
        if step.kind is StepKind.SCALE:
            by_scale.setdefault(step.theme_id, []).append(step.id)
    return {
        step_id: f"{NTH.get(number, f'{number}th')} time"
        for asked in by_scale.values()
        if len(asked) > 1
        for number, step_id in enumerate(asked, 1)
    }


def step_url(request: AnyRequest, focus_group_id: UUID, step: RunSheetStep | None) -> str:
    """The facilitator's page of a step."""
    if step and step.kind in PAGES:
        return request.app.route_reverse(PAGES[step.kind], focus_group_id=focus_group_id)
    return board_url(request, focus_group_id, step.theme_id if step else None)
