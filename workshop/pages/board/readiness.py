"""What a step of the meeting needs before the room comes to it: headings to vote on, a scale's words."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.findings.to_group import columns_with_headings
from workshop.focus_groups.models import FocusGroup, RunSheetStep, StepKind
from workshop.programmes.models import ColumnKind
from workshop.surveys.queries import scales_of


class Need(StrEnum):
    """What is missing."""

    HEADINGS = "headings"
    REVEAL = "reveal"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Missing:
    """Why phones would only wait at a step. ``themes``: under which; none: under all, or about the whole.

    ``column``: the one whose headings are voted on.
    """

    need: Need
    themes: tuple[UUID, ...] = ()
    column: ColumnKind | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """What the meeting has for its steps. ``headings``: (theme, column) of the room's; ``scales``: whose are worded."""

    headings: frozenset[tuple[UUID, ColumnKind]] = frozenset()
    scales: frozenset[UUID | None] = frozenset()


async def ready_of(db: AsyncSession, focus_group: FocusGroup, steps: list[RunSheetStep]) -> Ready:
    """As it is now, as far as a step needs it."""
    kinds = {step.kind for step in steps}
    headings, scales = frozenset[tuple[UUID, ColumnKind]](), frozenset[UUID | None]()
    if StepKind.PRIORITIES in kinds:
        headings = await columns_with_headings(db, focus_group.id)
    if StepKind.SCALE in kinds:
        scales = frozenset(
            scale.theme_id for scale in await scales_of(db, focus_group.programme_id) if scale.lowest and scale.highest
        )
    return Ready(headings, scales)


def missing_at(step: RunSheetStep | None, ready: Ready, themes: list[UUID], readable: list[UUID]) -> Missing | None:
    """What ``step`` lacks, if anything. ``themes``: the programme's; ``readable``: those that the room may read."""
    if step is None:
        return None
    if step.kind is StepKind.SCALE and step.theme_id not in ready.scales:
        return Missing(Need.SCALE, (step.theme_id,) if step.theme_id else ())
    if step.kind is not StepKind.PRIORITIES:
        return None
    column = step.column or ColumnKind.NEEDS_TO_HAPPEN
    has = [theme_id for theme_id in themes if (theme_id, column) in ready.headings]
    lacking = tuple(theme_id for theme_id in themes if theme_id not in has)
    if not has:
        return Missing(Need.HEADINGS, column=column)
    covered = tuple(theme_id for theme_id in has if theme_id not in readable)
    if covered:
        return Missing(Need.REVEAL, covered, column)
    return Missing(Need.HEADINGS, lacking, column) if lacking else None
