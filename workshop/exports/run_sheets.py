"""A focus group's run sheet as parts of the programme file, and back."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from msgspec import UNSET
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.exports.programme_file import FocusGroupPart, StepPart
from workshop.focus_groups.models import FocusGroup, RunSheetStep, StepKind
from workshop.focus_groups.steps import steps_of
from workshop.programmes.models import Theme


async def step_parts(db: AsyncSession, focus_group_id: UUID, themes: Mapping[UUID, str]) -> list[StepPart]:
    """The group's steps in their order; ``themes``: id → name."""
    return [
        StepPart(
            kind=step.kind,
            theme=themes[step.theme_id] if step.theme_id else UNSET,
            column=step.column or UNSET,
            title=step.title,
            text=step.text,
            minutes=step.minutes,
        )
        for step in await steps_of(db, focus_group_id)
    ]


def steps_from(group: FocusGroup, part: FocusGroupPart, themes: Mapping[str, Theme]) -> list[RunSheetStep]:
    """The rows of the group's run sheet; ``themes``: name → theme."""
    return [
        RunSheetStep(
            focus_group_id=group.id,
            position=position,
            kind=step.kind,
            theme_id=themes[step.theme].id if isinstance(step.theme, str) else None,
            column=step.column or None,
            title=step.title,
            text=step.text,
            minutes=step.minutes,
        )
        for position, step in enumerate(part.run_sheet)
    ]


def contradictions_in_run_sheet(place: str, part: FocusGroupPart, themes: list[str]) -> Iterator[str]:
    """A line for each step that could not have been made on a page."""
    for i, step in enumerate(part.run_sheet):
        at = f"{place}.run_sheet[{i}]"
        has_theme = isinstance(step.theme, str)
        if has_theme and step.theme not in themes:
            yield f'{at}.theme: unknown theme "{step.theme}"'
        if step.kind is StepKind.THEME and not has_theme:
            yield f"{at}.theme: missing"
        if has_theme and step.kind not in {StepKind.THEME, StepKind.SCALE}:
            yield f'{at}.theme: a step of the kind "{step.kind}" has none'
        if step.column and step.kind is not StepKind.THEME:
            yield f'{at}.column: a step of the kind "{step.kind}" has none'
        if step.text and step.kind is not StepKind.OWN:
            yield f'{at}.text: a step of the kind "{step.kind}" has none'
        if step.kind is StepKind.OWN and not step.title:
            yield f"{at}.title: missing"
        if step.kind is StepKind.CLOSE and i < len(part.run_sheet) - 1:
            yield f"{at}: the close has to be the last step"
