"""Raw words and device links go: of a group whose date has passed, or at once by a coordinator's decision.

Headings of findings, recommendations and counts stay. Undo steps go with the words, since an earlier wording may repeat
them, and so do uploads that were never imported. A concern keeps its words until it was passed on, and a held or hidden
point until somebody has said whether it is one.
"""

from typing import Any
from uuid import UUID

from sqlmodel import col, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.concerns import forget_passed_on, open_concerns_of_group, settle_concern
from workshop.contributions.models import Contribution
from workshop.contributions.pending import forget_pending_imports
from workshop.contributions.queries import held_or_hidden
from workshop.contributions.questions import keep_unanswered
from workshop.database import now
from workshop.facts import NotFound
from workshop.focus_groups.models import Audience, FocusGroup, Participant, Phase
from workshop.focus_groups.tables import take_codes
from workshop.focus_groups.writes import last_open_day, raise_revision
from workshop.recommendations.borrowed import forget_borrowed_heading
from workshop.recommendations.undo import forget_steps
from workshop.retention.archiving import cut_links_to_devices
from workshop.retention.models import DeletionRecord
from workshop.retention.records import record_of_group
from workshop.surveys.writes import forget_answers

DATE_PASSED = "The retention date passed"
DECIDED = "A coordinator decided so"


async def purge_focus_group(
    db: AsyncSession, focus_group_id: UUID, *, reason: str, account_id: UUID | None = None, seen: int | None = None
) -> DeletionRecord | None:
    """Destroy a group's raw words and what links its points to devices; returns the record, None when it was done.

    Held and hidden points of which nobody has said whether they tell of a child at risk are kept as open questions.
    ``seen``: the board's revision up to which whoever decided this has looked through them, and answered no.
    """
    focus_group = (await db.exec(select(FocusGroup).where(FocusGroup.id == focus_group_id).with_for_update())).one()
    if focus_group.purged_at is not None:
        return None
    covered = len(await held_or_hidden(db, focus_group_id))
    kept = await keep_unanswered(db, focus_group, seen)
    counts = {
        "covered": covered - kept,
        "kept": kept,
        "points": await _forget_words(db, Contribution.focus_group_id == focus_group_id) - kept,
        "scale_answers": await forget_answers(db, focus_group_id),
        "devices": await _forget_devices(db, focus_group_id),
        "uploads": await forget_pending_imports(db, focus_group_id),
        "undo_steps": await forget_steps(db, focus_group.programme_id),
        "concerns": await forget_passed_on(db, focus_group_id),
        "open_concerns": await open_concerns_of_group(db, focus_group_id),
    }
    if focus_group.phase is not Phase.CLOSED:
        focus_group.last_open_on = last_open_day(focus_group, now())
    focus_group.phase, focus_group.join_code = Phase.CLOSED, None
    await take_codes(db, focus_group_id)
    focus_group.purged_at = now()
    db.add(focus_group)
    await db.flush()  # the revision is raised in SQL, on the same row
    revision = await raise_revision(db, focus_group_id)
    await db.exec(
        update(Contribution).where(col(Contribution.focus_group_id) == focus_group_id).values(revision=revision)
    )
    return await record_of_group(db, focus_group, counts, reason, account_id)


async def purge_contribution(
    db: AsyncSession,
    focus_group_id: UUID,
    contribution_id: UUID,
    *,
    account_id: UUID | None,
    is_concern: bool | None = None,
) -> DeletionRecord:
    """Destroy the words of one point, unless they are a concern, which keeps them until it was passed on.

    ``is_concern``: None when nobody was asked. Raises NotFound when the group has no such point or its words are gone,
    ConcernUnanswered for a held or hidden one.
    """
    # The group's row first, as everywhere: the words that go, or become a concern, are those that stand there.
    focus_group = (await db.exec(select(FocusGroup).where(FocusGroup.id == focus_group_id).with_for_update())).one()
    query = select(Contribution).where(
        Contribution.id == contribution_id,
        Contribution.focus_group_id == focus_group_id,
        col(Contribution.text).is_not(None),
    )
    contribution = (await db.exec(query)).first()
    if contribution is None:
        message = "The words of this point are gone already"
        raise NotFound(message)
    await settle_concern(db, contribution, is_concern=is_concern, account_id=account_id)
    revision = await raise_revision(db, focus_group_id, Audience.BOARD, Audience.PROJECTOR)
    # first_words stays: a late retry of the device must not bring the point back.
    values: dict[str, Any] = {"text": None, "words": None, "revision": revision}
    earlier = contribution.text
    await db.exec(update(Contribution).where(col(Contribution.id) == contribution_id).values(values))
    await forget_borrowed_heading(db, contribution, earlier)
    counts = {
        "points": 1,
        "undo_steps": await forget_steps(db, focus_group.programme_id),
        "open_concerns": int(is_concern is True),
    }
    return await record_of_group(db, focus_group, counts, DECIDED, account_id, subject="One point of")


async def _forget_words(db: AsyncSession, where: Any) -> int:
    count = select(func.count()).select_from(Contribution).where(where, col(Contribution.text).is_not(None))
    points = (await db.exec(count)).one()
    values: dict[str, Any] = {"text": None, "words": None, "first_words": None, "created_at": None, "answered_at": None}
    await db.exec(update(Contribution).where(where).values(values))
    return points


async def _forget_devices(db: AsyncSession, focus_group_id: UUID) -> int:
    """Cut the links to devices, and forget the day on which each joined."""
    devices = await cut_links_to_devices(db, focus_group_id)
    of_group = col(Participant.focus_group_id) == focus_group_id
    await db.exec(update(Participant).where(of_group).values(joined_at=None))
    return devices
