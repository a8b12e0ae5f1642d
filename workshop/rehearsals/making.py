"""A rehearsal is made as a programme of its own, so that nothing of it can get into a count, and goes as a whole."""

from datetime import timedelta
from itertools import chain, count
from uuid import UUID

import msgspec
from msgspec import UNSET
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.database import now
from workshop.exports.queries import set_up_file_of
from workshop.exports.writes import import_programme
from workshop.focus_groups.models import FocusGroup, RunSheetStep
from workshop.focus_groups.writes import raise_revision
from workshop.programmes.models import Programme
from workshop.programmes.queries import themes_of
from workshop.retention.programmes import remove_programme

KEPT = timedelta(hours=4)
_COPIED = (
    "label",
    "date",
    "starts_at",
    "mode",
    "place",
    "meeting_link",
    "is_blind",
    "is_together",
    "takes_late_points",
    "has_me_too",
    "votes_each",
)
_COPIED_OF_STEP = ("position", "kind", "column", "title", "text", "minutes")


async def begin_rehearsal(db: AsyncSession, focus_group: FocusGroup, email: str) -> FocusGroup:
    """A copy of the focus group, set up like it and empty, for whoever has this e-mail address to run.

    The one that is there already, if they have not ended it.
    """
    if running := await rehearsal_of(db, focus_group.id, email):
        return running
    programme = await db.get_one(Programme, focus_group.programme_id)
    if programme.rehearsal_of is not None:
        return focus_group
    file = await set_up_file_of(db, programme)
    file = msgspec.structs.replace(file, title=await _free_title(db, programme), previous=UNSET)
    pretend = await import_programme(db, programme.partnership_id, file)
    pretend.rehearsal_of = focus_group.id
    copied = {name: getattr(focus_group, name) for name in _COPIED}
    copy = FocusGroup(programme_id=pretend.id, facilitator_email=email, **copied)
    db.add_all([pretend, copy])
    await db.flush()  # its id is a foreign key of the steps
    await _copy_steps(db, focus_group, copy)
    return copy


async def rehearsal_of(db: AsyncSession, focus_group_id: UUID, email: str) -> FocusGroup | None:
    """The rehearsal of the group that this person is running, if any."""
    query = (
        select(FocusGroup)
        .join(Programme, col(Programme.id) == col(FocusGroup.programme_id))
        .where(Programme.rehearsal_of == focus_group_id, FocusGroup.facilitator_email == email)
    )
    return (await db.exec(query)).first()


async def end_rehearsal(db: AsyncSession, focus_group: FocusGroup) -> UUID | None:
    """Remove everything of it; returns the focus group that was rehearsed. None, and nothing done, for a real group."""
    programme = await db.get_one(Programme, focus_group.programme_id)
    if programme.rehearsal_of is None:
        return None
    # Whoever still watches asks once more and is told that it is gone.
    await raise_revision(db, focus_group.id)
    await remove_programme(db, programme.id)
    return programme.rehearsal_of


async def forget_old_rehearsals(db: AsyncSession) -> int:
    """Remove the rehearsals that nobody ended within some hours; returns how many."""
    query = select(Programme.id).where(
        col(Programme.rehearsal_of).is_not(None), col(Programme.created_at) < now() - KEPT
    )
    old = list(await db.exec(query))
    for programme_id in old:
        await remove_programme(db, programme_id)
    return len(old)


async def _free_title(db: AsyncSession, programme: Programme) -> str:
    """The programme's, marked: people read it on the projector. Two rehearsals at once must not share one."""
    query = select(Programme.title).where(Programme.partnership_id == programme.partnership_id)
    taken = set(await db.exec(query))
    titles = (f"Rehearsal{number}: {programme.title}" for number in chain([""], (f" {each}" for each in count(2))))
    return next(title for title in titles if title not in taken)


async def _copy_steps(db: AsyncSession, focus_group: FocusGroup, copy: FocusGroup) -> None:
    names = {theme.id: theme.name for theme in await themes_of(db, focus_group.programme_id)}
    themes = {theme.name: theme.id for theme in await themes_of(db, copy.programme_id)}
    for step in await db.exec(select(RunSheetStep).where(RunSheetStep.focus_group_id == focus_group.id)):
        theme_id = themes[names[step.theme_id]] if step.theme_id else None
        copied = {name: getattr(step, name) for name in _COPIED_OF_STEP}
        db.add(RunSheetStep(focus_group_id=copy.id, theme_id=theme_id, **copied))
