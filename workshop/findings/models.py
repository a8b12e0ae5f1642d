"""What the contributions say: alike points of one theme and column under a heading a person chose."""

from uuid import UUID, uuid4

from sqlalchemy import false
from sqlmodel import Field, SQLModel

from workshop.database import values_of
from workshop.programmes.models import ColumnKind


class Finding(SQLModel, table=True):
    """A heading over contributions. With ``focus_group_id`` a room's own; ``parent_id`` puts it under a programme's."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    theme_id: UUID = Field(foreign_key="theme.id", index=True)
    column: ColumnKind = Field(sa_type=values_of(ColumnKind))
    focus_group_id: UUID | None = Field(default=None, foreign_key="focus_group.id")
    parent_id: UUID | None = Field(default=None, foreign_key="finding.id", index=True)
    heading: str
    position: int


class PriorityVote(SQLModel, table=True):
    """One of a participant's votes. ``client_id`` is the UUID of the form that was sent: a second tap votes once.

    A vote that was taken back stays as an empty form, so that a late retry revives nothing.
    """

    __tablename__ = "priority_vote"

    participant_id: UUID = Field(foreign_key="participant.id", primary_key=True)
    client_id: UUID = Field(primary_key=True)
    finding_id: UUID = Field(foreign_key="finding.id", index=True)
    is_taken_back: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class RefusedSuggestion(SQLModel, table=True):
    """A proposed group that a person refused; ``members`` is a hash over the ids of its points."""

    __tablename__ = "refused_suggestion"

    focus_group_id: UUID = Field(foreign_key="focus_group.id", primary_key=True)
    members: bytes = Field(primary_key=True)
