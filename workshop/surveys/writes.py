"""Setting a practice scale's words, and answering it."""

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from sqlalchemy import delete, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.gone import note_words_gone
from workshop.contributions.models import Contribution
from workshop.database import now
from workshop.facts import NotFound, Refused
from workshop.focus_groups.models import Audience, FocusGroup, Participant, RunSheetStep
from workshop.focus_groups.stage import IN_SESSION, is_within_dates
from workshop.focus_groups.writes import raise_revision
from workshop.programmes.models import Programme, Theme
from workshop.surveys.models import PracticeScale, ScaleAnswer
from workshop.surveys.queries import asked_now, has_answers, own_answer, scale_about
from workshop.text import normalised

LONGEST = 500


class NotAsked(Refused):
    """The room is not asked this at the moment."""


class ScaleAnswered(Refused):
    """People have answered: their numbers would mean something else."""


@dataclass(frozen=True, slots=True)
class ScaleWords:
    """A scale in words: the question, and what 0 and 10 mean."""

    question: str
    lowest: str
    highest: str

    @classmethod
    def typed(cls, question: str, lowest: str, highest: str) -> Self:
        """Normalised as every text; the question in one line."""
        return cls(" ".join(normalised(question).split()), normalised(lowest), normalised(highest))

    @classmethod
    def of(cls, scale: PracticeScale) -> Self:
        """As the scale has them now."""
        return cls(scale.question, scale.lowest, scale.highest)

    @property
    def problems(self) -> dict[str, str]:
        """Field → why nobody can be asked yet; nothing when they can."""
        missing = {"question": "Write the question", "lowest": "Write what 0 means", "highest": "Write what 10 means"}
        found = {field: sentence for field, sentence in missing.items() if not getattr(self, field)}
        for field in missing:
            if (count := len(getattr(self, field))) > LONGEST:
                found[field] = f"This has {count:,} characters. Shorten it to {LONGEST:,} or fewer."
        return found


@dataclass(frozen=True, slots=True)
class Answer:
    """One device's answer to ``asking`` of a scale; the texts are normalised, empty where nothing was written."""

    scale_id: UUID
    asking: int
    value: int
    not_lower: str = ""
    one_higher: str = ""


async def set_scale(db: AsyncSession, programme_id: UUID, theme_id: UUID | None, words: ScaleWords) -> PracticeScale:
    """The programme's scale about a theme, or about the whole, in these words.

    Raises Refused beside a part that is empty or too long, NotFound (no such theme) or ScaleAnswered.
    """
    for field, sentence in words.problems.items():
        raise Refused(sentence, field)
    # The programme's row first: two who set the same scale make one.
    await db.exec(select(Programme.id).where(Programme.id == programme_id).with_for_update())
    theme = await db.get(Theme, theme_id) if theme_id else None
    if theme_id and (theme is None or theme.programme_id != programme_id):
        message = "This theme is no longer part of the programme"
        raise NotFound(message, "theme")
    scale = await scale_about(db, programme_id, theme_id) or PracticeScale(programme_id=programme_id, theme_id=theme_id)
    if ScaleWords.of(scale) != words:
        if await has_answers(db, scale.id):
            message = "People have answered this already, so its words can no longer change."
            raise ScaleAnswered(message)
        scale.question, scale.lowest, scale.highest = words.question, words.lowest, words.highest
        db.add(scale)
        await db.flush()  # what follows may read it in SQL
    return scale


async def refuse_other_words(db: AsyncSession, programme_id: UUID, theme_id: UUID | None, words: ScaleWords) -> None:
    """Raise Refused where the scale has other words: one room's facilitator would change them for all rooms."""
    scale = await scale_about(db, programme_id, theme_id)
    if scale is not None and ScaleWords.of(scale) != words:
        message = "These words are the whole programme’s, and set already. Ask a coordinator to change them"
        raise Refused(message, "question")


async def answer_scale(db: AsyncSession, participant: Participant, answer: Answer) -> ScaleAnswer:
    """Keep the participant's answer, in place of an earlier one to the same asking. Raises NotAsked.

    Words that were taken over as a point are not kept twice: they are that point's now.
    """
    query = select(FocusGroup).where(FocusGroup.id == participant.focus_group_id).with_for_update()
    focus_group = (await db.exec(query)).one()
    asked = await asked_now(db, focus_group)
    is_asked = asked is not None and (asked.scale.id, asked.asking) == (answer.scale_id, answer.asking)
    if asked is None or not is_asked or not may_answer(focus_group):
        message = "The room is no longer asked this, so your answer could not be saved."
        raise NotAsked(message)
    kept = await own_answer(db, asked, focus_group.id, participant.id)
    point = await db.get(Contribution, kept.taken_over_as) if kept and kept.taken_over_as else None
    is_a_point = point is not None and point.text == answer.one_higher
    texts = answer.not_lower or None, None if is_a_point else answer.one_higher or None
    if kept is None:
        # From now on this step is that asking, whatever becomes of the others of the run sheet.
        numbered = update(RunSheetStep).where(col(RunSheetStep.id) == focus_group.step_id)
        await db.exec(numbered.values(asking=answer.asking))
        kept = ScaleAnswer(
            scale_id=answer.scale_id,
            focus_group_id=focus_group.id,
            asking=answer.asking,
            participant_id=participant.id,
            value=answer.value,
        )
    elif (kept.value, kept.not_lower, kept.one_higher) == (answer.value, *texts):
        return kept
    elif kept.not_lower or kept.one_higher:
        note_words_gone(db)
    kept.value, kept.not_lower, kept.one_higher = answer.value, *texts
    db.add(kept)
    await db.flush()  # the answer before whoever looks at the raised revision
    await raise_revision(db, focus_group.id, Audience.BOARD, Audience.PROJECTOR)
    return kept


async def forget_answers(db: AsyncSession, focus_group_id: UUID) -> int:
    """Destroy the words of a focus group's answers; the numbers stay. Returns how many answers had words."""
    has_words = or_(col(ScaleAnswer.not_lower).is_not(None), col(ScaleAnswer.one_higher).is_not(None))
    query = update(ScaleAnswer).where(col(ScaleAnswer.focus_group_id) == focus_group_id, has_words)
    return int((await db.exec(query.values(not_lower=None, one_higher=None))).rowcount)


async def forget_scales_of_theme(db: AsyncSession, theme_id: UUID) -> None:
    """Remove the scale about a theme that is being removed; one that was answered holds it."""
    await db.exec(delete(PracticeScale).where(col(PracticeScale.theme_id) == theme_id))


async def forget_points_of_answers(db: AsyncSession, points: Any) -> None:
    """The answers that were taken over as ``points`` (a query for ids) do without them, since their rows go."""
    taken_over = update(ScaleAnswer).where(col(ScaleAnswer.taken_over_as).in_(points))
    await db.exec(taken_over.values(taken_over_as=None).execution_options(synchronize_session=False))


def may_answer(focus_group: FocusGroup) -> bool:
    """Whether the room is in session now."""
    return focus_group.phase in IN_SESSION and is_within_dates(focus_group, now())
