"""How many have joined, by focus group; what a programme's rules ask about those who joined."""

from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from workshop.focus_groups.models import FocusGroup, Participant, ParticipantPeople


async def people_by_focus_group(db: AsyncSession, programme_id: UUID) -> dict[UUID, int]:
    """Focus group id → the people for whom devices joined; groups that nobody joined are not in it."""
    unsaid = (
        select(Participant.focus_group_id, func.sum(Participant.unsaid))
        .join(FocusGroup, col(FocusGroup.id) == col(Participant.focus_group_id))
        .where(FocusGroup.programme_id == programme_id)
        .group_by(col(Participant.focus_group_id))
    )
    said = (
        select(Participant.focus_group_id, func.sum(ParticipantPeople.people))
        .join(Participant, col(Participant.id) == col(ParticipantPeople.participant_id))
        .join(FocusGroup, col(FocusGroup.id) == col(Participant.focus_group_id))
        .where(FocusGroup.programme_id == programme_id)
        .group_by(col(Participant.focus_group_id))
    )
    people: dict[UUID, int] = {}
    for query in (unsaid, said):
        for focus_group_id, count in await db.exec(query):
            people[focus_group_id] = people.get(focus_group_id, 0) + int(count)
    return people


async def people_by_agency(db: AsyncSession, focus_group_id: UUID) -> dict[UUID, int]:
    """Agency id → its people for whom devices joined this focus group."""
    query = (
        select(ParticipantPeople.agency_id, func.sum(ParticipantPeople.people))
        .join(Participant, col(Participant.id) == col(ParticipantPeople.participant_id))
        .where(Participant.focus_group_id == focus_group_id)
        .group_by(col(ParticipantPeople.agency_id))
    )
    return {agency_id: int(count) for agency_id, count in await db.exec(query)}


async def has_anyone_joined(db: AsyncSession, programme_id: UUID) -> bool:
    """Whether a device has joined any focus group of the programme."""
    query = _participants_of(programme_id).limit(1)
    return (await db.exec(query)).first() is not None


async def eligibility_answers(db: AsyncSession, programme_id: UUID) -> int:
    """How many devices have answered the programme's eligibility question."""
    query = _participants_of(programme_id).where(col(Participant.eligibility).is_not(None)).subquery()
    return (await db.exec(select(func.count()).select_from(query))).one()


def _participants_of(programme_id: UUID) -> SelectOfScalar[UUID]:
    return (
        select(Participant.id)
        .join(FocusGroup, col(FocusGroup.id) == col(Participant.focus_group_id))
        .where(FocusGroup.programme_id == programme_id)
    )
