"""What people wrote."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from workshop.database import UtcDateTime, now, values_of
from workshop.programmes.models import ColumnKind


class Contribution(SQLModel, table=True):
    """One point, one theme, one column, by one participant or from the room (no participant, an agency or none).

    ``client_id``: the UUID made in the form. ``first_words``: keyed hash of the words first sent; it outlives editing
    and deleting until archiving, so that a late retry revives nothing. ``words``: keyed hash of the words now, null
    when they are gone. ``text`` is null once deleted or purged. ``revision``: the board's revision of its last change.
    ``number``: its place in the group's order of arrival. ``finding_position``: its place in its finding, where a
    programme file gave it one; the others follow in order of arrival.
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
    finding_position: int | None = None


class PendingImport(SQLModel, table=True):
    """An uploaded file between its preview and its import. It holds RAW WORDS, for an hour at most.

    It goes when it is imported or cancelled, after an hour, and with its focus group's words
    (``forget_pending_imports``). ``sheet``: header and rows of a file with one person a row, without the columns that
    say who wrote; null for one point a row. ``points``: the rows as points, as far as they were mended; null until the
    sheet's columns are mapped. ``left_out``: headings of columns that were not kept.
    """

    __tablename__ = "pending_import"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    focus_group_id: UUID = Field(foreign_key="focus_group.id", index=True, ondelete="CASCADE")
    account_id: UUID = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    sheet: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    points: list[dict[str, Any]] | None = Field(default=None, sa_type=JSON)
    left_out: list[str] = Field(default_factory=list, sa_type=JSON)
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
