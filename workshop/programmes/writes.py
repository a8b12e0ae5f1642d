"""A programme's rules and writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.facts import Refused
from workshop.programmes.agency_names import NewAgency, refuse_ambiguous_names, spelt_alike
from workshop.programmes.frameworks import FRAMEWORKS, SIGNS_OF_SAFETY, Questions
from workshop.programmes.models import Agency, ColumnKind, GroupWord, Programme, ProgrammeColumn, Theme
from workshop.programmes.promises import refuse_later_deletion, refuse_lower_minimum
from workshop.programmes.queries import columns_of
from workshop.programmes.rounds import refuse_foreign_or_circular_round
from workshop.programmes.themes import refuse_repeated_themes
from workshop.text import counted


class TitleTaken(Refused):
    """Titles are unique in a partnership."""


class QuestionAnswered(Refused):
    """People have answered a question; without it their answers would mean nothing."""


@dataclass(frozen=True, slots=True)
class Details:
    """What a programme is about and what it asks people who join."""

    title: str
    purpose: str
    group_word: GroupWord
    eligibility_question: str
    asks_role: bool
    previous_id: UUID | None


@dataclass(frozen=True, slots=True)
class Privacy:
    """What people are told before they join, and what is kept of what they write."""

    controller: str
    privacy_notice_url: str
    safeguarding_contacts: str
    retention_days: int
    minimum_count: int


async def make_programme(
    db: AsyncSession,
    programme: Programme,
    *,
    questions: Questions | None = None,
    themes: Sequence[str] = (),
    agencies: Sequence[tuple[str, str | None] | NewAgency] = (),
) -> Programme:
    """Store a new programme with its columns, themes and agencies (name, parent, aliases), in the order given.

    Raises TitleTaken, ThemeTaken, NameTaken or RoundsGoInCircles.
    """
    named = [NewAgency(*agency) for agency in agencies]
    refuse_repeated_themes(themes)
    refuse_ambiguous_names(named)
    await refuse_taken_title(db, programme.partnership_id, programme.title)
    await refuse_foreign_or_circular_round(db, programme.partnership_id, None, programme.previous_id)
    db.add(programme)
    await db.flush()  # its id is a foreign key of what follows
    questions = questions or FRAMEWORKS[SIGNS_OF_SAFETY][1]
    db.add_all(
        ProgrammeColumn(programme_id=programme.id, kind=ColumnKind(kind), question=question, position=position)
        for position, (kind, question) in enumerate(questions.items())
    )
    db.add_all(Theme(programme_id=programme.id, name=name, position=i) for i, name in enumerate(themes))
    db.add_all(
        Agency(
            programme_id=programme.id,
            name=agency.name,
            parent=spelt_alike(agency.parent, (other.parent for other in named)),
            aliases=list(agency.aliases),
            position=i,
        )
        for i, agency in enumerate(named)
    )
    await db.flush()  # so that a reader of the same transaction finds them
    return programme


async def change_details(db: AsyncSession, programme: Programme, new: Details, *, answers: int) -> None:
    """Change what the programme is about. ``answers``: how many people answered its eligibility question.

    Raises TitleTaken, RoundsGoInCircles or QuestionAnswered.
    """
    await refuse_taken_title(db, programme.partnership_id, new.title, but_for=programme.id)
    await refuse_foreign_or_circular_round(db, programme.partnership_id, programme.id, new.previous_id)
    if answers and programme.eligibility_question and not new.eligibility_question:
        who = counted(answers, "person has", "people have")
        message = f"{who} answered this question, so it can be reworded but not taken away"
        raise QuestionAnswered(message, "eligibility_question")
    programme.title, programme.purpose = new.title, new.purpose
    programme.group_word, programme.previous_id = new.group_word, new.previous_id
    programme.eligibility_question, programme.asks_role = new.eligibility_question, new.asks_role
    db.add(programme)


async def change_privacy(db: AsyncSession, programme: Programme, new: Privacy, *, has_anyone_joined: bool) -> None:
    """Change what people are told and how long words are kept. Raises PromiseBroken."""
    refuse_lower_minimum(programme.minimum_count, new.minimum_count, has_anyone_joined=has_anyone_joined)
    refuse_later_deletion(programme.retention_days, new.retention_days, has_anyone_joined=has_anyone_joined)
    programme.controller = new.controller
    programme.privacy_notice_url = new.privacy_notice_url
    programme.safeguarding_contacts = new.safeguarding_contacts
    programme.retention_days, programme.minimum_count = new.retention_days, new.minimum_count
    db.add(programme)


async def reword_columns(db: AsyncSession, programme_id: UUID, questions: Questions) -> None:
    """Put other questions to the three columns; each keeps its kind, its place and what was written under it."""
    for column in await columns_of(db, programme_id):
        column.question = questions[column.kind]
        db.add(column)


async def refuse_taken_title(db: AsyncSession, partnership_id: UUID, title: str, but_for: UUID | None = None) -> None:
    """Raise TitleTaken when another programme of the partnership bears ``title``."""
    query = select(Programme.id).where(Programme.partnership_id == partnership_id, Programme.title == title)
    if any(found != but_for for found in await db.exec(query)):
        message = f"There is a programme called “{title}” already. Choose another title, for instance with the year."
        raise TitleTaken(message, "title")
