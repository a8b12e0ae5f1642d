"""Every change to findings and recommendations is a step, and every step can be undone, after a restart too.

The recorder compares all rows of the programme before and after a block: whatever the block did to them is in the step,
by whichever slice's function. Of a contribution only its id and its finding are kept, never its words.

The desk and each room have steps of their own: nobody undoes what somebody does elsewhere at the same time. A step
whose rows were changed from elsewhere since stays done.

Taking, undoing or redoing a step that changes a room's headings, what is under them or what it refused, tells that
room: its board, its projector and, while it votes, its phones.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Account
from workshop.contributions.models import Contribution
from workshop.facts import Refused
from workshop.findings.in_room import announce_findings, locked_rooms
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Programme
from workshop.recommendations.models import Step
from workshop.recommendations.refusal_rows import REFUSAL
from workshop.recommendations.rows import CONTRIBUTION, PROGRAMME, Side, put_rows, rows_of_programme
from workshop.recommendations.vote_rows import FINDING, VOTE, is_somebodys_own, with_votes_that_go


class StepIsNotLast(Refused):
    """Somebody took or undid another step since the button was shown."""


class ChangedElsewhere(StepIsNotLast):
    """What the step changed was changed again in another room or at the desk."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """What a button says of a step: its number, what was done, by whom (none: their account is gone), when."""

    number: int
    verb: str
    by: str | None
    made_at: datetime


@asynccontextmanager
async def recorded(
    db: AsyncSession, programme_id: UUID, verb: str, account_id: UUID | None, focus_group_id: UUID | None = None
) -> AsyncIterator[None]:
    """Record what the block changes as one step called ``verb`` (“merged two recommendations”).

    ``focus_group_id``: the room in which it is done, whose row the caller has locked; none: at the desk. Takes the
    programme's row lock first, so that the steps of two people have an order. Steps undone there before can no longer
    be done again. A block that changes nothing leaves no step.
    """
    await _lock(db, programme_id, focus_group_id)
    before = await rows_of_programme(db, programme_id)
    yield
    await db.flush()  # the comparison reads in SQL
    after = await rows_of_programme(db, programme_id)
    changes = [
        {"table": place[0], "key": list(place[1:]), "before": before.get(place), "after": after.get(place)}
        for place in {**before, **after}
        if before.get(place) != after.get(place) and not is_somebodys_own(place, before)
    ]
    if not changes:
        return
    await db.exec(delete(Step).where(*_taken_at(programme_id, focus_group_id), col(Step.is_undone).is_(True)))
    last = (await db.exec(select(func.max(Step.number)).where(Step.programme_id == programme_id))).one() or 0
    step = Step(
        programme_id=programme_id,
        number=last + 1,
        account_id=account_id,
        focus_group_id=focus_group_id,
        verb=verb,
        changes=changes,
    )
    db.add(step)
    await db.flush()
    await _tell_rooms(db, step)


async def undo_last_step(
    db: AsyncSession, programme_id: UUID, number: int | None = None, focus_group_id: UUID | None = None
) -> str | None:
    """Put the rows back as they were before the room's last step, or the desk's.

    Returns its verb, None when there is nothing to undo. ``number``: the step that the person saw as the last; raises
    StepIsNotLast when another one is, ChangedElsewhere when other steps built on it. What was deleted by other hands
    since (a point, a theme, a group) stays deleted, and what only held it together goes without it.
    """
    return await _turn(db, programme_id, number, Side.BEFORE, focus_group_id)


async def redo_step(
    db: AsyncSession, programme_id: UUID, number: int | None = None, focus_group_id: UUID | None = None
) -> str | None:
    """Do the step again that was undone last; the same rules as for undoing."""
    return await _turn(db, programme_id, number, Side.AFTER, focus_group_id)


async def next_turns(
    db: AsyncSession, programme_id: UUID, focus_group_id: UUID | None = None
) -> tuple[StepTaken | None, StepTaken | None]:
    """The step that would be undone next in the room or at the desk, and the one that would be done again next."""
    # Not the whole rows: an old programme's changes are long.
    columns: tuple[Any, ...] = (Step.number, Step.verb, Account.name, Step.made_at, Step.is_undone)
    query = (
        select(*columns)
        .join(Account, col(Account.id) == col(Step.account_id), isouter=True)
        .where(*_taken_at(programme_id, focus_group_id))
        .order_by(col(Step.number))
    )
    done, undone = None, None
    for number, verb, name, made_at, is_undone in await db.exec(query):
        step = StepTaken(number, verb, name, made_at)
        if not is_undone:
            done = step
        elif undone is None:
            undone = step
    return done, undone


async def forget_steps(db: AsyncSession, programme_id: UUID) -> int:
    """Delete every step of the programme, since an earlier wording may repeat raw words; returns how many went."""
    gone = await db.exec(delete(Step).where(col(Step.programme_id) == programme_id).returning(col(Step.id)))
    return len(list(gone))


async def _turn(
    db: AsyncSession, programme_id: UUID, number: int | None, side: Side, focus_group_id: UUID | None
) -> str | None:
    await _lock(db, programme_id, focus_group_id)
    is_undone, order = (False, col(Step.number).desc()) if side is Side.BEFORE else (True, col(Step.number).asc())
    query = select(Step).where(*_taken_at(programme_id, focus_group_id), col(Step.is_undone).is_(is_undone))
    step = (await db.exec(query.order_by(order).limit(1))).first()
    if number is not None and (step is None or step.number != number):
        message = "Somebody changed something else meanwhile, so nothing was undone. Look again before you undo."
        raise StepIsNotLast(message)
    if step is None:
        return None
    await _refuse_if_changed_elsewhere(db, step)
    other = Side.AFTER if side is Side.BEFORE else Side.BEFORE
    step.changes = await with_votes_that_go(db, step.changes, side, other)
    await put_rows(db, programme_id, step.changes, side)
    step.is_undone = side is Side.BEFORE
    db.add(step)
    await db.flush()
    await _tell_rooms(db, step)
    return step.verb


async def _refuse_if_changed_elsewhere(db: AsyncSession, step: Step) -> None:
    query = select(Step).where(
        Step.programme_id == step.programme_id, col(Step.number) > step.number, col(Step.is_undone).is_(False)
    )
    own = _changed_by(step)
    for later in await db.exec(query):
        if later.focus_group_id != step.focus_group_id and own & _changed_by(later):
            message = "This was changed elsewhere since, at the desk or in another room, so nothing was undone."
            raise ChangedElsewhere(message)


def _changed_by(step: Step) -> set[str]:
    """The ids that its rows bear: a link bears two."""
    apart = {PROGRAMME, REFUSAL, VOTE}
    return {key for change in step.changes if change["table"] not in apart for key in change["key"]}


def _taken_at(programme_id: UUID, focus_group_id: UUID | None) -> tuple[Any, ...]:
    return Step.programme_id == programme_id, col(Step.focus_group_id).is_not_distinct_from(focus_group_id)


async def _tell_rooms(db: AsyncSession, step: Step) -> None:
    """News for each room one of whose headings the step changed, or one of whose points it put elsewhere."""
    of_headings = {
        UUID(row["focus_group_id"])
        for change in step.changes
        for row in (change[Side.BEFORE], change[Side.AFTER])
        if change["table"] == FINDING and row and row["focus_group_id"]
    }
    points = [UUID(change["key"][0]) for change in step.changes if change["table"] == CONTRIBUTION]
    of_points = await db.exec(select(Contribution.focus_group_id).where(col(Contribution.id).in_(points)).distinct())
    of_refusals = {UUID(change["key"][0]) for change in step.changes if change["table"] == REFUSAL}
    for room_id in sorted({*of_headings, *of_points, *of_refusals}):
        if room := await db.get(FocusGroup, room_id):
            await announce_findings(db, room)


async def _lock(db: AsyncSession, programme_id: UUID, focus_group_id: UUID | None) -> None:
    await db.flush()  # what came before the block is not part of its step
    await db.exec(select(Programme.id).where(Programme.id == programme_id).with_for_update())
    if focus_group_id is None:
        await locked_rooms(db, programme_id)
