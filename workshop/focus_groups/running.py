"""Running the room: which step it stands at, its timer, how people write, what the projector shows."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.facts import NotFound, Refused
from workshop.focus_groups.models import (
    Audience,
    FocusGroup,
    Participant,
    Phase,
    Projected,
    RunSheetStep,
    StepKind,
)
from workshop.focus_groups.run_sheet import PHASES, phase_at
from workshop.focus_groups.stage import IN_SESSION
from workshop.focus_groups.steps import steps_of
from workshop.focus_groups.timer import NONE, Countdown
from workshop.focus_groups.writes import close_focus_group, enter_phase, raise_revision
from workshop.programmes.models import Theme

FEWEST_VOTES, MOST_VOTES = 1, 20


class MeetingMovedOn(Refused):
    """Somebody else has taken the meeting to another step since the page was shown."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How people write, read and vote; the fields are those of ``FocusGroup``."""

    is_blind: bool
    is_together: bool
    takes_late_points: bool
    has_me_too: bool
    votes_each: int


async def enter_step(db: AsyncSession, focus_group: FocusGroup, step: RunSheetStep) -> None:
    """Take the room to ``step`` and into its phase, forward or back; raises FocusGroupArchived.

    The timer is cleared (its time belonged to the step before), the projector follows the step again, and nobody is
    done with it yet. A run sheet in which no step means a phase leaves the room in its own. The group's row must be
    locked by the caller.
    """
    steps = await steps_of(db, focus_group.id)
    index = next((place for place, each in enumerate(steps) if each.id == step.id), None)
    if index is None:
        raise NotFound("There is no such step in this run sheet")
    focus_group.step_id = step.id
    focus_group.timer_ends_at, focus_group.timer_left = NONE
    focus_group.projected, focus_group.projected_theme_id = Projected.STEP, None
    done = update(Participant).where(
        col(Participant.focus_group_id) == focus_group.id, col(Participant.is_done).is_(True)
    )
    await db.exec(done.values(is_done=False).execution_options(synchronize_session=False))
    means_none = focus_group.phase in IN_SESSION and not any(each.kind in PHASES for each in steps)
    await enter_phase(db, focus_group, focus_group.phase if means_none else phase_at(steps, index))


async def follow_to_step(db: AsyncSession, focus_group: FocusGroup, step: RunSheetStep, shown_at: UUID | None) -> None:
    """``enter_step`` for somebody whose page showed the meeting at ``shown_at`` (null: at none).

    When another facilitator went there a moment before, nothing more happens: two presses on one button are one step.
    Raises MeetingMovedOn when the meeting is somewhere else by now.
    """
    if focus_group.step_id == step.id:
        return
    if focus_group.step_id != shown_at:
        raise MeetingMovedOn("Somebody else has moved the meeting on meanwhile. See where it is now, then go on.")
    await enter_step(db, focus_group, step)


async def close_meeting(db: AsyncSession, focus_group: FocusGroup) -> None:
    """Close the group, at its run sheet's close where there is one. The group's row must be locked by the caller."""
    close = next((step for step in await steps_of(db, focus_group.id) if step.kind is StepKind.CLOSE), None)
    if close and focus_group.step_id and focus_group.phase is not Phase.CLOSED:
        await enter_step(db, focus_group, close)
    else:
        await close_focus_group(db, focus_group)


async def change_timer(db: AsyncSession, focus_group: FocusGroup, countdown: Countdown) -> None:
    """Set the timer, for everybody who sees it."""
    if (focus_group.timer_ends_at, focus_group.timer_left) != countdown:
        focus_group.timer_ends_at, focus_group.timer_left = countdown
        await _changed(db, focus_group)


async def change_settings(db: AsyncSession, focus_group: FocusGroup, new: Settings) -> None:
    """How the room writes, from now on. Its phones are told, since what they may read can change."""
    focus_group.is_blind, focus_group.is_together = new.is_blind, new.is_together
    focus_group.takes_late_points, focus_group.has_me_too = new.takes_late_points, new.has_me_too
    focus_group.votes_each = new.votes_each
    await _changed(db, focus_group)


async def project(
    db: AsyncSession, focus_group: FocusGroup, projected: Projected, theme_id: UUID | None = None
) -> None:
    """What the projector shows until the next step; raises NotFound for a theme that is not the programme's."""
    if theme_id is not None:
        query = select(Theme.id).where(Theme.id == theme_id, Theme.programme_id == focus_group.programme_id)
        if (await db.exec(query)).first() is None:
            raise NotFound("There is no such theme in this programme")
    focus_group.projected, focus_group.projected_theme_id = projected, theme_id
    await _changed(db, focus_group, Audience.BOARD, Audience.PROJECTOR)


async def _changed(db: AsyncSession, focus_group: FocusGroup, *audiences: Audience) -> None:
    db.add(focus_group)
    await db.flush()  # the revision is raised in SQL, on the same row
    await raise_revision(db, focus_group.id, *audiences)
