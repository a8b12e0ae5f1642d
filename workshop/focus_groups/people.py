"""The people of focus groups in numbers: who has joined, and how many of which agency came."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.focus_groups.models import Attendance, FocusGroup, Participant, ParticipantPeople


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


@dataclass(frozen=True, slots=True)
class SpokenFor:
    """Whom a participant speaks for: agency id → people, and how many would rather not say where they are from."""

    unsaid: int
    people: dict[UUID, int]

    @property
    def count(self) -> int:
        """How many they are altogether."""
        return self.unsaid + sum(self.people.values())


@dataclass(frozen=True, slots=True)
class Present:
    """Who came to a focus group: participant id → for whom it speaks; ``counted``: agency id → people, by head."""

    participants: dict[UUID, SpokenFor]
    counted: dict[UUID, int]

    @property
    def people(self) -> dict[UUID, int]:
        """Agency id → its people: as the facilitator counted them where somebody did, else as the devices say.

        By agency, not by group: those of another agency who use the link days later were not there to be counted.
        """
        joined: dict[UUID, int] = {}
        for participant in self.participants.values():
            for agency_id, people in participant.people.items():
                joined[agency_id] = joined.get(agency_id, 0) + people
        return joined | self.counted

    @property
    def unsaid(self) -> int:
        """How many would rather not say; none where the facilitator has counted heads, since they are among those."""
        if any(self.counted.values()):
            return 0
        return sum(participant.unsaid for participant in self.participants.values())


async def present_in(db: AsyncSession, focus_group_id: UUID) -> Present:
    """Who came to this focus group."""
    return (await _present(db, col(FocusGroup.id) == focus_group_id)).get(focus_group_id, Present({}, {}))


async def present_by_focus_group(db: AsyncSession, programme_id: UUID) -> dict[UUID, Present]:
    """Focus group id → who came to it, for all of a programme; groups that nobody came to are not in it."""
    return await _present(db, col(FocusGroup.programme_id) == programme_id)


async def spoken_for_by_focus_group(db: AsyncSession, programme_id: UUID) -> dict[UUID, dict[UUID, SpokenFor]]:
    """Focus group id → participant id → for whom it speaks; groups that nobody joined are not in it."""
    return await _spoken_for(db, col(FocusGroup.programme_id) == programme_id)


async def _present(db: AsyncSession, which: ColumnElement[bool]) -> dict[UUID, Present]:
    """Two questions, however many groups there are."""
    present = {group_id: Present(participants, {}) for group_id, participants in (await _spoken_for(db, which)).items()}
    counted = select(Attendance).join(FocusGroup, col(FocusGroup.id) == col(Attendance.focus_group_id)).where(which)
    for row in await db.exec(counted):
        present.setdefault(row.focus_group_id, Present({}, {})).counted[row.agency_id] = row.people
    return present


async def _spoken_for(db: AsyncSession, which: ColumnElement[bool]) -> dict[UUID, dict[UUID, SpokenFor]]:
    columns: tuple[Any, ...] = (
        Participant.focus_group_id,
        Participant.id,
        Participant.unsaid,
        ParticipantPeople.agency_id,
        ParticipantPeople.people,
    )
    joined = (
        select(*columns)
        .join(FocusGroup, col(FocusGroup.id) == col(Participant.focus_group_id))
        .join(ParticipantPeople, col(ParticipantPeople.participant_id) == col(Participant.id), isouter=True)
        .where(which)
    )
    spoken_for: dict[UUID, dict[UUID, SpokenFor]] = {}
    for focus_group_id, participant_id, unsaid, agency_id, people in await db.exec(joined):
        participants = spoken_for.setdefault(focus_group_id, {})
        participant = participants.setdefault(participant_id, SpokenFor(unsaid, {}))
        # Who would rather not say has no agency.
        if agency_id is not None:
            participant.people[agency_id] = people
    return spoken_for
