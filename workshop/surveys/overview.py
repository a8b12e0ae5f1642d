"""A practice scale as its facilitator sees it: how each asking was answered, never by whom."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.surveys.models import ScaleAnswer
from workshop.surveys.queries import answers_to
from workshop.surveys.spread import FEWEST_SHOWN, Plot, Spread, plot_of, spread_of
from workshop.surveys.taking_over import key_of


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """The words of an answer; ``value`` is none while there are so few that it would tell whose they are."""

    key: UUID
    value: int | None
    not_lower: str
    one_higher: str
    is_taken_over: bool


@dataclass(frozen=True, slots=True)
class AskingShown:
    """One asking: how many devices answered, the spread where enough did, the answers that have words."""

    asking: int
    answers: int
    spread: Spread | None
    plot: Plot | None
    words: list[AnswerShown]


async def askings_of(db: AsyncSession, focus_group_id: UUID, scale_id: UUID) -> list[AskingShown]:
    """Every asking that somebody answered, in order; their plots can stand side by side."""
    answers = await answers_to(db, focus_group_id, scale_id)
    spreads = {asking: spread_of((each.value for each in given), FEWEST_SHOWN) for asking, given in answers.items()}
    tallest = max((spread.tallest for spread in spreads.values() if spread), default=0)
    return [
        AskingShown(
            asking=asking,
            answers=len(given),
            spread=(spread := spreads[asking]),
            plot=plot_of(spread, tallest) if spread else None,
            words=[_shown(each, has_value=spread is not None) for each in given if has_words(each)],
        )
        for asking, given in answers.items()
    ]


def has_words(answer: ScaleAnswer) -> bool:
    """Whether there is anything to read, or was before it was taken over."""
    return bool(answer.not_lower or answer.one_higher or answer.taken_over_as)


def _shown(answer: ScaleAnswer, *, has_value: bool) -> AnswerShown:
    return AnswerShown(
        key=key_of(answer),
        value=answer.value if has_value else None,
        not_lower=answer.not_lower or "",
        one_higher=answer.one_higher or "",
        is_taken_over=answer.taken_over_as is not None,
    )
