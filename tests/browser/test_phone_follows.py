"""Phones go along with the room in a real browser: by themselves, never away from words, with a stream or without."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import NewPage, axe, fits
from tests.browser.people import NEEDS, WELL, WORRIED
from tests.browser.phone import add, said, stored, tap_add
from tests.browser.server import LiveServer
from tests.conftest import Meeting
from workshop.focus_groups.models import FocusGroup, RunSheetStep, StepKind
from workshop.focus_groups.run_sheet import NewStep
from workshop.focus_groups.steps import make_run_sheet
from workshop.programmes.models import ColumnKind

pytestmark = pytest.mark.browser
WELCOME, FIRST, COLUMN, OWN, GROUPING, CLOSE = range(6)
MOVED = "The room has moved on to"
YOURS = "Your words here are still yours to send."
STAY = "Your words stay here: send them at once, or show them to the facilitator."
COUNT_ANNOUNCEMENTS = """() => {
    window.spoken = []
    const live = document.getElementById("announce")
    new MutationObserver(() => {
        document.body.dataset.spoken = spoken.push([performance.now(), live.textContent])
    }).observe(live, {childList: true, characterData: true, subtree: true})
}"""


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


@pytest.fixture
def room(live_server: LiveServer, new_page: NewPage, request: pytest.FixtureRequest) -> Room:
    """A meeting of the test's own, all together, people coming in."""
    return make_room(live_server, request.node.name, new_page)


def heading(page: Page, words: str) -> None:
    """Wait until the page is there; without a stream that takes some seconds."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words, timeout=30_000)


def line(page: Page) -> Locator:
    """Where it says that the room is elsewhere."""
    return page.locator("[data-moved]")


def news(page: Page) -> Locator:
    """Where it says that others' words can be read."""
    return page.locator("[data-news] p")


