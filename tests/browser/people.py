"""What people do in a browser, by clicks and typing: sign in, show a QR code, join by it, write."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect
from sqlmodel import select

from tests.browser.server import LiveServer
from tests.exports.qr_reading import read_matrix
from workshop.accounts.models import Account, Role
from workshop.accounts.passwords import hashed
from workshop.accounts.writes import make_account

PASSWORD = "three words together"
WELL, WORRIED, NEEDS = "What is working well?", "What are we worried about?", "What needs to happen?"
COUNT_CLICKS = """addEventListener("click", event => { if (event.isTrusted && event.detail) countClick() }, true)"""
READ_MODULES = """svg => {
    const size = svg.viewBox.baseVal.width, black = svg.querySelector("path:last-child")
    const places = [...Array(size).keys()]
    return places.map(y => places.map(x => black.isPointInFill(new DOMPoint(x + .5, y + .5))))
}"""


@dataclass
class Effort:
    """What a person has spent since ``effort_of``: clicks or taps, and pages that were opened."""

    clicks: int = 0
    pages: int = 0


def effort_of(page: Page) -> Effort:
    """Count from now on. A label's click upon its box counts once."""
    effort = Effort()

    def clicked() -> None:
        effort.clicks += 1

    def opened(_: object) -> None:
        effort.pages += 1

    page.expose_function("countClick", clicked)
    page.add_init_script(COUNT_CLICKS)
    page.on("domcontentloaded", opened)
    return effort


def make_person(server: LiveServer, email: str, role: Role = Role.COORDINATOR) -> None:
    """An account of Northshire with ``PASSWORD``."""

    async def work() -> None:
        password_hash = await hashed(PASSWORD)
        async with server.database.writing() as db:
            home = server.here.partnerships["Northshire"]
            await make_account(db, home, email=email, name=email.partition("@")[0].title(), role=role)
            account = (await db.exec(select(Account).where(Account.email == email))).one()
            account.password_hash = password_hash
            db.add(account)

    server.run(work)


def sign_in(page: Page, email: str) -> None:
    """From the sign-in page to the programmes."""
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Programmes").wait_for()


def show_qr(page: Page, title: str, label: str) -> str:
    """From the programmes to a new programme's new group and its QR code; the link that is in the code."""
    page.get_by_role("link", name="New programme").click()
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Set up the programme").click()
    page.get_by_role("link", name="Add a focus group").click()
    page.get_by_label("Label (optional)").fill(label)
    page.get_by_role("button", name="Add the focus group").click()
    page.get_by_role("button", name="Open it and show the QR code").click()
    code = page.locator(".join__qr svg")
    expect(code).to_be_visible()
    return read_matrix(code.evaluate(READ_MODULES))


def join(page: Page, link: str, agency: str = "Prefer not to say") -> None:
    """Scan, and say where from."""
    page.goto(link)
    page.get_by_label(agency, exact=True).click()
    page.get_by_role("button", name="Start").click()


def write(page: Page, column: str, text: str) -> None:
    """Type into the column's box, add it, and see it among one's own points."""
    page.get_by_label(column).fill(text)
    page.get_by_role("button", name=f"Add to: {column}").click()
    expect(page.locator(".point .words", has_text=text)).to_be_visible()
