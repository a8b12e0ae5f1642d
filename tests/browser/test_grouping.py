"""Grouping in real browsers: by keyboard alone, by clicks alone, without scripts, by two at the same time."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlmodel import col, select

from tests.browser.announced import listen, told_seldom
from tests.browser.conftest import POLITE, NewPage, axe, fits
from tests.browser.devices import Devices
from tests.browser.keyboard import go, still_focused, tab_to, type_into
from tests.browser.screens import LIVE
from tests.browser.server import LiveServer
from tests.conftest import Meeting
from workshop.contributions.models import Contribution
from workshop.findings.models import Finding

pytestmark = pytest.mark.browser
SAID = [
    "Minutes within a week",
    "Fathers to be invited",
    "Send the minutes sooner",
    "Invite dads",
    "Biscuits",
    "minutes within a WEEK!",
]
# A heading out of its own words ends as words do.
LAST = "Minutes within a WEEK"
# What all ways of doing it end in.
IN_ORDER = [
    ("Minutes in time", [SAID[0], SAID[2], SAID[5]]),
    ("Fathers", [SAID[1], SAID[3]]),
]
SWAPS = 50


@pytest.fixture
def meeting(live_server: LiveServer, request: pytest.FixtureRequest) -> Meeting:
    """A meeting of the test's own, with what ``SAID`` says needs to happen."""
    made = live_server.meeting(request.node.name)
    devices = Devices(live_server, made)
    for text in SAID:
        devices.write(text)
    return made


def grouping(page: Page, meeting: Meeting, *, is_live: bool = True) -> Page:
    """Open the page, and wait until it is live."""
    page.goto(f"/focus-groups/{meeting.focus_group.id}/grouping")
    if is_live:
        expect(page.locator("#connection")).to_have_text(LIVE)
    return page


def loose(page: Page, text: str) -> Locator:
    """The box of a loose point."""
    return page.locator("#loose").get_by_label(text, exact=True)


def heading(page: Page, text: str) -> Locator:
    """The room's heading as an item of the list."""
    return page.locator(".heading").filter(has=page.get_by_text(text, exact=True).locator("visible=true"))


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def stored(server: LiveServer, meeting: Meeting) -> list[tuple[str, list[str]]]:
    """The room's headings in order, each with its points' words."""

    async def work() -> list[tuple[str, list[str]]]:
        async with server.database.reading() as db:
            query = select(Finding).where(Finding.focus_group_id == meeting.focus_group.id)
            findings = list(await db.exec(query.order_by(col(Finding.position))))
            points = select(Contribution).where(Contribution.focus_group_id == meeting.focus_group.id)
            members: dict[UUID | None, list[str]] = {}
            for point in await db.exec(points.order_by(col(Contribution.number))):
                members.setdefault(point.finding_id, []).append(point.text or "")
        return [(finding.heading, members.get(finding.id, [])) for finding in findings]

    return server.run(work)


def by_clicks(page: Page) -> None:
    """Group, add, take out, merge, rename and undo with a mouse or a finger, without a key but for words."""
    for text in (SAID[0], SAID[4]):
        loose(page, text).check()
    page.locator("#heading").fill("Minutes")
    button(page, "Group these").click()
    expect(heading(page, "Minutes").locator(".count")).to_contain_text("2")
    page.locator("#loose").get_by_label(SAID[2], exact=True).check()
    page.locator("#to").select_option("Minutes")
    button(page, "Add these").click()
    expect(heading(page, "Minutes").locator(".count")).to_contain_text("3")
    minutes = heading(page, "Minutes")
    minutes.locator("summary", has_text="Points").click()
    minutes.get_by_label(SAID[4], exact=True).check()
    minutes.get_by_role("button", name="Take out").click()
    expect(loose(page, SAID[4])).to_be_visible()
    for text in (SAID[1], SAID[3]):
        loose(page, text).check()
    page.locator("#heading").fill("Fathers")
    button(page, "Group these").click()
    expect(heading(page, "Fathers")).to_be_visible()
    loose(page, SAID[5]).check()
    button(page, "Group these").click()
    expect(heading(page, LAST)).to_be_visible()
    for name in ("Minutes", LAST):
        heading(page, name).locator("[name=findings]").check()
    button(page, "Merge the ticked headings").click()
    expect(heading(page, LAST)).to_have_count(0)
    heading(page, "Minutes").locator("summary", has_text="Rename").click()
    heading(page, "Minutes").get_by_label("Heading", exact=True).fill("Minutes in time")
    heading(page, "Minutes").get_by_role("button", name="Save").click()
    expect(heading(page, "Minutes in time")).to_be_visible()
    page.get_by_role("button", name="Undo: reworded a heading").click()
    expect(heading(page, "Minutes in time")).to_have_count(0)
    page.get_by_role("button", name="Do again: reworded a heading").click()
    expect(heading(page, "Minutes in time")).to_be_visible()


