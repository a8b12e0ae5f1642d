"""What happens to a contribution after it was written: its author's edits, hiding, words from the room."""

from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.database import now
from workshop.facts import NotFound, Refused
from workshop.focus_groups.models import Audience, FocusGroup, Participant
from workshop.focus_groups.queries import is_open
from workshop.focus_groups.writes import FocusGroupClosed, raise_revision
from workshop.text import keyed_hash


async def edit_contribution(
    db: AsyncSession, participant: Participant, contribution_id: UUID, text: str, key: bytes
) -> Contribution:
    """Put other words in place of the participant's own; the earlier words are gone.

    Raises NotFound, FocusGroupClosed, or Refused when the same words stand there already.
    """
    contribution = await _own_open_contribution(db, participant, contribution_id)
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
    contribution.text, contribution.words = text, words
    contribution.revision = await raise_revision(db, contribution.focus_group_id, Audience.BOARD)
    db.add(contribution)
    return contribution


async def delete_contribution(db: AsyncSession, participant: Participant, contribution_id: UUID) -> Contribution:
    """Destroy the participant's own words; the empty row stays, so that a late retry revives nothing."""
    contribution = await _own_open_contribution(db, participant, contribution_id)
    contribution.text, contribution.words, contribution.is_deleted = None, None, True
    contribution.finding_id = None
    contribution.revision = await raise_revision(db, contribution.focus_group_id, Audience.BOARD)
    db.add(contribution)
    return contribution


async def _own_open_contribution(db: AsyncSession, participant: Participant, contribution_id: UUID) -> Contribution:
    query = select(Contribution).where(
        Contribution.id == contribution_id,
        Contribution.participant_id == participant.id,
        Contribution.is_deleted == False,  # noqa: E712 (SQL)
    )
    contribution = (await db.exec(query)).first()
    if contribution is None or contribution.text is None:
        message = "This point has been deleted already"
        raise NotFound(message)
    # The group's row first: an edit and a closing never pass each other.
    focus_group = (
        await db.exec(select(FocusGroup).where(FocusGroup.id == contribution.focus_group_id).with_for_update())
    ).one()
    if not is_open(focus_group, now()):
        message = "This group is closed, so this could not be changed."
        raise FocusGroupClosed(message)
    return contribution
