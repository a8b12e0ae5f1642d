"""One column of a theme: every group's points, to be put together under headings and made into recommendations."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from litestar.response import Template
from litestar.status_codes import HTTP_422_UNPROCESSABLE_ENTITY

from workshop.database import Database
from workshop.findings.evidence import Evidence, Point, Voice, agencies_of_point, evidence_in
from workshop.findings.models import Finding
from workshop.findings.queries import findings_of, points_of_theme, voices_of
from workshop.findings.speakers import speaker
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.queries import focus_groups_of
from workshop.pages.desk.recommendations.forms import ChosenForm, found, read_column, shortened
from workshop.programmes.models import Agency, ColumnKind, Programme, ProgrammeColumn, Theme
from workshop.programmes.queries import agencies_of, columns_of, themes_of
from workshop.recommendations.models import Recommendation
from workshop.recommendations.queries import findings_of_recommendations, recommendations_of
from workshop.web.answers import AnyRequest, page
from workshop.web.values import read_id, read_ids, whole_number

PAGE = 100
TEMPLATE = "desk/recommendations/points.html"


@dataclass(frozen=True, slots=True)
class Sorting:
    """The points that the filter leaves, a page of them, and the headings that there are."""

    matching: int
    unused: int
    rows: list[tuple[Point, str]]
    headings: list[tuple[Finding, Evidence, bool]]
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class _Read:
    theme: Theme
    columns: list[ProgrammeColumn]
    points: list[Point]
    findings: list[Finding]
    recommended: set[UUID]
    recommendations: list[Recommendation]
    voices: dict[UUID, Voice]
    agencies: list[Agency]
    focus_groups: list[FocusGroup]


async def show_sorting(
    request: AnyRequest,
    database: Database,
    programme: Programme,
    theme_id: UUID,
    form: ChosenForm,
    errors: dict[str, str] | None = None,
) -> Template:
    """The page for the theme and column that ``form`` names, with what was ticked and typed; 422 with errors."""
    kind = read_column(form.column)
    read = await _read(database, programme.id, theme_id, kind)
    return page(
        request,
        TEMPLATE,
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if errors else 200,
        errors=errors or {},
        programme=programme,
        theme=read.theme,
        column=next(column for column in read.columns if column.kind == kind),
        columns=read.columns,
        sorting=_sorting(read, form),
        form=form,
        ticked={str(each) for each in (*read_ids(form.points), *read_ids(form.findings))},
        headings_by_id={finding.id: finding for finding in read.findings},
        focus_groups={group.id: group for group in read.focus_groups},
        agencies=[("", "All"), *((agency.id, agency.name) for agency in read.agencies)],
        targets=_targets(read.findings, read.recommendations if kind is ColumnKind.NEEDS_TO_HAPPEN else []),
    )


async def _read(database: Database, programme_id: UUID, theme_id: UUID, kind: ColumnKind) -> _Read:
    async with database.reading() as db:
        used = await findings_of_recommendations(db, programme_id)
        return _Read(
            theme=found(next((each for each in await themes_of(db, programme_id) if each.id == theme_id), None)),
            columns=await columns_of(db, programme_id),
            points=await points_of_theme(db, programme_id, theme_id, kind),
            findings=[
                each for each in await findings_of(db, programme_id) if (each.theme_id, each.column) == (theme_id, kind)
            ],
            recommended={finding.id for behind in used.values() for finding in behind},
            recommendations=[each for each in await recommendations_of(db, programme_id) if each.left_out is None],
            voices=await voices_of(db, programme_id),
            agencies=await agencies_of(db, programme_id),
            focus_groups=await focus_groups_of(db, programme_id),
        )


def _sorting(read: _Read, form: ChosenForm) -> Sorting:
    names = {agency.id: agency.name for agency in read.agencies}
    matching = [point for point in read.points if _matches(point, form, read.voices)]
    pages = max(1, -(-len(matching) // PAGE))
    number = min(max(whole_number(form.page) or 1, 1), pages)
    within: dict[UUID | None, list[Point]] = {}
    for point in read.points:
        within.setdefault(point.finding_id, []).append(point)
    return Sorting(
        matching=len(matching),
        unused=len(within.get(None, [])),
        rows=[(point, speaker(point, read.voices, names)) for point in matching[(number - 1) * PAGE : number * PAGE]],
        headings=[
            (each, evidence_in(within.get(each.id, []), read.voices, read.agencies), each.id in read.recommended)
            for each in read.findings
        ],
        number=number,
        pages=pages,
    )


def _targets(findings: Sequence[Finding], recommendations: Sequence[Recommendation]) -> list[tuple[str, str]]:
    named = [(f"recommendation:{each.id}", f"Recommendation: {shortened(each.text)}") for each in recommendations]
    headed = [(f"finding:{each.id}", f"Heading: {shortened(each.heading)}") for each in findings]
    return [("", "Choose one"), *named, *headed] if named or headed else []


def _matches(point: Point, form: ChosenForm, voices: dict[UUID, Voice]) -> bool:
    if form.show != "all" and point.finding_id is not None:
        return False
    if form.group and point.focus_group_id != read_id(form.group):
        return False
    if form.agency and read_id(form.agency) not in agencies_of_point(point, voices):
        return False
    wanted = form.q.casefold().split()
    text = (point.text or "").casefold()
    return all(word in text for word in wanted)
