"""From signing in to the deletion record, by clicks and typing alone: a coordinator's browser and a phone's."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.people import (
    NEEDS,
    WELL,
    effort_of,
    join,
    make_person,
    show_qr,
    sign_in,
    write,
)
from tests.browser.server import LiveServer
from tests.exports.readers import sheets_of, table_of_csv

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COORDINATOR = "cora@example.org"
TITLE, GROUP, AGENCY = "Core groups, the whole path", "North East", "Police"
FIRST, SECOND = "Administration and pre-planning", "Engagement of children and families"
EARLY, DATES, YOUNG = "Reports come early.", "Agree all dates at once.", "Ask young people where to meet."
EDITED = "Agree all dates of the year at the first meeting."
NOTED = "From the flip chart: one chair for the whole plan."
IMPORTED = ["Minutes within five days.", "Nobody knows who chairs.", "=HYPERLINK(a) stays words."]
SHEET = f"""theme,column,agency,text
{FIRST},needs to happen,,{IMPORTED[0]}
{FIRST},worried about,,{IMPORTED[1]}
{SECOND},working well,Police,{IMPORTED[2]}
"""
WORDED = "Every core group should set its dates for the year when it first meets."
REWORDED = "Each core group should set a year's dates when it first meets, with one chair."
LONG_PATH_MS = 30_000


@dataclass
class Room:
    """Who is there: the coordinator, who runs the group too, and somebody with a phone."""

    desk: Page
    phone: Page
    link: str


def test_the_whole_path_from_signing_in_to_the_deletion_record(
    own_server: LiveServer, new_page: NewPage, tmp_path: Path
) -> None:
    make_person(own_server, COORDINATOR)
    desk, phone = new_page(own_server, width=1280, accept_downloads=True), new_page(own_server)
    desk.set_default_timeout(LONG_PATH_MS)
    room = Room(desk, phone, _opened_in_two_minutes(own_server, desk))
    _joined_in_three_taps(room)
    _the_phone_writes_and_the_board_follows(room)
    _moderated(room)
    _typed_in_and_imported(room)
    _closed(room)
    _recommended(room)
    _taken_out(room, tmp_path)
    _deleted(room)


def _opened_in_two_minutes(server: LiveServer, desk: Page) -> str:
    """A first-timer's two minutes are six clicks on six pages and two things to type, after the password."""
    desk.goto("/sign-in")
    effort = effort_of(desk)
    sign_in(desk, COORDINATOR)
    link = show_qr(desk, TITLE, GROUP)
    # Sign-in page (opened anew), programmes, a form, the programme, a form, the group, the code.
    assert effort.clicks == 6
    assert effort.pages == 7
    assert re.fullmatch(re.escape(server.url) + r"/j/[\w-]{22}", link)
    expect(desk.locator(".join__address")).to_have_text(server.url.removeprefix("http://"))
    expect(desk.locator(".join__code")).to_have_text(re.compile(r"^\w{3} \w{3}$"))
    expect(desk.locator("#joined")).to_have_text("Nobody has joined yet")
    return link


def _joined_in_three_taps(room: Room) -> None:
    effort = effort_of(room.phone)
    join(room.phone, room.link, AGENCY)
    room.phone.get_by_role("link", name=FIRST).click()
    expect(room.phone.get_by_label(WELL)).to_be_editable()
    assert effort.clicks == 3
    expect(room.desk.locator("#joined")).to_have_text("1 person joined, on 1 phone or computer")


