"""Who meets, when and where: focus groups, their participants and their attendance."""

import datetime as dt
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from workshop.database import UtcDateTime, now, values_of
from workshop.focus_groups.joining_code import new_join_token


class Phase(StrEnum):
    """Where a focus group stands."""

    DRAFT = "draft"
    LOBBY = "lobby"
    GATHERING = "gathering"
    GROUPING = "grouping"
    PRIORITISING = "prioritising"
    CLOSED = "closed"


class Mode(StrEnum):
    """Where its people are."""

    IN_PERSON = "in_person"
    VIRTUAL = "virtual"
    HYBRID = "hybrid"


class Audience(StrEnum):
    """Who watches; each has a revision of its own, so that what phones cannot see wakes no phone."""

    BOARD = "board"
    PROJECTOR = "projector"
    PHONES = "phones"


class FocusGroup(SQLModel, table=True):
    """One meeting of a programme.

    ``join_code`` is there only while people may join; ``open_from``/``open_until`` bound a link that stays open for
    those who missed the meeting. ``last_number`` numbers contributions, ``last_participant`` participants.
    ``archived_at``: no device can be linked any more. ``purged_at``: the raw words are gone.
    """

    __tablename__ = "focus_group"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    position: int = 0
    label: str | None = None
    date: dt.date
    starts_at: dt.time | None = None
    mode: Mode = Field(default=Mode.IN_PERSON, sa_type=values_of(Mode))
    place: str = ""
    meeting_link: str = ""
    facilitator_email: str = Field(default="", index=True)
    phase: Phase = Field(default=Phase.DRAFT, sa_type=values_of(Phase))
    join_token: str = Field(default_factory=new_join_token, unique=True)
    join_code: str | None = Field(default=None, unique=True)
    open_from: dt.datetime | None = Field(default=None, sa_type=UtcDateTime)
    open_until: dt.datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_open_on: dt.date | None = None
    board_revision: int = 0
    projector_revision: int = 0
    phones_revision: int = 0
    last_number: int = 0
    last_participant: int = 0
    created_at: dt.datetime = Field(default_factory=now, sa_type=UtcDateTime)
    archived_at: dt.datetime | None = Field(default=None, sa_type=UtcDateTime)
    purged_at: dt.datetime | None = Field(default=None, sa_type=UtcDateTime)


class Participant(SQLModel, table=True):
    """One device's nameless presence in one focus group.

    ``client_id`` is the UUID of the form that was sent, so that a second tap joins once. ``unsaid`` counts the people
    who preferred not to say where they are from. ``token_hash`` goes when the group is archived.
    """

    __table_args__ = (UniqueConstraint("focus_group_id", "client_id"), UniqueConstraint("focus_group_id", "number"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    focus_group_id: UUID = Field(foreign_key="focus_group.id")
    client_id: UUID
    number: int
    token_hash: bytes | None = Field(default=None, unique=True)
    unsaid: int = 0
    role: str | None = None
    eligibility: str | None = None
    joined_at: dt.datetime | None = Field(default=None, sa_type=UtcDateTime)


class ParticipantPeople(SQLModel, table=True):
    """How many people of an agency a participant speaks for (a table's device: several agencies)."""

    __tablename__ = "participant_people"

    participant_id: UUID = Field(foreign_key="participant.id", primary_key=True)
    agency_id: UUID = Field(foreign_key="agency.id", primary_key=True, index=True)
    people: int


class Attendance(SQLModel, table=True):
    """How many people of an agency came, as the facilitator counted them."""

    focus_group_id: UUID = Field(foreign_key="focus_group.id", primary_key=True)
    agency_id: UUID = Field(foreign_key="agency.id", primary_key=True, index=True)
    people: int
