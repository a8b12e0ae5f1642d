"""Asking a room a practice scale: a step of its run sheet, put in where the meeting stands."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.facts import Refused
from workshop.focus_groups.models import FocusGroup, RunSheetStep, StepKind
from workshop.focus_groups.run_sheet import NewStep
from workshop.focus_groups.running import enter_step
from workshop.focus_groups.stage import IN_SESSION
from workshop.focus_groups.steps import add_step, move_step, present_step, remove_step, steps_of
from workshop.focus_groups.writes import FocusGroupClosed, enter_phase
from workshop.surveys.queries import scale_about

MINUTES = 5


class NoWordsYet(Refused):
    """Nobody is asked before the question, 0 and 10 have their words."""


async def ask_room(db: AsyncSession, focus_group: FocusGroup, theme_id: UUID | None) -> None:
    """Ask the scale about a theme (or the whole) now, once more when it was answered before.

    It becomes the step after the present one. A room without a present step stays in its phase. Two presses on one
    button ask once. The group's row must be locked by the caller. Raises NoWordsYet, FocusGroupClosed or TooManySteps.
    """
    scale = await scale_about(db, focus_group.programme_id, theme_id)
    if scale is None:
        raise NoWordsYet("Write the question, and what 0 and 10 mean, before you ask", "question")
    if focus_group.phase not in IN_SESSION:
        raise FocusGroupClosed("Nobody can answer while it is not open. Open it first, then ask.")
    present = await present_step(db, focus_group)
    if present is not None and _is_about(present, theme_id) and present.asking is None:
        return
    step = await add_step(db, focus_group, NewStep(StepKind.SCALE, MINUTES, theme_id))
    if present is None:
        focus_group.step_id = step.id
        await enter_phase(db, focus_group, focus_group.phase)
        return
    ids = [each.id for each in await steps_of(db, focus_group.id)]
    await move_step(db, focus_group, step, ids.index(present.id) + 1 - ids.index(step.id))
    await enter_step(db, focus_group, step)


async def stop_asking(db: AsyncSession, focus_group: FocusGroup) -> None:
    """Where the run sheet has nothing but what was asked by hand, the room goes back to what it did before.

    Elsewhere the next step ends the asking. The group's row must be locked by the caller.
    """
    present = await present_step(db, focus_group)
    if present is None or present.kind is not StepKind.SCALE or not await was_asked_by_hand(db, focus_group.id):
        return
    focus_group.step_id = None
    db.add(focus_group)
    await db.flush()  # a step at which the meeting stands cannot be removed
    await remove_step(db, focus_group, present)
    await enter_phase(db, focus_group, focus_group.phase)


async def was_asked_by_hand(db: AsyncSession, focus_group_id: UUID) -> bool:
    """Whether the run sheet is nothing but scales: the meeting is run without one."""
    return all(step.kind is StepKind.SCALE for step in await steps_of(db, focus_group_id))


def _is_about(step: RunSheetStep, theme_id: UUID | None) -> bool:
    return step.kind is StepKind.SCALE and step.theme_id == theme_id
