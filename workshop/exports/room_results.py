"""What rooms set as priorities and answered to practice scales, as others may read it.

A room's votes and the median and range of a scale are shown where at least the programme's minimum count of devices
took part: then a vote or an answer is anybody's. Words of answers are never in it, nor the votes of a meeting that goes
on and has not seen their totals.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.database import now
from workshop.findings.models import Finding
from workshop.findings.ranking import Placed, ranked
from workshop.findings.released import WITHHELD
from workshop.findings.votes import are_kept_back, turnouts_of, vote_totals
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Theme
from workshop.surveys.queries import scales_of, values_answered
from workshop.surveys.spread import spread_of


@dataclass(frozen=True, slots=True)
class PriorityRow:
    """A heading of a room with its votes; ``votes`` is None and ``place`` empty where they are not shown."""

    focus_group: str
    theme: str
    heading: str
    place: str
    votes: int | None


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """One asking in one room; None where it is not shown. ``theme`` is empty where it is about the whole."""

    question: str
    theme: str
    lowest_means: str
    highest_means: str
    focus_group: str
    asking: int
    answers: int | None
    median: str | None
    lowest: int | None
    highest: int | None


async def priority_rows(
    db: AsyncSession,
    groups: Sequence[FocusGroup],
    names: Mapping[UUID, str],
    minimum: int,
    *,
    withheld: Collection[UUID] = (),
) -> tuple[PriorityRow, ...]:
    """The headings of every room that voted, by theme, most votes first. ``names``: of groups and themes by id.

    ``withheld``: the findings whose headings are not to be read.
    """
    turnouts = await turnouts_of(db, [group.id for group in groups])
    findings = await _findings(db, [group_id for group_id, turnout in turnouts.items() if turnout.votes])
    totals = await vote_totals(db, [finding.id for own in findings.values() for finding in own])
    kept_back = {group.id for group in groups if are_kept_back(group, now())}
    rows: list[PriorityRow] = []
    for group_id, own in findings.items():
        is_shown = turnouts[group_id].devices >= minimum and group_id not in kept_back
        for here in _by_place(own):
            rows += [
                PriorityRow(
                    focus_group=names[group_id],
                    theme=names[here[each.key].theme_id],
                    heading=WITHHELD if each.key in withheld else here[each.key].heading,
                    place=each.place if is_shown else "",
                    votes=each.votes if is_shown else None,
                )
                for each in _placed(here, totals, is_shown=is_shown)
            ]
    return tuple(rows)


async def scale_rows(
    db: AsyncSession, programme_id: UUID, groups: Sequence[FocusGroup], names: Mapping[UUID, str], minimum: int
) -> tuple[ScaleRow, ...]:
    """Every asking of every scale that anybody answered, by scale and room."""
    values = await values_answered(db, programme_id)
    rows: list[ScaleRow] = []
    for scale in await scales_of(db, programme_id):
        for group in groups:
            for asking, answered in values.get((scale.id, group.id), {}).items():
                spread = spread_of(answered, minimum)
                rows.append(
                    ScaleRow(
                        question=scale.question,
                        theme=names[scale.theme_id] if scale.theme_id else "",
                        lowest_means=scale.lowest,
                        highest_means=scale.highest,
                        focus_group=names[group.id],
                        asking=asking,
                        answers=spread.answers if spread else None,
                        median=spread.shown_median if spread else None,
                        lowest=spread.lowest if spread else None,
                        highest=spread.highest if spread else None,
                    )
                )
    return tuple(rows)


def _by_place(findings: Sequence[Finding]) -> list[dict[UUID, Finding]]:
    """The findings of each theme and column, by id."""
    places: dict[tuple[UUID, str], dict[UUID, Finding]] = {}
    for finding in findings:
        places.setdefault((finding.theme_id, finding.column), {})[finding.id] = finding
    return list(places.values())


def _placed(here: Mapping[UUID, Finding], totals: Mapping[UUID, int], *, is_shown: bool) -> list[Placed[UUID]]:
    """Most votes first, in their own order where votes are not shown; nothing where nobody voted."""
    placed = ranked({finding_id: totals[finding_id] for finding_id in here})
    if not any(each.votes for each in placed):
        return []
    return placed if is_shown else sorted(placed, key=lambda each: list(here).index(each.key))


async def _findings(db: AsyncSession, focus_groups: Sequence[UUID]) -> dict[UUID, list[Finding]]:
    """Focus group id, in the order given → its findings, by theme and column, in their order."""
    query = (
        select(Finding)
        .join(Theme, col(Theme.id) == col(Finding.theme_id))
        .where(col(Finding.focus_group_id).in_(focus_groups))
        .order_by(col(Theme.position), col(Finding.column), col(Finding.position), col(Finding.id))
    )
    findings: dict[UUID, list[Finding]] = {focus_group_id: [] for focus_group_id in focus_groups}
    for finding in await db.exec(query):
        if finding.focus_group_id is not None:
            findings[finding.focus_group_id].append(finding)
    return findings
