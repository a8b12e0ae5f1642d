"""Words from the room: paper notes and chat lines that the facilitator types in, also after the group has closed."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.concerns import settle_concern
from workshop.contributions.gone import note_words_gone
from workshop.contributions.models import Contribution
from workshop.database import now
from workshop.days import london_day
from workshop.facts import NotFound, Refused
from workshop.focus_groups.models import Audience, FocusGroup, Phase
from workshop.focus_groups.writes import FocusGroupArchived, raise_revision
from workshop.programmes.models import Agency, ColumnKind, Theme
from workshop.text import keyed_hash


class HeldOrHidden(Refused):
    """Words that the room may not read change on the board alone, after the question of a child at risk."""


class FormUsedBefore(Refused):
    """The form's id was used for other words: nothing of either is lost when it is sent once more under a new id."""


@dataclass(frozen=True, slots=True)
class RoomPoint:
    """A point from the room. ``text`` is normalised already; ``client_id`` is the UUID of the form it came in.

    ``held_for``: why it is held until a facilitator has looked; empty for what a facilitator has looked at.
    """

    client_id: UUID
    theme_id: UUID
    column: ColumnKind
    agency_id: UUID | None
    text: str
    held_for: str = ""


async def add_from_room(db: AsyncSession, focus_group_id: UUID, point: RoomPoint, key: bytes) -> Contribution:
    """The stored point; the one that the same form made before, if it did. ``key`` keys the hash of the words.

    Raises FocusGroupArchived, NotFound (no such theme or agency) or FormUsedBefore.
    """
    focus_group = await locked_focus_group(db, focus_group_id)
    words = keyed_hash(key, point.text)
    # Room points have no participant, so no unique key holds them apart: the group's row lock does.
    sent = select(Contribution).where(
        Contribution.focus_group_id == focus_group_id,
        Contribution.client_id == point.client_id,
        col(Contribution.participant_id).is_(None),
    )
    if earlier := (await db.exec(sent)).first():
        if words in {earlier.first_words, earlier.words}:
            return earlier
        raise FormUsedBefore("This form has already saved other words. Save again to keep both", "text")
    await _refuse_foreign(db, focus_group.programme_id, point)
    focus_group.last_number += 1
    db.add(focus_group)
    await db.flush()  # the revision is raised in SQL, on the same row
    contribution = Contribution(
        focus_group_id=focus_group_id,
        theme_id=point.theme_id,
        column=point.column,
        agency_id=point.agency_id,
        client_id=point.client_id,
        number=focus_group.last_number,
        text=point.text,
        first_words=words,
        words=words,
        is_held=bool(point.held_for),
        held_for=point.held_for,
        revision=await raise_revision(db, focus_group_id, Audience.BOARD, Audience.PROJECTOR),
        created_at=now(),
    )
    db.add(contribution)
    return contribution


async def edit_room_point(
    db: AsyncSession, focus_group_id: UUID, contribution_id: UUID, text: str, key: bytes
) -> Contribution:
    """Put other words in place of a room point's. Raises NotFound, FocusGroupArchived or HeldOrHidden."""
    await locked_focus_group(db, focus_group_id)
    contribution = await _room_point_to_change(db, focus_group_id, contribution_id)
    if contribution.is_held or contribution.is_hidden:
        raise HeldOrHidden("This point has been held or hidden in the meantime: edit it on the board", "text")
    contribution.text, contribution.words, contribution.answered_at = text, keyed_hash(key, text), None
    note_words_gone(db)
    contribution.revision = await raise_revision(db, focus_group_id, Audience.BOARD, Audience.PROJECTOR)
    db.add(contribution)
    return contribution


async def delete_room_point(
    db: AsyncSession,
    focus_group_id: UUID,
    contribution_id: UUID,
    *,
    is_concern: bool | None = None,
    account_id: UUID | None = None,
) -> Contribution:
    """Destroy a room point's words; the empty row stays, so that a late retry revives nothing.

    Raises NotFound, FocusGroupArchived, or ConcernUnanswered for a held or hidden one.
    """
    await locked_focus_group(db, focus_group_id)
    contribution = await _room_point_to_change(db, focus_group_id, contribution_id)
    await settle_concern(db, contribution, is_concern=is_concern, account_id=account_id)
    contribution.text, contribution.words, contribution.is_deleted = None, None, True
    contribution.finding_id = None
    note_words_gone(db)
    contribution.revision = await raise_revision(db, focus_group_id, Audience.BOARD, Audience.PROJECTOR)
    db.add(contribution)
    return contribution


async def room_point(db: AsyncSession, focus_group_id: UUID, contribution_id: UUID) -> Contribution | None:
    """The room point of that id in this focus group, unless it was deleted or purged."""
    query = select(Contribution).where(
        Contribution.id == contribution_id,
        Contribution.focus_group_id == focus_group_id,
        col(Contribution.participant_id).is_(None),
        col(Contribution.text).is_not(None),
    )
    return (await db.exec(query)).first()


async def latest_room_points(db: AsyncSession, focus_group_id: UUID, most: int) -> list[Contribution]:
    """The room points of a focus group, newest first, at most ``most`` of them."""
    query = (
        select(Contribution)
        .where(
            Contribution.focus_group_id == focus_group_id,
            col(Contribution.participant_id).is_(None),
            col(Contribution.text).is_not(None),
        )
        .order_by(col(Contribution.number).desc())
        .limit(most)
    )
    return list(await db.exec(query))


async def locked_focus_group(db: AsyncSession, focus_group_id: UUID) -> FocusGroup:
    """The group's row, locked for this transaction. Raises FocusGroupArchived once its words are gone."""
    query = select(FocusGroup).where(FocusGroup.id == focus_group_id).with_for_update()
    focus_group = (await db.exec(query)).one()
    refuse_archived(focus_group)
    if focus_group.phase is Phase.DRAFT:
        # A group that never opened has no last open day: its words' time counts from the last that came.
        focus_group.last_open_on = london_day(now())
        db.add(focus_group)
    return focus_group


def refuse_archived(focus_group: FocusGroup) -> None:
    """Raise FocusGroupArchived when nothing may be added to the group any more; its words' promise has been kept."""
    if focus_group.purged_at:
        raise FocusGroupArchived("This group's words have been deleted, so nothing can be added to it any more.")


async def _room_point_to_change(db: AsyncSession, focus_group_id: UUID, contribution_id: UUID) -> Contribution:
    contribution = await room_point(db, focus_group_id, contribution_id)
    if contribution is None:
        raise NotFound("This point has been deleted already")
    return contribution


async def _refuse_foreign(db: AsyncSession, programme_id: UUID, point: RoomPoint) -> None:
    theme = await db.get(Theme, point.theme_id)
    if theme is None or theme.programme_id != programme_id:
        raise NotFound("This theme is no longer part of the programme", "theme")
    if point.agency_id is not None:
        agency = await db.get(Agency, point.agency_id)
        if agency is None or agency.programme_id != programme_id:
            raise NotFound("This agency is no longer part of the programme", "agency")
