"""The big screen in a real browser: it follows by itself, fits, and never holds what was not released."""

import http.client
import re
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, Route, expect
from sqlmodel import select

from tests.browser.conftest import NewPage, axe, fits
from tests.browser.devices import NEEDED, WELL, WORRIED, Devices
from tests.browser.screens import LIVE, needs_no_scrolling
from tests.browser.server import LiveServer
from tests.conftest import Meeting
from tests.pages.projector.stage import Facilitator
from workshop.contributions.models import Contribution
from workshop.database import now
from workshop.demo import FILE
from workshop.exports.reading import read_programme_file
from workshop.focus_groups.models import Phase, Projected, StepKind
from workshop.focus_groups.run_sheet import NewStep
from workshop.focus_groups.running import change_timer
from workshop.focus_groups.timer import started
from workshop.pages.projector.fitting import lines_of
from workshop.pages.projector.points import LONGEST_POINT, THREE_COLUMNS
from workshop.programmes.models import ColumnKind

pytestmark = pytest.mark.browser
# All that a stream ever says, its numbers made 0.
STREAMED = {b"retry: 0", b"event: changed", b"id: 0", b"data: 0", b": still here", b""}
LONG_QUESTION = (
    "How well do agencies work together when a child’s plan changes at short notice, so that the family sees one team "
    "and hears everything once, from somebody whom they know?"
)
STAY_AWAKE = """
    if (navigator.wakeLock) navigator.wakeLock.request = kind => { window.isAwake = kind; return Promise.resolve() }
"""
LINES_SEEN = """texts => {
    const words = document.querySelector(".point .words")
    return texts.map(text => {
        words.textContent = text
        return Math.round(words.clientHeight / parseFloat(getComputedStyle(words).lineHeight))
    })
}"""
DEMONSTRATED = read_programme_file(FILE.read_bytes())
SENTENCES = (
    "Minutes come too late to be of use before the next meeting.",
    "Short.",
    "Everybody knows who does what by when, since the plan is read out at the end and sent round the same day.",
    "Hold meetings where families can get to by bus; the present place takes two changes and an hour with a pushchair.",
    "Somethingwithoutanyblankinitwhichnobodycouldreadifitranoutofitscolumnontothenextone",
    "The school nurse is asked, but on the day before, so that she can seldom come and nothing is said of health. " * 4,
)


class Runs:
    """A facilitator, from the thread of the browser."""

    def __init__(self, server: LiveServer, meeting: Meeting) -> None:
        self._server = server
        self.facilitator = Facilitator(server.here, meeting)

    def __call__(self, act: Callable[[Facilitator], Awaitable[object]]) -> None:
        """Do it, past the server's process: its hub finds it out by asking."""
        self._server.run(lambda: act(self.facilitator))


def projector(page: Page, meeting: Meeting, *, is_live: bool = True) -> Page:
    """Open the big screen, and wait until it is live."""
    page.goto(f"/focus-groups/{meeting.focus_group.id}/projector")
    if is_live:
        expect(page.locator("#connection")).to_have_text(LIVE)
    return page


def big(new_page: NewPage, server: LiveServer, width: int = 1280, height: int = 720) -> Page:
    page = new_page(server, "ada", width=width)
    page.set_viewport_size({"width": width, "height": height})
    return page


def fill(devices: Devices, count: int, columns: tuple[str, ...] = (WELL, WORRIED, NEEDED)) -> None:
    for number in range(count):
        devices.write(f"{SENTENCES[number % len(SENTENCES)]} {number}", columns[number % len(columns)])


