"""What the room sets priorities among; how many votes each has, once its facilitator shows it."""

from dataclasses import dataclass
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.findings.models import Finding
from workshop.findings.ranking import Placed, in_order
from workshop.findings.votes import ballot_of, vote_totals
from workshop.pages.projector.fitting import lines_of, lines_under, page_of
from workshop.pages.projector.scene import Scene, Section
from workshop.programmes.models import Theme

# In a row of the table beside place and votes, where the stylesheet cuts a heading. A theme's row has room above it.
WIDTH, LONGEST = 34.4, 3
AROUND_ROW, ABOVE_THEME = 0.38, 0.3


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A heading; ``placed`` once the totals are shown. ``is_first``: of its theme on the screen."""

    finding: Finding
    theme: Theme
    placed: Placed[Any] | None
    is_first: bool

    @property
    def lines(self) -> float:
        """All that it takes room for, with its theme's name where that stands above it."""
        above = 1 + AROUND_ROW + ABOVE_THEME if self.is_first else 0
        return above + lines_of(self.finding.heading, WIDTH, LONGEST) + AROUND_ROW


async def priorities(db: AsyncSession, scene: Scene) -> Section:
    """The headings of the theme in view, else of all themes; most votes first once the totals are shown."""
    group = scene.focus_group
    findings = (await ballot_of(db, group)).shown
    totals = await vote_totals(db, [finding.id for finding in findings]) if group.are_totals_shown else {}
    shown: list[ShownFinding] = []
    for theme in [scene.theme] if scene.theme else scene.themes:
        here = {finding.id: finding for finding in findings if finding.theme_id == theme.id}
        shown += [
            ShownFinding(here[key], theme, placed, is_first=not place and scene.theme is None)
            for place, (key, placed) in enumerate(in_order(here, totals))
        ]
    title, subtitle = (scene.theme.name, "Priorities") if scene.theme else ("Priorities", "")
    return Section(
        "projector/_priorities.html",
        title,
        subtitle,
        (scene.theme,) if scene.theme else tuple(scene.themes),
        {
            "has_totals": group.are_totals_shown,
            "votes_each": group.votes_each,
            "has_themes": scene.theme is None,
            "page": page_of(shown, scene.page, lines_under(title, subtitle), lambda each: each.lines),
        },
    )
