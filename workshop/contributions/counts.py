"""How many points there are, by focus group. Deleted ones are none; purged ones still are."""

from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.focus_groups.models import FocusGroup


async def points_by_focus_group(db: AsyncSession, programme_id: UUID) -> dict[UUID, int]:
    """Focus group id → its points; groups without any are not in it."""
    query = (
        select(Contribution.focus_group_id, func.count())
        .join(FocusGroup, col(FocusGroup.id) == col(Contribution.focus_group_id))
        .where(FocusGroup.programme_id == programme_id, col(Contribution.is_deleted).is_(False))
        .group_by(col(Contribution.focus_group_id))
    )
    return dict((await db.exec(query)).all())
