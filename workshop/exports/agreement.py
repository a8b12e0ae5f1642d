"""Whether the parts of a programme file agree: everything that is referred to is there, and nothing is there twice."""

import datetime as dt
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from workshop.exports.programme_file import (
    ContributionPart,
    FindingPart,
    FocusGroupPart,
    ParticipantPart,
    ProgrammeFile,
    RecommendationPart,
)
from workshop.exports.run_sheets import contradictions_in_run_sheet
from workshop.exports.scales_and_votes import (
    contradictions_in_answers,
    contradictions_in_scales,
    contradictions_in_votes,
)
from workshop.programmes.agency_names import NameTaken, refuse_ambiguous_names

T = TypeVar("T", bound=Hashable)

YEARS = range(1000, 3000)


def contradictions(file: ProgrammeFile) -> list[str]:
    """A line for each fault, with its place: ``focus_groups[0].contributions[3].theme: unknown theme "…"``."""
    return [
        *_repetitions(file),
        *contradictions_in_scales(file),
        *_in_focus_groups(file),
        *_in_findings(file),
        *_in_recommendations(file),
    ]


def _repetitions(file: ProgrammeFile) -> Iterator[str]:
    for i in _repeated(column.kind for column in file.columns):
        yield f'columns[{i}].kind: "{file.columns[i].kind}" is there twice'
    for i in _repeated(theme.casefold() for theme in file.themes):
        yield f'themes[{i}]: "{file.themes[i]}" is there twice'
    try:
        refuse_ambiguous_names(file.agencies)
    except NameTaken as problem:
        yield f"agencies: {problem}"


def _in_focus_groups(file: ProgrammeFile) -> Iterator[str]:
    agencies = {agency.name for agency in file.agencies}
    for i, group in enumerate(file.focus_groups):
        place = f"focus_groups[{i}]"
        yield from _dates(place, group)
        yield from contradictions_in_run_sheet(place, group, file.themes)
        yield from contradictions_in_answers(place, group, len(file.scales))
        yield from _unknown_agencies(f"{place}.attendance", group.attendance, agencies)
        for j, participant in enumerate(group.participants):
            yield from _participant(f"{place}.participants[{j}]", participant, agencies, group.tables)
        for j, contribution in enumerate(group.contributions):
            at = f"{place}.contributions[{j}]"
            yield from _contribution(at, contribution, len(group.participants), file.themes, agencies)


def _dates(place: str, group: FocusGroupPart) -> Iterator[str]:
    for key in ("date", "open_from", "open_until", "words_deleted", "archived"):
        if isinstance(day := getattr(group, key), str):
            try:
                year = dt.date.fromisoformat(day[:10]).year
            except ValueError:
                yield f'{place}.{key}: there is no such day, "{day[:10]}"'
            else:
                # As on pages: before and after them a day in London, or a month later, may be no date any more.
                if year not in YEARS:
                    yield f'{place}.{key}: "{day[:10]}" is not within the years {YEARS[0]} to {YEARS[-1]}'


def _participant(place: str, participant: ParticipantPart, agencies: set[str], tables: int) -> Iterator[str]:
    if participant.table > tables:
        yield f"{place}.table: there is no table {participant.table}"
    yield from _unknown_agencies(f"{place}.people", participant.people, agencies)
    if not participant.people and not participant.unsaid:
        yield f"{place}: speaks for nobody"


def _contribution(
    place: str, contribution: ContributionPart, participants: int, themes: list[str], agencies: set[str]
) -> Iterator[str]:
    if contribution.theme not in themes:
        yield f'{place}.theme: unknown theme "{contribution.theme}"'
    if isinstance(contribution.by, int) and contribution.by >= participants:
        yield f"{place}.by: there is no participant {contribution.by}"
    if isinstance(contribution.agency, str):
        if isinstance(contribution.by, int):
            yield f'{place}: has both "by" and "agency"'
        yield from _unknown_agencies(place, [contribution.agency], agencies, key=".agency")


def _unknown_agencies(place: str, names: Iterable[str], agencies: set[str], key: str = "") -> Iterator[str]:
    for name in names:
        if name not in agencies:
            yield f'{place}{key}: unknown agency "{name}"'


def _in_findings(file: ProgrammeFile) -> Iterator[str]:
    found_in: dict[tuple[int, int], int] = {}
    for i, finding in enumerate(file.findings):
        place = f"findings[{i}]"
        if finding.theme not in file.themes:
            yield f'{place}.theme: unknown theme "{finding.theme}"'
        if isinstance(finding.focus_group, int) and finding.focus_group >= len(file.focus_groups):
            yield f"{place}.focus_group: there is no focus group {finding.focus_group}"
        if isinstance(finding.parent, int) and _is_own_ancestor(i, file.findings):
            yield f"{place}.parent: there is no finding {finding.parent} that it could sit under"
        yield from contradictions_in_votes(place, finding, file)
        for j, pair in enumerate(finding.of):
            yield from _pair(f"{place}.of[{j}]", pair, finding, file)
            if found_in.setdefault(pair, i) != i or pair in finding.of[:j]:
                yield f"{place}.of[{j}]: this contribution is in findings[{found_in[pair]}] already"


def _pair(place: str, pair: tuple[int, int], finding: FindingPart, file: ProgrammeFile) -> Iterator[str]:
    group, number = pair
    if group >= len(file.focus_groups) or number >= len(file.focus_groups[group].contributions):
        yield f"{place}: there is no contribution [{group}, {number}]"
        return
    contribution = file.focus_groups[group].contributions[number]
    if (contribution.theme, contribution.column) != (finding.theme, finding.column):
        yield f"{place}: contribution [{group}, {number}] has another theme or column than the finding"


def _is_own_ancestor(start: int, findings: list[FindingPart]) -> bool:
    """Whether the way up from ``start`` leads nowhere or round in a circle."""
    seen = {start}
    at = findings[start].parent
    while isinstance(at, int):
        if at in seen or at >= len(findings):
            return True
        seen.add(at)
        at = findings[at].parent
    return False


def _in_recommendations(file: ProgrammeFile) -> Iterator[str]:
    for i, recommendation in enumerate(file.recommendations):
        yield from _recommendation(f"recommendations[{i}]", recommendation, file)


def _recommendation(place: str, recommendation: RecommendationPart, file: ProgrammeFile) -> Iterator[str]:
    if recommendation.theme is not None and recommendation.theme not in file.themes:
        yield f'{place}.theme: unknown theme "{recommendation.theme}"'
    for j, finding in enumerate(recommendation.findings):
        if finding >= len(file.findings):
            yield f"{place}.findings[{j}]: there is no finding {finding}"
    for j in _repeated(recommendation.findings):
        yield f"{place}.findings[{j}]: finding {recommendation.findings[j]} is there twice"


def _repeated(values: Iterable[T]) -> list[int]:
    seen: set[T] = set()
    places = []
    for place, value in enumerate(values):
        if value in seen:
            places.append(place)
        seen.add(value)
    return places
