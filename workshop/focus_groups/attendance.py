"""Who came, as the facilitator counted them: people by agency."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.focus_groups.counts import people_by_agency
from workshop.focus_groups.models import Attendance, Audience
from workshop.focus_groups.writes import raise_revision


async def attendance_of(db: AsyncSession, focus_group_id: UUID) -> dict[UUID, int]:
    """Agency id → how many of its people were counted; 0 where devices said that somebody came and nobody did."""
    found = await db.exec(select(Attendance).where(Attendance.focus_group_id == focus_group_id))
    return {row.agency_id: row.people for row in found}


async def record_attendance(db: AsyncSession, focus_group_id: UUID, people: Mapping[UUID, int]) -> None:
    """Keep these counts in place of the earlier ones. Board and projector are told: attribution may change.

    An agency that is not in ``people`` was not counted: what devices say holds. 0 puts right what they say.
    """
    joined = await people_by_agency(db, focus_group_id)
    await db.exec(delete(Attendance).where(col(Attendance.focus_group_id) == focus_group_id))
    db.add_all(
        Attendance(focus_group_id=focus_group_id, agency_id=agency_id, people=count)
        for agency_id, count in people.items()
        if count > 0 or agency_id in joined
    )
    await db.flush()  # the revision is raised in SQL
    await raise_revision(db, focus_group_id, Audience.BOARD, Audience.PROJECTOR)
