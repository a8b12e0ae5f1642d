"""Under each theme, or as one flat list, as some boards print them."""

from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.programmes.models import Programme


async def show_as_flat_list(db: AsyncSession, programme_id: UUID, *, is_flat_list: bool) -> None:
    """List the programme's recommendations as one, or by theme. The caller records it as a step."""
    programme = (await db.exec(select(Programme).where(Programme.id == programme_id))).one()
    programme.is_flat_list = is_flat_list
    db.add(programme)
    await db.flush()  # the recorder reads it in SQL
