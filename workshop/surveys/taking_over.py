"""What would make it one higher becomes a point of what needs to happen, of whoever answered so."""

from uuid import UUID, uuid4, uuid5

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.identifiers import LookedThrough, held_for
from workshop.contributions.models import Contribution
from workshop.contributions.room import locked_focus_group
from workshop.database import now
from workshop.facts import NotFound, Refused
from workshop.focus_groups.models import Audience
from workshop.focus_groups.writes import raise_revision
from workshop.programmes.models import ColumnKind, Theme
from workshop.surveys.models import PracticeScale, ScaleAnswer
from workshop.text import keyed_hash


class NothingToTakeOver(Refused):
    """Nothing was written there, or its words are gone."""


def key_of(answer: ScaleAnswer) -> UUID:
    """What a page calls an answer by. It tells nothing of who gave it, nor which others are the same participant's."""
    return uuid5(answer.participant_id, f"{answer.scale_id}:{answer.asking}")


async def answer_called(db: AsyncSession, focus_group_id: UUID, scale_id: UUID, key: UUID) -> ScaleAnswer:
    """The answer of the focus group with this key. Raises NotFound."""
    query = select(ScaleAnswer).where(ScaleAnswer.focus_group_id == focus_group_id, ScaleAnswer.scale_id == scale_id)
    for answer in await db.exec(query):
        if key_of(answer) == key:
            return answer
    message = "This answer has been changed meanwhile. Look again."
    raise NotFound(message)


async def take_over(
    db: AsyncSession,
    focus_group_id: UUID,
    scale_id: UUID,
    answer_key: UUID,
    theme_id: UUID | None,
    key: bytes,
    looked: LookedThrough | None = None,
) -> Contribution:
    """The point made of the answer, once only: the same point again when it was made before.

    Whoever writes there anew afterwards has said something else: another point.

    ``theme_id`` counts where the scale is about the whole; ``key`` keys the hash of the words. Words that look as if
    they identified somebody are held, as in any point; ``looked`` says so of them, unless they are others by now.
    Raises FocusGroupArchived, NotFound, NothingToTakeOver, or Refused without a theme.
    """
    focus_group = await locked_focus_group(db, focus_group_id)
    answer = await answer_called(db, focus_group_id, scale_id, answer_key)
    if answer.taken_over_as is not None and not answer.one_higher:
        return await db.get_one(Contribution, answer.taken_over_as)
    if not answer.one_higher:
        message = "There are no words here to take over."
        raise NothingToTakeOver(message)
    theme = await _theme_of_point(db, await db.get_one(PracticeScale, scale_id), theme_id)
    words = keyed_hash(key, answer.one_higher)
    point = await _same_point(db, answer, theme.id, words)
    if point is None:
        focus_group.last_number += 1
        db.add(focus_group)
        await db.flush()  # the revision is raised in SQL, on the same row
        if looked is None or looked.text != answer.one_higher:
            looked = LookedThrough(answer.one_higher, held_for(answer.one_higher))
        point = Contribution(
            focus_group_id=focus_group_id,
            theme_id=theme.id,
            column=ColumnKind.NEEDS_TO_HAPPEN,
            participant_id=answer.participant_id,
            client_id=uuid4(),
            number=focus_group.last_number,
            text=answer.one_higher,
            is_held=bool(looked.held_for),
            held_for=looked.held_for,
            first_words=words,
            words=words,
            revision=await raise_revision(db, focus_group_id, Audience.BOARD, Audience.PROJECTOR),
            created_at=now(),
        )
        db.add(point)
        await db.flush()  # the answer refers to it
    # The words move, so that whatever is done to the point is done to them: reworded, hidden, deleted at its date.
    answer.taken_over_as, answer.one_higher = point.id, None
    db.add(answer)
    return point


async def _theme_of_point(db: AsyncSession, scale: PracticeScale, theme_id: UUID | None) -> Theme:
    """The scale's theme; of one about the whole, the programme's theme that was chosen."""
    chosen = scale.theme_id or theme_id
    theme = await db.get(Theme, chosen) if chosen else None
    if theme is None or theme.programme_id != scale.programme_id:
        message = "Choose the theme that it goes under"
        raise Refused(message, "theme")
    return theme


async def _same_point(db: AsyncSession, answer: ScaleAnswer, theme_id: UUID, words: bytes) -> Contribution | None:
    """What the participant has said in these words before: nobody's words are two points."""
    query = select(Contribution).where(
        Contribution.participant_id == answer.participant_id,
        Contribution.theme_id == theme_id,
        Contribution.column == ColumnKind.NEEDS_TO_HAPPEN,
        Contribution.words == words,
    )
    return (await db.exec(query)).first()
