"""A programme's rows → its report: the same few queries, however many focus groups and points there are."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Partnership
from workshop.database import now
from workshop.days import london_day
from workshop.exports.report import (
    AttendanceRow,
    AttendanceTable,
    Heading,
    Recommended,
    Report,
    SaidPoint,
    ThemeColumn,
    ThemePart,
)
from workshop.exports.room_results import priority_rows, scale_rows
from workshop.findings.evidence import Point
from workshop.findings.models import Finding
from workshop.findings.queries import findings_of, points_of_programme
from workshop.findings.released import WITHHELD, withheld_headings
from workshop.focus_groups.attribution import TABLE, labels_among
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.naming import group_name
from workshop.focus_groups.people import Present, present_by_focus_group
from workshop.focus_groups.queries import focus_groups_of
from workshop.programmes.models import Agency, ColumnKind, Programme
from workshop.programmes.queries import agencies_of, columns_of, themes_of
from workshop.recommendations.overview import Line, Section, recommendations_overview
from workshop.recommendations.queries import findings_of_recommendations, points_behind_recommendations

UNSAID = "Prefer not to say"


async def report_of(db: AsyncSession, programme: Programme) -> Report:
    """The programme as it stands; give it a frozen session (``Database.reading``)."""
    groups = await focus_groups_of(db, programme.id)
    names = focus_group_names(groups, programme)
    agencies, present = await agencies_of(db, programme.id), await present_by_focus_group(db, programme.id)
    overview = await recommendations_overview(db, programme, is_published=True)
    said = _Said(
        groups=names,
        themes={theme.id: theme.name for theme in await themes_of(db, programme.id)},
        questions={column.kind: column.question for column in await columns_of(db, programme.id)},
        findings={finding.id: finding for finding in await findings_of(db, programme.id)},
        withheld=await withheld_headings(db, programme.id),
        said_by=_said_by(present, agencies, programme.minimum_count),
        behind=_numbers(overview.lines, await points_behind_recommendations(db, programme.id)),
    )
    points = await points_of_programme(db, programme.id, has_words=True)
    quoted = {point.id: said.quoted(point) for point in points}
    headings = await findings_of_recommendations(db, programme.id)
    recommended = {
        line.recommendation.id: _recommended(number, line, headings.get(line.recommendation.id, []), quoted, said)
        for number, line in enumerate(overview.lines, start=1)
    }
    partnership = await db.get(Partnership, programme.partnership_id)
    return Report(
        title=programme.title,
        purpose=programme.purpose,
        partnership=partnership.name if partnership else "",
        group_word=programme.group_word.value,
        minimum_count=programme.minimum_count,
        is_flat_list=programme.is_flat_list,
        made_on=london_day(now()),
        recommendations=tuple(recommended.values()),
        themes=tuple(
            _theme(section, recommended, points, quoted, said)
            for section in overview.sections
            if section.theme is not None
        ),
        attendance=_attendance(present, agencies, names),
        points=tuple(quoted.values()),
        priorities=await priority_rows(
            db, groups, {**names, **said.themes}, programme.minimum_count, withheld=said.withheld
        ),
        scales=await scale_rows(db, programme.id, groups, {**names, **said.themes}, programme.minimum_count),
    )


def focus_group_names(groups: Sequence[FocusGroup], programme: Programme) -> dict[UUID, str]:
    """What each group is called in a document: its name, with its place in the list where two agree."""
    names = {group.id: group_name(group, programme) for group in groups}
    count = Counter(names.values())
    return {
        group_id: name if count[name] == 1 else f"{name} ({number})"
        for number, (group_id, name) in enumerate(names.items(), start=1)
    }


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands beside a point: names by id, labels by the attribution rule, numbers of recommendations."""

    groups: Mapping[UUID, str]
    themes: Mapping[UUID, str]
    questions: Mapping[ColumnKind, str]
    findings: Mapping[UUID, Finding]
    withheld: Collection[UUID]
    said_by: Mapping[tuple[UUID, UUID], str]
    behind: Mapping[UUID, tuple[int, ...]]

    def quoted(self, point: Point) -> SaidPoint:
        """The point as others may read it."""
        who = point.participant_id or point.agency_id
        return SaidPoint(
            focus_group=self.groups[point.focus_group_id],
            theme=self.themes[point.theme_id],
            question=self.questions[point.column],
            text=point.text,
            said_by=self.said_by.get((point.focus_group_id, who), "") if who else "",
            heading=self.heading(self.findings[point.finding_id]) if point.finding_id else "",
            recommendations=self.behind.get(point.id, ()),
        )

    def heading(self, finding: Finding) -> str:
        """The finding's heading as others may read it."""
        return WITHHELD if finding.id in self.withheld else finding.heading

    def top(self, point: Point) -> UUID | None:
        """The finding over the point that is under no other."""
        over = point.finding_id
        while over is not None and (parent := self.findings[over].parent_id) is not None:
            over = parent
        return over