def test_what_the_facilitator_hides_is_gone_within_moments_and_is_counted(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    run, devices = Runs(live_server, meeting), Devices(live_server, meeting)
    run(lambda facilitator: facilitator.go_to_theme())
    devices.write("Said of a family")
    devices.write("Stays where it is")
    screen = projector(big(new_page, live_server), meeting)
    ada = new_page(live_server, "ada", width=1280)
    ada.goto(f"/focus-groups/{meeting.focus_group.id}/board")
    screen.evaluate("window.isTheSamePage = true")
    stays = screen.locator(".point", has_text="Stays where it is")
    stays.evaluate("element => { element.isTheSameElement = true }")
    expect(screen.locator("#covered")).to_have_text("No points hidden")
    ada.locator(".point", has_text="Said of a family").get_by_role("button", name="Hide").click()
    expect(screen.get_by_text("Said of a family")).to_have_count(0)
    expect(screen.locator("#covered")).to_have_text("1 point hidden")
    devices.write("Arrives by itself")
    expect(screen.locator(".point").first).to_contain_text("Arrives by itself")
    # What is the same is left alone: no flicker.
    assert stays.evaluate("element => element.isTheSameElement")
    ada.locator(".point--hidden").get_by_role("button", name="Restore").click()
    expect(screen.get_by_text("Said of a family")).to_be_visible()
    expect(screen.locator("#covered")).to_have_text("No points hidden")
    assert screen.evaluate("window.isTheSamePage")


def test_no_byte_of_what_is_not_revealed_reaches_the_projector(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    run, devices = Runs(live_server, meeting), Devices(live_server, meeting)
    run(lambda facilitator: facilitator.write_blind())
    run(lambda facilitator: facilitator.go_to_theme())
    page = big(new_page, live_server)
    received: list[bytes] = []

    def kept(route: Route) -> None:
        answer = route.fetch()
        received.append(answer.body())
        route.fulfill(response=answer)

    page.route(re.compile("/projector(/changes|[?]|$)"), kept)
    projector(page, meeting)
    stream = opened_stream(live_server, meeting)
    for number in range(5):
        devices.write(f"Zebra {number}")
    expect(page.locator("#covered")).to_contain_text("5 points not revealed yet")
    points = ids(live_server, meeting)[:3]
    run(lambda facilitator: facilitator.put_together("Zebras together", points))
    for projected in Projected:
        run(lambda facilitator, projected=projected: facilitator.project(projected, 0))  # type: ignore[misc]  # bound now
        page.reload()
        expect(page.locator("#connection")).to_have_text(LIVE)
    assert len(received) > len(Projected)
    assert not [body for body in received if b"Zebra" in body]
    run(lambda facilitator: facilitator.project(Projected.POINTS, 0))
    run(lambda facilitator: facilitator.reveal())
    expect(page.get_by_text("Zebra 4")).to_be_visible()
    expect(page.locator("#covered")).to_have_text("No points hidden")
    # The stream says numbers, before and after.
    lines = set(stream().splitlines())
    assert any(line.startswith(b"data: ") for line in lines)
    assert all(
        line.partition(b": ")[2].decode() in {"changed", "still here", ""} or line[-1:].isdigit() for line in lines
    )
    run(lambda facilitator: facilitator.cover())
    expect(page.get_by_text("Zebra")).to_have_count(0)


def ids(server: LiveServer, meeting: Meeting) -> list[UUID]:
    async def work() -> list[UUID]:
        async with server.database.reading() as db:
            query = select(Contribution.id).where(Contribution.focus_group_id == meeting.focus_group.id)
            return list(await db.exec(query))

    return server.run(work)


def opened_stream(server: LiveServer, meeting: Meeting) -> Callable[[], bytes]:
    """A stream of its own, and what reads all that it has said so far."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    path = f"/focus-groups/{meeting.focus_group.id}/projector/stream"
    connection.request("GET", path, headers={"Cookie": f"workshop={server.here.tokens['ada']}"})
    answer = connection.getresponse()
    assert answer.status == http.HTTPStatus.OK
    assert answer.headers["content-type"].startswith("text/event-stream")

    def said() -> bytes:
        text = answer.read1(65_536)
        while text.count(b"data: ") < 3:
            text += answer.read1(65_536)
        connection.close()
        return text

    return said


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_lobby_and_sixty_points_fit_the_screen_in_letters_for_the_back_row(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage, width: int, height: int
) -> None:
    run, devices = Runs(live_server, meeting), Devices(live_server, meeting, 12)
    run(lambda facilitator: facilitator.go_to(NewStep(StepKind.WELCOME, 10)))
    page = projector(big(new_page, live_server, width, height), meeting)
    expect(page.locator("#joined")).to_have_text("12 people joined, on 12 phones or computers")
    needs_no_scrolling(page)
    run(lambda facilitator: facilitator.go_to_theme())
    fill(devices, 60)
    expect(page.locator(".column .count").first).to_contain_text("20")
    expect(page.get_by_text("more").first).to_be_visible()
    for number in range(1, 5):
        expect(page.locator("#seen [name=page]")).to_have_value(str(number))
        expect(page.locator(".point").first).to_be_visible()
        needs_no_scrolling(page)
        page.get_by_role("link", name="more").first.click()
    assert page.locator(".point .words").first.evaluate("p => parseFloat(getComputedStyle(p).fontSize)") >= 28
    fill(devices, 20, (NEEDED,))
    ends = started(1500, now())
    run(
        lambda facilitator: facilitator.go_to_theme(
            0, ColumnKind.NEEDS_TO_HAPPEN, "A title of the facilitator’s own " * 3
        )
    )
    run(lambda facilitator: facilitator.change(lambda db, group: change_timer(db, group, ends)))
    projector(page, meeting)
    expect(page.locator("#timer")).to_contain_text(":")
    needs_no_scrolling(page)
    found = ids(live_server, meeting)
    for number in range(12):
        words = f"{SENTENCES[number % 4]} {number}"
        points = found[number * 5 : number * 5 + 3]
        run(lambda facilitator, words=words, points=points: facilitator.put_together(words, points))  # type: ignore[misc]  # bound now
    theme = meeting.themes[0].id
    run(lambda facilitator: facilitator.go_to(NewStep(StepKind.GROUPING, 10, theme)))
    projector(page, meeting)
    expect(page.locator(".projector__finding").first).to_be_visible()
    needs_no_scrolling(page)
    run(lambda facilitator: facilitator.go_to(NewStep(StepKind.PRIORITIES, 10, theme)))
    projector(page, meeting)
    needs_no_scrolling(page)
    live_server.change(meeting, step_id=None, phase=Phase.GATHERING, projected_theme_id=None)
    projector(page, meeting)
    expect(page.locator(".projector__table")).to_be_visible()
    needs_no_scrolling(page)


def test_points_take_as_many_lines_as_are_counted_for_them_or_hardly_fewer(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    run, devices = Runs(live_server, meeting), Devices(live_server, meeting)
    run(lambda facilitator: facilitator.go_to_theme())
    devices.write("Any point")
    page = projector(big(new_page, live_server), meeting)
    expect(page.locator(".point")).to_be_visible()
    texts = [point.text for group in DEMONSTRATED.focus_groups for point in group.contributions if point.text]
    counted = [lines_of(text, THREE_COLUMNS, LONGEST_POINT) for text in texts]
    seen = page.evaluate(LINES_SEEN, texts)
    assert all(lines <= most for lines, most in zip(seen, counted, strict=True))
    assert sum(counted) <= 1.05 * sum(seen)


def test_a_long_question_is_read_to_its_end(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    run, page = Runs(live_server, meeting), big(new_page, live_server)
    for question in (LONG_QUESTION, "How well do they work together?"):
        run(lambda facilitator, title=question: facilitator.go_to(NewStep(StepKind.OWN, 5, title=title)))  # type: ignore[misc]  # bound now
        projector(page, meeting)
        title = page.get_by_role("heading", level=1, name=question)
        assert title.evaluate("title => title.scrollHeight <= title.clientHeight")
        assert title.evaluate("title => title.clientHeight") <= 720 / 6
        needs_no_scrolling(page)


def test_nothing_is_cut_in_a_narrow_window_which_is_scrolled(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    run, devices = Runs(live_server, meeting), Devices(live_server, meeting)
    fill(devices, 3)
    points = ids(live_server, meeting)[:1]
    run(lambda facilitator: facilitator.put_together("A heading " * 14, points))
    run(lambda facilitator: facilitator.go_to(NewStep(StepKind.GROUPING)))
    page = projector(big(new_page, live_server, 360), meeting)
    heading = page.locator(".projector__finding .words")
    assert heading.evaluate("words => words.scrollHeight <= words.clientHeight + 1")
    fits(page)


def test_it_is_accessible_and_fits_a_narrow_window_at_every_section(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    run, devices = Runs(live_server, meeting), Devices(live_server, meeting)
    fill(devices, 12)
    pages = [big(new_page, live_server, width) for width in (320, 1280)]
    points = ids(live_server, meeting)[:5]
    run(lambda facilitator: facilitator.put_together("A heading " * 8, points))
    steps = [None, NewStep(StepKind.WELCOME), NewStep(StepKind.THEME, 5, meeting.themes[0].id)]
    steps += [NewStep(StepKind.GROUPING), NewStep(StepKind.PRIORITIES), NewStep(StepKind.SCALE)]
    steps += [NewStep(StepKind.OWN, 5, title="Break", text="Twenty minutes"), NewStep(StepKind.CLOSE)]
    for step in steps:
        if step:
            run(lambda facilitator, step=step: facilitator.go_to(step))  # type: ignore[misc]  # bound now
        for page in pages:
            projector(page, meeting)
            expect(page.get_by_role("heading", level=1)).to_have_count(1)
            axe(page)
            fits(page)


def test_it_follows_the_meeting_and_comes_back_after_the_server_was_away(
    own_server: LiveServer, new_page: NewPage
) -> None:
    meeting = own_server.meeting("Restarted")
    run, devices = Runs(own_server, meeting), Devices(own_server, meeting)
    page = projector(big(new_page, own_server), meeting)
    run(lambda facilitator: facilitator.go_to(NewStep(StepKind.OWN, 5, title="Presentations")))
    expect(page.get_by_role("heading", level=1)).to_have_text("Presentations")
    run(lambda facilitator: facilitator.go_to_theme(1))
    expect(page.get_by_role("heading", level=1)).to_have_text(meeting.themes[1].name)
    own_server.kill()
    expect(page.locator("#connection")).to_have_text("Connection lost, trying again.")
    run(lambda facilitator: facilitator.go_to_theme(0))
    own_server.start()
    devices.write("After the restart")
    expect(page.get_by_text("After the restart")).to_be_visible()
    expect(page.locator("#connection")).to_have_text(LIVE)


def test_it_works_without_scripts_by_reloading(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    run, devices = Runs(live_server, meeting), Devices(live_server, meeting)
    run(lambda facilitator: facilitator.go_to_theme())
    page = new_page(live_server, "ada", width=1280, javascript=False)
    projector(page, meeting, is_live=False)
    devices.write("Seen after a reload")
    page.get_by_role("link", name="Reload to see what is new").click()
    expect(page.get_by_text("Seen after a reload")).to_be_visible()
    expect(page.get_by_role("button", name="Full screen")).to_be_hidden()
    fill(devices, 30)
    page.get_by_role("link", name="Reload to see what is new").click()
    page.get_by_role("link", name="more").first.click()
    expect(page.get_by_role("link", name="back to the first").first).to_be_visible()


def test_a_button_fills_the_screen_and_the_screen_stays_awake(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    page = new_page(live_server, "ada", width=1280)
    page.add_init_script(STAY_AWAKE)
    projector(page, meeting)
    page.get_by_role("button", name="Full screen").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.fullscreenElement !== null")
    expect(page.get_by_role("button", name="Full screen")).to_be_hidden()
    page.evaluate("document.exitFullscreen()")
    expect(page.get_by_role("button", name="Full screen")).to_be_visible()
    assert page.evaluate("!navigator.wakeLock || window.isAwake === 'screen'")
