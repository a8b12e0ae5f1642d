"""A programme's place in a series: each round points to the one before it."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.facts import Refused
from workshop.programmes.agency_names import NewAgency
from workshop.programmes.frameworks import Questions
from workshop.programmes.models import Programme
from workshop.programmes.queries import agencies_of, columns_of, themes_of


class RoundsGoInCircles(Refused):
    """A programme would come before itself."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a new round takes over from the one before."""

    questions: Questions
    themes: tuple[str, ...]
    agencies: tuple[NewAgency, ...]


async def set_up_of(db: AsyncSession, programme_id: UUID) -> SetUp:
    """The columns' questions, themes and agencies of a programme, in its order."""
    return SetUp(
        questions={column.kind: column.question for column in await columns_of(db, programme_id)},
        themes=tuple(theme.name for theme in await themes_of(db, programme_id)),
        agencies=tuple(
            NewAgency(agency.name, agency.parent, tuple(agency.aliases))
            for agency in await agencies_of(db, programme_id)
        ),
    )


def follow(programme: Programme, previous: Programme) -> None:
    """Make ``programme`` the round after ``previous``: who joins is asked the same, and promised the same."""
    programme.previous_id = previous.id
    programme.eligibility_question, programme.asks_role = previous.eligibility_question, previous.asks_role
    programme.retention_days, programme.minimum_count = previous.retention_days, previous.minimum_count


async def refuse_foreign_or_circular_round(
    db: AsyncSession, partnership_id: UUID, programme_id: UUID | None, previous_id: UUID | None
) -> None:
    """Raise RoundsGoInCircles when ``previous_id`` is not the partnership's, or leads back to ``programme_id``.

    A rehearsal is nobody's round: it goes within hours.
    """
    if previous_id is None:
        return
    query = select(Programme.id, Programme.previous_id).where(
        Programme.partnership_id == partnership_id, col(Programme.rehearsal_of).is_(None)
    )
    before = dict((await db.exec(query)).all())
    if previous_id not in before:
        raise RoundsGoInCircles("Choose a programme from the list", "previous")
    step: UUID | None = previous_id
    while step is not None:
        if step == programme_id:
            raise RoundsGoInCircles("That programme comes after this one. Choose an earlier programme.", "previous")
        step = before.pop(step, None)
