"""What a heading borrowed of a point goes with that point's words: from the room, and from the undo steps."""

from typing import Any
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.facts import NotFound
from workshop.findings.borrowed import INSTEAD, is_borrowed, might_borrow, reword_borrowed_heading
from workshop.findings.in_room import announce_findings
from workshop.findings.models import Finding
from workshop.focus_groups.models import FocusGroup
from workshop.recommendations.models import Step
from workshop.recommendations.rows import Side
from workshop.recommendations.vote_rows import FINDING


async def point_as_it_stands(db: AsyncSession, focus_group_id: UUID, contribution_id: UUID) -> Contribution:
    """A point before its words go: read under its group's lock, apart from what is written. Raises NotFound."""
    await db.get_one(FocusGroup, focus_group_id, with_for_update=True)
    query = select(Contribution).where(
        Contribution.id == contribution_id, Contribution.focus_group_id == focus_group_id
    )
    point = (await db.exec(query)).first()
    if point is None:
        message = "This point has been deleted already"
        raise NotFound(message)
    db.expunge(point)
    return point


async def forget_borrowed_heading(
    db: AsyncSession, point: Contribution, earlier: str | None, instead: str = INSTEAD
) -> None:
    """After the ``earlier`` words of ``point`` went: a heading in these words goes too, whether or not it is under it.

    ``point``: where it stands, or stood. ``instead``: the words that it has now. No step brings the heading back, of a
    finding that was undone neither. Tells whoever sees it.
    """
    if not earlier:
        return
    await db.flush()  # what the point says now is read in SQL
    query = select(Finding).where(might_borrow(point.focus_group_id, point.theme_id, point.column))
    findings = {finding.id: finding for finding in await db.exec(query)}
    changed = [
        await reword_borrowed_heading(db, finding, earlier, instead, is_under=finding.id == point.finding_id)
        for finding in findings.values()
    ]
    group = await db.get_one(FocusGroup, point.focus_group_id)
    if any(changed):
        await announce_findings(db, group)
    headings = {str(finding.id): finding.heading for finding in findings.values()}
    for step in await db.exec(select(Step).where(Step.programme_id == group.programme_id)):
        changes = [_reworded(change, point, earlier, headings) for change in step.changes]
        if changes != step.changes:
            step.changes = changes
            db.add(step)


def _reworded(change: dict[str, Any], point: Contribution, earlier: str, headings: dict[str, str]) -> dict[str, Any]:
    if change["table"] != FINDING:
        return change
    (key,) = change["key"]
    is_under = key == str(point.finding_id)
    heading = headings.get(key, INSTEAD)
    return {
        **change,
        **{
            side.value: {**row, "heading": heading}
            for side in Side
            if (row := change[side])
            and (is_under or _is_of_place(row, point))
            and row["heading"] != heading
            and is_borrowed(row["heading"], earlier, is_under=is_under)
        },
    }


def _is_of_place(row: dict[str, Any], point: Contribution) -> bool:
    is_of_room = row.get("focus_group_id") in {None, str(point.focus_group_id)}
    return is_of_room and (row.get("theme_id"), row.get("column")) == (str(point.theme_id), point.column)
