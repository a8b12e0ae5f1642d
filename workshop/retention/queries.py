"""When words are due to go, and what the records say has gone."""

import datetime as dt
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.days import london_day
from workshop.focus_groups.models import FocusGroup, Phase
from workshop.programmes.models import Programme
from workshop.retention.models import BackupRecord, DeletionRecord


def due_on(focus_group: FocusGroup, retention_days: int) -> dt.date | None:
    """The day on which the group's raw words go: its last open day plus the programme's days.

    None while nothing says when it stops being open, while a group that never opened has no words, and once they went.
    """
    if focus_group.purged_at is not None:
        return None
    if focus_group.phase is Phase.CLOSED:
        last: dt.date | None = focus_group.last_open_on or focus_group.date
    elif focus_group.phase is Phase.DRAFT:
        last = focus_group.last_open_on
    else:
        last = london_day(focus_group.open_until) if focus_group.open_until else None
    if last is None:
        return None
    # A file may name the year 9999: one group's date must not end the run that keeps everybody's promise.
    return last + min(dt.timedelta(days=retention_days), dt.date.max - last)


async def focus_groups_due(db: AsyncSession, at: dt.datetime) -> list[tuple[FocusGroup, Programme]]:
    """Every group of the installation whose words' time is over."""
    query = (
        select(FocusGroup, Programme)
        .join(Programme, col(Programme.id) == col(FocusGroup.programme_id))
        .where(col(FocusGroup.purged_at).is_(None))
        .order_by(col(FocusGroup.id))
    )
    return [
        (group, programme)
        for group, programme in await db.exec(query)
        if (due := due_on(group, programme.retention_days)) and due <= london_day(at)
    ]


async def deletion_records(
    db: AsyncSession, partnership_id: UUID, programme: str | None = None
) -> list[DeletionRecord]:
    """A partnership's deletion records (of one programme's title), newest first."""
    query = select(DeletionRecord).where(DeletionRecord.partnership_id == partnership_id)
    if programme is not None:
        query = query.where(DeletionRecord.programme == programme)
    return list(await db.exec(query.order_by(col(DeletionRecord.made_at).desc())))


async def deletion_record(db: AsyncSession, partnership_id: UUID, record_id: UUID) -> DeletionRecord | None:
    """One record, if it is this partnership's."""
    query = select(DeletionRecord).where(
        DeletionRecord.id == record_id, DeletionRecord.partnership_id == partnership_id
    )
    return (await db.exec(query)).first()


async def backups_that_may_hold(db: AsyncSession, since: dt.datetime) -> list[BackupRecord]:
    """Backups made with ``workshop backup`` since a group or a programme was there: each may hold it; newest first."""
    query = select(BackupRecord).where(BackupRecord.made_at >= since)
    return list(await db.exec(query.order_by(col(BackupRecord.made_at).desc())))


async def backups_for_record(db: AsyncSession, since: dt.datetime) -> list[dict[str, str]]:
    """The same as a deletion record names them: ``file_name`` and ``made_at``."""
    return [
        {"file_name": backup.file_name, "made_at": backup.made_at.isoformat()}
        for backup in await backups_that_may_hold(db, since)
    ]


def backups_of_record(record: DeletionRecord) -> list[tuple[str, dt.datetime]]:
    """File names and moments of the backups that a record names, newest first."""
    named = record.counts.get("backups", [])
    return [(backup["file_name"], dt.datetime.fromisoformat(backup["made_at"])) for backup in named]


async def points_with_words(db: AsyncSession, programme_id: UUID) -> dict[UUID, int]:
    """How many points of each focus group still have their words."""
    query = (
        select(Contribution.focus_group_id, func.count())
        .join(FocusGroup, col(FocusGroup.id) == col(Contribution.focus_group_id))
        .where(FocusGroup.programme_id == programme_id, col(Contribution.text).is_not(None))
        .group_by(col(Contribution.focus_group_id))
    )
    return dict((await db.exec(query)).all())
