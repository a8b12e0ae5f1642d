"""What people wrote."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, Index, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from workshop.database import UtcDateTime, now, values_of
from workshop.programmes.models import ColumnKind


class Contribution(SQLModel, table=True):
    """One point, one theme, one column, by one participant or from the room (no participant, an agency or none).

    ``client_id``: the UUID made in the form. ``first_words``: keyed hash of the words first sent; it outlives editing
    and deleting until archiving, so that a late retry revives nothing. ``words``: keyed hash of the words now, null
    when they are gone. ``text`` is null once deleted or purged. ``revision``: the board's revision of its last change.
    ``number``: its place in the group's order of arrival. ``finding_position``: its place in its finding, where a
    programme file gave it one; the others follow in order of arrival. ``is_held``: the facilitator alone reads it until
    it is released; ``held_for``: kinds of what looked like identifying somebody, separated by commas. ``was_reworded``:
    the facilitator put other words in place of the author's. ``answered_at``: when somebody said of these words whether
    they tell of a child who may be at risk; null: nobody has.
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
    is_held: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    held_for: str = Field(default="", sa_column_kwargs={"server_default": ""})
    was_reworded: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_deleted: bool = False
    revision: int
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finding_id: UUID | None = Field(default=None, foreign_key="finding.id", index=True)
    finding_position: int | None = None


class MeToo(SQLModel, table=True):
    """A participant says that a revealed point of somebody else's is true of them too: evidence, not a vote."""

    __tablename__ = "me_too"

    contribution_id: UUID = Field(foreign_key="contribution.id", primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", primary_key=True, index=True)


class Concern(SQLModel, table=True):
    """A point that tells of a child who may be at risk: its ``words`` stay until it is passed on, whatever happens.

    ``contribution_id`` is null once the point itself is gone. ``passed_on_to`` and ``passed_on_at`` say that it was;
    ``passed_on_at`` is when it happened, not when it was recorded. ``words`` are null once retention took them.
    """

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    focus_group_id: UUID = Field(foreign_key="focus_group.id", index=True)
    contribution_id: UUID | None = Field(default=None, foreign_key="contribution.id", index=True)
    words: str | None
    raised_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    raised_by: UUID | None = Field(default=None, foreign_key="account.id", index=True, ondelete="SET NULL")
    passed_on_to: str = ""
    passed_on_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    passed_on_by: UUID | None = Field(default=None, foreign_key="account.id", index=True, ondelete="SET NULL")


class OpenQuestion(SQLModel, table=True):
    """The words of a held or hidden point, kept although it went: nobody had said whether they tell of a child at risk.

    Its author took them back, or the group's words went on their date. It goes when somebody answers: no destroys the
    words, yes makes them a Concern. Nothing in it leads to the point, its device or its agency. ``kept_on``: the day.
    """

    __tablename__ = "open_question"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    focus_group_id: UUID = Field(foreign_key="focus_group.id", index=True)
    words: str
    kept_on: date


class WordsGone(SQLModel, table=True):
    """Somebody's words went from a table, but not yet from the bytes of the database's files: the next run's work."""

    __tablename__ = "words_gone"

    id: UUID = Field(default_factory=uuid4, primary_key=True)


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