def by_keys(page: Page) -> None:
    """The same with Tab, Space, Enter, arrows and letters; the focus is seen at each stop, and never lost."""

    def tick(box: Locator) -> None:
        go(page, box, "Space")
        expect(box).to_be_checked()

    for text in (SAID[0], SAID[4]):
        tick(loose(page, text))
    type_into(page, page.locator("#heading"), "Minutes")
    go(page, button(page, "Group these"))
    expect(heading(page, "Minutes")).to_be_visible()
    still_focused(page, button(page, "Group these"))
    tick(loose(page, SAID[2]))
    tab_to(page, page.locator("#to"))
    page.keyboard.press("ArrowDown")
    go(page, button(page, "Add these"))
    expect(heading(page, "Minutes").locator(".count")).to_contain_text("3")
    still_focused(page, button(page, "Add these"))
    minutes = heading(page, "Minutes")
    go(page, minutes.locator("summary", has_text="Points"))
    tick(minutes.get_by_label(SAID[4], exact=True))
    go(page, minutes.get_by_role("button", name="Take out"))
    expect(loose(page, SAID[4])).to_be_visible()
    for text in (SAID[1], SAID[3]):
        tick(loose(page, text))
    type_into(page, page.locator("#heading"), "Fathers")
    page.keyboard.press("Enter")
    expect(heading(page, "Fathers")).to_be_visible()
    still_focused(page, page.locator("#heading"))
    expect(page.locator("#heading")).to_have_value("")
    tick(loose(page, SAID[5]))
    go(page, button(page, "Group these"))
    expect(heading(page, LAST)).to_be_visible()
    for name in ("Minutes", LAST):
        tick(heading(page, name).locator("[name=findings]"))
    go(page, button(page, "Merge the ticked headings"))
    expect(heading(page, LAST)).to_have_count(0)
    go(page, heading(page, "Minutes").locator("summary", has_text="Rename"))
    type_into(page, heading(page, "Minutes").get_by_label("Heading", exact=True), " in time")
    go(page, heading(page, "Minutes").get_by_role("button", name="Save"))
    expect(heading(page, "Minutes in time")).to_be_visible()
    go(page, page.get_by_role("button", name="Undo: reworded a heading"))
    expect(heading(page, "Minutes in time")).to_have_count(0)
    go(page, page.get_by_role("button", name="Do again: reworded a heading"))
    expect(heading(page, "Minutes in time")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("way", ["clicks", "keys", "clicks without scripts"])
def test_every_way_ends_in_the_same_order(
    live_server: LiveServer, new_page: NewPage, meeting: Meeting, way: str, width: int
) -> None:
    has_scripts = way != "clicks without scripts"
    page = new_page(live_server, "ada", width=width, javascript=has_scripts)
    grouping(page, meeting, is_live=has_scripts)
    (by_keys if way == "keys" else by_clicks)(page)
    assert stored(live_server, meeting) == IN_ORDER
    fits(page)
    if has_scripts:
        axe(page)


def test_suggestions_are_accepted_changed_and_refused(
    live_server: LiveServer, new_page: NewPage, meeting: Meeting
) -> None:
    page = grouping(new_page(live_server, "ada", width=1280), meeting)
    expect(page.get_by_role("heading", name="The same words: 2 points")).to_be_visible()
    button(page, "Suggest groups").click()
    fathers = page.locator(".suggestion", has=page.get_by_label(SAID[3]))
    expect(fathers).to_be_visible(timeout=60_000)
    axe(page)
    fits(page)
    assert stored(live_server, meeting) == []
    minutes = page.locator(".suggestion", has_text="Suggestion: 3 points")
    minutes.get_by_label(SAID[2]).uncheck()
    minutes.get_by_label("Heading").fill("In a week")
    minutes.get_by_role("button", name="Accept").click()
    expect(heading(page, "In a week")).to_be_visible()
    fathers.get_by_role("button", name="Refuse").click()
    expect(fathers).to_have_count(0)
    button(page, "Suggest again").click()
    expect(page.locator("#said")).to_be_visible(timeout=60_000)
    expect(fathers).to_have_count(0)
    assert stored(live_server, meeting) == [("In a week", [SAID[0], SAID[5]])]


def test_the_page_says_that_it_is_working_suggestions_out_until_they_are_there(
    live_server: LiveServer, new_page: NewPage, meeting: Meeting
) -> None:
    page = grouping(new_page(live_server, "ada", width=1280), meeting)
    waiting = page.locator("#suggesting")
    expect(waiting).to_be_hidden()
    held: list[Route] = []
    page.route("**/grouping/suggestions", lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks what it is given)
    button(page, "Suggest groups").click()
    expect(waiting).to_be_visible()
    expect(page.locator("#suggestions")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#announce")).to_contain_text("Looking through the points")
    Devices(live_server, meeting).write("One that comes meanwhile")
    expect(loose(page, "One that comes meanwhile")).to_be_visible()
    expect(waiting).to_be_visible()
    axe(page)
    held[0].continue_()
    expect(page.locator(".suggestion", has=page.get_by_label(SAID[3]))).to_be_visible(timeout=60_000)
    expect(waiting).to_be_hidden()
    expect(page.locator("#suggestions")).not_to_have_attribute("aria-busy", "true")
    page.unroute("**/grouping/suggestions")
    page.route("**/grouping/suggestions", lambda route: route.abort())
    button(page, "Suggest again").click()
    expect(waiting).to_be_hidden()


def test_what_is_begun_and_the_focus_survive_fifty_swaps(
    live_server: LiveServer, new_page: NewPage, meeting: Meeting
) -> None:
    ada = grouping(new_page(live_server, "ada", width=1280), meeting)
    cleo = grouping(new_page(live_server, "cleo", width=1280), meeting)
    assert ada.locator(POLITE).count() == 1
    loose(cleo, SAID[0]).check()
    button(cleo, "Group these").click()
    expect(heading(ada, SAID[0])).to_be_visible()
    heading(ada, SAID[0]).locator("summary", has_text="Points").click()
    listen(ada)
    loose(ada, SAID[1]).check()
    ada.locator("#heading").fill("Half a")
    ada.locator("#heading").focus()
    devices = Devices(live_server, meeting)
    for number in range(SWAPS):
        devices.write(f"One more point, number {number}")
        expect(loose(ada, f"One more point, number {number}")).to_be_attached()
        expect(ada.locator("#heading")).to_be_focused()
        ada.keyboard.type("x")
    expect(ada.locator("#heading")).to_have_value("Half a" + "x" * SWAPS)
    expect(loose(ada, SAID[1])).to_be_checked()
    expect(heading(ada, SAID[0]).get_by_label(SAID[0], exact=True).last).to_be_visible()
    for number in (1, 2):
        devices.write(f"And another, number {number}")
        ada.wait_for_function("count => window.said.length >= count", arg=number)
    told_seldom(ada)
    # A box that somebody else takes away hands the focus on.
    loose(ada, SAID[1]).focus()
    loose(cleo, SAID[1]).check()
    button(cleo, "Group these").click()
    expect(heading(ada, SAID[1])).to_be_visible()
    assert ada.evaluate("document.activeElement.closest('#grouping') !== null")


def test_two_facilitators_see_each_others_work_and_lose_none(
    live_server: LiveServer, new_page: NewPage, meeting: Meeting
) -> None:
    ada = grouping(new_page(live_server, "ada", width=1280), meeting)
    cleo = grouping(new_page(live_server, "cleo", width=1280), meeting)
    loose(cleo, SAID[2]).check()
    loose(cleo, SAID[4]).check()
    loose(ada, SAID[0]).check()
    ada.locator("#heading").fill("First words")
    button(ada, "Group these").click()
    expect(heading(cleo, "First words")).to_be_visible()
    expect(loose(cleo, SAID[4])).to_be_checked()
    # Both change the heading: whoever saves later is shown both.
    for page, words in ((cleo, "Cleo’s words"), (ada, "Ada’s words")):
        heading(page, "First words").locator("summary", has_text="Rename").click()
        heading(page, "First words").get_by_label("Heading", exact=True).fill(words)
    heading(ada, "First words").get_by_role("button", name="Save").click()
    expect(heading(cleo, "Ada’s words")).to_be_visible()
    box = heading(cleo, "Ada’s words").get_by_label("Heading", exact=True)
    expect(box).to_have_value("Cleo’s words")
    heading(cleo, "Ada’s words").get_by_role("button", name="Save").click()
    expect(heading(cleo, "Ada’s words").get_by_text("It now reads:")).to_be_visible()
    expect(box).to_have_value("Cleo’s words")
    assert stored(live_server, meeting) == [("Ada’s words", [SAID[0]])]
    heading(cleo, "Ada’s words").get_by_role("button", name="Save").click()
    expect(heading(ada, "Cleo’s words")).to_be_visible()
    assert stored(live_server, meeting) == [("Cleo’s words", [SAID[0]])]
    expect(ada.get_by_role("button", name=re.compile("^Undo: reworded"))).to_be_visible()


def test_what_was_done_or_refused_stays_when_news_of_it_comes_after_the_answer(
    live_server: LiveServer, new_page: NewPage, meeting: Meeting
) -> None:
    page = grouping(new_page(live_server, "ada", width=1280), meeting)
    said = page.locator("#said")
    loose(page, SAID[4]).check()
    button(page, "Group these").click()
    expect(heading(page, SAID[4])).to_be_visible()
    expect(said).to_contain_text("Grouped 1 point")
    Devices(live_server, meeting).write("News from somebody")
    expect(loose(page, "News from somebody")).to_be_visible()
    expect(said).to_contain_text("Grouped 1 point")
    button(page, "Group these").click()
    expect(said).to_have_count(0)
    problem = page.locator("#problem")
    expect(problem).to_have_text("Tick at least one point")
    Devices(live_server, meeting).write("News from somebody else")
    expect(loose(page, "News from somebody else")).to_be_visible()
    expect(problem).to_have_text("Tick at least one point")
    loose(page, SAID[0]).check()
    button(page, "Group these").click()
    expect(said).to_contain_text("Grouped 1 point")
    expect(problem).to_have_count(0)


def test_a_double_click_is_one_step(live_server: LiveServer, new_page: NewPage, meeting: Meeting) -> None:
    page = grouping(new_page(live_server, "ada", width=1280), meeting)
    for text in (SAID[0], SAID[1], SAID[4]):
        loose(page, text).check()
        button(page, "Group these").dblclick()
        expect(heading(page, text)).to_be_visible()
        expect(page.locator("#said")).to_contain_text("Grouped 1 point")
    for text in (SAID[0], SAID[1]):
        heading(page, text).locator("[name=findings]").check()
    button(page, "Merge the ticked headings").dblclick()
    expect(page.locator("#said")).to_contain_text("Merged 2 headings")
    page.get_by_role("button", name="Undo: merged headings").dblclick()
    expect(page.locator("#said")).to_have_text("Undone: merged headings.")
    expect(page.get_by_role("button", name="Undo: grouped points")).to_be_visible()
    expect(page.locator("#problem")).to_have_count(0)
    assert [made for made, _ in stored(live_server, meeting)] == [SAID[0], SAID[1], SAID[4]]


def test_words_for_what_somebody_else_takes_away_stay_to_be_read(
    live_server: LiveServer, new_page: NewPage, meeting: Meeting
) -> None:
    ada = grouping(new_page(live_server, "ada", width=1280), meeting)
    cleo = grouping(new_page(live_server, "cleo", width=1280), meeting)
    for text in (SAID[1], SAID[4]):
        loose(cleo, text).check()
        button(cleo, "Group these").click()
        expect(heading(ada, text)).to_be_visible()
    heading(ada, SAID[4]).locator("summary", has_text="Rename").click()
    heading(ada, SAID[4]).get_by_label("Heading", exact=True).fill("Half a heading")
    gone = ada.locator("#gone")
    expect(gone).to_be_hidden()
    for text in (SAID[1], SAID[4]):
        heading(cleo, text).locator("[name=findings]").check()
    button(cleo, "Merge the ticked headings").click()
    expect(heading(ada, SAID[4])).to_have_count(0)
    expect(gone.get_by_text("Half a heading")).to_be_visible()
    axe(ada)
    # They go once they have found another place.
    loose(ada, SAID[2]).check()
    ada.locator("#heading").fill("Half a heading")
    button(ada, "Group these").click()
    expect(heading(ada, "Half a heading")).to_be_visible()
    expect(gone).to_be_hidden()
