"""What rooms set as priorities and answered to practice scales, as others may read it.

A room's votes and the median and range of a scale are shown where at least the programme's minimum count of devices
took part: then a vote or an answer is anybody's. Words of answers are never in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.findings.models import Finding
from workshop.findings.ranking import ranked
from workshop.findings.votes import turnout_of, vote_totals
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Theme
from workshop.surveys.queries import answers_to, scales_of
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
    db: AsyncSession, groups: Sequence[FocusGroup], names: Mapping[UUID, str], minimum: int
) -> tuple[PriorityRow, ...]:
    """The headings of every room that voted, by theme, most votes first. ``names``: of groups and themes by id."""
    rows: list[PriorityRow] = []
    for group in groups:
        turnout = await turnout_of(db, group.id)
        if not turnout.votes:
            continue
        findings = await _findings(db, group.id)
        totals = await vote_totals(db, [finding.id for finding in findings])
        by_place: dict[tuple[UUID, str], dict[UUID, Finding]] = {}
        for finding in findings:
            by_place.setdefault((finding.theme_id, finding.column), {})[finding.id] = finding
        is_shown = turnout.devices >= minimum
        for (theme_id, _), here in by_place.items():
            if not any(totals[finding_id] for finding_id in here):
                continue
            placed = ranked({finding_id: totals[finding_id] for finding_id in here})
            if not is_shown:
                # Not in the order of the votes either.
                placed = sorted(placed, key=lambda each: list(here).index(each.key))
            rows += [
                PriorityRow(
                    focus_group=names[group.id],
                    theme=names[theme_id],
                    heading=here[each.key].heading,
                    place=each.place if is_shown else "",
                    votes=each.votes if is_shown else None,
                )
                for each in placed
            ]
    return tuple(rows)


async def scale_rows(
    db: AsyncSession, programme_id: UUID, groups: Sequence[FocusGroup], names: Mapping[UUID, str], minimum: int
) -> tuple[ScaleRow, ...]:
    """Every asking of every scale that anybody answered, by scale and room."""
    rows: list[ScaleRow] = []
    for scale in await scales_of(db, programme_id):
        for group in groups:
            for asking, answers in (await answers_to(db, group.id, scale.id)).items():
                spread = spread_of((answer.value for answer in answers), minimum)
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


async def _findings(db: AsyncSession, focus_group_id: UUID) -> list[Finding]:
    query = (
        select(Finding)
        .join(Theme, col(Theme.id) == col(Finding.theme_id))
        .where(Finding.focus_group_id == focus_group_id)
        .order_by(col(Theme.position), col(Finding.column), col(Finding.position), col(Finding.id))
    )
    return list(await db.exec(query))
