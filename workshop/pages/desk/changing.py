"""Changing what a programme is made of: a transaction that ends with the news for all who watch one of its rooms."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.database import Database
from workshop.focus_groups.changes import announce_programme_change
from workshop.programmes.models import Programme


@asynccontextmanager
async def changing(database: Database, programme: Programme) -> AsyncIterator[AsyncSession]:
    """The transaction. What raises in it is neither stored nor told."""
    async with database.writing() as db:
        yield db
        await announce_programme_change(db, programme.id)
