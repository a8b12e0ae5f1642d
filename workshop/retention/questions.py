"""Whether held and hidden points tell of a child who may be at risk, answered before their date or after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.concerns import settle_concern
from workshop.contributions.models import Concern
from workshop.contributions.questions import open_questions, unanswered_points
from workshop.focus_groups.models import FocusGroup
from workshop.retention.models import DeletionRecord
from workshop.retention.records import record_of_group

NO_CHILD_AT_RISK = "Somebody answered that they tell of no child who may be at risk"


@dataclass(frozen=True, slots=True)
class Answered:
    """What the answers came to: concerns made, points that are none, points that have changed since they were shown.

    ``record``: of words that were destroyed; None while the group's words are there.
    """

    concerns: int
    others: int
    missed: int
    record: DeletionRecord | None = None


async def answer_questions(
    db: AsyncSession, focus_group_id: UUID, answers: Mapping[UUID, bool], *, seen: int, account_id: UUID
) -> Answered:
    """Yes or no for each of a group's held or hidden points, by id.

    Before the group's words went: yes makes a concern, no is noted, and the point stays as it is; one that has changed
    since the board's revision ``seen`` is left out. Afterwards (ids of open questions): yes makes the kept words a
    concern, no destroys them.
    """
    # The group's row first, as everywhere: a purge and this never pass each other.
    focus_group = (await db.exec(select(FocusGroup).where(FocusGroup.id == focus_group_id).with_for_update())).one()
    if focus_group.purged_at is None:
        points = {point.id: point for point in await unanswered_points(db, focus_group_id) if point.revision <= seen}
        found = {each: answer for each, answer in answers.items() if each in points}
        for each, is_concern in found.items():
            await settle_concern(db, points[each], is_concern=is_concern, account_id=account_id)
        return _came_to(found, answers)
    questions = {question.id: question for question in await open_questions(db, focus_group_id)}
    found = {each: answer for each, answer in answers.items() if each in questions}
    for each, is_concern in found.items():
        if is_concern:
            db.add(Concern(focus_group_id=focus_group_id, words=questions[each].words, raised_by=account_id))
        await db.delete(questions[each])
    came_to = _came_to(found, answers)
    if not came_to.others:
        return came_to
    counts = {"questions": came_to.others, "open_concerns": came_to.concerns}
    record = await record_of_group(
        db, focus_group, counts, NO_CHILD_AT_RISK, account_id, subject="Held and hidden points of"
    )
    return Answered(came_to.concerns, came_to.others, came_to.missed, record)


def _came_to(found: Mapping[UUID, bool], answers: Mapping[UUID, bool]) -> Answered:
    concerns = sum(found.values())
    return Answered(concerns, len(found) - concerns, len(answers) - len(found))
