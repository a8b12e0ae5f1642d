"""Whether held and hidden points tell of a child who may be at risk, answered before their date or after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.concerns import settle_concern
from workshop.contributions.models import Concern
from workshop.contributions.questions import open_questions, unanswered_points
from workshop.focus_groups.models import Audience, FocusGroup
from workshop.focus_groups.writes import raise_revision
from workshop.retention.models import DeletionRecord
from workshop.retention.records import record_of_group

NO_CHILD_AT_RISK = "Somebody answered that they tell of no child who may be at risk"


@dataclass(frozen=True, slots=True)
class Answered:
    """What the answers came to: concerns made, points that are none, points that have changed since they were shown.

    ``record``: of words that were destroyed; None when none were.
    """

    concerns: int
    others: int
    missed: int
    record: DeletionRecord | None = None


async def answer_questions(
    db: AsyncSession, focus_group_id: UUID, answers: Mapping[UUID, bool], *, seen: int, account_id: UUID
) -> Answered:
    """Yes or no for each of a group's held or hidden points, by id.

    A point that is there: yes makes a concern, no is noted, and it stays as it is; one that has changed since the
    board's revision ``seen`` is left out. An open question: yes makes the kept words a concern, no destroys them.
    """
    # The group's row first, as everywhere: a purge and this never pass each other.
    focus_group = (await db.exec(select(FocusGroup).where(FocusGroup.id == focus_group_id).with_for_update())).one()
    points = {point.id: point for point in await unanswered_points(db, focus_group_id) if point.revision <= seen}
    questions = {question.id: question for question in await open_questions(db, focus_group_id)}
    of_points = {each: answer for each, answer in answers.items() if each in points}
    of_questions = {each: answer for each, answer in answers.items() if each in questions}
    for each, is_concern in of_points.items():
        await settle_concern(db, points[each], is_concern=is_concern, account_id=account_id)
    for each, is_concern in of_questions.items():
        if is_concern:
            db.add(Concern(focus_group_id=focus_group_id, words=questions[each].words, raised_by=account_id))
        await db.delete(questions[each])
    found = [*of_points.values(), *of_questions.values()]
    return Answered(
        concerns=sum(found),
        others=len(found) - sum(found),
        missed=len(answers) - len(found),
        record=await _record_of(db, focus_group, list(of_questions.values()), account_id),
    )


async def _record_of(
    db: AsyncSession, focus_group: FocusGroup, answers: list[bool], account_id: UUID
) -> DeletionRecord | None:
    """Once open questions are answered: the group's boards count them anew, and what was destroyed has a record."""
    if answers and focus_group.purged_at is None:
        await raise_revision(db, focus_group.id, Audience.BOARD)
    concerns = sum(answers)
    if concerns == len(answers):
        return None
    counts = {"questions": len(answers) - concerns, "open_concerns": concerns}
    return await record_of_group(
        db, focus_group, counts, NO_CHILD_AT_RISK, account_id, subject="Held and hidden points of"
    )
