"""The record that remains when raw words go."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from workshop.database import UtcDateTime, now


class DeletionRecord(SQLModel, table=True):
    """What went, when, by whose decision (null: the retention date), as counts; never the words.

    It names its programme in words, not by key: it outlives the programme. ``compacted_at``: when the words had gone
    from the bytes of the database's files too; null: the next run does it.
    """

    __tablename__ = "deletion_record"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    partnership_id: UUID = Field(foreign_key="partnership.id", index=True)
    programme: str
    subject: str
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    reason: str
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    compacted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BackupRecord(SQLModel, table=True):
    """One run of ``workshop backup``: deletion records name those that may still hold what went.

    ``file_name`` is the last part of the path that was asked for.
    """

    __tablename__ = "backup_record"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    file_name: str
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