def _the_phone_writes_and_the_board_follows(room: Room) -> None:
    desk, phone = room.desk, room.phone
    desk.get_by_role("link", name="Board").click()
    expect(desk.locator("#connection")).to_have_text("Live.")
    desk.evaluate("window.isTheSamePage = true")
    write(phone, WELL, EARLY)
    expect(_column(desk, "working_well")).to_have_text([EARLY])
    write(phone, NEEDS, DATES)
    expect(_column(desk, "needs_to_happen")).to_have_text([DATES])
    phone.get_by_role("link", name="Next theme").click()
    write(phone, NEEDS, YOUNG)
    expect(desk.locator("#total-2")).to_have_text("1")
    phone.get_by_role("link", name="All themes").click()
    phone.get_by_role("link", name=FIRST).click()
    phone.locator(".point", has_text=DATES).get_by_role("link", name="Edit").click()
    phone.get_by_label("Edit your point").fill(EDITED)
    phone.get_by_role("button", name="Save").click()
    expect(_column(desk, "needs_to_happen")).to_have_text([EDITED])
    phone.locator(".point", has_text=EARLY).get_by_role("link", name="Delete").click()
    phone.get_by_role("button", name="Delete").click()
    expect(_column(desk, "working_well")).to_have_count(0)
    expect(desk.locator("#count-working_well")).to_have_text("0")
    # One policeman alone in the room: his agency stands beside nothing on a board.
    expect(desk.get_by_role("main")).not_to_contain_text(AGENCY, use_inner_text=True)


def _moderated(room: Room) -> None:
    desk = room.desk
    desk.locator(".point", has_text=EDITED).get_by_role("button", name="Hide").click()
    expect(desk.get_by_text(EDITED)).to_be_hidden()
    expect(desk.locator("#hidden-needs_to_happen")).to_have_text("and 1 hidden point")
    desk.get_by_role("button", name="Restore").click()
    expect(desk.get_by_text(EDITED)).to_be_visible()


