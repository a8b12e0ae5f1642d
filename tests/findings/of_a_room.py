"""The findings of a room as grouping leaves them, past the pages."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.conftest import Installation, Meeting
from workshop.contributions.models import Contribution
from workshop.contributions.moderation import hold_contribution, release_contribution
from workshop.findings.models import Finding
from workshop.programmes.models import ColumnKind


def point_under(finding: Finding, meeting: Meeting, **values: Any) -> Contribution:
    """A point from the room under a heading: without one that may be read, no heading is read either."""
    row: dict[str, Any] = {
        "focus_group_id": meeting.focus_group.id,
        "theme_id": finding.theme_id,
        "column": finding.column,
        "client_id": uuid4(),
        "number": 0,
        "text": f"Behind: {finding.heading}",
        "revision": 0,
        "finding_id": finding.id,
    }
    return Contribution(**(row | values))


def finding_of(meeting: Meeting, heading: str, theme: int = 0, place: int = 0, **values: Any) -> Finding:
    """A heading of the room, of what needs to happen."""
    row: dict[str, Any] = {
        "programme_id": meeting.programme.id,
        "theme_id": meeting.themes[theme].id,
        "column": ColumnKind.NEEDS_TO_HAPPEN,
        "focus_group_id": meeting.focus_group.id,
        "heading": heading,
        "position": place,
    }
    return Finding(**(row | values))


async def cover(here: Installation, finding: UUID) -> None:
    """Hold all points under a heading: the room may not read it."""
    await _each_point(here, finding, hold_contribution)


async def uncover(here: Installation, finding: UUID) -> None:
    """Release them: the room may read it."""
    await _each_point(here, finding, release_contribution)


async def _each_point(
    here: Installation, finding: UUID, act: Callable[[AsyncSession, UUID, UUID], Awaitable[Contribution]]
) -> None:
    async with here.database.writing() as db:
        for point in list(await db.exec(select(Contribution).where(Contribution.finding_id == finding))):
            await act(db, point.focus_group_id, point.id)


async def add_findings(here: Installation, meeting: Meeting, *headings: str, theme: int = 0) -> list[UUID]:
    """Headings of a theme, each with a point under it."""
    findings = [finding_of(meeting, heading, theme, place) for place, heading in enumerate(headings)]
    async with here.database.writing() as db:
        db.add_all(findings)
        await db.flush()
        db.add_all(point_under(finding, meeting) for finding in findings)
    return [finding.id for finding in findings]
