"""The first half of a meeting: from the run sheet until all have written, as each of those in the room sees it."""

import re

from playwright.sync_api import Page, expect

from tests.browser.meeting_room import (
    CHILD,
    CLOSE,
    EARLY,
    GROUPING,
    HALF,
    HIGHEST,
    LATE,
    LOWEST,
    MINUTES,
    NAMED,
    NUMBER,
    PRIORITIES,
    QUESTION,
    REWORDED,
    SCALE,
    SOONER,
    WHOLE,
    Room,
    heading,
)
from tests.browser.people import NEEDS, WELL, WORRIED
from tests.browser.pictures import at, taken
from tests.browser.screens import needs_no_scrolling


def prepared(room: Room) -> None:
    """A run sheet of the themes, two of them taken out and the scale put in twice; words stay unseen until revealed."""
    ada = room.ada
    room.open(ada)
    ada.get_by_role("link", name="Plan its steps first").click()
    ada.get_by_role("button", name="Make it from the themes").click()
    for theme in room.themes[2:]:
        ada.get_by_role("link", name=f"Change {theme}").click()
        ada.get_by_role("button", name="Remove this step").click()
    for _ in range(2):
        ada.get_by_text("Add a step").click()
        ada.get_by_label("What happens in it").select_option(SCALE)
        ada.get_by_label("Minutes", exact=True).fill("5")
        ada.get_by_role("button", name="Add the step").click()
    for _ in range(2):
        ada.get_by_role("button", name=re.compile("^Move Practice scale.* up$")).first.click()
    steps = ["Welcome", *room.themes[:2], SCALE, GROUPING, PRIORITIES, SCALE, CLOSE]
    names = ada.locator(".settings-list__name")
    expect(names).to_have_text([re.compile(f"^{re.escape(step)}") for step in steps])
    ada.reload()
    taken(ada, "run-sheet.png")
    ada.get_by_role("link", name="To the board").click()
    ada.get_by_role("link", name="Settings").click()
    ada.get_by_label("Is hidden until you reveal it").check()
    ada.get_by_label("Let people say “me too”").check()
    ada.get_by_label("Votes for each phone").fill("2")
    ada.get_by_role("button", name="Save").click()
    room.open(ada, "scale?theme=whole")
    for label, words in (("The question", QUESTION), ("0 means", LOWEST), ("10 means", HIGHEST)):
        ada.get_by_label(label, exact=True).fill(words)
    ada.get_by_role("button", name="Save the words").click()
    expect(ada.get_by_text("The words are saved.")).to_be_visible()
    room.open(ada, "tables")
    ada.get_by_label("How many tables?").fill("2")
    ada.get_by_role("button", name="Save").click()
    expect(ada.locator(".cards__card")).to_have_count(2)


def in_the_lobby(room: Room) -> None:
    """One scans, one types the code in, one the code of a table's card; all wait."""
    ada, screen = room.ada, room.screen
    room.open(ada)
    ada.get_by_role("button", name="Start the meeting").click()
    room.stands_at("Welcome")
    room.open(screen, "projector")
    expect(screen.locator("#joined")).to_have_text("Nobody has joined yet")
    room.phone.goto(room.join_path())
    room.phone.get_by_label("Police", exact=True).check()
    room.phone.get_by_role("button", name="Start").click()
    _type_code(room, room.plain, screen.locator(".join__code").inner_text())
    room.plain.get_by_label("Prefer not to say").check()
    room.plain.get_by_role("button", name="Start").click()
    room.open(ada, "tables")
    _type_code(room, room.table, ada.locator(".cards__card .whole").first.inner_text())
    expect(room.table.get_by_text("You sit at table 1")).to_be_visible()
    room.table.get_by_role("link", name="This phone speaks for a table").click()
    room.table.get_by_label("Police", exact=True).fill("2")
    room.table.get_by_label("Prefer not to say").fill("3")
    room.table.get_by_role("button", name="Start").click()
    for page in (room.phone, room.plain, room.table):
        heading(page, "You’re in")
    expect(screen.locator("#joined")).to_have_text("7 people joined, on 3 phones or computers")
    room.show("projector-lobby.png")
    room.open(ada)
    expect(ada.locator("#run-here")).to_have_text("7 people in, on 3 phones or computers.")


