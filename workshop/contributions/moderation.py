"""What a facilitator does to a point that others are not to read as it is: hold, release, reword.

Hiding and restoring stand in writes.py. None of it tells who wrote the point.
"""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.concerns import settle_concern
from workshop.contributions.gone import note_words_gone
from workshop.contributions.models import Contribution
from workshop.facts import NotFound, Refused
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.writes import raise_revision


class NotModerated(Refused):
    """A point that everybody may read is its author's: nobody else words it."""


class WordsChanged(Refused):
    """Whoever wrote it has changed the words since the facilitator read them."""


async def hold_contribution(db: AsyncSession, focus_group_id: UUID, contribution_id: UUID) -> Contribution:
    """Keep a point of the focus group for the facilitator alone until it is released. Raises NotFound."""
    contribution = await _locked_point(db, focus_group_id, contribution_id)
    if not contribution.is_held:
        contribution.is_held = True
        await _changed(db, contribution)
    return contribution


async def release_contribution(db: AsyncSession, focus_group_id: UUID, contribution_id: UUID) -> Contribution:
    """Let the room read a held point; a hidden one stays hidden. Raises NotFound."""
    contribution = await _locked_point(db, focus_group_id, contribution_id)
    if contribution.is_held:
        contribution.is_held, contribution.held_for = False, ""
        await _changed(db, contribution)
    return contribution


async def reword_contribution(
    db: AsyncSession,
    focus_group_id: UUID,
    contribution_id: UUID,
    text: str,
    *,
    based_on: str,
    is_concern: bool | None,
    account_id: UUID,
    held_for: str = "",
) -> Contribution:
    """Put the facilitator's words in place of a held or hidden point's; the earlier words are gone, unless a concern.

    ``based_on``: the words that the facilitator read. ``is_concern``: whether they tell of a child who may be at risk,
    None when that was not answered. ``held_for``: what seems to identify somebody in ``text``. Raises NotFound,
    NotModerated, WordsChanged or ConcernUnanswered.
    """
    contribution = await _locked_point(db, focus_group_id, contribution_id)
    if not (contribution.is_held or contribution.is_hidden):
        raise NotModerated("Hold or hide this point before you put other words in its place", "text")
    if contribution.text != based_on:
        raise WordsChanged("Whoever wrote this has changed the words meanwhile. Read them again, above", "text")
    await settle_concern(db, contribution, is_concern=is_concern, account_id=account_id)
    contribution.text = text
    # No hash: equal words of the same person would refuse these, and so tell that both are one person's.
    contribution.words = None
    contribution.was_reworded, contribution.held_for = True, held_for
    note_words_gone(db)
    await _changed(db, contribution)
    return contribution


async def point_to_moderate(db: AsyncSession, focus_group_id: UUID, contribution_id: UUID) -> Contribution:
    """A point of the focus group whose words are there. Raises NotFound."""
    query = select(Contribution).where(
        Contribution.id == contribution_id,
        Contribution.focus_group_id == focus_group_id,
        col(Contribution.is_deleted).is_(False),
        col(Contribution.text).is_not(None),
    )
    contribution = (await db.exec(query)).first()
    if contribution is None:
        raise NotFound("This point has been deleted")
    return contribution


async def _locked_point(db: AsyncSession, focus_group_id: UUID, contribution_id: UUID) -> Contribution:
    # The group's row first, as in the author's own edits: neither passes the other unseen.
    await db.exec(select(FocusGroup.id).where(FocusGroup.id == focus_group_id).with_for_update())
    return await point_to_moderate(db, focus_group_id, contribution_id)


async def _changed(db: AsyncSession, contribution: Contribution) -> None:
    # Phones too: one may be showing it among what others said.
    contribution.revision = await raise_revision(db, contribution.focus_group_id)
    db.add(contribution)
