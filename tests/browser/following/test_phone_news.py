"""What a phone is told while it stays where it is: revealed, hidden, released or reworded, one thing at a time."""

import pytest
from playwright.sync_api import expect

from tests.browser.announced import listen, told_seldom
from tests.browser.conftest import NewPage, axe, fits
from tests.browser.following import COLUMN, FIRST, GROUPING, OWN, Room, heading, news
from tests.browser.people import WELL, WORRIED
from tests.browser.phone import add, said

pytestmark = pytest.mark.browser


def test_one_announcement_in_ten_seconds(room: Room, new_page: NewPage) -> None:
    page = new_page(room.server)
    room.join(page)
    room.go(FIRST)
    heading(page, room.meeting.themes[0].name)
    page.get_by_label(WELL).fill("Held")
    listen(page)
    for step in (COLUMN, OWN, GROUPING, OWN, GROUPING):
        room.go(step)
        expect(page.locator("[data-moved] strong")).to_have_text(
            {COLUMN: f"{room.meeting.themes[1].name}: {WORRIED}", OWN: "Presentations"}.get(
                step, "putting alike points together"
            )
        )
    page.wait_for_function("() => window.said.length === 2", timeout=30_000)
    assert "putting alike points together" in told_seldom(page)[-1]


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
