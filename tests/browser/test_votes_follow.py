"""An open page of votes on a phone, while what may be voted on changes: in place, under the finger that is there."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, Route, expect
from sqlmodel import col, select

from tests.browser.conftest import NewPage, axe, fits
from tests.browser.server import LiveServer
from tests.browser.voting import arrive, enter, grouped
from tests.conftest import Meeting
from workshop.contributions.models import Contribution
from workshop.focus_groups.models import Phase

pytestmark = pytest.mark.browser
HIDDEN = "A heading that is not shown at the moment."


def act(ada: Page, meeting: Meeting, path: str, **fields: str | float | bool) -> None:
    """One of the facilitator's acts."""
    answer = ada.request.post(f"/focus-groups/{meeting.focus_group.id}/{path}", form=fields, max_redirects=0)
    assert answer.status == 303


def points_of(server: LiveServer, findings: list[UUID]) -> list[UUID]:
    """The one point under each heading."""

    async def work() -> list[UUID]:
        async with server.database.reading() as db:
            query = select(Contribution).where(col(Contribution.finding_id).in_(findings))
            rows: dict[UUID | None, UUID] = {point.finding_id: point.id for point in await db.exec(query)}
            return [rows[each] for each in findings]

    return server.run(work)


@pytest.fixture
def voting(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> tuple[Page, Page, list[UUID]]:
    """A phone at the headings, Ada's browser, and the one point under each heading."""
    points = points_of(live_server, grouped(live_server, meeting))
    enter(live_server, meeting, Phase.PRIORITISING)
    phone = new_page(live_server)
    arrive(phone, meeting)
    phone.evaluate("window.isSamePage = true")
    return phone, new_page(live_server, "ada"), points


def test_a_heading_whose_points_are_hidden_leaves_the_open_page_and_comes_back(
    voting: tuple[Page, Page, list[UUID]], meeting: Meeting
) -> None:
    phone, ada, points = voting
    phone.get_by_role("button", name="Vote for: One minute taker").click()
    expect(phone.locator("main")).to_contain_text("2 of 3 votes left")
    other = phone.get_by_role("button", name="Vote for: Book rooms")
    other.focus()
    for cover, uncover in (("hiding", "showing"), ("holding", "release")):
        act(ada, meeting, f"contributions/{points[1]}/{cover}")
        expect(phone.get_by_text("One minute taker")).to_have_count(0)
        expect(phone.locator("main")).to_contain_text(f"{HIDDEN} Your vote for it is kept.")
        expect(other).to_be_focused()
        fits(phone)
        axe(phone)
        act(ada, meeting, f"contributions/{points[1]}/{uncover}")
        expect(phone.locator(".words", has_text="One minute taker")).to_be_visible()
        expect(phone.get_by_text(HIDDEN)).to_have_count(0)
        expect(other).to_be_focused()
    assert phone.evaluate("window.isSamePage")


def test_whoever_is_on_the_heading_that_goes_stays_among_the_others(
    voting: tuple[Page, Page, list[UUID]], meeting: Meeting
) -> None:
    phone, ada, points = voting
    phone.get_by_role("button", name="Vote for: Book rooms").focus()
    act(ada, meeting, f"contributions/{points[2]}/hiding")
    expect(phone.get_by_text("Book rooms")).to_have_count(0)
    expect(phone.locator("section[data-part]")).to_be_focused()
    for point in points[:2]:
        act(ada, meeting, f"contributions/{point}/hiding")
    expect(phone.locator("main")).to_contain_text("There is nothing to vote on")
    expect(phone.locator("[data-ballot]")).to_be_focused()
    axe(phone)


def test_how_many_votes_there_are_follows_too(voting: tuple[Page, Page, list[UUID]], meeting: Meeting) -> None:
    phone, ada, _ = voting
    act(ada, meeting, "priorities/votes", votes_each="5")
    expect(phone.locator("main")).to_contain_text("You have 5 votes under each theme.")
    expect(phone.locator("main")).to_contain_text("5 of 5 votes left")


def test_a_vote_on_its_way_is_not_lost_from_sight(voting: tuple[Page, Page, list[UUID]], meeting: Meeting) -> None:
    phone, ada, points = voting
    waiting: list[Route] = []
    phone.route(
        "**/votes", lambda route: waiting.append(route) if route.request.method == "POST" else route.continue_()
    )
    with phone.expect_request(lambda request: request.method == "POST"):
        phone.get_by_role("button", name="Vote for: Book rooms").click()
    with phone.expect_response(lambda answer: answer.url.endswith("/votes") and answer.request.method == "GET"):
        act(ada, meeting, f"contributions/{points[1]}/hiding")
    waiting[0].continue_()
    expect(phone.get_by_text("One minute taker")).to_have_count(0)
    expect(phone.locator("main")).to_contain_text("2 of 3 votes left")
    expect(phone.get_by_role("button", name="Take one back from: Book rooms")).to_be_visible()
