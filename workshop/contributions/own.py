"""What one participant has written: all that their device may see."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.programmes.models import ColumnKind


@dataclass(frozen=True, slots=True)
class OwnPoint:
    """A point as its writer sees it; ``text`` is null once its words are gone.

    ``is_held``: the facilitator alone reads it so far; ``was_reworded``: the facilitator put other words in its place.
    """

    id: UUID
    column: ColumnKind
    text: str | None
    is_held: bool = False
    was_reworded: bool = False


# Built once: every theme page of every phone asks it.
_OWN_POINTS = (
    select(  # type: ignore[call-overload]
        Contribution.participant_id,
        Contribution.theme_id,
        Contribution.id,
        Contribution.column,
        Contribution.text,
        Contribution.is_held,
        Contribution.was_reworded,
    )
    .where(
        col(Contribution.participant_id).in_(bindparam("participants", expanding=True)),
        col(Contribution.theme_id).in_(bindparam("themes", expanding=True)),
        Contribution.is_deleted == False,  # noqa: E712 (SQL)
    )
    .order_by(col(Contribution.number))
)
_OWN_COUNTS = (
    select(Contribution.participant_id, Contribution.theme_id, func.count())
    .where(
        col(Contribution.participant_id).in_(bindparam("participants", expanding=True)),
        Contribution.is_deleted == False,  # noqa: E712 (SQL)
    )
    .group_by(col(Contribution.participant_id), col(Contribution.theme_id))
)


async def own_points(db: AsyncSession, asked: Collection[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], list[OwnPoint]]:
    """For each participant and theme: their points under it, in the order they were written; not the deleted ones."""
    points: dict[tuple[UUID, UUID], list[OwnPoint]] = {pair: [] for pair in asked}
    shown = {"participants": [*{who for who, _ in asked}], "themes": [*{theme for _, theme in asked}]}
    for participant_id, theme_id, *point in await db.exec(_OWN_POINTS, params=shown):
        # What one participant has under a theme that only another has asked for is left out.
        if (own := points.get((participant_id, theme_id))) is not None:
            own.append(OwnPoint(*point))
    return points


async def own_point(db: AsyncSession, participant_id: UUID, contribution_id: UUID) -> Contribution | None:
    """One of the participant's points, also a deleted one (its text is null); None for anybody else's."""
    query = select(Contribution).where(
        Contribution.id == contribution_id, Contribution.participant_id == participant_id
    )
    return (await db.exec(query)).first()


async def count_own_points(db: AsyncSession, participants: Collection[UUID]) -> dict[UUID, dict[UUID, int]]:
    """For each participant: theme id → how many points they have under it; themes without any are absent."""
    counts: dict[UUID, dict[UUID, int]] = {participant_id: {} for participant_id in participants}
    for participant_id, theme_id, count in await db.exec(_OWN_COUNTS, params={"participants": [*participants]}):
        if participant_id is not None:
            counts[participant_id][theme_id] = count
    return counts
