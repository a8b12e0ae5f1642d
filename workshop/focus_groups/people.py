"""The people of one focus group in numbers: who has joined, and how many of which agency came."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.focus_groups.attendance import attendance_of
from workshop.focus_groups.counts import people_by_agency
from workshop.focus_groups.models import Participant, ParticipantPeople


@dataclass(frozen=True, slots=True)
class Joined:
    """How many devices have joined a focus group, for how many people they speak, and how many say they are done."""

    devices: int
    people: int
    done: int = 0

    @property
    def writing(self) -> int:
        """How many devices have not said that they are done with the present step."""
        return self.devices - self.done


async def joined_so_far(db: AsyncSession, focus_group_id: UUID) -> Joined:
    """Who has joined, in numbers."""
    of_group = Participant.focus_group_id == focus_group_id
    counts = select(
        func.count(),
        func.coalesce(func.sum(Participant.unsaid), 0),
        func.count().filter(col(Participant.is_done)),
    )
    devices, unsaid, done = (await db.exec(counts.where(of_group))).one()
    said = (
        select(func.coalesce(func.sum(ParticipantPeople.people), 0))
        .join(Participant, col(Participant.id) == col(ParticipantPeople.participant_id))
        .where(of_group)
    )
    return Joined(devices, unsaid + (await db.exec(said)).one(), done)


async def unsaid_of_participants(db: AsyncSession, focus_group_id: UUID) -> dict[UUID, int]:
    """How many people would rather not say where they are from, of each participant that speaks for any."""
    query = select(Participant.id, Participant.unsaid).where(
        Participant.focus_group_id == focus_group_id, col(Participant.unsaid) > 0
    )
    return dict((await db.exec(query)).all())


async def people_who_came(db: AsyncSession, focus_group_id: UUID) -> dict[UUID, int]:
    """Agency id → its people: as the facilitator counted them where somebody did, else as the devices say.

    By agency, not by group: those of another agency who use the link days later were not there to be counted.
    """
    return await people_by_agency(db, focus_group_id) | await attendance_of(db, focus_group_id)
