"""Priorities, “Me too” and the practice scale in real browsers: by keyboard, on a narrow phone, and without scripts."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlmodel import select

from tests.browser.conftest import NewPage, axe, fits
from tests.browser.keyboard import go, still_focused, stop, tab_to, type_into
from tests.browser.phone import join
from tests.browser.server import LiveServer
from tests.browser.voting import arrive, enter, grouped
from tests.conftest import Meeting
from workshop.focus_groups.models import Phase
from workshop.surveys.models import ScaleAnswer

pytestmark = pytest.mark.browser
NOT_LOWER, ONE_HIGHER = "What makes it that and not lower?", "What would make it one higher?"


def ask(ada: Page, meeting: Meeting) -> None:
    """The facilitator asks the room about the whole, and writes first what 0 and 10 mean."""
    ada.goto(group(meeting, "scale?theme=whole"))
    if ada.get_by_role("button", name="Save the words").count():
        ada.get_by_label("The question").fill("How well do they work?")
        ada.get_by_label("0 means", exact=True).fill("Nobody comes")
        ada.get_by_label("10 means").fill("The family says it is theirs")
        ada.get_by_role("button", name="Save the words").click()
    ada.get_by_role("button", name=re.compile("^Ask it")).click()
    ada.get_by_text("Phones ask it now.").wait_for()


def answers(server: LiveServer, meeting: Meeting) -> list[tuple[int, int, str | None, str | None]]:
    async def work() -> list[tuple[int, int, str | None, str | None]]:
        async with server.database.reading() as db:
            query = select(ScaleAnswer).where(ScaleAnswer.focus_group_id == meeting.focus_group.id)
            return [(row.asking, row.value, row.not_lower, row.one_higher) for row in await db.exec(query)]

    return server.run(work)


def link(meeting: Meeting, page: str) -> str:
    return f"/j/{meeting.focus_group.join_token}/{page}"


def group(meeting: Meeting, page: str) -> str:
    return f"/focus-groups/{meeting.focus_group.id}/{page}"


def words(page: Page, text: str) -> Locator:
    """What the page itself says, beside what a screen reader was told."""
    return page.get_by_role("main").get_by_text(text)


def test_votes_by_keyboard_in_place_and_totals_once_they_are_shown(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    phone, ada = new_page(live_server, width=320), new_page(live_server, "ada", width=1280)
    grouped(live_server, meeting)
    enter(live_server, meeting, Phase.PRIORITISING)
    arrive(phone, meeting)
    ada.goto(group(meeting, "priorities"))
    expect(ada.locator("#connection")).to_have_text("Live.")
    phone.evaluate("window.isSamePage = true")
    vote = phone.get_by_role("button", name="Vote for: One minute taker")
    go(phone, vote)
    expect(words(phone, "2 of 3 votes left")).to_be_visible()
    still_focused(phone, vote)
    expect(phone.locator("#announce")).to_contain_text("2 of 3 votes left")
    expect(ada.locator("#turnout")).to_contain_text("1 of 1 phone or computer")
    phone.keyboard.press("Enter")
    expect(words(phone, "1 of 3 votes left")).to_be_visible()
    go(phone, phone.get_by_role("button", name="Vote for: Book rooms"))
    expect(words(phone, "0 of 3 votes left")).to_be_visible()
    expect(phone.get_by_role("button", name=re.compile("^Vote for"))).to_have_count(0)
    go(phone, phone.get_by_role("button", name="Take one back from: One minute taker"))
    expect(words(phone, "1 of 3 votes left")).to_be_visible()
    assert phone.evaluate("window.isSamePage")
    axe(phone)
    fits(phone)
    expect(ada.locator("#turnout")).to_contain_text("with 2 votes")
    expect(ada.get_by_role("columnheader", name="Votes")).to_have_count(0)
    ada.get_by_role("button", name="Show the totals").click()
    expect(ada.get_by_role("row", name="1 = One minute taker 1")).to_be_visible()
    # The phone follows by itself.
    expect(words(phone, "1 vote altogether")).to_have_count(2)
    expect(phone.locator(".point .words")).to_have_text(["One minute taker", "Book rooms", "Send papers early"])
    axe(phone)
    axe(ada)


def test_a_vote_without_signal_is_said_not_to_be_sent_and_counts_once(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    phone = new_page(live_server)
    grouped(live_server, meeting)
    enter(live_server, meeting, Phase.PRIORITISING)
    arrive(phone, meeting)
    phone.context.set_offline(True)
    vote = phone.get_by_role("button", name="Vote for: Send papers early")
    vote.click()
    expect(words(phone, "Not sent: no signal. Tap again.")).to_be_visible()
    phone.context.set_offline(False)
    vote.click()
    expect(words(phone, "2 of 3 votes left")).to_be_visible()
    expect(words(phone, "Not sent")).to_have_count(0)


def test_votes_without_javascript(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    phone = new_page(live_server, javascript=False)
    grouped(live_server, meeting)
    enter(live_server, meeting, Phase.PRIORITISING)
    arrive(phone, meeting)
    phone.get_by_role("button", name="Vote for: Send papers early").click()
    expect(words(phone, "1 vote of yours")).to_be_visible()
    phone.get_by_role("button", name="Take one back").click()
    expect(words(phone, "3 of 3 votes left")).to_be_visible()


def test_me_too_in_place(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    phone = new_page(live_server, width=320)
    join(phone, meeting)
    grouped(live_server, meeting)
    live_server.change(meeting, has_me_too=True)
    phone.goto(link(meeting, f"themes/{meeting.themes[0].id}/others"))
    phone.evaluate("window.isSamePage = true")
    go(phone, phone.get_by_role("button", name=re.compile("^Me too.*Send papers early")))
    back = phone.get_by_role("button", name=re.compile("^Take it back.*Send papers early"))
    still_focused(phone, back)
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Taken back").first).to_be_visible()
    assert phone.evaluate("window.isSamePage")
    axe(phone)
    fits(phone)


def test_the_scale_is_answered_by_keyboard_and_what_is_typed_stays_on_the_phone(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    phone, ada = new_page(live_server, width=320), new_page(live_server, "ada", width=1280)
    join(phone, meeting)
    ask(ada, meeting)
    # The phone is taken there from where it was.
    expect(phone.get_by_role("heading", name="How well do they work?")).to_be_visible()
    axe(phone)
    fits(phone)
    tab_to(phone, phone.get_by_role("radio", name="0", exact=True))
    for _ in range(7):
        phone.keyboard.press("ArrowRight")
        stop(phone)
    expect(phone.get_by_role("radio", name="7", exact=True)).to_be_checked()
    type_into(phone, phone.get_by_label(NOT_LOWER), "We meet in time.")
    phone.reload()
    expect(phone.get_by_role("radio", name="7", exact=True)).to_be_checked()
    expect(phone.get_by_label(NOT_LOWER)).to_have_value("We meet in time.")
    expect(phone.locator("#main").get_by_text("This answer is not sent yet.")).to_be_visible()
    # A phone's keyboard leaves a blank behind the last word, which nobody keeps.
    type_into(phone, phone.get_by_label(ONE_HIGHER), "Minutes within a week. ")
    go(phone, phone.get_by_role("button", name="Save my answer"))
    expect(phone.get_by_text("Your answer is saved.")).to_be_visible()
    expect(phone.locator("#main").get_by_text("This answer is not sent yet.")).to_have_count(0)
    assert answers(live_server, meeting) == [(1, 7, "We meet in time.", "Minutes within a week.")]

    ada.goto(group(meeting, "scale"))
    expect(ada.locator("#answered")).to_contain_text("1 of 1 phone or computer")
    expect(ada.get_by_text("From 3 answers on")).to_be_visible()
    expect(ada.locator("svg.dot-plot")).to_have_count(0)
    ada.get_by_label("Theme that it goes under").select_option(meeting.themes[1].name)
    ada.get_by_role("button", name="Take it over as a point").click()
    expect(ada.get_by_text("is a point on the board now").first).to_be_visible()
    ada.goto(group(meeting, f"board?theme={meeting.themes[1].id}"))
    expect(ada.get_by_text("Minutes within a week.")).to_be_visible()


def test_the_scale_moves_on_without_taking_words_away(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    phone, ada = new_page(live_server), new_page(live_server, "ada", width=1280)
    join(phone, meeting)
    ask(ada, meeting)
    phone.get_by_role("radio", name="3", exact=True).check()
    phone.get_by_role("button", name="Save my answer").click()
    expect(phone.get_by_text("Your answer is saved.")).to_be_visible()
    phone.get_by_label(NOT_LOWER).fill("Half a sentence")
    ask(ada, meeting)
    expect(phone.locator("[data-moved]")).to_be_visible()
    expect(phone.get_by_label(NOT_LOWER)).to_have_value("Half a sentence")
    phone.get_by_role("button", name="Save the change").click()
    expect(phone.get_by_text("no longer asked").first).to_be_visible()
    expect(phone.get_by_label(NOT_LOWER)).to_have_value("Half a sentence")
    phone.get_by_role("radio", name="5", exact=True).check()
    phone.get_by_role("button", name="Save my answer").click()
    expect(phone.get_by_text("Your answer is saved.")).to_be_visible()
    assert sorted(answers(live_server, meeting)) == [(1, 3, None, None), (2, 5, "Half a sentence", None)]


def test_an_answer_that_was_not_sent_before_the_room_moved_on_can_still_be_read(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    phone, ada = new_page(live_server, width=320), new_page(live_server, "ada", width=1280)
    join(phone, meeting)
    ask(ada, meeting)
    phone.get_by_role("radio", name="3", exact=True).check()
    phone.get_by_label(NOT_LOWER).fill("Half a sentence")
    ada.get_by_role("button", name="Stop asking").click()
    ada.get_by_text("Phones no longer ask it.").wait_for()
    phone.goto(link(meeting, "themes"))
    phone.get_by_role("link", name="read it").click()
    left = phone.get_by_label("This answer was not sent")
    expect(left).to_have_value("3\n\nHalf a sentence")
    axe(phone)
    fits(phone)
    # Asked again while nobody has answered, it is the same question: the answer is back in its form by itself.
    ask(ada, meeting)
    expect(phone.get_by_label(NOT_LOWER)).to_have_value("Half a sentence")
    expect(left).to_be_hidden()


def test_the_scale_without_javascript(live_server: LiveServer, meeting: Meeting, new_page: NewPage) -> None:
    phone, ada = new_page(live_server, javascript=False, width=320), new_page(live_server, "ada", width=1280)
    join(phone, meeting)
    ask(ada, meeting)
    phone.goto(link(meeting, "scale"))
    phone.get_by_role("button", name="Save my answer").click()
    expect(phone.get_by_role("link", name="Choose a number from 0 to 10")).to_be_visible()
    fits(phone)
    phone.get_by_role("radio", name="10", exact=True).check()
    phone.get_by_role("button", name="Save my answer").click()
    expect(phone.get_by_text("Your answer is saved.")).to_be_visible()
    assert answers(live_server, meeting) == [(1, 10, None, None)]


def test_what_the_facilitator_has_open_stays_open_while_answers_come(
    live_server: LiveServer, meeting: Meeting, new_page: NewPage
) -> None:
    ada, phones = new_page(live_server, "ada", width=1280), [new_page(live_server) for _ in range(4)]
    for phone in phones:
        join(phone, meeting)
    ask(ada, meeting)

    def answer(place: int) -> None:
        phone = phones[place]
        phone.goto(link(meeting, "scale"))
        phone.get_by_role("radio", name=str(place), exact=True).check()
        phone.get_by_label(ONE_HIGHER).fill(f"Words of {place}.")
        phone.get_by_role("button", name="Save my answer").click()
        expect(phone.get_by_text("Your answer is saved.")).to_be_visible()

    for place in range(3):
        answer(place)
    expect(ada.get_by_role("paragraph").filter(has_text="3 answers: median 1, from 0 to 2")).to_be_visible()
    ada.get_by_text("In numbers").click()
    chosen = ada.get_by_label("Theme that it goes under").first
    chosen.select_option(meeting.themes[2].name)
    chosen.focus()
    answer(3)
    expect(ada.get_by_role("paragraph").filter(has_text="4 answers: median 1.5, from 0 to 3")).to_be_visible()
    expect(ada.get_by_role("rowheader", name="Median")).to_be_visible()
    expect(chosen).to_have_value(str(meeting.themes[2].id))
    expect(chosen).to_be_focused()
    axe(ada)