def test_a_phone_goes_along_forward_and_back_by_itself(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    themes = [theme.name for theme in room.meeting.themes]
    heading(page, "You’re in")
    fits(page)
    axe(page)
    for step, words in (
        (FIRST, themes[0]),
        (COLUMN, themes[1]),
        (OWN, "Presentations"),
        (GROUPING, "Alike points are being put together"),
        (FIRST, themes[0]),
        (CLOSE, "Thank you"),
    ):
        room.go(step)
        heading(page, words)
        expect(line(page)).to_be_hidden()
        fits(page)
        axe(page)


def test_going_along_asks_for_the_new_page_and_nothing_in_between(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for step, words in ((FIRST, room.meeting.themes[0].name), (OWN, "Presentations")):
        room.go(step)
        heading(page, words)
    assert not [url for url in asked if url.endswith("/now")]


def test_a_room_that_moves_on_again_takes_along_a_phone_that_is_on_its_way(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    held: list[Route] = []
    first = f"**/themes/{room.meeting.themes[0].id}"

    def hold(route: Route) -> None:
        held.append(route)

    page.route(first, hold)
    with page.expect_request(first):
        room.go(FIRST)
    # The page that it leaves hears no more.
    page.route("**/standing", lambda route: route.abort())
    room.go(COLUMN)
    held[0].continue_()
    heading(page, room.meeting.themes[1].name)
    expect(line(page)).to_be_hidden()


def test_half_a_sentence_stays_where_it_is_until_it_is_sent(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    page.get_by_label(WELL).press_sequentially("Minutes come")
    room.go(COLUMN)
    expect(line(page)).to_contain_text(f"{MOVED}: {room.meeting.themes[1].name}: {WORRIED} {YOURS}")
    expect(page.locator("#announce")).to_contain_text(MOVED)
    page.get_by_label(WELL).press_sequentially(" quickly now.")
    expect(page.get_by_label(WELL)).to_have_value("Minutes come quickly now.")
    expect(page.get_by_label(WELL)).to_be_focused()
    heading(page, room.meeting.themes[0].name)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(line(page)).to_be_in_viewport()
    fits(page)
    axe(page)
    tap_add(page, WELL)
    said(page, "Saved")
    heading(page, room.meeting.themes[1].name)
    assert stored(room.server, room.meeting) == ["Minutes come quickly now."]
    assert page.evaluate("Object.keys(localStorage)") == []


def test_words_kept_on_the_phone_hold_the_page_and_go_there_takes_them_along(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    page.get_by_label(NEEDS).fill("Half a thought")
    page.reload()
    expect(page.get_by_label(NEEDS)).to_have_value("Half a thought")
    page.locator("h1").click()
    room.go(GROUPING)
    expect(line(page)).to_contain_text(STAY)
    heading(page, room.meeting.themes[0].name)
    page.get_by_role("link", name="Go there").click()
    heading(page, "Alike points are being put together")
    expect(page.get_by_text("There are words on this phone that are not sent.")).to_be_visible()
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    expect(page.get_by_label(NEEDS)).to_have_value("Half a thought")
    tap_add(page, NEEDS)
    said(page, "Saved", "needs_to_happen")
    assert stored(room.server, room.meeting) == ["Half a thought"]


def test_a_text_on_its_way_holds_the_page_and_is_taken_after_the_room_moved_on(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/contributions", hold)
    add(page, WELL, "Sent in the last second.")
    said(page, "Saving…")
    room.go(GROUPING)
    expect(line(page)).to_contain_text(STAY)
    held[0].continue_()
    heading(page, "Alike points are being put together")
    expect(page.locator(".point .words")).to_have_text(["Sent in the last second."])


def test_an_empty_box_with_the_focus_holds_nobody(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(FIRST)
    page.get_by_label(WELL).focus()
    room.go(OWN)
    heading(page, "Presentations")


def test_words_for_a_column_that_is_not_asked_any_more_keep_their_box(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(COLUMN)
    heading(page, room.meeting.themes[1].name)
    expect(page.get_by_label(WORRIED)).to_be_visible()
    expect(page.get_by_label(WELL)).to_be_hidden()
    page.evaluate(
        """([theme, drafts]) => localStorage.setItem(`workshop:${drafts}:${theme}:working_well`,
           JSON.stringify({id: "", text: "Begun before.", waiting: false}))""",
        [str(room.meeting.themes[1].id), room.meeting.focus_group.id.hex[:8]],
    )
    page.reload()
    expect(page.get_by_label(WELL)).to_have_value("Begun before.")
    tap_add(page, WELL)
    said(page, "Saved")


def test_while_people_roam_only_phases_move_them(
    live_server: LiveServer, new_page: NewPage, request: pytest.FixtureRequest
) -> None:
    room = make_room(live_server, request.node.name, new_page, is_together=False)
    page = new_page(live_server)
    room.join(page)
    room.go(FIRST)
    heading(page, "Choose a theme")
    page.get_by_role("link", name=room.meeting.themes[2].name).click()
    heading(page, room.meeting.themes[2].name)
    room.go(COLUMN)
    room.act("timer", timer="start:10")
    expect(page.locator("[data-timer]")).to_contain_text("9:5")
    heading(page, room.meeting.themes[2].name)
    expect(line(page)).to_be_hidden()
    room.go(GROUPING)
    heading(page, "Alike points are being put together")


def test_without_javascript_the_next_tap_lands_where_the_room_is(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server, javascript=False)
    room.join(page)
    heading(page, "You’re in")
    room.go(FIRST)
    page.get_by_role("link", name="Check whether it has started").click()
    heading(page, room.meeting.themes[0].name)
    page.get_by_label(WELL).fill("Minutes come quickly.")
    room.go(GROUPING)
    tap_add(page, WELL)
    expect(page.get_by_text("Saved", exact=True)).to_have_count(1)
    expect(line(page)).to_contain_text("The room is now at: putting alike points together.")
    fits(page)
    page.get_by_role("link", name="Go there").click()
    heading(page, "Alike points are being put together")
    expect(page.locator(".point .words")).to_have_text(["Minutes come quickly."])
    room.go(COLUMN)
    page.get_by_role("link", name="See whether the room has moved on").click()
    heading(page, room.meeting.themes[1].name)


def test_a_late_arrival_starts_where_the_room_is(room: Room, new_page: NewPage) -> None:
    room.go(COLUMN)
    page = new_page(room.server)
    room.join(page)
    heading(page, room.meeting.themes[1].name)


def test_without_a_stream_the_phone_asks(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    page.route("**/stream", lambda route: route.abort())
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)


def test_a_network_that_answers_for_everybody_moves_nobody(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    page.route("**/standing", lambda route: route.fulfill(content_type="text/html", body="<p data-now>Log in</p>"))
    room.join(page)
    with page.expect_request("**/standing"):
        room.go(FIRST)
    heading(page, "You’re in")
    page.unroute("**/standing")
    heading(page, room.meeting.themes[0].name)


def test_a_killed_server_is_followed_again_when_it_is_back(own_server: LiveServer, new_page: NewPage) -> None:
    room = make_room(own_server, "Killed", new_page)
    page = new_page(own_server)
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    page.get_by_label(WELL).fill("Half a")
    own_server.kill()
    page.get_by_label(WELL).press_sequentially(" sentence")
    own_server.start()
    room.go(COLUMN)
    expect(line(page)).to_contain_text(YOURS, timeout=30_000)
    expect(page.get_by_label(WELL)).to_have_value("Half a sentence")
    tap_add(page, WELL)
    heading(page, room.meeting.themes[1].name)
    own_server.stop()


def test_the_timer_is_the_servers_whatever_the_phones_clock_says(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    page.add_init_script("Date.now = () => 0; performance.timeOrigin = 0")
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    room.act("timer", timer="start:10")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^9:\d\d$"))
    page.reload()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^9:\d\d$"))
    room.act("timer", timer="pause")
    expect(page.get_by_role("timer")).to_contain_text("paused")
    room.act("timer", timer="clear")
    expect(page.get_by_role("timer")).to_have_count(0)


def test_one_announcement_in_ten_seconds(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    page.get_by_label(WELL).fill("Held")
    page.evaluate(COUNT_ANNOUNCEMENTS)
    for step in (COLUMN, OWN, GROUPING, OWN, GROUPING):
        room.go(step)
        expect(page.locator("[data-moved] strong")).to_have_text(
            {COLUMN: f"{room.meeting.themes[1].name}: {WORRIED}", OWN: "Presentations"}.get(
                step, "putting alike points together"
            )
        )
    expect(page.locator("body")).to_have_attribute("data-spoken", "2", timeout=30_000)
    first, second = page.evaluate("spoken")
    assert second[0] - first[0] >= 9_900
    assert "putting alike points together" in second[1]


def test_what_is_revealed_is_offered_without_leaving_the_page(room: Room, new_page: NewPage) -> None:
    room.server.change(room.meeting, is_blind=True)
    room.go(FIRST)
    other, page = new_page(room.server), new_page(room.server)
    for each in (other, page):
        room.join(each)
    add(other, WELL, "Only once it is revealed.")
    said(other, "Saved")
    page.get_by_label(WELL).press_sequentially("Half a sent")
    expect(news(page)).to_have_count(0)
    room.act("reveals", reveal=str(room.meeting.themes[0].id))
    expect(news(page)).to_contain_text("You can now read what others wrote")
    expect(page.get_by_label(WELL)).to_have_value("Half a sent")
    fits(page)
    axe(page)
    page.locator("[data-news]").get_by_role("link").click()
    expect(page.get_by_text("Only once it is revealed.")).to_be_visible()
    room.act("reveals", cover=str(room.meeting.themes[0].id))
    expect(news(page)).to_have_count(0)


def test_what_the_facilitator_hides_leaves_the_page_of_others_words(room: Room, new_page: NewPage) -> None:
    page, other = new_page(room.server), new_page(room.server)
    for phone in (page, other):
        room.join(phone)
    room.go(FIRST)
    heading(other, room.meeting.themes[0].name)
    add(other, WELL, "Said too much about somebody.")
    heading(page, room.meeting.themes[0].name)
    page.get_by_role("link", name="What others wrote here").click()
    words = page.get_by_text("Said too much about somebody.")
    expect(words).to_be_visible()
    room.ada.goto(f"/focus-groups/{room.meeting.focus_group.id}/board?theme={room.meeting.themes[0].id}")
    room.ada.get_by_role("button", name="Hide").click()
    expect(words).to_have_count(0, timeout=15_000)
    room.ada.get_by_role("button", name="Restore").click()
    expect(words).to_be_visible(timeout=15_000)


def test_a_released_or_reworded_point_of_ones_own_is_renewed_beside_unsent_words(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    add(page, WELL, "Somebody was named here.")
    said(page, "Saved")
    page.get_by_label(WELL).fill("Half a sentence")
    item = page.locator("[data-point]")
    point = str(item.get_attribute("id")).removeprefix("point-")
    edit = item.get_by_role("link", name="Edit")
    edit.focus()
    group = f"contributions/{point}"
    room.act(f"{group}/holding")
    expect(item).to_contain_text("Only the facilitator sees this", timeout=15_000)
    room.act(
        f"{group}/rewording", text="Somebody helped.", based_on="Somebody was named here.", concern="no", then="show"
    )
    expect(item.locator(".words")).to_have_text("Somebody helped.", timeout=15_000)
    expect(item).to_contain_text("The facilitator has changed these words.")
    expect(item).not_to_contain_text("Only the facilitator sees this")
    expect(edit).to_be_focused()
    expect(page.get_by_label(WELL)).to_have_value("Half a sentence")
    axe(page)


def test_im_done_is_said_and_taken_back(room: Room, new_page: NewPage) -> None:
    room.go(FIRST)
    page = new_page(room.server)
    room.join(page)
    page.get_by_label(WELL).fill("Not sent yet")
    page.get_by_role("button", name="I’m done").click()
    expect(page.get_by_text("You have said that you are done.")).to_be_visible()
    expect(page.get_by_label(WELL)).to_have_value("Not sent yet")
    axe(page)
    page.get_by_role("button", name="Not done yet").click()
    expect(page.get_by_role("button", name="I’m done")).to_be_visible()


def test_going_back_stays_there_to_read(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.go(FIRST)
    room.join(page)
    add(page, WELL, "To be read again.")
    said(page, "Saved")
    room.go(GROUPING)
    heading(page, "Alike points are being put together")
    page.get_by_text("What you wrote").wait_for()
    page.goto(f"/j/{room.meeting.focus_group.join_token}/themes/{room.meeting.themes[0].id}")
    expect(line(page)).to_contain_text("The room is now at: putting alike points together.")
    room.act("timer", timer="start:10")
    expect(page.get_by_role("timer")).to_be_visible()
    heading(page, room.meeting.themes[0].name)
    expect(page.locator(".point .words")).to_have_text(["To be read again."])
    room.go(COLUMN)
    heading(page, room.meeting.themes[1].name)
