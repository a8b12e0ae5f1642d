"""“Me too”: a participant says of a revealed point of somebody else's that it is true of them. Evidence, not a vote."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution, MeToo
from workshop.contributions.released import ReleasedPoint, released_point, released_points
from workshop.database import now
from workshop.facts import NotFound, Refused
from workshop.focus_groups.models import Audience, FocusGroup, Participant, ParticipantPeople
from workshop.focus_groups.stage import Stage, stage_of
from workshop.focus_groups.writes import raise_revision

GONE = "This point cannot be read any more."


class NoMeToo(Refused):
    """It is switched off, or the room no longer gathers points."""


class CannotBeRead(Refused):
    """It was hidden, held, deleted or covered meanwhile."""


class OwnPoint(Refused):
    """One's own point needs no “me too”."""


def takes_me_too(focus_group: FocusGroup) -> bool:
    """Whether people may say so now: it is switched on, and points are being gathered."""
    return focus_group.has_me_too and stage_of(focus_group, now()) is Stage.OPEN


async def others_points(
    db: AsyncSession, focus_group: FocusGroup, theme_id: UUID, participant_id: UUID
) -> list[ReleasedPoint]:
    """The theme's points of others that the room may read, newest first."""
    points = await released_points(db, focus_group, theme_id)
    return [point for point in points if point.participant_id != participant_id]


async def own_me_toos(db: AsyncSession, participant_id: UUID) -> frozenset[UUID]:
    """The points to which the participant has said “me too”."""
    return frozenset(await db.exec(select(MeToo.contribution_id).where(MeToo.participant_id == participant_id)))


async def people_who_said_so(db: AsyncSession, focus_group_id: UUID) -> dict[UUID, int]:
    """Contribution id → for how many people devices said “me too”; points without any are not in it."""
    others = select(func.sum(ParticipantPeople.people)).where(ParticipantPeople.participant_id == Participant.id)
    people = col(Participant.unsaid) + func.coalesce(others.correlate(Participant).scalar_subquery(), 0)
    query = (
        select(MeToo.contribution_id, func.sum(people))
        .join(Participant, col(Participant.id) == col(MeToo.participant_id))
        .where(Participant.focus_group_id == focus_group_id)
        .group_by(col(MeToo.contribution_id))
    )
    return {contribution_id: int(count) for contribution_id, count in await db.exec(query)}


async def say_me_too(db: AsyncSession, participant: Participant, contribution_id: UUID) -> Contribution:
    """Say so once, however often. Raises NoMeToo, OwnPoint, CannotBeRead, or NotFound (not in this room)."""
    point = await _released(db, participant, contribution_id)
    if await db.get(MeToo, (contribution_id, participant.id)) is None:
        db.add(MeToo(contribution_id=contribution_id, participant_id=participant.id))
        await _announce(db, point)
    return point


async def take_me_too_back(db: AsyncSession, participant: Participant, contribution_id: UUID) -> Contribution:
    """Take it back; what was not said stays unsaid. Raises as saying it."""
    point = await _released(db, participant, contribution_id)
    query = delete(MeToo).where(
        col(MeToo.contribution_id) == contribution_id, col(MeToo.participant_id) == participant.id
    )
    if (await db.exec(query)).rowcount:
        await _announce(db, point)
    return point


async def forget_me_toos(db: AsyncSession, points: Any) -> None:
    """What was said to ``points`` (a query for their ids), since their rows go."""
    said = delete(MeToo).where(col(MeToo.contribution_id).in_(points))
    await db.exec(said.execution_options(synchronize_session=False))


async def _released(db: AsyncSession, participant: Participant, contribution_id: UUID) -> Contribution:
    # The group's row first, as everywhere: hiding, covering and turning pass no “me too” by.
    query = select(FocusGroup).where(FocusGroup.id == participant.focus_group_id).with_for_update()
    focus_group = (await db.exec(query)).one()
    point = await db.get(Contribution, contribution_id)
    if point is None or point.focus_group_id != focus_group.id:
        raise NotFound(GONE)
    if not takes_me_too(focus_group):
        message = "Nobody can say “me too” at the moment."
        raise NoMeToo(message)
    if point.participant_id == participant.id:
        message = "This point is your own."
        raise OwnPoint(message)
    if await released_point(db, focus_group, contribution_id) is None:
        raise CannotBeRead(GONE)
    return point


async def _announce(db: AsyncSession, point: Contribution) -> None:
    await db.flush()  # what was said before whoever looks at the raised revision
    point.revision = await raise_revision(db, point.focus_group_id, Audience.BOARD, Audience.PROJECTOR)
    db.add(point)
