"""A new focus group."""

from uuid import UUID

from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.focus_groups.models import FocusGroup


async def make_focus_group(db: AsyncSession, focus_group: FocusGroup) -> FocusGroup:
    """Store a new focus group at the end of its programme's list."""
    focus_group.position = await _next_position(db, focus_group.programme_id)
    db.add(focus_group)
    await db.flush()  # its id is wanted at once
    return focus_group


async def _next_position(db: AsyncSession, programme_id: UUID) -> int:
    query = select(func.max(FocusGroup.position)).where(FocusGroup.programme_id == programme_id)
    last: int | None = (await db.exec(query)).one()
    return 0 if last is None else last + 1
