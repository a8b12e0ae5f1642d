"""Suggestions that a room refused as rows of a step: a refusal is undone like whatever else is done there."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.findings.models import RefusedSuggestion
from workshop.focus_groups.models import FocusGroup

REFUSAL = "refused_suggestion"


async def refusal_rows(db: AsyncSession, programme_id: UUID) -> dict[tuple[str, ...], dict[str, Any]]:
    """(table, focus group, hash of the members as a UUID) → nothing more to say of it."""
    query = (
        select(RefusedSuggestion.focus_group_id, RefusedSuggestion.members)
        .join(FocusGroup, col(FocusGroup.id) == col(RefusedSuggestion.focus_group_id))
        .where(FocusGroup.programme_id == programme_id)
    )
    return {
        (REFUSAL, str(focus_group_id), str(UUID(bytes=members))): {"is_refused": True}
        for focus_group_id, members in await db.exec(query)
    }


async def put_refusals(db: AsyncSession, programme_id: UUID, changes: Iterable[Mapping[str, Any]], side: str) -> None:
    """Have each refused or not as on ``side``, in groups that are still there."""
    groups = set(await db.exec(select(FocusGroup.id).where(FocusGroup.programme_id == programme_id)))
    for change in changes:
        focus_group_id, members = (UUID(part) for part in change["key"])
        there = await db.get(RefusedSuggestion, (focus_group_id, members.bytes))
        if change[side] and there is None and focus_group_id in groups:
            db.add(RefusedSuggestion(focus_group_id=focus_group_id, members=members.bytes))
        elif not change[side] and there is not None:
            await db.delete(there)
    await db.flush()  # before the news of it