def _typed_in_and_imported(room: Room) -> None:
    desk = room.desk
    desk.get_by_text("Add a point from the room").click()
    desk.get_by_role("radio", name=NEEDS).check()
    desk.get_by_label("What the note says").fill(NOTED)
    desk.get_by_role("button", name="Save this point").click()
    expect(_column(desk, "needs_to_happen")).to_have_text([NOTED, EDITED])
    assert desk.evaluate("window.isTheSamePage"), "the board was loaded anew"
    desk.get_by_text("Paper, tables and people").click()
    desk.get_by_role("link", name="Import").click()
    file: FilePayload = {"name": "notes.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    desk.get_by_label("CSV or Excel file").set_input_files(file)
    desk.get_by_role("button", name="Read the file").click()
    desk.get_by_role("button", name="Import 3 points").click()
    expect(_column(desk, "worried_about")).to_have_text([IMPORTED[1]])
    expect(_column(desk, "needs_to_happen")).to_have_text([IMPORTED[0], NOTED, EDITED])


def _closed(room: Room) -> None:
    desk, phone = room.desk, room.phone
    desk.get_by_role("link", name="Close").click()
    desk.get_by_role("button", name="Close").click()
    expect(desk.get_by_role("button", name="Open again")).to_be_visible()
    phone.goto(room.link)
    phone.get_by_role("link", name="See what you wrote").click()
    phone.get_by_role("link", name=FIRST).click()
    expect(phone.get_by_role("main").locator(".point .words")).to_have_text([EDITED])
    expect(phone.get_by_role("textbox")).to_have_count(0)
    expect(phone.get_by_role("link", name="Edit")).to_have_count(0)


def _recommended(room: Room) -> None:
    desk = room.desk
    desk.get_by_role("link", name=TITLE).click()
    desk.get_by_role("link", name="Recommendations").click()
    desk.get_by_role("link", name="3 points not yet used").click()
    for words in (EDITED, NOTED):
        desk.get_by_role("checkbox", name=words).check()
    desk.get_by_label("Word the recommendation").fill(WORDED)
    desk.get_by_role("button", name="Make a recommendation from these").click()
    desk.get_by_role("link", name="Recommendations of").click()
    lines = desk.locator(".recommendation__words")
    expect(lines).to_have_text([WORDED])
    expect(desk.locator(".recommendation")).to_contain_text(f"1 person, 2 points from 1 focus group: {GROUP}")
    desk.get_by_text("The words behind it").click()
    expect(desk.locator(".recommendation .point .words")).to_have_text([EDITED, NOTED])
    desk.locator(".recommendation").get_by_role("link", name="Change").click()
    desk.get_by_label("Wording", exact=True).fill(REWORDED)
    desk.get_by_role("button", name="Save the wording").click()
    expect(lines).to_have_text([REWORDED])
    desk.get_by_role("button", name="Undo").click()
    expect(lines).to_have_text([WORDED])
    desk.get_by_role("button", name="Do again").click()
    expect(lines).to_have_text([REWORDED])
    desk.get_by_role("link", name=TITLE).click()


def _taken_out(room: Room, folder: Path) -> None:
    room.desk.get_by_role("link", name="Export").click()
    said = {EDITED, NOTED, YOUNG, *IMPORTED}
    content = _downloaded(room.desk, "the table (CSV)", folder)
    rows = table_of_csv(content)
    assert said | {REWORDED} <= {cell for row in rows for cell in row.values()}
    assert EARLY not in content.decode()
    assert "=HYPERLINK" not in {line[:10] for line in re.split('[\n,"]', content.decode())}
    sheets = sheets_of(_downloaded(room.desk, "the workbook (XLSX)", folder))
    assert [row["Recommendation"] for row in sheets["Recommendations"]] == [REWORDED]
    points = {row["Point"]: row for row in sheets["All points"]}
    assert points.keys() == said
    assert {row["Evidence for recommendation"] for row in points.values()} == {"1", ""}
    assert AGENCY not in {row["Agency"] for row in points.values()}
    file = json.loads(_downloaded(room.desk, "the programme file (JSON)", folder))
    assert file["title"] == TITLE
    assert file["focus_groups"][0]["participants"] == [{"people": {AGENCY: 1}}]
    assert {each["text"] for each in file["focus_groups"][0]["contributions"]} == said
    assert [each["text"] for each in file["recommendations"]] == [REWORDED]
    room.desk.reload()
    expect(room.desk.get_by_role("listitem").filter(has_text=re.compile(r"(CSV|XLSX|JSON)\): Cora"))).to_have_count(3)
    room.desk.get_by_role("link", name=TITLE).click()


def _deleted(room: Room) -> None:
    desk, phone = room.desk, room.phone
    desk.get_by_role("link", name="When words are deleted").click()
    desk.get_by_role("link", name="Delete now").click()
    desk.get_by_label("I understand that this cannot be undone").check()
    desk.get_by_role("button", name="Delete the words").click()
    expect(desk.get_by_role("heading", name="Deletion record")).to_be_visible()
    for sentence in ("The words of 6 points", "points and 1 device", "They went from the bytes", TITLE, GROUP):
        expect(desk.get_by_role("main")).to_contain_text(sentence)
    desk.get_by_role("navigation", name="Main").get_by_role("link", name="Programmes").click()
    desk.get_by_role("link", name=TITLE).click()
    desk.get_by_role("link", name="Recommendations").click()
    expect(desk.locator(".recommendation__words")).to_have_text([REWORDED])
    expect(desk.locator(".recommendation")).to_contain_text("1 person, 2 points")
    desk.get_by_text("The words behind it").click()
    expect(desk.get_by_role("main")).not_to_contain_text(EDITED)
    phone.goto(room.link)
    expect(phone.locator("body")).not_to_contain_text(EDITED)
    desk.get_by_role("button", name="Sign out").click()
    desk.goto("/programmes")
    expect(desk.get_by_role("heading", name="Sign in")).to_be_visible()


def _column(desk: Page, kind: str) -> Locator:
    return desk.locator(f"#points-{kind} > .point .words")


def _downloaded(desk: Page, words: str, folder: Path) -> bytes:
    with desk.expect_download() as download:
        desk.get_by_role("link", name=f"Download {words}").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_bytes()
