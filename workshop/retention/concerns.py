"""What becomes of a concern's words once it was passed on: they go with the group's, or at once when those went."""

import datetime as dt
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.concerns import concern_of_group, forget_passed_on, record_passing_on
from workshop.focus_groups.models import FocusGroup
from workshop.retention.models import DeletionRecord
from workshop.retention.records import record_of_group

PASSED_ON = "A concern was passed on, after the group’s words had been deleted"


async def pass_on_concern(
    db: AsyncSession, focus_group_id: UUID, concern_id: UUID, to: str, day: dt.date, account_id: UUID
) -> DeletionRecord | None:
    """Note to whom and when; where the group's words are gone, the concern's go now, and the record is returned.

    Raises NotFound.
    """
    # The group's row first, as everywhere: a purge and this never pass each other.
    query = select(FocusGroup).where(FocusGroup.id == focus_group_id).with_for_update()
    focus_group = (await db.exec(query)).one()
    await record_passing_on(db, await concern_of_group(db, focus_group_id, concern_id), to, day, account_id)
    if focus_group.purged_at is None:
        return None
    await db.flush()  # what was noted decides which words go
    counts = {"concerns": await forget_passed_on(db, focus_group_id)}
    return await record_of_group(db, focus_group, counts, PASSED_ON, account_id, subject="A concern of")
