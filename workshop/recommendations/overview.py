"""The whole list as a page shows it: by theme or flat, each with its evidence, and what stands beside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.findings.evidence import NOTHING, Evidence, Point, Voice, evidence_in
from workshop.findings.models import Finding
from workshop.findings.queries import findings_of, points_of_programme, voices_of
from workshop.findings.released import withheld_headings
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.queries import focus_groups_of
from workshop.programmes.models import Agency, ColumnKind, Programme, ProgrammeColumn, Theme
from workshop.programmes.queries import agencies_of, columns_of, themes_of
from workshop.recommendations.models import Recommendation
from workshop.recommendations.published import NOT_SHOWN, Published, overlapping_lines, published_counts
from workshop.recommendations.queries import points_behind_recommendations, recommendations_of

Place = tuple[UUID | None, ColumnKind]
BESIDE = (ColumnKind.WORKING_WELL, ColumnKind.WORRIED_ABOUT)


@dataclass(frozen=True, slots=True)
class Line:
    """A recommendation with its evidence; ``published`` is what those see who are not to see small counts."""

    recommendation: Recommendation
    theme: str | None
    evidence: Evidence
    published: Published | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A finding beside the recommendations. ``is_withheld``: its words are not for those who see ``published``."""

    finding: Finding
    evidence: Evidence
    published: Published | None
    is_recommended: bool
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a theme: its headings, how many points it has, how many of them are under no heading."""

    column: ProgrammeColumn
    headings: list[Heading]
    points: int
    unused: int

    @property
    def waiting(self) -> int:
        """How many headings, grouped in the room for the most part, no recommendation rests on yet."""
        return sum(not heading.is_recommended for heading in self.headings)


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
    points_at: dict[Place, list[Point]]
    voices: dict[UUID, Voice]
    behind: dict[UUID, list[Point]]


async def recommendations_overview(db: AsyncSession, programme: Programme, *, is_published: bool = False) -> Overview:
    """Read the programme's list: the same few queries however long it is.

    ``is_published``: count what others than coordinators see, too.
    """
    points = await points_of_programme(db, programme.id)
    points_at: dict[Place, list[Point]] = {}
    for point in points:
        points_at.setdefault((point.theme_id, point.column), []).append(point)
    read = _Read(
        programme=programme,
        themes=await themes_of(db, programme.id),
        columns=await columns_of(db, programme.id),
        agencies=await agencies_of(db, programme.id),
        focus_groups=await focus_groups_of(db, programme.id),
        recommendations=await recommendations_of(db, programme.id),
        findings=await findings_of(db, programme.id),
        points=points,
        points_at=points_at,
        voices=await voices_of(db, programme.id),
        behind=await points_behind_recommendations(db, programme.id),
    )
    published = _published(read) if is_published else {}
    withheld = await withheld_headings(db, programme.id) if is_published else frozenset()
    headings = _headings(read, published, withheld)
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
            published=published.get(each.id),
        )
        for each in recommendations
    ]


def _columns(read: _Read, theme: Theme, headings: Mapping[Place, list[Heading]]) -> list[Column]:
    return [
        Column(
            column=column,
            headings=headings.get((theme.id, column.kind), []),
            points=len(points := read.points_at.get((theme.id, column.kind), [])),
            unused=sum(each.finding_id is None for each in points),
        )
        for column in read.columns
    ]


def _headings(
    read: _Read, published: Mapping[UUID, Published], withheld: Collection[UUID]
) -> dict[Place, list[Heading]]:
    """The programme's own findings, by theme and column."""
    points = _points_of_headings(read)
    behind = {point.id for each in read.behind.values() for point in each}
    headings: dict[Place, list[Heading]] = {}
    for finding in read.findings:
        if finding.parent_id is None:
            evidence = evidence_in(points[finding.id], read.voices, read.agencies) if points[finding.id] else NOTHING
            is_recommended = any(point.id in behind for point in points[finding.id])
            heading = Heading(
                finding, evidence, published.get(finding.id), is_recommended, is_withheld=finding.id in withheld
            )
            headings.setdefault((finding.theme_id, finding.column), []).append(heading)
    return headings


def _points_of_headings(read: _Read) -> dict[UUID, list[Point]]:
    """Those of a finding under another count within it."""
    parents = {finding.id: finding.parent_id for finding in read.findings}
    points: dict[UUID, list[Point]] = {finding_id: [] for finding_id, parent in parents.items() if parent is None}
    for point in read.points:
        over = point.finding_id
        while over is not None and parents.get(over) is not None:
            over = parents[over]
        if over in points:
            points[over].append(point)
    return points


def _published(read: _Read) -> dict[UUID, Published]:
    """A table for each theme and column, with what is in no line as a row that is not shown."""
    tables: dict[Place, dict[UUID, list[Point]]] = {}
    points = _points_of_headings(read)
    for recommendation in read.recommendations:
        table = tables.setdefault((recommendation.theme_id, ColumnKind.NEEDS_TO_HAPPEN), {})
        table[recommendation.id] = read.behind.get(recommendation.id, [])
    for finding in read.findings:
        if finding.id in points and finding.column in BESIDE:
            tables.setdefault((finding.theme_id, finding.column), {})[finding.id] = points[finding.id]
    published: dict[UUID, Published] = {}
    groups, minimum = [group.id for group in read.focus_groups], read.programme.minimum_count
    for place, lines in tables.items():
        everything = read.points_at.get(place, [])
        published |= published_counts(lines, everything, read.voices, groups, minimum)
    # Over all tables at once: a heading may stand in one, and behind a recommendation of another.
    of_all = {line: points for lines in tables.values() for line, points in lines.items()}
    return published | dict.fromkeys(overlapping_lines(of_all, read.voices, minimum), NOT_SHOWN)