def _said_by(present: Mapping[UUID, Present], agencies: list[Agency], minimum: int) -> dict[tuple[UUID, UUID], str]:
    """(Focus group, participant or agency) → what may stand beside their words, where anything may."""
    return {
        (group_id, who): label
        for group_id, here in present.items()
        for who, label in labels_among(here, agencies, minimum).items()
        if label
    }


def _numbers(lines: Iterable[Line], behind: Mapping[UUID, Iterable[Point]]) -> dict[UUID, tuple[int, ...]]:
    numbers: dict[UUID, tuple[int, ...]] = {}
    for number, line in enumerate(lines, start=1):
        for point in behind.get(line.recommendation.id, []):
            numbers[point.id] = (*numbers.get(point.id, ()), number)
    return numbers


def _recommended(
    number: int, line: Line, findings: Iterable[Finding], quoted: Mapping[UUID, SaidPoint], said: _Said
) -> Recommended:
    own = tuple(point for point_id, point in quoted.items() if number in said.behind.get(point_id, ()))
    return Recommended(
        number=number,
        theme=line.theme or "",
        text=line.recommendation.text,
        headings=tuple(said.heading(finding) for finding in findings),
        focus_groups=tuple(dict.fromkeys(point.focus_group for point in own)),
        agencies=tuple(sorted({point.said_by for point in own} - {"", TABLE})),
        people=line.published.people if line.published else None,
        points=line.published.points if line.published else None,
        said=own,
    )


def _theme(
    section: Section,
    recommended: Mapping[UUID, Recommended],
    points: Sequence[Point],
    quoted: Mapping[UUID, SaidPoint],
    said: _Said,
) -> ThemePart:
    theme_id = section.theme.id if section.theme else None
    columns = []
    for column in section.columns:
        own = [point for point in points if (point.theme_id, point.column) == (theme_id, column.column.kind)]
        headings = tuple(
            Heading(
                text=said.heading(heading.finding),
                people=heading.published.people if heading.published else None,
                points=heading.published.points if heading.published else None,
                said=tuple(quoted[point.id] for point in own if said.top(point) == heading.finding.id),
            )
            for heading in column.headings
        )
        others = tuple(quoted[point.id] for point in own if point.finding_id is None)
        columns.append(ThemeColumn(column.column.question, headings, others))
    return ThemePart(
        name=said.themes[theme_id] if theme_id else "",
        recommendations=tuple(recommended[line.recommendation.id] for line in section.lines),
        columns=tuple(columns),
    )


def _attendance(
    present: Mapping[UUID, Present], agencies: Iterable[Agency], names: Mapping[UUID, str]
) -> AttendanceTable:
    came = [present.get(group_id, Present({}, {})) for group_id in names]
    people = [each.people for each in came]
    rows = [
        AttendanceRow(agency.name, agency.parent or "", tuple(here.get(agency.id, 0) for here in people))
        for agency in agencies
    ]
    rows = [row for row in rows if row.total]
    unsaid = tuple(each.unsaid for each in came)
    if any(unsaid):
        rows.append(AttendanceRow(UNSAID, "", unsaid))
    return AttendanceTable(tuple(names.values()), tuple(rows))
