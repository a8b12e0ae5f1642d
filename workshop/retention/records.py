"""The record that each deletion leaves."""

from typing import Any
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.days import uk_day
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Programme
from workshop.retention.models import DeletionRecord
from workshop.retention.queries import backups_for_record


async def record_of_group(
    db: AsyncSession,
    focus_group: FocusGroup,
    counts: dict[str, Any],
    reason: str,
    account_id: UUID | None,
    *,
    subject: str = "",
) -> DeletionRecord:
    """A record of what went of a focus group, with the backups that still hold it.

    ``counts``: what went, by kind. ``subject``: what it was of the group ("One point of"), nothing: the group's words.
    """
    programme = (await db.exec(select(Programme).where(Programme.id == focus_group.programme_id))).one()
    name = f"{focus_group.label or programme.group_word.value}, {uk_day(focus_group.date)}"
    record = DeletionRecord(
        partnership_id=programme.partnership_id,
        programme=programme.title,
        subject=f"{subject} {name}" if subject else name,
        counts={**counts, "backups": await backups_for_record(db, focus_group.created_at)},
        reason=reason,
        account_id=account_id,
    )
    db.add(record)
    return record
