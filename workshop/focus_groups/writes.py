"""Opening, closing and joining a focus group; the revision that every visible change raises."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.database import announce_later, now
from workshop.days import london_day
from workshop.facts import Refused
from workshop.focus_groups.models import Audience, FocusGroup, Participant, ParticipantPeople, Phase
from workshop.focus_groups.queries import people_of_participant
from workshop.focus_groups.stage import IN_SESSION, takes_people_in
from workshop.focus_groups.tables import give_codes, known_table, take_codes, unused_join_code
from workshop.text import token_hash

MOST_PEOPLE = 200
# Far above what any meeting has: a script that has found the link does not join for ever.
MOST_DEVICES = 20_000


class FocusGroupClosed(Refused):
    """Nothing more can be written in this focus group."""


class RoomMovedOn(FocusGroupClosed):
    """The meeting goes on, but takes no more points."""


class FocusGroupArchived(Refused):
    """The focus group's links to devices, or its words, are gone: it cannot be opened again."""


async def raise_revision(db: AsyncSession, focus_group_id: UUID, *audiences: Audience) -> int:
    """Raise the revision of each audience (all, when none is named), to be announced at commit.

    Returns the board's revision. Takes the group's row lock: a closing and a submission never pass each other.
    """
    audiences = audiences or tuple(Audience)
    raised = {f"{audience}_revision": col(getattr(FocusGroup, f"{audience}_revision")) + 1 for audience in audiences}
    query = (
        update(FocusGroup)
        .where(col(FocusGroup.id) == focus_group_id)
        .values(raised)
        .returning(col(FocusGroup.board_revision), col(FocusGroup.projector_revision), col(FocusGroup.phones_revision))
        .execution_options(synchronize_session="fetch")
    )
    row = (await db.exec(query)).one()
    numbers = dict(zip(Audience, row, strict=True))
    announce_later(db, focus_group_id, {audience: numbers[audience] for audience in audiences})
    return int(row[0])


async def open_focus_group(db: AsyncSession, focus_group: FocusGroup) -> None:
    """Let people join and write under every theme, wherever the run sheet stood; gives a new join code.

    Opening again after a closing is the same.
    """
    focus_group.step_id = None
    await enter_phase(db, focus_group, Phase.GATHERING)


async def close_focus_group(db: AsyncSession, focus_group: FocusGroup) -> None:
    """Stop the writing. The join code dies; the link stays, and shows people what they wrote."""
    if focus_group.phase is not Phase.CLOSED:
        await enter_phase(db, focus_group, Phase.CLOSED)


async def enter_phase(db: AsyncSession, focus_group: FocusGroup, phase: Phase) -> None:
    """Take the room into ``phase``, forward or back, and tell everybody who watches. Raises FocusGroupArchived.

    A phase in which people are there gives a join code, closing takes it away. The row must be locked by the caller.
    """
    if phase in IN_SESSION:
        if gone := _what_is_gone(focus_group):
            message = f"This group's {gone}, so it cannot be opened again. Add a new one instead."
            raise FocusGroupArchived(message)
        if focus_group.join_code is None:
            focus_group.join_code = await unused_join_code(db)
        await give_codes(db, focus_group.id)
        focus_group.last_open_on = london_day(now())
    else:
        focus_group.join_code = None
        await take_codes(db, focus_group.id)
        if focus_group.phase in IN_SESSION:
            focus_group.last_open_on = last_open_day(focus_group, now())
    if focus_group.phase is Phase.GATHERING and phase is not Phase.GATHERING:
        focus_group.gathering_ended_at = now()
    focus_group.phase = phase
    db.add(focus_group)
    await db.flush()  # the revision is raised in SQL, on the same row
    await raise_revision(db, focus_group.id)


def last_open_day(focus_group: FocusGroup, at: datetime) -> date:
    """The day from which retention counts for a group that is open ``at``: that day, or the day its link stopped."""
    if focus_group.open_until is not None and focus_group.open_until < at:
        return london_day(focus_group.open_until)
    return london_day(at)


async def join_focus_group(  # noqa: PLR0913 (each is one answer of the form that a phone sends)
    db: AsyncSession,
    focus_group_id: UUID,
    *,
    client_id: UUID,
    token: str,
    people: dict[UUID, int],
    unsaid: int,
    role: str | None = None,
    eligibility: str | None = None,
    table: int | None = None,
) -> Participant:
    """A participant for this device, or the one that the same form made before.

    ``people``: agency id → how many people the device speaks for; ``unsaid``: how many would rather not say; ``table``:
    at which table it sits, where the group has one of that number.
    Raises FocusGroupClosed when the group does not take anybody in, or has ``MOST_DEVICES``.
    """
    if sum(people.values()) + unsaid < 1:
        message = "Choose where you are from, or “Prefer not to say”"
        raise Refused(message, "agency")
    focus_group = (await db.exec(select(FocusGroup).where(FocusGroup.id == focus_group_id).with_for_update())).one()
    earlier = select(Participant).where(
        Participant.focus_group_id == focus_group_id, Participant.client_id == client_id
    )
    if participant := (await db.exec(earlier)).first():
        return participant
    if not takes_people_in(focus_group, now()) or focus_group.last_participant >= MOST_DEVICES:
        message = "Nobody can join at the moment"
        raise FocusGroupClosed(message)
    focus_group.last_participant += 1
    participant = Participant(
        focus_group_id=focus_group_id,
        client_id=client_id,
        number=focus_group.last_participant,
        token_hash=token_hash(token),
        unsaid=unsaid,
        role=role,
        eligibility=eligibility,
        joined_at=now(),
        table_number=await known_table(db, focus_group_id, table),
    )
    db.add_all([focus_group, participant])
    await db.flush()  # the people's rows point to the participant
    db.add_all(
        ParticipantPeople(participant_id=participant.id, agency_id=agency_id, people=count)
        for agency_id, count in people.items()
        if count
    )
    await db.flush()
    await raise_revision(db, focus_group_id, Audience.BOARD, Audience.PROJECTOR)
    return participant


async def change_people(
    db: AsyncSession,
    participant: Participant,
    *,
    people: dict[UUID, int],
    unsaid: int,
    role: str | None = None,
    eligibility: str | None = None,
) -> None:
    """Say anew whom the device speaks for. Saying the same again does nothing, whatever the phase.

    Raises FocusGroupClosed when it would be a change and the group takes nobody in.
    """
    people = {agency_id: count for agency_id, count in people.items() if count}
    if (
        await people_of_participant(db, participant.id),
        participant.unsaid,
        participant.role,
        participant.eligibility,
    ) == (
        people,
        unsaid,
        role,
        eligibility,
    ):
        return
    query = select(FocusGroup).where(FocusGroup.id == participant.focus_group_id).with_for_update()
    if not takes_people_in((await db.exec(query)).one(), now()):
        message = "This group is closed, so this could not be changed."
        raise FocusGroupClosed(message)
    participant.unsaid, participant.role, participant.eligibility = unsaid, role, eligibility
    db.add(participant)
    await db.exec(delete(ParticipantPeople).where(col(ParticipantPeople.participant_id) == participant.id))
    db.add_all(
        ParticipantPeople(participant_id=participant.id, agency_id=agency_id, people=count)
        for agency_id, count in people.items()
    )
    await db.flush()  # the rows before whoever looks at the raised revision
    await raise_revision(db, participant.focus_group_id, Audience.BOARD, Audience.PROJECTOR)


def _what_is_gone(focus_group: FocusGroup) -> str:
    if focus_group.purged_at:
        return "words have been deleted"
    return "links to phones have been cut" if focus_group.archived_at else ""
