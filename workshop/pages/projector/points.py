"""The points of the theme in view, or how many there are under each theme."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.me_too import people_who_said_so
from workshop.contributions.released import PlaceCount, ReleasedPoint, place_counts, released_points
from workshop.focus_groups.attribution import label_of_point, labels_in
from workshop.focus_groups.models import FocusGroup
from workshop.pages.projector.fitting import AROUND, META, Page, lines_of, lines_under, page_of
from workshop.pages.projector.scene import Scene, Section
from workshop.programmes.models import ProgrammeColumn, Theme

# How wide a line is, in its letters' size: of a point, of a column's heading by how many stand side by
# side, of a theme and of a question above its numbers.
THREE_COLUMNS, WHOLE_WIDTH = 11.9, 19.8
HEADINGS = {1: 38.0, 3: 9.9}
THEME, QUESTION = 16.2, 7.4
LONGEST_POINT, LONGEST_HEADING = 9, 3


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """A point with what may stand beside it, and how many people said “me too” to it."""

    point: ReleasedPoint
    label: str | None
    me_too: int = 0

    def lines(self, width: float) -> float:
        """How many lines of this width it takes."""
        return lines_of(self.point.text, width, LONGEST_POINT) + AROUND + (META if self.label or self.me_too else 0)


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column with the points of it that fit; none while they are not revealed."""

    column: ProgrammeColumn
    count: int
    page: Page[ShownPoint]


async def points(db: AsyncSession, scene: Scene) -> Section:
    """The theme in view: how many points each column has and, where the room may read them, the newest of them."""
    theme = scene.theme or next(iter(scene.themes), None)
    if theme is None:
        return await overview(db, scene)
    step = scene.step if scene.step and scene.step.theme_id == theme.id else None
    columns = [column for column in scene.columns if not (step and step.column) or column.kind is step.column]
    title = step.title if step and step.title else theme.name
    subtitle = "" if title == theme.name else theme.name
    counts = await place_counts(db, scene.focus_group.id)
    shown = await with_labels(db, scene.focus_group, await released_points(db, scene.focus_group, theme.id))
    fit = _fit(columns, title, subtitle)
    return Section(
        "projector/_points.html",
        title,
        subtitle,
        (theme,),
        {
            "is_revealed": scene.is_revealed(theme),
            "columns": [
                ShownColumn(
                    column,
                    counts.get((theme.id, column.kind), PlaceCount()).released,
                    fit([each for each in shown if each.point.column == column.kind], scene.page),
                )
                for column in columns
            ],
        },
    )


async def overview(db: AsyncSession, scene: Scene) -> Section:
    """How many points stand under each theme, while people go through the themes at their own pace."""
    title, subtitle = scene.programme.title, scene.focus_group.label or ""
    counts = await place_counts(db, scene.focus_group.id)

    def count(theme: Theme, column: ProgrammeColumn) -> int:
        return counts.get((theme.id, column.kind), PlaceCount()).released

    taken = (lines_of(column.question, QUESTION, LONGEST_HEADING, is_bold=True) for column in scene.columns)
    lines = lines_under(title, subtitle, heading_lines=max(taken, default=1))
    page = page_of(scene.themes, scene.page, lines, lambda theme: lines_of(theme.name, THEME, LONGEST_HEADING) + 0.4)
    context = {"page": page, "columns": scene.columns, "count": count}
    return Section("projector/_themes.html", title, subtitle, tuple(scene.themes), context)


def newest_that_fit(points: list[ShownPoint], number: int, lines: float) -> Page[ShownPoint]:
    """One page of them in one of three columns."""
    return page_of(points, number, lines, lambda each: each.lines(THREE_COLUMNS))


def _fit(
    columns: list[ProgrammeColumn], title: str, subtitle: str
) -> Callable[[list[ShownPoint], int], Page[ShownPoint]]:
    """What lays out a column of points: in a third of the screen, or in two halves of it where there is one alone."""
    width = HEADINGS.get(len(columns), HEADINGS[3])
    taken = (lines_of(column.question, width, LONGEST_HEADING, is_bold=True) for column in columns)
    heading = max(taken, default=1)
    lines = lines_under(title, subtitle, heading_lines=heading)
    if len(columns) > 1:
        return lambda points, number: newest_that_fit(points, number, lines)
    return lambda points, number: page_of(points, number, lines, lambda each: each.lines(WHOLE_WIDTH), columns=2)


async def with_labels(db: AsyncSession, focus_group: FocusGroup, points: list[ReleasedPoint]) -> list[ShownPoint]:
    """The points with the agencies that may stand beside them, by the rule of the board, and who agrees in numbers."""
    labels = await labels_in(db, focus_group) if points else {}
    agreeing = await people_who_said_so(db, focus_group.id) if points and focus_group.has_me_too else {}
    return [
        ShownPoint(each, label_of_point(labels, each.participant_id, each.agency_id), agreeing.get(each.id, 0))
        for each in points
    ]
