"""What a step can change, and the way back over all of them."""

from typing import Any
from uuid import UUID

from sqlmodel import select

from workshop.contributions.models import Contribution
from workshop.database import Database
from workshop.recommendations.rows import rows_of_programme
from workshop.recommendations.undo import (
    undo_last_step,
)


async def snapshot(database: Database, programme_id: UUID) -> dict[Any, Any]:
    """All rows that a step can change, and every contribution's finding and words."""
    async with database.reading() as db:
        rows: dict[Any, Any] = dict(await rows_of_programme(db, programme_id))
        for point in await db.exec(select(Contribution)):
            rows[point.id] = (point.finding_id, point.text)
    return rows


async def undo_all(database: Database, programme_id: UUID) -> int:
    """Undo until there is nothing left; returns how many."""
    for count in range(10_000):
        async with database.writing() as db:
            if await undo_last_step(db, programme_id) is None:
                return count
    raise AssertionError
