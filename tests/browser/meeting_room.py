"""A whole meeting in browsers: its facilitator, a big screen and three phones, and how one gets about in it."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.pictures import at, signed_in, taken
from tests.browser.screens import LIVE, needs_no_scrolling
from tests.browser.server import LiveServer
from tests.conftest import Meeting
from workshop.focus_groups.models import Phase

SLOW_MS, USUAL_MS = 30_000, 5_000
EARLY, LATE, MINUTES, SOONER = (
    "Reports come before the meeting.",
    "Dates change at the last minute.",
    "Send the minutes within a week.",
    "Minutes within one week, please.",
)
# A number that is kept for drama.
NUMBER = "01632 960 417"
NAMED, REWORDED = f"Nobody answers the duty line, I always ring {NUMBER}.", "Nobody answers the duty line."
CHILD = "A girl comes to school hungry every Monday and nobody has told social care."
HALF, WHOLE = "The school nurse is nearly alw", "ays there."
HEADING, STEADY, HIGHER = "Minutes within a week", "Steady membership", "The same people at every meeting."
QUESTION = "How well do core groups work?"
LOWEST = "Nobody has read the papers, actions have no owner, and the family hears afterwards what was decided."
HIGHEST = "Everybody knows who does what by when, and the family would say that the group and the plan are its own."
SCALE, GROUPING, PRIORITIES, CLOSE = "Practice scale", "Put alike points together", "Priorities", "Close"


@dataclass
class Room:
    """``phone`` is somebody's own, ``plain`` runs no scripts, ``table`` belongs to a table's scribe."""

    server: LiveServer
    meeting: Meeting
    ada: Page
    screen: Page
    phone: Page
    plain: Page
    table: Page

    @property
    def themes(self) -> list[str]:
        """Their names."""
        return [theme.name for theme in self.meeting.themes]

    def open(self, page: Page, path: str = "board") -> None:
        """One of the group's pages."""
        page.goto(at(self.server, f"/focus-groups/{self.meeting.focus_group.id}/{path}"))

    def join_path(self) -> str:
        """Where the QR code leads."""
        return at(self.server, f"/j/{self.meeting.focus_group.join_token}")

    def go(self, name: str, *, back: bool = False) -> None:
        """Press Next, or Back, and see that this is the step."""
        button = self.ada.get_by_role("button", name=f"{'Back to' if back else 'Next:'} {name}", exact=True)
        button.click()
        self.stands_at(name)

    def stands_at(self, name: str) -> None:
        """The facilitator's page and the big screen are at this step."""
        expect(self.ada.locator("#run-step")).to_have_text(name)
        expect(self.ada.locator("#connection")).to_have_text(LIVE)

    def show(self, name: str) -> None:
        """Take a picture of the big screen, which fits without scrolling."""
        needs_no_scrolling(self.screen)
        taken(self.screen, name)

    def written(self, page: Page, text: str) -> Locator:
        """A point on the board or the projector."""
        return page.locator(".point").filter(has_text=text)


def make_room(server: LiveServer, new_page: NewPage) -> Room:
    """A meeting of Ada's that has not begun, with everybody's browser."""
    meeting = server.meeting("Core groups 2026")
    server.change(meeting, phase=Phase.DRAFT, join_code=None)
    screen = signed_in(new_page(server, width=1280), server, "ada")
    screen.set_viewport_size({"width": 1280, "height": 720})
    room = Room(
        server=server,
        meeting=meeting,
        ada=signed_in(new_page(server, width=1280), server, "ada"),
        screen=screen,
        phone=new_page(server, device_scale_factor=2),
        plain=new_page(server, javascript=False),
        table=new_page(server),
    )
    for page in (room.ada, room.screen, room.phone, room.plain, room.table):
        page.set_default_timeout(SLOW_MS)
    return room


def heading(page: Page, words: str) -> None:
    """Wait until the page is there."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words, timeout=SLOW_MS)
