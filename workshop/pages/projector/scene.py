"""What a projector's page is made from: the focus group, where its meeting stands, and which theme is in view."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.released import Covered, PlaceCount
from workshop.database import now
from workshop.focus_groups.models import FocusGroup, RunSheetStep
from workshop.focus_groups.reveals import is_revealed, revealed_themes
from workshop.focus_groups.run_sheet import heading_of
from workshop.focus_groups.stage import Stage, stage_of
from workshop.focus_groups.standing import Standing, standing_of
from workshop.focus_groups.steps import steps_of
from workshop.pages.projector.fitting import TITLE, TITLE_LINES, lines_of
from workshop.programmes.models import ColumnKind, Programme, ProgrammeColumn, Theme
from workshop.programmes.queries import columns_of, themes_of


@dataclass(frozen=True, slots=True)
class Scene:
    """What every section is given.

    ``step``: where the run sheet stands, whatever the room makes of it (``standing`` says that). ``theme``: the one in
    view: chosen for the projector, else the step's. ``page``: which part of a long list is asked for, from 1.
    ``revealed``: the themes that the facilitator has revealed.
    """

    focus_group: FocusGroup
    programme: Programme
    stage: Stage
    standing: Standing
    step: RunSheetStep | None
    theme: Theme | None
    themes: list[Theme]
    columns: list[ProgrammeColumn]
    page: int
    revealed: frozenset[UUID]

    def is_revealed(self, theme: Theme) -> bool:
        """Whether the room may read the theme's points."""
        return is_revealed(self.focus_group, theme.id, self.revealed)

    @property
    def mark(self) -> str:
        """Short, and another one when what is shown has changed without a revision of its own: times, names, rules."""
        group, programme = self.focus_group, self.programme
        shown = (
            self.stage,
            self.standing.key,
            (group.label, group.date, group.join_code, group.last_open_on, group.open_until),
            (programme.title, programme.group_word, programme.minimum_count, programme.retention_days),
            [(theme.id, theme.name) for theme in self.themes],
            [(column.kind, column.question) for column in self.columns],
        )
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:12]

    @property
    def place(self) -> str:
        """Short, and another one whenever another section, or another theme's, is to be shown."""
        group = self.focus_group
        shown = (self.standing.doing, group.step_id, group.projected, self.theme.id if self.theme else None)
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:8]

    @property
    def heading(self) -> tuple[str, str]:
        """What the meeting's step is called, and what stands beside it."""
        names = {theme.id: theme.name for theme in self.themes}
        if self.step is None:
            return self.programme.title, self.focus_group.label or ""
        return heading_of(self.step, lambda theme_id: names.get(theme_id, ""), self.question)

    def question(self, kind: ColumnKind) -> str:
        """The column's wording in this programme."""
        return next(column.question for column in self.columns if column.kind is kind)


@dataclass(frozen=True, slots=True)
class Section:
    """One section, ready to be rendered.

    ``template`` finds its ``context`` as ``section``; ``title`` and ``subtitle`` stand at the page's head. ``themes``:
    those whose points it shows, or would, so that the page can say how many of them are covered; none: all themes.
    """

    template: str
    title: str
    subtitle: str = ""
    themes: tuple[Theme, ...] = ()
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_title_long(self) -> bool:
        """Whether two lines would cut the title: three of smaller letters stand in their place."""
        return lines_of(self.title, TITLE, TITLE_LINES + 1, is_bold=True) > TITLE_LINES


async def scene_of(db: AsyncSession, focus_group: FocusGroup, programme: Programme, page: int) -> Scene:
    """Where the meeting stands at this moment."""
    themes, columns = await themes_of(db, programme.id), await columns_of(db, programme.id)
    steps = await steps_of(db, focus_group.id)
    step = next((each for each in steps if each.id == focus_group.step_id), None)
    wanted = focus_group.projected_theme_id or (step.theme_id if step else None)
    return Scene(
        focus_group=focus_group,
        programme=programme,
        stage=stage_of(focus_group, now()),
        standing=standing_of(focus_group, steps, themes, columns, now()),
        step=step,
        theme=next((theme for theme in themes if theme.id == wanted), None),
        themes=themes,
        columns=columns,
        page=page,
        revealed=await revealed_themes(db, focus_group.id),
    )


def covered_in(scene: Scene, counts: Mapping[tuple[UUID, ColumnKind], PlaceCount], themes: Iterable[Theme]) -> Covered:
    """How many points of these themes the room cannot read. ``counts``: as ``place_counts`` gives them."""
    of_themes = [(theme, counts.get((theme.id, kind), PlaceCount())) for theme in themes for kind in ColumnKind]
    return Covered(
        unrevealed=sum(count.released for theme, count in of_themes if not scene.is_revealed(theme)),
        moderated=sum(count.moderated for _, count in of_themes),
    )
