"""What the grouping page shows: one column's points, the room's headings over them, and what could go together."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.released import place_counts
from workshop.findings.headings import proposed_heading
from workshop.findings.in_room import LOOKED_AT
from workshop.findings.models import Finding
from workshop.findings.recurring import recurring
from workshop.findings.refusals import members_hash, refused_suggestions
from workshop.findings.suggestions import Said, said_twice
from workshop.findings.to_group import PointToGroup, findings_of_room, points_to_group
from workshop.findings.wording import same_words
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import ColumnKind, ProgrammeColumn, Theme
from workshop.recommendations.undo import StepTaken, next_turns

# More on one page is nothing that a person reads through: the others follow as these are grouped.
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Points that could go together. ``key`` stays as long as it is the same proposal, whoever takes points of it."""

    key: str
    heading: str
    points: list[PointToGroup]
    has_same_words: bool


@dataclass(frozen=True, slots=True)
class Grouping:
    """One column of a theme as it is grouped now. ``elsewhere``: points under headings made at the desk."""

    theme: Theme
    column: ProgrammeColumn
    loose: list[PointToGroup]
    findings: list[tuple[Finding, list[PointToGroup]]]
    suggestions: list[Suggestion]
    covered: int
    elsewhere: int
    has_refused: bool
    undo: StepTaken | None
    redo: StepTaken | None

    @property
    def shown(self) -> list[PointToGroup]:
        """The loose points that are on the page."""
        return self.loose[:MOST_SHOWN]

    @property
    def places(self) -> frozenset[str]:
        """What on the page has a box for a heading; the loose points have no name."""
        names = {str(finding.id) for finding in self.headings} | {each.key for each in self.suggestions}
        return frozenset(names | ({""} if self.loose else set()) | ({"merging"} if len(self.findings) > 1 else set()))

    @property
    def headings(self) -> list[Finding]:
        """The findings without their points."""
        return [finding for finding, _ in self.findings]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a room for its grouping page, before anything is compared."""

    findings: list[Finding]
    points: list[PointToGroup]
    refused: frozenset[bytes]
    covered: int
    undo: StepTaken | None
    redo: StepTaken | None


async def room_reading(db: AsyncSession, focus_group: FocusGroup, theme: Theme, column: ColumnKind) -> Reading:
    """All points of the room that nobody hid or held, and the headings of one column."""
    covered = (await place_counts(db, focus_group.id)).get((theme.id, column))
    undo, redo = await next_turns(db, focus_group.programme_id, focus_group.id)
    return Reading(
        findings=await findings_of_room(db, focus_group.id, theme.id, column),
        points=await points_to_group(db, focus_group.id),
        refused=await refused_suggestions(db, focus_group.id),
        covered=covered.moderated if covered else 0,
        undo=undo,
        redo=redo,
    )


async def grouping_of(
    reading: Reading, theme: Theme, column: ProgrammeColumn, names: dict[UUID, str], proposed: Sequence[Sequence[UUID]]
) -> Grouping:
    """The page of one column; ``names``: of the themes; ``proposed``: groups of points' ids, not all of them loose."""
    # Comparing two thousand points takes longer than anybody should wait for another page.
    return await asyncio.to_thread(_grouping, reading, theme, column, names, proposed)


def _grouping(
    reading: Reading, theme: Theme, column: ProgrammeColumn, names: dict[UUID, str], proposed: Sequence[Sequence[UUID]]
) -> Grouping:
    here = _marked(reading.points, theme, column.kind, names)
    loose = [point for point in here if point.finding_id is None]
    members: dict[UUID, list[PointToGroup]] = {finding.id: [] for finding in reading.findings}
    for point in here:
        if point.finding_id in members:
            members[point.finding_id].append(point)
    return Grouping(
        theme=theme,
        column=column,
        loose=loose,
        findings=[(finding, members[finding.id]) for finding in reading.findings],
        suggestions=_suggestions(loose, reading.refused, proposed),
        covered=reading.covered,
        elsewhere=len(here) - len(loose) - sum(map(len, members.values())),
        has_refused=bool(reading.refused),
        undo=reading.undo,
        redo=reading.redo,
    )


def _marked(
    points: Sequence[PointToGroup], theme: Theme, column: ColumnKind, names: dict[UUID, str]
) -> list[PointToGroup]:
    """The column's points, each with the other themes under which it recurs, in the programme's order."""
    same_column = [point for point in points if point.column == column]
    also = recurring([Said(str(point.theme_id), point.column, point.text) for point in same_column])
    return [
        replace(point, also_under=tuple(name for theme_id, name in names.items() if str(theme_id) in themes))
        for point, themes in zip(same_column, also, strict=True)
        if point.theme_id == theme.id
    ]


def _suggestions(
    loose: Sequence[PointToGroup], refused: frozenset[bytes], proposed: Sequence[Sequence[UUID]]
) -> list[Suggestion]:
    """The same words first, then what was proposed of points that are still loose; none that was refused.

    As many as hold ``MOST_SHOWN`` points.
    """
    by_id = {point.id: point for point in loose}
    same = [[loose[index] for index in group] for group in said_twice([Said("", "", point.text) for point in loose])]
    alike = [(members_hash(group).hex(), [by_id[each] for each in group if each in by_id]) for group in proposed]
    # With the groups of the same words at hand, these need not be offered twice.
    offered = {frozenset(point.id for point in group) for group in same}
    found = [(_key_of_words(group[0].text), group, True) for group in same]
    found += [
        (key, group, False) for key, group in alike if len(group) > 1 and frozenset(p.id for p in group) not in offered
    ]
    suggestions: list[Suggestion] = []
    for key, group, has_same_words in found:
        # As it is now, or as it was before points of it found their place.
        is_refused = members_hash([point.id for point in group]) in refused or bytes.fromhex(key) in refused
        if not is_refused and sum(len(each.points) for each in suggestions) < MOST_SHOWN:
            heading = proposed_heading([point.text for point in group[:LOOKED_AT]])
            suggestions.append(Suggestion(key, heading, group, has_same_words))
    return suggestions


def _key_of_words(text: str) -> str:
    return hashlib.sha256(same_words(text).encode()).hexdigest()[:32]
