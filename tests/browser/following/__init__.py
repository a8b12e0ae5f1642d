"""A meeting that phones follow, run from a facilitator's browser, and where a phone says what the room does."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.server import LiveServer
from tests.conftest import Meeting
from workshop.focus_groups.models import FocusGroup, RunSheetStep, StepKind
from workshop.focus_groups.run_sheet import NewStep
from workshop.focus_groups.steps import make_run_sheet
from workshop.programmes.models import ColumnKind

WELCOME, FIRST, COLUMN, OWN, GROUPING, CLOSE = range(6)


@dataclass
class Room:
    """A meeting with its run sheet, and Ada's browser to run it from."""

    server: LiveServer
    meeting: Meeting
    ada: Page
    steps: list[RunSheetStep] = field(default_factory=list)
    at: str = ""

    def go(self, place: int) -> None:
        """Press the facilitator's button for this step."""
        step = str(self.steps[place].id)
        path = f"/focus-groups/{self.meeting.focus_group.id}/step"
        answer = self.ada.request.post(path, form={"to": step, "seen": self.at}, max_redirects=0)
        assert answer.status == 303
        self.at = step

    def act(self, name: str, **fields: str | float | bool) -> None:
        """One of the run bar's smaller acts."""
        answer = self.ada.request.post(
            f"/focus-groups/{self.meeting.focus_group.id}/{name}", form=fields, max_redirects=0
        )
        assert answer.status == 303

    def join(self, page: Page) -> None:
        """Scan, and prefer not to say."""
        page.goto(f"/j/{self.meeting.focus_group.join_token}")
        page.get_by_label("Prefer not to say", exact=True).check()
        page.get_by_role("button", name="Start").click()
        expect(page.locator("[data-now]")).to_be_attached()


def make_room(server: LiveServer, title: str, new_page: NewPage, *, is_together: bool = True) -> Room:
    """A meeting of six steps, people coming in."""
    meeting = server.meeting(title)
    themes = [theme.id for theme in meeting.themes]
    steps = (
        NewStep(StepKind.WELCOME),
        NewStep(StepKind.THEME, theme_id=themes[0]),
        NewStep(StepKind.THEME, theme_id=themes[1], column=ColumnKind.WORRIED_ABOUT),
        NewStep(StepKind.OWN, title="Presentations", text="Listen to all of them."),
        NewStep(StepKind.GROUPING),
        NewStep(StepKind.CLOSE),
    )

    async def plan() -> list[RunSheetStep]:
        async with server.database.writing() as db:
            group = await db.get_one(FocusGroup, meeting.focus_group.id)
            made = await make_run_sheet(db, group, steps)
            group.is_together = is_together
            return made

    room = Room(server, meeting, new_page(server, "ada", width=1280), server.run(plan))
    room.go(WELCOME)
    return room


def heading(page: Page, words: str) -> None:
    """Wait until the page is there; without a stream that takes some seconds."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words, timeout=30_000)


def line(page: Page) -> Locator:
    """Where it says that the room is elsewhere."""
    return page.locator("[data-moved]")


def news(page: Page) -> Locator:
    """Where it says that others' words can be read."""
    return page.locator("[data-news] p")
