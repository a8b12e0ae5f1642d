"""The facilitator's board in a real browser: live, cut off, without a server, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import col, select

from tests.browser.announced import listen, told_seldom
from tests.browser.conftest import NewPage, axe, fits
from tests.browser.devices import NEEDED, WELL, WORRIED, Devices
from tests.browser.screens import LIVE, LOST, SLOWLY, board
from tests.browser.server import LiveServer
from tests.conftest import Meeting
from workshop.contributions.models import Contribution
from workshop.contributions.writes import delete_contribution, edit_contribution, hide_contribution
from workshop.focus_groups.models import Participant
from workshop.programmes.models import ColumnKind

pytestmark = pytest.mark.browser
# What a browser has of a column: the words and whether they are covered, newest first.
SHOWN = """kind => [...document.querySelectorAll(`#points-${kind} > .point`)]
    .map(point => [point.querySelector(".words").textContent, point.matches(".point--hidden")])"""


def stored(server: LiveServer, meeting: Meeting) -> dict[str, list[list[object]]]:
    """What the database holds of the first theme, as a browser should have it."""

    async def work() -> dict[str, list[list[object]]]:
        async with server.database.reading() as db:
            query = select(Contribution).where(
                Contribution.focus_group_id == meeting.focus_group.id,
                Contribution.theme_id == meeting.themes[0].id,
                col(Contribution.is_deleted).is_(False),
            )
            rows = list(await db.exec(query.order_by(col(Contribution.number).desc())))
        return {kind.value: [[row.text, row.is_hidden] for row in rows if row.column is kind] for kind in ColumnKind}

    return server.run(work)


def expect_equal(page: Page, server: LiveServer, meeting: Meeting) -> None:
    """The board becomes what the database holds, its counts too."""
    wanted = stored(server, meeting)
    for kind, points in wanted.items():
        expect(page.locator(f"#count-{kind}")).to_have_text(str(sum(not hidden for _, hidden in points)))
        expect(page.locator(f"#points-{kind} > .point")).to_have_count(len(points))
    assert {kind: page.evaluate(SHOWN, kind) for kind in wanted} == wanted


def test_what_a_phone_sends_stands_on_the_board(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    ada, ben = board(new_page(live_server, "ada", width=1280), meeting), new_page(live_server)
    ada.evaluate("window.isTheSamePage = true")
    ben.goto(f"/j/{meeting.focus_group.join_token}")
    ben.get_by_label("Prefer not to say").check()
    ben.get_by_role("button", name="Start").click()
    expect(ada.locator("#joined")).to_have_text("1 person joined, on 1 phone or computer")
    ben.get_by_role("link", name=meeting.themes[0].name).click()
    ben.get_by_label("What needs to happen?").fill("Minutes within <five> days")
    ben.get_by_role("button", name="Add to: What needs to happen?").click()
    expect(ada.locator(f"#points-{NEEDED} .words")).to_have_text("Minutes within <five> days")
    expect(ada.locator("#total-1")).to_have_text("1")
    expect(ada.locator("#announce")).to_have_text("1 new point")
    ben.get_by_role("link", name=re.compile("Delete")).first.click()
    ben.get_by_role("button", name=re.compile("Delete")).click()
    expect(ada.locator(f"#points-{NEEDED} .point")).to_have_count(0)
    expect(ada.locator(f"#empty-{NEEDED}")).to_contain_text("Nothing yet")
    assert ada.evaluate("window.isTheSamePage")


def test_hiding_covers_the_words_on_every_board_and_keeps_the_focus(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    devices = Devices(live_server, meeting)
    devices.write("Names a family")
    devices.write("Says nothing wrong")
    ada, cleo = (board(new_page(live_server, who, width=1280), meeting) for who in ("ada", "cleo"))
    bad = ada.locator(".point", has_text="Names a family")
    bad.get_by_role("button", name="Hide").focus()
    ada.keyboard.press("Enter")
    for page in (ada, cleo):
        expect(page.get_by_text("Names a family")).to_be_hidden()
        expect(page.locator(f"#hidden-{NEEDED}")).to_have_text("and 1 hidden point")
        expect(page.locator(f"#count-{NEEDED}")).to_have_text("1")
    expect(ada.get_by_role("button", name="Restore")).to_be_focused()
    devices.write("One more")
    expect(ada.locator(".point")).to_have_count(3)
    expect(ada.get_by_role("button", name="Restore")).to_be_focused()
    ada.keyboard.press("Enter")
    expect(cleo.get_by_text("Names a family")).to_be_visible()
    assert "/board" in ada.url


def test_the_board_equals_the_database_after_the_server_was_killed_and_restarted(
    own_server: LiveServer, new_page: NewPage
) -> None:
    meeting = own_server.meeting("Restarted")
    devices = Devices(own_server, meeting)
    for words in ("Edited", "Deleted", "Hidden", "Left alone"):
        devices.write(words)
    page = board(new_page(own_server, "ada", width=1280), meeting)
    expect_equal(page, own_server, meeting)
    page.evaluate("window.isTheSamePage = true")
    own_server.kill()
    expect(page.locator("#connection")).to_have_text(LOST)

    async def meanwhile() -> None:
        group = meeting.focus_group.id
        async with own_server.database.writing() as db:
            rows = {
                row.text: row for row in await db.exec(select(Contribution).where(Contribution.focus_group_id == group))
            }
            participant = await db.get_one(Participant, rows["Edited"].participant_id)
            await edit_contribution(db, participant, rows["Edited"].id, "Put right", b"key")
            await delete_contribution(db, participant, rows["Deleted"].id)
            await hide_contribution(db, group, rows["Hidden"].id)

    own_server.run(meanwhile)
    own_server.start()
    devices.write("After the restart", WELL)
    expect(page.locator("#connection")).to_have_text(LIVE)
    expect_equal(page, own_server, meeting)
    devices.write("Live again", WORRIED)
    expect(page.get_by_text("Live again")).to_be_visible()
    expect_equal(page, own_server, meeting)
    assert page.evaluate("window.isTheSamePage")


def test_a_server_that_is_told_to_stop_lets_boards_go_and_they_come_back(
    own_server: LiveServer, new_page: NewPage
) -> None:
    meeting = own_server.meeting("Updated")
    devices = Devices(own_server, meeting)
    page = board(new_page(own_server, "ada", width=1280), meeting)
    own_server.stop()
    own_server.start()
    devices.write("After the update")
    expect(page.get_by_text("After the update")).to_be_visible()
    expect(page.locator("#connection")).to_have_text(LIVE)


def test_the_board_equals_the_database_after_lost_wi_fi(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    devices = Devices(live_server, meeting)
    page = board(new_page(live_server, "ada", width=1280), meeting)
    page.context.set_offline(offline=True)
    expect(page.locator("#connection")).to_have_text(LOST)
    for number in range(5):
        devices.write(f"While it was away {number}")
    page.context.set_offline(offline=False)
    expect(page.get_by_text("While it was away 4")).to_be_visible()
    expect(page.locator("#connection")).to_have_text(LIVE)
    expect_equal(page, live_server, meeting)


def test_a_stream_that_never_comes_is_replaced_by_slow_asking(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    devices = Devices(live_server, meeting)
    page = new_page(live_server, "ada", width=1280)
    page.clock.install()
    page.route("**/stream*", lambda route: route.abort())
    page.goto(f"/focus-groups/{meeting.focus_group.id}/board")
    devices.write("Through the slow way")
    page.clock.run_for(16_000)
    expect(page.get_by_text("Through the slow way")).to_be_visible()
    expect(page.locator("#connection")).to_have_text(SLOWLY)
    # A first connection that failed is tried again with every slow asking.
    page.unroute("**/stream*")
    page.clock.run_for(16_000)
    expect(page.locator("#connection")).to_have_text(LIVE)
    devices.write("Through the stream")
    expect(page.get_by_text("Through the stream")).to_be_visible()


def test_what_is_being_typed_keeps_its_focus_and_words_while_points_arrive(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    devices = Devices(live_server, meeting)
    page = board(new_page(live_server, "ada", width=1280), meeting)
    page.get_by_text("Add a point from the room").click()
    box = page.get_by_label("What the note says")
    box.click()
    for number in range(6):
        page.keyboard.type(f"word{number} ")
        devices.write(f"Point {number}")
    expect(page.locator(".point")).to_have_count(6)
    expect(box).to_be_focused()
    expect(box).to_have_value("word0 word1 word2 word3 word4 word5 ")
    page.get_by_role("radio", name="What needs to happen?").check()
    page.get_by_role("button", name="Save this point").click()
    expect(page.locator(f"#points-{NEEDED} .words").first).to_have_text("word0 word1 word2 word3 word4 word5")
    expect_equal(page, live_server, meeting)


def test_a_flood_of_points_is_fetched_in_few_requests_and_announced_once(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    devices = Devices(live_server, meeting)
    page = board(new_page(live_server, "ada", width=1280), meeting)
    listen(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/changes" in request.url else None)
    for number in range(60):
        devices.write(f"Point {number}", (WELL, WORRIED, NEEDED)[number % 3])
    expect(page.locator(".point")).to_have_count(60)
    expect_equal(page, live_server, meeting)
    assert len(asked) < 60
    assert len(told_seldom(page)) <= 2


def test_closing_and_opening_change_the_head_of_every_board(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    ada, cleo = (board(new_page(live_server, who, width=1280), meeting) for who in ("ada", "cleo"))
    ada.get_by_role("link", name="Close").click()
    axe(ada)
    ada.get_by_role("button", name="Close").click()
    expect(cleo.get_by_role("button", name="Open again")).to_be_visible()
    expect(cleo.get_by_text("Join code")).to_be_hidden()
    cleo.get_by_role("button", name="Open again").click()
    expect(ada.get_by_text("Join code")).to_be_visible()


def test_the_join_screen_counts_live_and_shows_the_new_code(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    screen = new_page(live_server, "ada", width=1920)
    screen.goto(f"/focus-groups/{meeting.focus_group.id}/join-screen")
    expect(screen.locator("#connection")).to_have_text(LIVE)
    Devices(live_server, meeting, 3)
    expect(screen.locator("#joined")).to_have_text("3 people joined, on 3 phones or computers")
    code = screen.locator(".join__code").inner_text()
    other = new_page(live_server, "cleo", width=1280)
    other.goto(f"/focus-groups/{meeting.focus_group.id}/closure")
    other.get_by_role("button", name="Close").click()
    expect(screen.get_by_text("Nobody can join at the moment")).to_be_visible()
    other.get_by_role("button", name="Open again").click()
    expect(screen.locator(".join__code")).to_be_visible()
    expect(screen.locator(".join__code")).not_to_have_text(code)


def test_the_board_works_without_scripts(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    devices = Devices(live_server, meeting)
    page = new_page(live_server, "ada", width=1280, javascript=False)
    page.goto(f"/focus-groups/{meeting.focus_group.id}/board")
    devices.write("Without scripts")
    page.get_by_role("link", name="Refresh it").click()
    page.locator(".point", has_text="Without scripts").get_by_role("button", name="Hide").click()
    expect(page.get_by_text("Hidden. Read the words")).to_be_visible()
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_text("Without scripts")).to_be_visible()
    page.get_by_role("link", name=re.compile(meeting.themes[1].name)).click()
    expect(page.get_by_role("heading", level=2, name=meeting.themes[1].name)).to_be_visible()


def test_board_join_screen_and_question_are_accessible_and_narrow(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    devices = Devices(live_server, meeting)
    devices.write("Averyveryveryveryveryveryverylongwordwithoutanyblankinitwhichhastobebroken" * 2)
    devices.write("To be hidden", WELL)
    page = board(new_page(live_server, "ada", width=320), meeting)
    page.locator(".point", has_text="To be hidden").get_by_role("button", name="Hide").click()
    expect(page.get_by_role("button", name="Restore")).to_be_visible()
    page.get_by_text("Add a point from the room").click()
    for path in ("", "join-screen", "closure"):
        if path:
            page.goto(f"/focus-groups/{meeting.focus_group.id}/{path}")
        fits(page)
        axe(page)
