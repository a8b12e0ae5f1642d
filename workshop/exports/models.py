"""Who took what out, and when: every export is logged."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from workshop.database import UtcDateTime, now


class ExportRecord(SQLModel, table=True):
    """One export of a programme. ``account_id`` is null for the command line; ``kind`` is csv, xlsx, json or html."""

    __tablename__ = "export_record"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    kind: str
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
