"""Suggestions that people refused: the same members are not proposed to that room again."""

import hashlib
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.findings.models import RefusedSuggestion


def members_hash(points: Collection[UUID]) -> bytes:
    """16 bytes for a group of points, in whatever order."""
    return hashlib.sha256(b"".join(sorted(point.bytes for point in points))).digest()[:16]


async def refused_suggestions(db: AsyncSession, focus_group_id: UUID) -> frozenset[bytes]:
    """What the room's facilitators refused, as ``members_hash``."""
    query = select(RefusedSuggestion.members).where(RefusedSuggestion.focus_group_id == focus_group_id)
    return frozenset(await db.exec(query))


async def refuse_suggestion(db: AsyncSession, focus_group_id: UUID, points: Collection[UUID]) -> None:
    """Propose ``points`` as a group no more; twice is once."""
    members = members_hash(points)
    if await db.get(RefusedSuggestion, (focus_group_id, members)) is None:
        db.add(RefusedSuggestion(focus_group_id=focus_group_id, members=members))
        await db.flush()  # the revision is raised after it


async def forget_refusals(db: AsyncSession, focus_group_id: UUID) -> None:
    """Whatever was refused may be proposed again."""
    await db.exec(delete(RefusedSuggestion).where(col(RefusedSuggestion.focus_group_id) == focus_group_id))
