"""The end of a rehearsal on every screen that still shows it: each says so, and leads back."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from tests.browser.conftest import NewPage, axe, fits
from tests.browser.people import WELL
from tests.browser.screens import LIVE, opened
from tests.browser.server import LiveServer
from workshop.accounts.models import Account, Membership, Role
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Programme

pytestmark = pytest.mark.browser
ENDED = "The rehearsal has ended, and nothing of it was kept."
OVER = "The rehearsal has ended."
SLOW_MS = 30_000


def join_token(server: LiveServer, focus_group_id: str) -> str:
    """Of the rehearsal of this focus group."""

    async def work() -> str:
        async with server.database.reading() as db:
            query = select(FocusGroup.join_token, Programme.rehearsal_of).join(Programme)
            return next(token for token, of in await db.exec(query) if str(of) == focus_group_id)

    return server.run(work)


def test_an_ended_rehearsal_says_so_on_boards_projector_and_phones(live_server: LiveServer, new_page: NewPage) -> None:
    real = str(live_server.meeting("Rehearsed and ended").focus_group.id)
    ada = new_page(live_server, "ada", width=1280)
    ada.goto(f"/focus-groups/{real}/rehearsal")
    ada.get_by_role("button", name="Begin the rehearsal").click()
    expect(ada.locator("#connection")).to_have_text(LIVE)
    copy = re.sub(r"/board.*", "", ada.url)
    ada.get_by_role("button", name="Start the meeting").click()
    ada.get_by_role("button", name=re.compile("^Next: ")).click()
    expect(ada.get_by_role("button", name=re.compile("^Back to Welcome"))).to_be_visible()
    paths = ("/board", "/grouping", "/join-screen", "/projector")
    screens = [
        opened(new_page(live_server, "ada", width=width), copy + path)
        for path, width in zip(paths, (320, 1280, 1280, 1280), strict=True)
    ]
    phone = new_page(live_server)
    phone.goto(f"/j/{join_token(live_server, real)}")
    phone.get_by_label("Prefer not to say", exact=True).check()
    phone.get_by_role("button", name="Start").click()
    phone.get_by_label(WELL).fill("Not sent yet")

    ada.get_by_role("button", name="End the rehearsal").click()
    expect(ada.get_by_text("The rehearsal is over")).to_be_visible()
    for screen in screens:
        expect(screen.locator("#ended")).to_contain_text(ENDED, timeout=SLOW_MS)
        expect(screen.locator(".projector__screen > *")).to_have_count(0)
        expect(screen.locator("#connection")).to_have_text(OVER)
        fits(screen)
        axe(screen)
    screens[0].get_by_role("link", name="Back to what was rehearsed").click()
    expect(screens[0]).to_have_url(re.compile(real))
    over = phone.locator("[data-over]")
    expect(over).to_contain_text(ENDED, timeout=SLOW_MS)
    expect(phone.get_by_label(WELL)).to_have_value("Not sent yet")
    axe(phone)
    phone.wait_for_timeout(4_000)  # whatever still asks would say by now that the connection is lost
    for screen in screens[1:]:
        expect(screen.locator("#connection")).to_have_text(OVER)
        expect(screen.locator("#ended")).to_have_count(1)


def test_a_group_that_is_gone_says_so_and_one_behind_a_strange_404_goes_on_trying(
    live_server: LiveServer, new_page: NewPage
) -> None:
    group = live_server.meeting("Handed on").focus_group
    page = opened(new_page(live_server, "ada"), f"/focus-groups/{group.id}/board")
    page.route("**/board/changes*", lambda route: route.fulfill(status=404, body="<title>nginx</title>"))
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#connection")).to_have_text("Connection lost, trying again.", timeout=SLOW_MS)
    expect(page.locator("#ended")).to_have_count(0)
    page.unroute("**/board/changes*")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#connection")).to_have_text(LIVE, timeout=SLOW_MS)

    async def hand_on() -> None:
        async with live_server.database.writing() as db:
            stored = await db.get_one(FocusGroup, group.id)
            stored.facilitator_email = "fay@example.org"
            db.add(stored)

    live_server.run(hand_on)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#ended")).to_contain_text("no longer here, or no longer yours to run", timeout=SLOW_MS)
    axe(page)


def test_whoever_may_no_longer_run_it_reads_so_and_not_that_the_connection_is_lost(
    live_server: LiveServer, new_page: NewPage
) -> None:
    group = live_server.meeting("Lowered").focus_group
    pages = [
        opened(new_page(live_server, "ada"), f"/focus-groups/{group.id}/{path}") for path in ("board", "projector")
    ]

    def make(role: Role) -> None:
        async def work() -> None:
            async with live_server.database.writing() as db:
                query = select(Membership).join(Account).where(Account.email == "ada@example.org")
                (await db.exec(query)).one().role = role

        live_server.run(work)

    make(Role.VIEWER)
    try:
        for page in pages:
            page.evaluate("dispatchEvent(new Event('online'))")
            expect(page.locator("#ended")).to_contain_text("no longer yours to run", timeout=SLOW_MS)
            expect(page.locator("#connection")).to_have_text("Ended.")
            expect(page.locator(".projector__screen > *")).to_have_count(0)
    finally:
        make(Role.FACILITATOR)