def _type_code(room: Room, page: Page, code: str) -> None:
    page.goto(at(room.server, "/"))
    page.get_by_label("Join code").fill(code)
    page.get_by_role("button", name="Join").click()


def written_unseen(room: Room) -> None:
    """All are at the first theme with a timer; nobody reads another's words, neither does the big screen."""
    first = room.themes[0]
    room.go(first)
    for page in (room.phone, room.table, room.screen):
        heading(page, first)
    heading(room.plain, "You’re in")
    room.plain.get_by_role("link", name="Check whether it has started").click()
    heading(room.plain, first)
    room.ada.get_by_role("button", name=re.compile("Start a timer")).click()
    for page in (room.ada, room.phone, room.table, room.screen):
        expect(page.get_by_role("timer")).to_have_text(re.compile(r"^\d+:\d\d$"))
    _write(room.phone, WELL, EARLY)
    _write(room.phone, NEEDS, MINUTES)
    _write(room.plain, NEEDS, SOONER)
    expect(room.plain.get_by_role("timer")).to_have_text(re.compile("^Ends at "))
    _write(room.plain, WORRIED, CHILD)
    _write(room.table, WORRIED, LATE)
    _warned(room.table)
    expect(room.ada.locator(".point--held")).to_contain_text("Held: only you see it")
    for page in (room.screen, room.phone, room.plain):
        for words in (LATE, NAMED) if page is not room.screen else (EARLY, LATE, MINUTES, SOONER, NAMED, CHILD):
            assert words not in page.content()
    expect(room.screen.get_by_text("Written, and not revealed yet")).to_have_count(3)
    expect(room.screen.locator("#covered")).to_have_text(re.compile(r"5 points not revealed yet\s+1 point hidden"))
    needs_no_scrolling(room.screen)
    taken(room.ada, "running.png")


def _write(page: Page, column: str, text: str) -> None:
    page.get_by_label(column).fill(text)
    page.get_by_role("button", name=f"Add to: {column}").click()
    expect(page.locator(".point .words", has_text=text)).to_be_visible()


def _warned(table: Page) -> None:
    """Asked once; sent all the same, the facilitator alone reads it."""
    table.get_by_label(WORRIED).fill(NAMED)
    table.get_by_role("button", name=f"Add to: {WORRIED}").click()
    expect(table.locator("#status-worried_about")).to_contain_text("it seems to hold a phone number")
    expect(table.locator("mark")).to_have_text(NUMBER)
    table.locator("#status-worried_about").scroll_into_view_if_needed()
    taken(table, "phone-warning.png")
    table.get_by_role("button", name="Send it all the same").click()
    expect(table.locator(".point", has_text=NAMED)).to_contain_text("Only the facilitator sees this")


def moderated(room: Room) -> None:
    """One point is a concern that nobody has passed on; the held one gets other words and is released."""
    ada = room.ada
    room.written(ada, CHILD).get_by_role("button", name="Hide").click()
    expect(room.screen.locator("#covered")).to_have_text(re.compile(r"4 points not revealed yet\s+2 points hidden"))
    ada.locator(".point--hidden").get_by_role("link", name="Edit").click()
    ada.get_by_role("button", name="Make it a concern to pass on").click()
    room.open(ada, "concerns")
    expect(ada.get_by_text(CHILD)).to_be_visible()
    taken(ada, "concerns.png")
    room.open(ada)
    ada.locator(".point--held").get_by_role("link", name="Edit").click()
    ada.get_by_label("What it is to say instead").fill(REWORDED)
    ada.evaluate("scrollTo(0, 0)")
    taken(ada, "rewording.png")
    ada.get_by_role("button", name="Save and release").click()
    expect(ada.get_by_text("There is a problem")).to_be_visible()
    ada.get_by_label("No", exact=True).check()
    ada.get_by_role("button", name="Save and release").click()
    expect(room.written(ada, REWORDED)).to_be_visible()
    expect(room.screen.locator("#covered")).to_have_text(re.compile(r"5 points not revealed yet\s+1 point hidden"))
    for page in (room.screen, room.phone, room.plain):
        assert REWORDED not in page.content()


