"""What one participant has written: all that their device may see."""

from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution

# Built once: every theme page of every phone asks it.
_OWN_POINTS = (
    select(Contribution)
    .where(
        Contribution.participant_id == bindparam("participant_id"),
        Contribution.theme_id == bindparam("theme_id"),
        Contribution.is_deleted == False,  # noqa: E712 (SQL)
    )
    .order_by(col(Contribution.number))
)


async def own_points(db: AsyncSession, participant_id: UUID, theme_id: UUID) -> list[Contribution]:
    """The participant's points under a theme, in the order they were written; not the deleted ones."""
    return list(await db.exec(_OWN_POINTS, params={"participant_id": participant_id, "theme_id": theme_id}))


async def own_point(db: AsyncSession, participant_id: UUID, contribution_id: UUID) -> Contribution | None:
    """One of the participant's points, also a deleted one (its text is null); None for anybody else's."""
    query = select(Contribution).where(
        Contribution.id == contribution_id, Contribution.participant_id == participant_id
    )
    return (await db.exec(query)).first()


async def count_own_points(db: AsyncSession, participant_id: UUID) -> dict[UUID, int]:
    """Theme id → how many points the participant has under it; themes without any are absent."""
    query = (
        select(Contribution.theme_id, func.count())
        .where(
            Contribution.participant_id == participant_id,
            Contribution.is_deleted == False,  # noqa: E712 (SQL)
        )
        .group_by(col(Contribution.theme_id))
    )
    return dict((await db.exec(query)).all())
