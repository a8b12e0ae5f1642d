"""A focus group's run sheet as it is stored: read, made, and changed before the meeting and in it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.facts import NotFound, Refused
from workshop.focus_groups.models import Audience, FocusGroup, RunSheetStep, StepKind
from workshop.focus_groups.run_sheet import MOST_STEPS, NewStep, moved, with_close_last
from workshop.focus_groups.writes import raise_revision


class MeetingUnderWay(Refused):
    """The meeting stands at a step that would go."""


class TooManySteps(Refused):
    """More steps than a meeting has, whatever sent them."""


class ClosesOnce(Refused):
    """A meeting has one close, at its end."""


async def steps_of(db: AsyncSession, focus_group_id: UUID) -> list[RunSheetStep]:
    """The group's run sheet in its order; nothing where it is run without one."""
    query = select(RunSheetStep).where(RunSheetStep.focus_group_id == focus_group_id)
    return list(await db.exec(query.order_by(col(RunSheetStep.position))))


async def present_step(db: AsyncSession, focus_group: FocusGroup) -> RunSheetStep | None:
    """Where the meeting stands in its run sheet; none when it has not begun, or is run without one."""
    query = select(RunSheetStep).where(
        RunSheetStep.id == focus_group.step_id, RunSheetStep.focus_group_id == focus_group.id
    )
    return (await db.exec(query)).first() if focus_group.step_id else None


async def step_of(db: AsyncSession, focus_group_id: UUID, step_id: UUID) -> RunSheetStep:
    """The group's step; raises NotFound."""
    step = await db.get(RunSheetStep, step_id)
    if step is None or step.focus_group_id != focus_group_id:
        raise NotFound("There is no such step in this run sheet")
    return step


async def make_run_sheet(db: AsyncSession, focus_group: FocusGroup, steps: Iterable[NewStep]) -> list[RunSheetStep]:
    """Give the group these steps in place of those it has; the room then goes through the themes together.

    Raises MeetingUnderWay. The group's row must be locked by the caller.
    """
    if await present_step(db, focus_group):
        message = "The meeting is under way, so its run sheet cannot be begun anew. Change its steps one by one."
        raise MeetingUnderWay(message)
    await db.exec(delete(RunSheetStep).where(col(RunSheetStep.focus_group_id) == focus_group.id))
    made = [_stored(focus_group.id, position, step) for position, step in enumerate(with_close_last(steps))]
    focus_group.is_together = any(step.kind is StepKind.THEME for step in made)
    db.add_all([focus_group, *made])
    await _changed(db, focus_group)
    return made


async def add_step(db: AsyncSession, focus_group: FocusGroup, new: NewStep) -> RunSheetStep:
    """One more step, before the close; raises TooManySteps or ClosesOnce."""
    steps = await steps_of(db, focus_group.id)
    if len(steps) >= MOST_STEPS:
        raise TooManySteps(f"A run sheet has at most {MOST_STEPS} steps")
    if new.kind is StepKind.CLOSE and any(step.kind is StepKind.CLOSE for step in steps):
        raise ClosesOnce("The run sheet has its close already", "kind")
    step = _stored(focus_group.id, len(steps), new)
    await _put_in_order(db, focus_group, with_close_last([*steps, step]))
    return step


async def change_step(db: AsyncSession, focus_group: FocusGroup, step: RunSheetStep, new: NewStep) -> None:
    """Other words, minutes, theme or column; its kind stays. What is read of the present step is announced to all."""
    step.theme_id, step.column = new.theme_id, new.column
    step.title, step.text, step.minutes = new.title, new.text, new.minutes
    db.add(step)
    await _changed(db, focus_group, is_read_by_all=step.id == focus_group.step_id)


async def move_step(db: AsyncSession, focus_group: FocusGroup, step: RunSheetStep, places: int) -> None:
    """Move the step down by ``places`` (up, when negative); at an end it stays there."""
    steps = await steps_of(db, focus_group.id)
    at = next(place for place, other in enumerate(steps) if other.id == step.id)
    await _put_in_order(db, focus_group, moved(steps, at, places))


async def remove_step(db: AsyncSession, focus_group: FocusGroup, step: RunSheetStep) -> None:
    """Take the step away; raises MeetingUnderWay for the one at which the meeting stands."""
    if step.id == focus_group.step_id:
        raise MeetingUnderWay("The meeting stands at this step. Go on to another one first, then remove it.")
    await db.delete(step)
    await db.flush()  # the others close up where it was
    await _put_in_order(db, focus_group, await steps_of(db, focus_group.id))


def _stored(focus_group_id: UUID, position: int, step: NewStep) -> RunSheetStep:
    return RunSheetStep(
        focus_group_id=focus_group_id,
        position=position,
        kind=step.kind,
        theme_id=step.theme_id,
        column=step.column,
        title=step.title,
        text=step.text,
        minutes=step.minutes,
    )


async def _put_in_order(db: AsyncSession, focus_group: FocusGroup, steps: Sequence[RunSheetStep]) -> None:
    for position, each in enumerate(steps):
        each.position = position
    db.add_all(steps)
    await _changed(db, focus_group)


async def _changed(db: AsyncSession, focus_group: FocusGroup, *, is_read_by_all: bool = False) -> None:
    await db.flush()  # the steps before the news of them
    await raise_revision(db, focus_group.id, *(() if is_read_by_all else (Audience.BOARD,)))
