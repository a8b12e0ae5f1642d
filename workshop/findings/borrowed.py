"""Headings in somebody's own words: the room does not read them while it may not read those words.

A heading is mostly proposed out of one point. When that point is held or hidden afterwards, or reworded, what made a
facilitator do so would still stand on every phone and on the projector; also when the point has been taken out from
under the heading, or the heading merged into another one.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.identifiers import kinds_in
from workshop.contributions.models import Contribution
from workshop.contributions.released import is_released
from workshop.findings.headings import proposed_heading
from workshop.findings.models import Finding
from workshop.findings.wording import same_words
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import ColumnKind

# Fewer words are nobody's own, unless they seem to identify somebody: of a point under the heading, and of any other
# one of its theme and column.
FEWEST_WORDS, FEWEST_ELSEWHERE = 3, 5
INSTEAD = "Heading deleted with its words"
# A heading is made of a text's beginning; every vote asks this of the covered points.
LOOKED_AT = 4_000
_COVERED: tuple[Any, ...] = (
    Contribution.focus_group_id,
    Contribution.theme_id,
    Contribution.column,
    Contribution.finding_id,
    Contribution.text,
)


def is_borrowed(heading: str, text: str, *, is_under: bool = True) -> bool:
    """Whether the heading stands in ``text`` word for word, whatever its capitals and punctuation.

    ``is_under``: whether the point is under the heading; the words of another one may be the same by chance.
    """
    return _is_in(heading, _said(text), is_under=is_under)


def _said(text: str) -> str:
    return f" {same_words(text[:LOOKED_AT])} "


def _is_in(heading: str, said: str, *, is_under: bool) -> bool:
    words = same_words(heading.removesuffix("…"))
    if f" {words} " not in said:
        return False
    return len(words.split()) >= (FEWEST_WORDS if is_under else FEWEST_ELSEWHERE) or bool(kinds_in(heading))


async def headings_in_covered_words(db: AsyncSession, focus_group_id: UUID) -> frozenset[UUID]:
    """The group's findings whose heading is borrowed of a held or hidden point, and of no other point under them."""
    return await _in_covered_words(db, col(Contribution.focus_group_id) == focus_group_id)


async def covered_headings(db: AsyncSession, programme_id: UUID) -> frozenset[UUID]:
    """The same of all findings of a programme."""
    groups = select(FocusGroup.id).where(FocusGroup.programme_id == programme_id)
    return await _in_covered_words(db, col(Contribution.focus_group_id).in_(groups))


def might_borrow(focus_group_id: UUID, theme_id: UUID, column: ColumnKind) -> ColumnElement[bool]:
    """The findings over points of that place: the group's own, and the desk's."""
    return and_(
        col(Finding.theme_id) == theme_id,
        col(Finding.column) == column,
        or_(col(Finding.focus_group_id).is_(None), col(Finding.focus_group_id) == focus_group_id),
    )


async def _in_covered_words(db: AsyncSession, which: ColumnElement[bool]) -> frozenset[UUID]:
    covered = select(*_COVERED).where(
        which,
        or_(col(Contribution.is_held), col(Contribution.is_hidden)),
        col(Contribution.text).is_not(None),
    )
    said: dict[tuple[UUID, UUID, ColumnKind], list[tuple[UUID | None, str]]] = {}
    for group, theme, column, finding_id, text in await db.exec(covered):
        said.setdefault((group, theme, ColumnKind(column)), []).append((finding_id, _said(text or "")))
    found: dict[UUID, str] = {}
    for place, points in said.items():
        findings = await db.exec(select(Finding.id, Finding.heading).where(might_borrow(*place)))
        found |= {
            id_: heading
            for id_, heading in findings
            if any(_is_in(heading, words, is_under=finding_id == id_) for finding_id, words in points)
        }
    texts = await _released_under(db, found) if found else {}
    return frozenset(id_ for id_, heading in found.items() if not _is_in_one(heading, texts[id_]))


async def reword_borrowed_heading(
    db: AsyncSession, finding: Finding, earlier: str, instead: str, *, is_under: bool
) -> bool:
    """Put other words in place of a heading in the ``earlier`` words of a point that has others now, or none.

    They are proposed out of the points under it that may be read, else out of ``instead``. Whether they were changed:
    not when another point says the same, or this one still does.
    """
    texts = (await _released_under(db, [finding.id]))[finding.id] or [instead]
    if not is_borrowed(finding.heading, earlier, is_under=is_under) or _is_in_one(finding.heading, [*texts, instead]):
        return False
    finding.heading = proposed_heading(texts) or INSTEAD
    db.add(finding)
    await db.flush()  # before the news of it
    return True


def _is_in_one(heading: str, texts: list[str]) -> bool:
    return any(is_borrowed(heading, text) for text in texts)


async def _released_under(db: AsyncSession, findings: Collection[UUID]) -> dict[UUID, list[str]]:
    """Finding id → the words of the points under it that the room may read; it is asked with every vote."""
    texts: dict[UUID, list[str]] = {finding_id: [] for finding_id in findings}
    query = select(Contribution.finding_id, Contribution.text)
    for finding_id, text in await db.exec(query.where(col(Contribution.finding_id).in_(texts), *is_released)):
        if finding_id is not None:
            texts[finding_id].append(text or "")
    return texts
