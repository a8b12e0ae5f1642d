"""Focus groups as somebody may see them, and who is in them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Role
from workshop.accounts.policy import Member, Permission
from workshop.focus_groups.facilitators import is_run_by
from workshop.focus_groups.models import FocusGroup, Participant, ParticipantPeople
from workshop.programmes.models import Programme
from workshop.programmes.queries import programme_of_partnership


async def focus_group_for(db: AsyncSession, member: Member, focus_group_id: UUID) -> FocusGroup | None:
    """The focus group, if this member may see it: any of the partnership's for a coordinator, else what one runs."""
    query = (
        select(FocusGroup)
        .join(Programme, col(Programme.id) == col(FocusGroup.programme_id))
        .where(FocusGroup.id == focus_group_id, Programme.partnership_id == member.partnership_id)
    )
    if not member.may(Permission.COORDINATE):
        query = query.where(is_run_by(member.email))
    return (await db.exec(query)).first()


async def programme_for(db: AsyncSession, member: Member, programme_id: UUID) -> Programme | None:
    """The programme, if it is the member's partnership's; a rehearsal is only there for whoever runs it or coordinates.

    Somebody else who read a rehearsal's pretend points would take them for what people said.
    """
    programme = await programme_of_partnership(db, member.partnership_id, programme_id)
    if programme is None or programme.rehearsal_of is None or member.may(Permission.COORDINATE):
        return programme
    own = select(FocusGroup.id).where(FocusGroup.programme_id == programme_id, is_run_by(member.email))
    is_theirs = member.may(Permission.RUN_FOCUS_GROUPS) and (await db.exec(own)).first() is not None
    return programme if is_theirs else None


async def focus_groups_of(db: AsyncSession, programme_id: UUID, member: Member | None = None) -> list[FocusGroup]:
    """The programme's focus groups in order; for a facilitator (``member``) only those that they run."""
    query = select(FocusGroup).where(FocusGroup.programme_id == programme_id)
    if member is not None and member.role is Role.FACILITATOR:
        query = query.where(is_run_by(member.email))
    return list(await db.exec(query.order_by(col(FocusGroup.position))))


async def focus_groups_by_programme(db: AsyncSession, member: Member) -> dict[UUID, list[FocusGroup]]:
    """Programme id → its focus groups that the member runs or coordinates, in order; a viewer gets none."""
    if not member.may(Permission.RUN_FOCUS_GROUPS):
        return {}
    query = (
        select(FocusGroup)
        .join(Programme, col(Programme.id) == col(FocusGroup.programme_id))
        .where(Programme.partnership_id == member.partnership_id)
    )
    if not member.may(Permission.COORDINATE):
        query = query.where(is_run_by(member.email))
    groups: dict[UUID, list[FocusGroup]] = {}
    for focus_group in await db.exec(query.order_by(col(FocusGroup.position))):
        groups.setdefault(focus_group.programme_id, []).append(focus_group)
    return groups


# A device as it shows itself: in which focus group, and its token's hash.
Device = tuple[UUID, bytes]
# Built once: every page of every phone asks it.
_OF_DEVICES = select(Participant).where(col(Participant.token_hash).in_(bindparam("token_hashes", expanding=True)))


async def participants_of_devices(db: AsyncSession, devices: Collection[Device]) -> dict[Device, Participant]:
    """The participant of each device that is one; a token says nothing in a focus group that is not its own."""
    shown = {"token_hashes": [token_hash for _, token_hash in devices]}
    found = await db.exec(_OF_DEVICES, params=shown)
    return {(each.focus_group_id, each.token_hash): each for each in found if each.token_hash is not None}


async def revision_and_newest(db: AsyncSession, focus_group_id: UUID) -> tuple[int, int]:
    """The board's revision and the number of the last point: read them before any point."""
    query = select(FocusGroup.board_revision, FocusGroup.last_number).where(FocusGroup.id == focus_group_id)
    revision, newest = (await db.exec(query)).one()
    return revision, newest


async def people_of_participant(db: AsyncSession, participant_id: UUID) -> dict[UUID, int]:
    """Agency id → how many of its people the participant speaks for."""
    query = select(ParticipantPeople).where(ParticipantPeople.participant_id == participant_id)
    return {row.agency_id: row.people for row in await db.exec(query)}


async def people_of_participants(db: AsyncSession, focus_group_id: UUID) -> dict[UUID, dict[UUID, int]]:
    """For every participant of the group: how many people of which agency it speaks for."""
    query = (
        select(ParticipantPeople)
        .join(Participant, col(Participant.id) == col(ParticipantPeople.participant_id))
        .where(Participant.focus_group_id == focus_group_id)
    )
    people: dict[UUID, dict[UUID, int]] = {}
    for row in await db.exec(query):
        people.setdefault(row.participant_id, {})[row.agency_id] = row.people
    return people
