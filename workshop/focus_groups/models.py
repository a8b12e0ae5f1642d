"""Who meets, when and where: focus groups, their participants and their attendance."""

import datetime as dt
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import UniqueConstraint, false
from sqlmodel import Field, SQLModel

from workshop.database import UtcDateTime, now, values_of
from workshop.focus_groups.joining_code import new_join_token
from workshop.programmes.models import ColumnKind


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


class StepKind(StrEnum):
    """What a step of the run sheet asks of the room; OWN is whatever the facilitator calls it."""

    WELCOME = "welcome"
    THEME = "theme"
    GROUPING = "grouping"
    PRIORITIES = "priorities"
    SCALE = "scale"
    OWN = "own"
    CLOSE = "close"


class Projected(StrEnum):
    """What the projector shows; STEP is what the meeting's step asks for."""

    STEP = "step"
    JOIN = "join"
    POINTS = "points"
    FINDINGS = "findings"
    PRIORITIES = "priorities"
    SCALE = "scale"


class Audience(StrEnum):
    """Who watches; each has a revision of its own, so that what phones cannot see wakes no phone."""

    BOARD = "board"
    PROJECTOR = "projector"
    PHONES = "phones"


class FocusGroup(SQLModel, table=True):
    """One meeting of a programme.

    ``join_code`` is there only while people may join; ``open_from``/``open_until`` bound a link that stays open for
    those who missed the meeting. ``last_number`` numbers contributions, ``last_participant`` participants.
    ``archived_at``: its links to devices were cut by hand. ``purged_at``: the raw words are
    gone, and such links with them.

    ``step_id``: where the meeting stands in its run sheet; null: it is run without one (no foreign key: the steps point
    here). ``is_blind``: others' words are hidden until revealed. ``is_together``: the room goes through the themes step
    by step, nobody roams. ``takes_late_points``: points are let in during grouping. ``has_me_too``: people may say "me
    too" to revealed points. ``votes_each``: a device's votes under each theme. ``are_totals_shown``: of the votes.
    The timer runs towards ``timer_ends_at``, or is paused with ``timer_left`` seconds; both null: there is none.
    ``gathering_ended_at``: when the phase last left gathering, for posts that were on their way.
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
    step_id: UUID | None = None
    is_blind: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    is_together: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    takes_late_points: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    has_me_too: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    votes_each: int = Field(default=3, sa_column_kwargs={"server_default": "3"})
    are_totals_shown: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    timer_ends_at: dt.datetime | None = Field(default=None, sa_type=UtcDateTime)
    timer_left: int | None = None
    gathering_ended_at: dt.datetime | None = Field(default=None, sa_type=UtcDateTime)
    projected: Projected = Field(
        default=Projected.STEP, sa_type=values_of(Projected), sa_column_kwargs={"server_default": "step"}
    )
    projected_theme_id: UUID | None = None
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
    who preferred not to say where they are from. ``token_hash`` goes when the group is archived. ``table_number``: the
    breakout table that it sits at. ``is_done``: it has said so for the present step.
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
    table_number: int | None = None
    is_done: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


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


class CoFacilitator(SQLModel, table=True):
    """Somebody who runs a focus group together with its facilitator; an e-mail address, as there."""

    __tablename__ = "co_facilitator"

    focus_group_id: UUID = Field(foreign_key="focus_group.id", primary_key=True)
    email: str = Field(primary_key=True, index=True)


class BreakoutTable(SQLModel, table=True):
    """A numbered table of a focus group with a join code of its own, there only while people may join."""

    __tablename__ = "breakout_table"

    focus_group_id: UUID = Field(foreign_key="focus_group.id", primary_key=True)
    number: int = Field(primary_key=True)
    join_code: str | None = Field(default=None, unique=True)


class RunSheetStep(SQLModel, table=True):
    """One step of a meeting.

    ``theme_id``: of a theme's step, or of a scale about one theme; ``column``: that one alone, null for all. ``title``
    and ``text`` are what participants read in a step of the facilitator's own; elsewhere ``title`` stands in place of
    the usual words where it is not empty. ``asking``: the how-manieth asking of its scale, once somebody has answered.
    """

    __tablename__ = "run_sheet_step"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    focus_group_id: UUID = Field(foreign_key="focus_group.id", index=True)
    position: int
    kind: StepKind = Field(sa_type=values_of(StepKind))
    theme_id: UUID | None = Field(default=None, foreign_key="theme.id", index=True)
    column: ColumnKind | None = Field(default=None, sa_type=values_of(ColumnKind))
    title: str = ""
    text: str = ""
    minutes: int = 0
    asking: int | None = None


class Reveal(SQLModel, table=True):
    """A theme whose points the facilitator has revealed to the room."""

    focus_group_id: UUID = Field(foreign_key="focus_group.id", primary_key=True)
    theme_id: UUID = Field(foreign_key="theme.id", primary_key=True, index=True)
