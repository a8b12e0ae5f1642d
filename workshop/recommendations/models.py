"""What is to happen, and every step by which it was worded, so that each can be undone."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from workshop.database import UtcDateTime, now


class Recommendation(SQLModel, table=True):
    """What practitioners say needs to happen, worded for the board; under one theme or none.

    ``left_out`` holds the reason why it is not in the list; null: it is.
    """

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    theme_id: UUID | None = Field(default=None, foreign_key="theme.id", index=True)
    text: str
    position: int
    left_out: str | None = None


class RecommendationFinding(SQLModel, table=True):
    """A finding that is evidence for a recommendation."""

    __tablename__ = "recommendation_finding"

    recommendation_id: UUID = Field(foreign_key="recommendation.id", primary_key=True)
    finding_id: UUID = Field(foreign_key="finding.id", primary_key=True, index=True)
    position: int


class Step(SQLModel, table=True):
    """One change to a programme's findings and recommendations: the rows before and after, so that it can be undone.

    ``changes``: a list of ``{"table", "key", "before", "after"}``; ``before`` or ``after`` is null where the row was
    made or removed. No contribution's words are ever in it, only ids. Undone steps can be done again until a new one
    is taken. ``focus_group_id``: the room in which it was taken (no foreign key: the room may be
    removed); null: at the desk.
    """

    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    number: int
    account_id: UUID | None = Field(default=None, foreign_key="account.id")
    focus_group_id: UUID | None = None
    verb: str
    is_undone: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    changes: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