def revealed(room: Room) -> None:
    """The room reads what was released, says “me too”, and sees how many points are hidden."""
    ada, screen, phone, plain = room.ada, room.screen, room.phone, room.plain
    first = room.themes[0]
    ada.get_by_role("button", name="Reveal this theme").click()
    for words in (EARLY, LATE, MINUTES, SOONER, REWORDED):
        expect(room.written(screen, words)).to_be_visible()
    expect(screen.locator("#covered")).to_have_text("1 point hidden")
    assert CHILD not in screen.content()
    assert NUMBER not in screen.content()
    room.show("projector-points.png")
    expect(phone.locator("[data-news]")).to_have_text(f"You can now read what others wrote: {first}.")
    phone.locator("[data-news]").get_by_role("link", name=first).click()
    heading(phone, "What others wrote")
    assert CHILD not in phone.content()
    room.written(phone, SOONER).get_by_role("button", name="Me too").click()
    expect(room.written(phone, SOONER)).to_contain_text("You said “Me too”")
    plain.get_by_role("link", name="Back to all themes").click()
    plain.locator("[data-news]").get_by_role("link", name=first).click()
    room.written(plain, MINUTES).get_by_role("button", name="Me too").click()
    expect(room.written(plain, MINUTES)).to_contain_text("You said “Me too”")
    room.table.reload()
    expect(room.written(room.table, REWORDED)).to_contain_text("The facilitator has changed these words")
    room.written(ada, LATE).get_by_role("button", name="Hide").click()
    expect(screen.locator("#covered")).to_have_text("2 points hidden")
    expect(screen.get_by_text(LATE)).to_have_count(0)
    ada.get_by_role("button", name=re.compile("^Restore")).last.click()
    for page in (phone, plain):
        page.get_by_role("link", name="Back to what you wrote").click()
        heading(page, first)


def moved_on_and_back(room: Room) -> None:
    """Half a sentence stays where it is while the room goes on, back, and on again."""
    first, second = room.themes[:2]
    phone, plain, table = room.phone, room.plain, room.table
    box = phone.get_by_label(WELL)
    box.press_sequentially(HALF)
    plain.get_by_label(WELL).fill("Parents are asked first.")
    room.go(second)
    for page in (table, room.screen):
        heading(page, second)
    expect(phone.locator("[data-moved]")).to_contain_text(f"The room has moved on to: {second}.")
    taken(phone, "phone-moved-on.png")
    plain.get_by_role("button", name=f"Add to: {WELL}").click()
    expect(room.written(plain, "Parents are asked first.")).to_be_visible()
    expect(plain.locator("[data-moved]")).to_contain_text(f"The room is now at: {second}.")
    plain.get_by_role("link", name="Go there").click()
    heading(plain, second)
    room.go(first, back=True)
    for page in (table, room.screen):
        heading(page, first)
    expect(phone.locator("[data-moved]")).to_be_hidden()
    room.go(second)
    expect(phone.locator("[data-moved]")).to_be_visible()
    heading(phone, first)
    expect(box).to_have_value(HALF)
    expect(box).to_be_focused()
    box.press_sequentially(WHOLE)
    phone.get_by_role("button", name=f"Add to: {WELL}").click()
    for page in (phone, table, room.screen):
        heading(page, second)
    expect(room.ada.locator("#total-1")).to_have_text("7")
    _write(table, NEEDS, "Ask young people where to meet.")
    phone.get_by_role("button", name="I’m done").click()
    expect(room.ada.locator("#run-here")).to_contain_text("2 still writing, 1 says “I’m done”.")
    expect(room.screen.get_by_text("Ask young people")).to_have_count(0)
