"""What a heading borrowed of a point goes with that point's words: from the room, and from the undo steps."""

from typing import Any
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.findings.borrowed import is_borrowed, reword_borrowed_heading
from workshop.findings.in_room import announce_findings
from workshop.findings.models import Finding
from workshop.focus_groups.models import FocusGroup
from workshop.recommendations.models import Step
from workshop.recommendations.rows import Side
from workshop.recommendations.vote_rows import FINDING


async def forget_borrowed_heading(
    db: AsyncSession, focus_group_id: UUID, finding_id: UUID | None, earlier: str | None, instead: str = ""
) -> None:
    """After the ``earlier`` words of a point under a finding went: a heading in these words goes too.

    ``instead``: the words that the point has now. No step brings the heading back. Tells whoever sees it.
    """
    finding = await db.get(Finding, finding_id) if finding_id else None
    if finding is None or not earlier:
        return
    await db.flush()  # what the point says now is read in SQL
    if await reword_borrowed_heading(db, finding, earlier, instead):
        await announce_findings(db, await db.get_one(FocusGroup, focus_group_id))
    for step in await db.exec(select(Step).where(Step.programme_id == finding.programme_id)):
        changes = [_reworded(change, finding, earlier) for change in step.changes]
        if changes != step.changes:
            step.changes = changes
            db.add(step)


def _reworded(change: dict[str, Any], finding: Finding, earlier: str) -> dict[str, Any]:
    if change["table"] != FINDING or change["key"] != [str(finding.id)]:
        return change
    sides = {side.value: change[side] for side in Side if change[side]}
    return {
        **change,
        **{
            side: {**row, "heading": finding.heading}
            for side, row in sides.items()
            if is_borrowed(row["heading"], earlier)
        },
    }
