"""What a board shows, read from the slices: its head (group, themes, counts) and its points."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.identifiers import Part, parts_of
from workshop.contributions.me_too import people_who_said_so
from workshop.contributions.queries import BoardPoint, PointCount, point_counts
from workshop.database import now
from workshop.focus_groups.attribution import label_of_point, labels_in
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.people import Joined, joined_so_far
from workshop.focus_groups.stage import Stage, stage_of
from workshop.pages.board.run_bar import Plan, RunBar, bar_of, plan_of
from workshop.pages.board.urls import board_url
from workshop.programmes.models import ColumnKind, Programme, ProgrammeColumn, Theme
from workshop.web.answers import AnyRequest
from workshop.web.values import whole_number

# So many characters are rendered in some milliseconds.
LONG = 20_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser has of a board: revision, the number of the last point, and the mark of the head."""

    revision: int
    newest: int
    head: str

    def __str__(self) -> str:
        return f"{self.revision}.{self.newest}.{self.head}"


def read_seen(text: str) -> Seen | None:
    """The ``since`` that a page was given, or None when it is none of ours."""
    parts = text.split(".")
    if len(parts) != len(Seen.__slots__):
        return None
    revision, newest = whole_number(parts[0]), whole_number(parts[1])
    return None if revision is None or newest is None else Seen(revision, newest, parts[2])


@dataclass(frozen=True, slots=True)
class Head:
    """All of a board but its points."""

    focus_group: FocusGroup
    programme: Programme
    stage: Stage
    themes: list[Theme]
    theme: Theme | None
    columns: list[ProgrammeColumn]
    run: RunBar
    taken_back: int

    @property
    def mark(self) -> str:
        """Short, and another one whenever the page's head has to be shown anew."""
        group = self.focus_group
        shown = [
            group.label,
            group.date.isoformat(),
            group.join_code,
            self.stage,
            self.programme.title,
            self.programme.group_word,
            [[str(theme.id), theme.name] for theme in self.themes],
            [[column.kind, column.question] for column in self.columns],
            self.run.mark,
            self.taken_back,
        ]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:12]


async def board_head(db: AsyncSession, request: AnyRequest, focus_group: FocusGroup, theme_id: str) -> Head:
    """The head of the board of one theme, read now."""
    return head_of(request, focus_group, await plan_of(db, focus_group), theme_id)


def head_of(request: AnyRequest, focus_group: FocusGroup, plan: Plan, theme_id: str) -> Head:
    """The head of the board of one theme, with nobody counted; None of a theme that is not there.

    When no theme is named it is the one at which the meeting stands, else the first.
    """
    if not theme_id and (step := plan.present(focus_group)) and step.theme_id:
        theme_id = str(step.theme_id)
    theme = next((theme for theme in plan.themes if not theme_id or str(theme.id) == theme_id), None)
    here_url = board_url(request, focus_group.id, theme.id if theme else None)
    return Head(
        focus_group=focus_group,
        programme=plan.programme,
        stage=stage_of(focus_group, now()),
        themes=plan.themes,
        theme=theme,
        columns=plan.columns,
        run=bar_of(request, focus_group, plan, here_url, theme),
        taken_back=plan.taken_back,
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many points there are, and how many people have joined."""

    points: dict[tuple[UUID, ColumnKind], PointCount]
    joined: Joined

    def of(self, theme: Theme, kind: ColumnKind) -> PointCount:
        """One column's."""
        return self.points.get((theme.id, kind), PointCount())

    def of_theme(self, theme: Theme) -> int:
        """A theme's shown points."""
        return sum(self.of(theme, kind).shown for kind in ColumnKind)


async def board_counts(db: AsyncSession, focus_group_id: UUID) -> Counts:
    """All counts of a focus group's board."""
    return Counts(await point_counts(db, focus_group_id), await joined_so_far(db, focus_group_id))


@dataclass(frozen=True, slots=True)
class Shown:
    """A point with what may stand beside it, and how many people said “me too” to it."""

    point: BoardPoint
    label: str | None
    is_new: bool = False
    me_too: int = 0

    @property
    def parts(self) -> list[Part]:
        """Its words, with those that seem to identify somebody apart."""
        return parts_of(self.point.text or "")


def take_long(points: Sequence[Shown]) -> bool:
    """Whether everybody else would wait for them to be rendered: what is held is looked through once more."""
    return sum(len(each.point.text or "") for each in points) > LONG


async def labelled(
    db: AsyncSession, head: Head, points: list[BoardPoint], newest_seen: int | None = None
) -> list[Shown]:
    """The points with their labels; those that arrived after number ``newest_seen`` are new."""
    if not points:
        return []
    labels = await labels_in(db, head.focus_group)
    agreeing = await people_who_said_so(db, head.focus_group.id) if head.focus_group.has_me_too else {}
    return [
        Shown(
            point,
            label_of_point(labels, point.participant_id, point.agency_id),
            is_new=newest_seen is not None and point.number > newest_seen,
            me_too=agreeing.get(point.id, 0),
        )
        for point in points
    ]
