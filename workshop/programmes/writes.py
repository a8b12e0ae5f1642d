"""A programme's rules and writes."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.facts import Refused
from workshop.programmes.frameworks import FRAMEWORKS, SIGNS_OF_SAFETY, Questions
from workshop.programmes.models import Agency, ColumnKind, Programme, ProgrammeColumn, Theme


class TitleTaken(Refused):
    """Titles are unique in a partnership."""


async def make_programme(
    db: AsyncSession,
    programme: Programme,
    *,
    questions: Questions | None = None,
    themes: Sequence[str] = (),
    agencies: Sequence[tuple[str, str | None]] = (),
) -> Programme:
    """Store a new programme with its columns, themes and agencies (name, parent), in the order given."""
    await refuse_taken_title(db, programme.partnership_id, programme.title)
    db.add(programme)
    await db.flush()  # its id is a foreign key of what follows
    questions = questions or FRAMEWORKS[SIGNS_OF_SAFETY][1]
    db.add_all(
        ProgrammeColumn(programme_id=programme.id, kind=ColumnKind(kind), question=question, position=position)
        for position, (kind, question) in enumerate(questions.items())
    )
    db.add_all(Theme(programme_id=programme.id, name=name, position=i) for i, name in enumerate(themes))
    db.add_all(
        Agency(programme_id=programme.id, name=name, parent=parent, position=i)
        for i, (name, parent) in enumerate(agencies)
    )
    await db.flush()  # so that a reader of the same transaction finds them
    return programme


async def refuse_taken_title(db: AsyncSession, partnership_id: UUID, title: str, but_for: UUID | None = None) -> None:
    """Raise TitleTaken when another programme of the partnership bears ``title``."""
    query = select(Programme.id).where(Programme.partnership_id == partnership_id, Programme.title == title)
    if any(found != but_for for found in await db.exec(query)):
        message = f"There is a programme called “{title}” already. Choose another title, for instance with the year."
        raise TitleTaken(message, "title")
