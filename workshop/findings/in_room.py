"""Grouping in a room: its own findings over its own points. The caller records each change as a step of the room.

What two facilitators do at once: whoever comes second is told that a point has found its place meanwhile, and keeps the
rest. Hidden and held points are not there to be grouped.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.contributions.released import is_released
from workshop.database import now
from workshop.facts import NotFound, Refused
from workshop.findings.headings import proposed_heading
from workshop.findings.models import Finding
from workshop.findings.queries import IS_EVIDENCE, next_position
from workshop.findings.writes import NoSuchPoints
from workshop.focus_groups.models import Audience, FocusGroup
from workshop.focus_groups.stage import Stage, stage_of
from workshop.focus_groups.writes import raise_revision
from workshop.programmes.models import ColumnKind, Programme

# A heading is like most of its points: more of them do not change it, and take time.
LOOKED_AT = 100


class GroupedMeanwhile(NoSuchPoints):
    """A chosen point is under a heading already."""


async def locked_room(db: AsyncSession, focus_group: FocusGroup) -> FocusGroup:
    """The room's row, locked. The programme's comes first, as wherever both are taken, and the points' after them."""
    await db.exec(select(Programme.id).where(Programme.id == focus_group.programme_id).with_for_update())
    return await db.get_one(FocusGroup, focus_group.id, with_for_update=True)


async def locked_rooms(db: AsyncSession, programme_id: UUID) -> dict[UUID, FocusGroup]:
    """All of a programme's rooms, locked, by id; the programme's own row is locked already.

    For the desk, which knows only afterwards whose points it took. In the order of the inbox: nobody waits crosswise.
    """
    query = select(FocusGroup).where(FocusGroup.programme_id == programme_id).order_by(col(FocusGroup.id))
    rooms = await db.exec(query.with_for_update().execution_options(populate_existing=True))
    return {room.id: room for room in rooms}


async def finding_of_room(db: AsyncSession, focus_group: FocusGroup, finding_id: UUID) -> Finding:
    """The room's finding. Raises NotFound."""
    finding = await db.get(Finding, finding_id)
    if finding is None or finding.focus_group_id != focus_group.id:
        raise NotFound("This heading has been taken away meanwhile.", "findings")
    return finding


async def group_in_room(
    db: AsyncSession, focus_group: FocusGroup, place: tuple[UUID, ColumnKind], heading: str, points: Collection[UUID]
) -> Finding:
    """A new finding of the room over ``points``, which are in none yet; ``place``: their theme and column.

    An empty ``heading`` becomes one out of the points' own words. Raises NoSuchPoints, or Refused when there are none.
    """
    texts = await _take(db, focus_group, place, points)
    theme_id, column = place
    finding = Finding(
        programme_id=focus_group.programme_id,
        theme_id=theme_id,
        column=column,
        focus_group_id=focus_group.id,
        heading=heading or proposed_heading(texts[:LOOKED_AT]),
        position=await next_position(db, focus_group.programme_id),
    )
    db.add(finding)
    await db.flush()  # points refer to it
    await _put(db, finding, points)
    return finding


async def add_in_room(db: AsyncSession, focus_group: FocusGroup, finding: Finding, points: Collection[UUID]) -> None:
    """Put ``points``, which are in no finding yet, into one of the room's. Raises as ``group_in_room``."""
    await _take(db, focus_group, (finding.theme_id, finding.column), points)
    await _put(db, finding, points)


async def announce_findings(db: AsyncSession, focus_group: FocusGroup) -> None:
    """Raise the revisions of those who see findings: phones do while the room sets its priorities."""
    await db.flush()  # what changed comes before the news of it
    phones = (Audience.PHONES,) if stage_of(focus_group, now()) is Stage.PRIORITISING else ()
    await raise_revision(db, focus_group.id, Audience.BOARD, Audience.PROJECTOR, *phones)


async def _take(
    db: AsyncSession, focus_group: FocusGroup, place: tuple[UUID, ColumnKind], points: Collection[UUID]
) -> list[str]:
    """Lock the points and read their words, in order of arrival."""
    wanted = set(points)
    if not wanted:
        raise Refused("Tick at least one point", "points")
    theme_id, column = place
    query = (
        select(Contribution.text, Contribution.finding_id)
        .where(
            Contribution.focus_group_id == focus_group.id,
            Contribution.theme_id == theme_id,
            Contribution.column == column,
            col(Contribution.id).in_(wanted),
            *is_released,
            *IS_EVIDENCE,
        )
        .order_by(col(Contribution.number), col(Contribution.id))
        .with_for_update()
    )
    rows = list(await db.exec(query))
    if len(rows) != len(wanted):
        message = "One of these points was hidden, held or deleted meanwhile. Look at what is ticked, and try again."
        raise NoSuchPoints(message, "points")
    if any(finding_id for _, finding_id in rows):
        message = "One of these points was put under a heading meanwhile. The others are still ticked: try again."
        raise GroupedMeanwhile(message, "points")
    return [text or "" for text, _ in rows]


async def _put(db: AsyncSession, finding: Finding, points: Collection[UUID]) -> None:
    await db.exec(
        update(Contribution)
        .where(col(Contribution.id).in_(set(points)))
        .values(finding_id=finding.id, finding_position=None)
    )
