"""What happens to a contribution after it was written: its author edits or deletes it, a facilitator hides it."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.gone import note_words_gone
from workshop.contributions.models import Contribution
from workshop.contributions.questions import keep_taken_back
from workshop.database import now
from workshop.facts import NotFound, Refused
from workshop.focus_groups.models import Audience, FocusGroup, Participant
from workshop.focus_groups.stage import is_open, takes_people_in
from workshop.focus_groups.writes import FocusGroupClosed, RoomMovedOn, raise_revision
from workshop.text import keyed_hash


async def edit_contribution(
    db: AsyncSession, participant: Participant, contribution_id: UUID, text: str, key: bytes, *, held_for: str = ""
) -> Contribution:
    """Put other words in place of the participant's own; the earlier words are gone (but see keep_taken_back).

    ``held_for``: why they are held until a facilitator has looked. What was held for the earlier words alone is not any
    more; what a facilitator holds or hides stays so. The same words once more change nothing.

    Raises NotFound, FocusGroupClosed, or Refused when the same words stand there already.
    """
    contribution = await _own_open_contribution(db, participant, contribution_id)
    if contribution.text == text:
        return contribution
    words = keyed_hash(key, text)
    same = select(Contribution.id).where(
        Contribution.participant_id == participant.id,
        Contribution.theme_id == contribution.theme_id,
        Contribution.column == contribution.column,
        Contribution.words == words,
        Contribution.id != contribution.id,
    )
    if (await db.exec(same)).first():
        message = "You have written these words in this box already. Change them, or delete this point."
        raise Refused(message, "text")
    await keep_taken_back(db, contribution)
    contribution.text, contribution.words = text, words
    contribution.is_held = bool(held_for) or (contribution.is_held and not contribution.held_for)
    contribution.held_for, contribution.was_reworded, contribution.answered_at = held_for, False, None
    note_words_gone(db)
    contribution.revision = await raise_revision(db, contribution.focus_group_id, Audience.BOARD, Audience.PROJECTOR)
    db.add(contribution)
    return contribution


async def delete_contribution(db: AsyncSession, participant: Participant, contribution_id: UUID) -> Contribution:
    """Destroy the participant's own words (but see keep_taken_back).

    The empty row stays, so that a late retry revives nothing.
    """
    contribution = await _own_open_contribution(db, participant, contribution_id)
    await keep_taken_back(db, contribution)
    contribution.text, contribution.words, contribution.is_deleted = None, None, True
    contribution.finding_id = None
    note_words_gone(db)
    contribution.revision = await raise_revision(db, contribution.focus_group_id, Audience.BOARD, Audience.PROJECTOR)
    db.add(contribution)
    return contribution


async def hide_contribution(db: AsyncSession, focus_group_id: UUID, contribution_id: UUID) -> Contribution:
    """Take a point of the focus group off what the room sees; its author still reads it. Raises NotFound."""
    return await _set_hidden(db, focus_group_id, contribution_id, is_hidden=True)


async def restore_contribution(db: AsyncSession, focus_group_id: UUID, contribution_id: UUID) -> Contribution:
    """Show a hidden point of the focus group again. Raises NotFound."""
    return await _set_hidden(db, focus_group_id, contribution_id, is_hidden=False)


async def _set_hidden(
    db: AsyncSession, focus_group_id: UUID, contribution_id: UUID, *, is_hidden: bool
) -> Contribution:
    # The group's row first, as everywhere: what is hidden is what stands there.
    await db.exec(select(FocusGroup.id).where(FocusGroup.id == focus_group_id).with_for_update())
    query = select(Contribution).where(
        Contribution.id == contribution_id,
        Contribution.focus_group_id == focus_group_id,
        col(Contribution.is_deleted).is_(False),
    )
    contribution = (await db.exec(query)).first()
    if contribution is None:
        message = "This point has been deleted"
        raise NotFound(message)
    if contribution.is_hidden != is_hidden:
        contribution.is_hidden = is_hidden
        # Phones too: one may be showing it among what others said.
        contribution.revision = await raise_revision(db, focus_group_id)
        db.add(contribution)
    return contribution


async def _own_open_contribution(db: AsyncSession, participant: Participant, contribution_id: UUID) -> Contribution:
    # The group's row first, and the point only then: neither a closing nor a facilitator's act passes an edit unseen.
    locked = select(FocusGroup).where(FocusGroup.id == participant.focus_group_id).with_for_update()
    focus_group = (await db.exec(locked)).one()
    query = select(Contribution).where(
        Contribution.id == contribution_id,
        Contribution.participant_id == participant.id,
        Contribution.is_deleted == False,  # noqa: E712 (SQL)
    )
    contribution = (await db.exec(query)).first()
    if contribution is None or contribution.text is None:
        message = "This point has been deleted already"
        raise NotFound(message)
    if not is_open(focus_group, now()):
        if takes_people_in(focus_group, now()):
            message = "The room has moved on, so this could not be changed."
            raise RoomMovedOn(message)
        message = "This group is closed, so this could not be changed."
        raise FocusGroupClosed(message)
    return contribution
