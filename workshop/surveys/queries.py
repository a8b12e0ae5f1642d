"""A programme's practice scales, which of them a room is being asked, and what people answered."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.focus_groups.models import FocusGroup, RunSheetStep, StepKind
from workshop.programmes.models import Theme
from workshop.surveys.models import PracticeScale, ScaleAnswer


@dataclass(frozen=True, slots=True)
class Asked:
    """What a room is being asked, and the how-manieth time (from 1)."""

    scale: PracticeScale
    asking: int


async def scales_of(db: AsyncSession, programme_id: UUID) -> list[PracticeScale]:
    """The programme's scales: the one about the whole first, then by theme."""
    query = (
        select(PracticeScale)
        .join(Theme, col(Theme.id) == col(PracticeScale.theme_id), isouter=True)
        .where(PracticeScale.programme_id == programme_id)
        .order_by(col(PracticeScale.theme_id).is_not(None), col(Theme.position), col(PracticeScale.id))
    )
    return list(await db.exec(query))


async def scale_about(db: AsyncSession, programme_id: UUID, theme_id: UUID | None) -> PracticeScale | None:
    """The programme's scale about a theme, or about the whole (no theme); there is at most one."""
    query = select(PracticeScale).where(
        PracticeScale.programme_id == programme_id, col(PracticeScale.theme_id).is_not_distinct_from(theme_id)
    )
    return (await db.exec(query.order_by(col(PracticeScale.id)))).first()


async def asked_now(db: AsyncSession, focus_group: FocusGroup) -> Asked | None:
    """What the present step of the meeting asks; None when it is no scale, or one whose words are not set.

    A step that nobody has answered yet asks once more than was answered before.
    """
    step = await db.get(RunSheetStep, focus_group.step_id) if focus_group.step_id else None
    if step is None or step.kind is not StepKind.SCALE:
        return None
    scale = await scale_about(db, focus_group.programme_id, step.theme_id)
    if scale is None:
        return None
    return Asked(scale, step.asking or await _last_asking(db, focus_group.id, scale.id) + 1)


async def own_answer(db: AsyncSession, asked: Asked, focus_group_id: UUID, participant_id: UUID) -> ScaleAnswer | None:
    """What the participant answered, if they did."""
    return await db.get(ScaleAnswer, (asked.scale.id, focus_group_id, asked.asking, participant_id))


async def answers_to(db: AsyncSession, focus_group_id: UUID, scale_id: UUID) -> dict[int, list[ScaleAnswer]]:
    """Asking → its answers, lowest value first and else in no order that tells anything."""
    query = select(ScaleAnswer).where(ScaleAnswer.focus_group_id == focus_group_id, ScaleAnswer.scale_id == scale_id)
    answers: dict[int, list[ScaleAnswer]] = {}
    # A participant's id is random.
    in_order = query.order_by(col(ScaleAnswer.asking), col(ScaleAnswer.value), col(ScaleAnswer.participant_id))
    for answer in await db.exec(in_order):
        answers.setdefault(answer.asking, []).append(answer)
    return answers


async def values_answered(db: AsyncSession, programme_id: UUID) -> dict[tuple[UUID, UUID], dict[int, list[int]]]:
    """(Scale, focus group) → asking → the values that were answered: no words, nobody's order."""
    query = (
        select(ScaleAnswer.scale_id, ScaleAnswer.focus_group_id, ScaleAnswer.asking, ScaleAnswer.value)
        .join(PracticeScale, col(PracticeScale.id) == col(ScaleAnswer.scale_id))
        .where(PracticeScale.programme_id == programme_id)
        .order_by(col(ScaleAnswer.asking), col(ScaleAnswer.value))
    )
    values: dict[tuple[UUID, UUID], dict[int, list[int]]] = {}
    for scale_id, focus_group_id, asking, value in await db.exec(query):
        values.setdefault((scale_id, focus_group_id), {}).setdefault(asking, []).append(value)
    return values


async def has_answers(db: AsyncSession, scale_id: UUID) -> bool:
    """Whether anybody, in any room, has answered the scale."""
    query = select(func.count()).select_from(ScaleAnswer).where(ScaleAnswer.scale_id == scale_id)
    return (await db.exec(query)).one() > 0


async def count_answers_about(db: AsyncSession, theme_id: UUID) -> int:
    """How many answers there are to the scale about a theme."""
    query = (
        select(func.count())
        .select_from(ScaleAnswer)
        .join(PracticeScale, col(PracticeScale.id) == col(ScaleAnswer.scale_id))
        .where(PracticeScale.theme_id == theme_id)
    )
    return (await db.exec(query)).one()


async def _last_asking(db: AsyncSession, focus_group_id: UUID, scale_id: UUID) -> int:
    query = select(func.max(ScaleAnswer.asking)).where(
        ScaleAnswer.focus_group_id == focus_group_id, ScaleAnswer.scale_id == scale_id
    )
    return (await db.exec(query)).one() or 0
