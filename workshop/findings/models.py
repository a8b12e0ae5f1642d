"""What the contributions say: alike points of one theme and column under a heading a person chose."""

from uuid import UUID, uuid4

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
