"""How many points there are, by focus group. Deleted ones are none; purged ones still are."""

from uuid import UUID

from sqlmodel import col, func, or_, select
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


async def held_or_hidden_by_group(db: AsyncSession, programme_id: UUID) -> dict[UUID, int]:
    """Focus group id → its points with words that the room may not read; groups without any are not in it."""
    query = (
        select(Contribution.focus_group_id, func.count())
        .join(FocusGroup, col(FocusGroup.id) == col(Contribution.focus_group_id))
        .where(
            FocusGroup.programme_id == programme_id,
            or_(col(Contribution.is_held), col(Contribution.is_hidden)),
            col(Contribution.is_deleted).is_(False),
            col(Contribution.text).is_not(None),
        )
        .group_by(col(Contribution.focus_group_id))
    )
    return dict((await db.exec(query)).all())
