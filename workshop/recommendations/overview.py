"""The whole list as a page shows it: by theme or flat, each with its evidence, and what stands beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.findings.evidence import NOTHING, Evidence, Point, Voice, evidence_in
from workshop.findings.models import Finding
from workshop.findings.queries import findings_of, points_of_programme, voices_of
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.queries import focus_groups_of
from workshop.programmes.models import Agency, ColumnKind, Programme, ProgrammeColumn, Theme
from workshop.programmes.queries import agencies_of, columns_of, themes_of
from workshop.recommendations.models import Recommendation
from workshop.recommendations.published import Published, published_counts
from workshop.recommendations.queries import points_behind_recommendations, recommendations_of

BESIDE = (ColumnKind.WORKING_WELL, ColumnKind.WORRIED_ABOUT)


@dataclass(frozen=True, slots=True)
class Line:
    """A recommendation with its evidence; ``published`` instead for those who are not to see small counts."""

    recommendation: Recommendation
    theme: str | None
    evidence: Evidence
    published: Published
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A finding beside the recommendations."""

    finding: Finding
    evidence: Evidence
    published: Published


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a theme: its headings, how many points it has, how many of them are under no heading."""

    column: ProgrammeColumn
    headings: list[Heading]
    points: int
    unused: int


@dataclass(frozen=True, slots=True)
class Section:
    """A theme (or none: recommendations under no theme, or the flat list) with its lines and columns."""

    theme: Theme | None
    lines: list[Line]
    columns: list[Column]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page. ``left_out``: in the order they had."""

    sections: list[Section]
    left_out: list[Line]
    focus_groups: dict[UUID, FocusGroup]
    is_empty: bool

    @property
    def lines(self) -> list[Line]:
        """Every recommendation of the list, in its order."""
        return [line for section in self.sections for line in section.lines]


@dataclass(frozen=True, slots=True)
class _Read:
    programme: Programme
    themes: list[Theme]
    columns: list[ProgrammeColumn]
    agencies: list[Agency]
    focus_groups: list[FocusGroup]
    recommendations: list[Recommendation]
    findings: list[Finding]
    points: list[Point]
    voices: dict[UUID, Voice]
    behind: dict[UUID, list[Point]]


async def recommendations_overview(db: AsyncSession, programme: Programme) -> Overview:
    """Read the programme's list: the same few queries however long it is."""
    read = _Read(
        programme=programme,
        themes=await themes_of(db, programme.id),
        columns=await columns_of(db, programme.id),
        agencies=await agencies_of(db, programme.id),
        focus_groups=await focus_groups_of(db, programme.id),
        recommendations=await recommendations_of(db, programme.id),
        findings=await findings_of(db, programme.id),
        points=await points_of_programme(db, programme.id),
        voices=await voices_of(db, programme.id),
        behind=await points_behind_recommendations(db, programme.id),
    )
    headings = _headings(read)
    published = _published(read, {each.id: read.behind.get(each.id, []) for each in read.recommendations}, read.points)
    listed = [each for each in read.recommendations if each.left_out is None]
    themes: list[Theme | None] = [*read.themes]
    if programme.is_flat_list:
        sections = [Section(None, _lines(read, listed, published), [])]
        sections += [Section(theme, [], _columns(read, theme, headings)) for theme in read.themes]
    else:
        if any(each.theme_id is None for each in listed):
            themes.append(None)
        sections = [
            Section(
                theme,
                _lines(read, [each for each in listed if each.theme_id == (theme.id if theme else None)], published),
                _columns(read, theme, headings) if theme else [],
            )
            for theme in themes
        ]
    left_out = [each for each in read.recommendations if each.left_out is not None]
    return Overview(
        sections=sections,
        left_out=_lines(read, left_out, published),
        focus_groups={group.id: group for group in read.focus_groups},
        is_empty=not read.points,
    )


def _lines(read: _Read, recommendations: Sequence[Recommendation], published: Mapping[UUID, Published]) -> list[Line]:
    names = {theme.id: theme.name for theme in read.themes}
    return [
        Line(
            recommendation=each,
            theme=names[each.theme_id] if each.theme_id else None,
            evidence=evidence_in(read.behind.get(each.id, []), read.voices, read.agencies),
            published=published[each.id],
            is_first=place == 0,
            is_last=place == len(recommendations) - 1,
        )
        for place, each in enumerate(recommendations)
    ]


def _columns(read: _Read, theme: Theme, headings: Sequence[Heading]) -> list[Column]:
    columns = []
    for column in read.columns:
        points = [each for each in read.points if (each.theme_id, each.column) == (theme.id, column.kind)]
        columns.append(
            Column(
                column=column,
                headings=[
                    each for each in headings if (each.finding.theme_id, each.finding.column) == (theme.id, column.kind)
                ],
                points=len(points),
                unused=sum(each.finding_id is None for each in points),
            )
        )
    return columns


def _headings(read: _Read) -> list[Heading]:
    """The programme's findings; a finding under another counts within it."""
    top = {finding.id: finding for finding in read.findings if finding.parent_id is None}
    parents = {finding.id: finding.parent_id for finding in read.findings}
    points: dict[UUID, list[Point]] = {finding_id: [] for finding_id in top}
    for point in read.points:
        over = point.finding_id
        while over is not None and parents.get(over) is not None:
            over = parents[over]
        if over in points:
            points[over].append(point)
    beside = {finding_id: points[finding_id] for finding_id, finding in top.items() if finding.column in BESIDE}
    everything = [point for point in read.points if point.column in BESIDE]
    published = _published(read, beside, everything)
    return [
        Heading(
            finding,
            evidence_in(points[finding.id], read.voices, read.agencies) if points[finding.id] else NOTHING,
            published.get(finding.id, Published(None, None, ())),
        )
        for finding in top.values()
    ]


def _published(read: _Read, lines: Mapping[UUID, list[Point]], everything: Iterable[Point]) -> dict[UUID, Published]:
    groups = [group.id for group in read.focus_groups]
    return published_counts(lines, everything, read.voices, groups, read.programme.minimum_count)
