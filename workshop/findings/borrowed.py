"""Headings in somebody's own words: the room does not read them while it may not read those words.

A heading is mostly proposed out of one point. When that point is held or hidden afterwards, or reworded, what made a
facilitator do so would still stand on every phone and on the projector.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.identifiers import kinds_in
from workshop.contributions.models import Contribution
from workshop.contributions.released import is_released
from workshop.findings.headings import proposed_heading
from workshop.findings.models import Finding
from workshop.findings.wording import same_words

# Fewer words are nobody's own, unless they seem to identify somebody.
FEWEST_WORDS = 3
# A heading is made of a text's beginning; every vote asks this of the covered points.
LOOKED_AT = 4_000


def is_borrowed(heading: str, text: str) -> bool:
    """Whether the heading stands in ``text`` word for word, whatever its capitals and punctuation."""
    said = same_words(heading.removesuffix("…"))
    if f" {said} " not in f" {same_words(text[:LOOKED_AT])} ":
        return False
    return len(said.split()) >= FEWEST_WORDS or bool(kinds_in(heading))


async def headings_in_covered_words(db: AsyncSession, focus_group_id: UUID) -> frozenset[UUID]:
    """The group's findings whose heading is borrowed of a held or hidden point under them, and of no other point."""
    return await _in_covered_words(db, col(Contribution.focus_group_id) == focus_group_id)


async def covered_headings(db: AsyncSession, programme_id: UUID) -> frozenset[UUID]:
    """The same of all findings of a programme."""
    return await _in_covered_words(db, col(Finding.programme_id) == programme_id)


async def _in_covered_words(db: AsyncSession, which: ColumnElement[bool]) -> frozenset[UUID]:
    covered = (
        select(Finding.id, Finding.heading, Contribution.text)
        .join(Contribution, col(Contribution.finding_id) == col(Finding.id))
        .where(
            which,
            or_(col(Contribution.is_held), col(Contribution.is_hidden)),
            col(Contribution.text).is_not(None),
        )
    )
    found = {id_: heading for id_, heading, text in await db.exec(covered) if is_borrowed(heading, text or "")}
    texts = await _released_under(db, found) if found else {}
    return frozenset(id_ for id_, heading in found.items() if not _is_in_one(heading, texts[id_]))


async def reword_borrowed_heading(db: AsyncSession, finding: Finding, earlier: str, instead: str = "") -> bool:
    """Put other words in place of a heading in the ``earlier`` words of a point that has others now, or none.

    They are proposed out of the points under it that may be read, else out of ``instead``. Whether they were changed:
    not when another point says the same.
    """
    texts = (await _released_under(db, [finding.id]))[finding.id] or [instead]
    if not is_borrowed(finding.heading, earlier) or _is_in_one(finding.heading, texts):
        return False
    finding.heading = proposed_heading(texts) or finding.heading
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
