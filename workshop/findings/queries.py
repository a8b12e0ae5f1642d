"""Findings with their points, and the points that are in none yet. A hidden or deleted point is nobody's evidence."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution, MeToo
from workshop.database import now
from workshop.findings.evidence import Point, Voice
from workshop.findings.models import Finding, PriorityVote
from workshop.findings.votes import of_groups_not_kept_back
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.focus_groups.people import spoken_for_by_focus_group
from workshop.programmes.models import ColumnKind

POINT: tuple[Any, ...] = (
    Contribution.id,
    Contribution.focus_group_id,
    Contribution.theme_id,
    Contribution.column,
    Contribution.participant_id,
    Contribution.agency_id,
    Contribution.finding_id,
    Contribution.number,
    Contribution.text,
)
# A hidden or held point counts again once the room may read it; a purged one (no text, not deleted) goes on counting.
IS_EVIDENCE: tuple[Any, ...] = (
    col(Contribution.is_hidden).is_(False),
    col(Contribution.is_held).is_(False),
    col(Contribution.is_deleted).is_(False),
)


async def findings_of(db: AsyncSession, programme_id: UUID) -> list[Finding]:
    """The programme's findings in order."""
    query = select(Finding).where(Finding.programme_id == programme_id)
    return list(await db.exec(query.order_by(col(Finding.position), col(Finding.id))))


async def finding_of_programme(db: AsyncSession, programme_id: UUID, finding_id: UUID) -> Finding | None:
    """The finding, if it is this programme's."""
    query = select(Finding).where(Finding.id == finding_id, Finding.programme_id == programme_id)
    return (await db.exec(query)).first()


async def points_of_programme(db: AsyncSession, programme_id: UUID, *, has_words: bool = False) -> list[Point]:
    """Every point that is evidence, by group, in the order they arrived; for counting without words (null ``text``)."""
    query: Any = _in_order(select(*(POINT if has_words else POINT[:-1])), programme_id)
    return [point(row) for row in await db.exec(query)]


async def points_of_theme(db: AsyncSession, programme_id: UUID, theme_id: UUID, column: ColumnKind) -> list[Point]:
    """One column's points of every group whose words are there: by group, in the order they arrived."""
    query = _in_order(select(*POINT), programme_id).where(
        Contribution.theme_id == theme_id, Contribution.column == column, col(Contribution.text).is_not(None)
    )
    return [point(row) for row in await db.exec(query)]


async def points_of_findings(db: AsyncSession, programme_id: UUID, findings: Collection[UUID]) -> list[Point]:
    """The points directly in these findings, by group, in the order they arrived."""
    query = _in_order(select(*POINT), programme_id).where(col(Contribution.finding_id).in_(findings))
    return [point(row) for row in await db.exec(query)]


async def are_empty(db: AsyncSession, findings: Collection[UUID]) -> bool:
    """Whether nothing is in any of these findings: no point, hidden ones too, and no other finding."""
    points = select(Contribution.id).where(col(Contribution.finding_id).in_(findings)).limit(1)
    under = select(Finding.id).where(col(Finding.parent_id).in_(findings)).limit(1)
    return (await db.exec(points)).first() is None and (await db.exec(under)).first() is None


async def next_position(db: AsyncSession, programme_id: UUID) -> int:
    """The place of the programme's next finding: after all others."""
    query = select(func.max(Finding.position)).where(Finding.programme_id == programme_id)
    last: int | None = (await db.exec(query)).one()
    return 0 if last is None else last + 1


async def voices_of(db: AsyncSession, programme_id: UUID) -> dict[UUID, Voice]:
    """For every participant of the programme: whom they speak for, what they agreed with and voted for.

    Without the votes of a meeting that has not seen their totals yet.
    """
    spoken_for = await spoken_for_by_focus_group(db, programme_id)
    agrees, votes = await _agreed(db, programme_id), await _voted(db, programme_id)
    return {
        who: Voice(each.unsaid, each.people, frozenset(agrees.get(who, ())), votes.get(who, {}))
        for participants in spoken_for.values()
        for who, each in participants.items()
    }


async def _agreed(db: AsyncSession, programme_id: UUID) -> dict[UUID, list[UUID]]:
    query = (
        select(MeToo.participant_id, MeToo.contribution_id)
        .join(Participant, col(Participant.id) == col(MeToo.participant_id))
        .join(FocusGroup, col(FocusGroup.id) == col(Participant.focus_group_id))
        .where(FocusGroup.programme_id == programme_id)
    )
    agreed: dict[UUID, list[UUID]] = {}
    for participant_id, contribution_id in await db.exec(query):
        agreed.setdefault(participant_id, []).append(contribution_id)
    return agreed


async def _voted(db: AsyncSession, programme_id: UUID) -> dict[UUID, dict[UUID, int]]:
    query = (
        select(PriorityVote.participant_id, PriorityVote.finding_id, func.count())
        .join(Finding, col(Finding.id) == col(PriorityVote.finding_id))
        .join(Participant, col(Participant.id) == col(PriorityVote.participant_id))
        .join(FocusGroup, col(FocusGroup.id) == col(Participant.focus_group_id))
        .where(
            Finding.programme_id == programme_id,
            col(PriorityVote.is_taken_back).is_(False),
            of_groups_not_kept_back(now()),
        )
        .group_by(col(PriorityVote.participant_id), col(PriorityVote.finding_id))
    )
    voted: dict[UUID, dict[UUID, int]] = {}
    for participant_id, finding_id, count in await db.exec(query):
        voted.setdefault(participant_id, {})[finding_id] = count
    return voted


def point(row: Sequence[Any]) -> Point:
    """A row of the columns ``POINT``."""
    return Point(*row)


def _in_order(query: Any, programme_id: UUID) -> Any:
    return (
        query.join(FocusGroup, col(FocusGroup.id) == col(Contribution.focus_group_id))
        .where(FocusGroup.programme_id == programme_id, *IS_EVIDENCE)
        .order_by(col(FocusGroup.position), col(FocusGroup.id), col(Contribution.number), col(Contribution.id))
    )
