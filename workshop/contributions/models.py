"""What people wrote."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from workshop.database import UtcDateTime, values_of
from workshop.programmes.models import ColumnKind


class Contribution(SQLModel, table=True):
    """One point, one theme, one column, by one participant or from the room (no participant, an agency or none).

    ``client_id``: the UUID made in the form. ``first_words``: keyed hash of the words first sent; it outlives editing
    and deleting until archiving, so that a late retry revives nothing. ``words``: keyed hash of the words now, null
    when they are gone. ``text`` is null once deleted or purged. ``revision``: the board's revision of its last change.
    ``number``: its place in the group's order of arrival.
    """

    __table_args__ = (
        UniqueConstraint("participant_id", "client_id"),
        UniqueConstraint("participant_id", "theme_id", "column", "words"),
        Index("ix_contribution_board", "focus_group_id", "theme_id", "revision"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    focus_group_id: UUID = Field(foreign_key="focus_group.id")
    theme_id: UUID = Field(foreign_key="theme.id", index=True)
    column: ColumnKind = Field(sa_type=values_of(ColumnKind))
    participant_id: UUID | None = Field(default=None, foreign_key="participant.id")
    agency_id: UUID | None = Field(default=None, foreign_key="agency.id", index=True)
    client_id: UUID
    number: int
    text: str | None
    first_words: bytes | None = None
    words: bytes | None = None
    is_hidden: bool = False
    is_deleted: bool = False
    revision: int
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finding_id: UUID | None = Field(default=None, foreign_key="finding.id", index=True)
