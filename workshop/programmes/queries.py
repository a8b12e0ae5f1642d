"""Programmes as their partnership sees them. Nothing here reads across partnerships."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.programmes.models import Agency, Programme, ProgrammeColumn, Theme


async def programme_of_partnership(db: AsyncSession, partnership_id: UUID, programme_id: UUID) -> Programme | None:
    """The programme, if it is this partnership's."""
    query = select(Programme).where(Programme.id == programme_id, Programme.partnership_id == partnership_id)
    return (await db.exec(query)).first()


async def programmes_of_partnership(db: AsyncSession, partnership_id: UUID) -> list[Programme]:
    """A partnership's programmes, newest first; no rehearsals."""
    query = select(Programme).where(Programme.partnership_id == partnership_id, col(Programme.rehearsal_of).is_(None))
    return list(await db.exec(query.order_by(col(Programme.created_at).desc(), col(Programme.title))))


async def columns_of(db: AsyncSession, programme_id: UUID) -> list[ProgrammeColumn]:
    """The programme's three columns, in its order."""
    query = select(ProgrammeColumn).where(ProgrammeColumn.programme_id == programme_id)
    return list(await db.exec(query.order_by(col(ProgrammeColumn.position))))


async def themes_of(db: AsyncSession, programme_id: UUID) -> list[Theme]:
    """The programme's themes, in its order."""
    query = select(Theme).where(Theme.programme_id == programme_id)
    return list(await db.exec(query.order_by(col(Theme.position))))


async def agencies_of(db: AsyncSession, programme_id: UUID) -> list[Agency]:
    """The programme's agencies, in its order."""
    query = select(Agency).where(Agency.programme_id == programme_id)
    return list(await db.exec(query.order_by(col(Agency.position))))
