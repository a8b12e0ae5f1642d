"""The practice scale: a question from 0 to 10 with written anchors, and what people answered."""

from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel


class PracticeScale(SQLModel, table=True):
    """A programme's scale about one theme, or about the whole (no theme). Nobody is asked before both anchors are set.

    Adapted from Signs of Safety's scaling questions, which judge a child's safety; this one judges practice.
    """

    __tablename__ = "practice_scale"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    programme_id: UUID = Field(foreign_key="programme.id", index=True)
    theme_id: UUID | None = Field(default=None, foreign_key="theme.id", index=True)
    question: str = ""
    lowest: str = ""
    highest: str = ""


class ScaleAnswer(SQLModel, table=True):
    """What a participant answered in a focus group. ``asking``: the how-manieth time the room was asked, from 1.

    ``not_lower``: what makes it that and not lower; ``one_higher``: what would make it one higher. Both are raw words
    and go with them. ``taken_over_as``: the point that was made of ``one_higher`` last, whatever was written
    there since.
    """

    __tablename__ = "scale_answer"

    scale_id: UUID = Field(foreign_key="practice_scale.id", primary_key=True)
    focus_group_id: UUID = Field(foreign_key="focus_group.id", primary_key=True, index=True)
    asking: int = Field(primary_key=True)
    participant_id: UUID = Field(foreign_key="participant.id", primary_key=True, index=True)
    value: int
    not_lower: str | None = None
    one_higher: str | None = None
    taken_over_as: UUID | None = Field(default=None, foreign_key="contribution.id", index=True)
