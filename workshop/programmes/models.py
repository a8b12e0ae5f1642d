"""What is explored: a programme with its columns, themes and agencies."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from workshop.database import UtcDateTime, now, values_of


class ColumnKind(StrEnum):
    """What a column asks about; its wording is the programme's."""

    WORKING_WELL = "working_well"
    WORRIED_ABOUT = "worried_about"
    NEEDS_TO_HAPPEN = "needs_to_happen"


class GroupWord(StrEnum):
    """The programme's own word for its focus groups, as people see it on screen."""

    FOCUS_GROUP = "focus group"
    WORKSHOP = "workshop"
    LEARNING_EVENT = "learning event"


class Programme(SQLModel, table=True):
    """One enquiry of a partnership. ``retention_days`` counts from a group's last open day to its words' deletion.

    ``rehearsal_of``: the focus group whose rehearsal this is; it is shown in no list and goes as a whole afterwards (no
    foreign key: it may outlive the group by hours).
    """

    __table_args__ = (UniqueConstraint("partnership_id", "title"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    partnership_id: UUID = Field(foreign_key="partnership.id", index=True)
    title: str
    purpose: str = ""
    group_word: GroupWord = Field(default=GroupWord.FOCUS_GROUP, sa_type=values_of(GroupWord))
    eligibility_question: str = ""
    asks_role: bool = False
    controller: str = ""
    privacy_notice_url: str = ""
    safeguarding_contacts: str = ""
    retention_days: int = 90
    minimum_count: int = 5
    is_flat_list: bool = Field(default=False, description="recommendations as one list, not by theme")
    previous_id: UUID | None = Field(default=None, foreign_key="programme.id")
    rehearsal_of: UUID | None = Field(default=None, index=True)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class ProgrammeColumn(SQLModel, table=True):
    """One of the framework's questions. A programme has each kind once."""

    __tablename__ = "programme_column"

    programme_id: UUID = Field(foreign_key="programme.id", primary_key=True)
    kind: ColumnKind = Field(primary_key=True, sa_type=values_of(ColumnKind))
    question: str
    position: int


class Theme(SQLModel, table=True):
    """What is explored, in the programme's order."""

    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    name: str
    position: int


class Agency(SQLModel, table=True):
    """A member organisation. ``parent`` names what it sits under (Health); counts are by both, never by spelling."""

    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    name: str
    parent: str | None = None
    aliases: list[str] = Field(default_factory=list, sa_type=JSON)
    position: int
