"""What somebody does on a phone in a meeting of the test's own, and what of it is in the database."""

from playwright.sync_api import Page, expect
from sqlmodel import select

from tests.browser.server import LiveServer
from tests.conftest import Meeting
from workshop.contributions.models import Contribution


def stored(server: LiveServer, meeting: Meeting) -> list[str | None]:
    """The meeting's points in the database."""

    async def work() -> list[str | None]:
        async with server.database.reading() as db:
            query = select(Contribution).where(Contribution.focus_group_id == meeting.focus_group.id)
            rows = await db.exec(query.order_by(Contribution.number))  # type: ignore[arg-type]  # a column
            return [row.text for row in rows]

    return server.run(work)


def join(page: Page, meeting: Meeting, agency: str = "Prefer not to say") -> None:
    """Scan, choose, start."""
    page.goto(f"/j/{meeting.focus_group.join_token}")
    page.get_by_label(agency, exact=True).check()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("heading", name="Choose a theme").wait_for()


def open_theme(page: Page, meeting: Meeting, place: int = 0) -> None:
    """The third tap."""
    page.get_by_role("link", name=meeting.themes[place].name).click()
    page.get_by_role("heading", level=1, name=meeting.themes[place].name).wait_for()


def writing(page: Page, meeting: Meeting) -> Page:
    """The phone, once it has joined and has the first theme open."""
    join(page, meeting)
    open_theme(page, meeting)
    return page


def add(page: Page, column: str, text: str) -> None:
    """Write into a box and tap Add."""
    page.get_by_label(column).fill(text)
    tap_add(page, column)


def tap_add(page: Page, column: str) -> None:
    page.get_by_role("button", name=f"Add to: {column}").click()


def said(page: Page, words: str, kind: str = "working_well") -> None:
    """Wait until the box says so."""
    expect(page.locator(f"#status-{kind}")).to_contain_text(words)
