"""What was put together under headings, and the points that are in none yet."""

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.released import released_points
from workshop.findings.released import ReleasedFinding, released_findings
from workshop.pages.projector.fitting import lines_of, lines_under, page_of
from workshop.pages.projector.points import newest_that_fit, overview, with_labels
from workshop.pages.projector.scene import Scene, Section
from workshop.programmes.models import ColumnKind

TWO_THIRDS, LONGEST = 24.0, 4
AROUND_FINDING = 0.78


async def findings(db: AsyncSession, scene: Scene) -> Section:
    """The findings of one column of the theme in view: the step's column, else what needs to happen."""
    theme = scene.theme or next(iter(scene.themes), None)
    if theme is None:
        return await overview(db, scene)
    column = scene.step.column if scene.step and scene.step.column else ColumnKind.NEEDS_TO_HAPPEN
    found = await released_findings(db, scene.focus_group, theme.id, column)
    grouped = {finding.id for finding in found}
    loose = [
        point
        for point in await released_points(db, scene.focus_group, theme.id)
        if point.column == column and point.finding_id not in grouped
    ]
    title, subtitle = theme.name, scene.question(column)
    lines = lines_under(title, subtitle)
    labelled = await with_labels(db, scene.focus_group, loose)
    return Section(
        "projector/_findings.html",
        title,
        subtitle,
        (theme,),
        {
            "is_revealed": scene.is_revealed(theme),
            "column": column,
            "count": len(found),
            "findings": page_of(found, scene.page, lines, _height),
            "ungrouped": len(loose),
            "points": newest_that_fit(labelled, scene.page, lines - 1),
        },
    )


def _height(finding: ReleasedFinding) -> float:
    return lines_of(finding.heading, TWO_THIRDS, LONGEST, is_bold=True) + AROUND_FINDING
