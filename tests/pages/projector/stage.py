"""What a facilitator does to a meeting while a projector shows it, past the pages."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlmodel import col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.conftest import Installation, Meeting
from workshop.contributions.models import Contribution
from workshop.findings.models import Finding
from workshop.focus_groups.models import FocusGroup, Projected, StepKind
from workshop.focus_groups.reveals import cover_themes, reveal_themes
from workshop.focus_groups.run_sheet import NewStep
from workshop.focus_groups.running import enter_step, project
from workshop.focus_groups.steps import make_run_sheet
from workshop.focus_groups.writes import raise_revision
from workshop.programmes.models import ColumnKind

Change = Callable[[AsyncSession, FocusGroup], Awaitable[object]]


class Facilitator:
    """Whoever runs ``meeting``."""

    def __init__(self, here: Installation, meeting: Meeting) -> None:
        self.here = here
        self.meeting = meeting

    async def change(self, change: Change) -> None:
        """Change the locked group."""
        async with self.here.database.writing() as db:
            group = await db.get_one(FocusGroup, self.meeting.focus_group.id, with_for_update=True)
            await change(db, group)

    async def go_to(self, step: NewStep) -> None:
        """Take the room to a step, the only one of its run sheet."""

        async def work(db: AsyncSession, group: FocusGroup) -> None:
            group.step_id = None
            steps = await make_run_sheet(db, group, [step])
            await enter_step(db, group, steps[0])

        await self.change(work)

    async def go_to_theme(self, theme: int = 0, column: ColumnKind | None = None, title: str = "") -> None:
        """Take the room to a theme, or one column of it."""
        await self.go_to(NewStep(StepKind.THEME, 10, self.meeting.themes[theme].id, column, title))

    async def project(self, projected: Projected, theme: int | None = None) -> None:
        """Choose what the projector shows."""
        theme_id = None if theme is None else self.meeting.themes[theme].id
        await self.change(lambda db, group: project(db, group, projected, theme_id))

    async def write_blind(self) -> None:
        """Cover what others write until it is revealed."""

        async def work(db: AsyncSession, group: FocusGroup) -> None:
            group.is_blind = True
            db.add(group)
            await db.flush()
            await raise_revision(db, group.id)

        await self.change(work)

    async def reveal(self, theme: int = 0) -> None:
        """Let the room read a theme's points."""
        await self.change(lambda db, group: reveal_themes(db, group, [self.meeting.themes[theme].id]))

    async def cover(self, theme: int = 0) -> None:
        """Take them away again."""
        await self.change(lambda db, group: cover_themes(db, group, [self.meeting.themes[theme].id]))

    async def hold(self, contribution_id: UUID) -> None:
        """Keep a point from the room until somebody has looked at it."""

        async def work(db: AsyncSession, group: FocusGroup) -> None:
            await db.exec(update(Contribution).where(col(Contribution.id) == contribution_id).values(is_held=True))
            await raise_revision(db, group.id)

        await self.change(work)

    async def put_together(self, heading: str, points: list[UUID], *, is_rooms_own: bool = True) -> None:
        """A finding of what needs to happen under the first theme."""

        async def work(db: AsyncSession, group: FocusGroup) -> None:
            finding = Finding(
                programme_id=group.programme_id,
                theme_id=self.meeting.themes[0].id,
                column=ColumnKind.NEEDS_TO_HAPPEN,
                focus_group_id=group.id if is_rooms_own else None,
                heading=heading,
                position=0,
            )
            db.add(finding)
            await db.flush()
            chosen = update(Contribution).where(col(Contribution.id).in_(points))
            await db.exec(chosen.values(finding_id=finding.id))
            await raise_revision(db, group.id)

        await self.change(work)
