"""The record that remains when raw words go."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from workshop.database import UtcDateTime, now


class DeletionRecord(SQLModel, table=True):
    """What went, when, by whose decision (null: the retention date), as counts; never the words.

    It names its programme in words, not by key: it outlives the programme.
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
