"""A file of points is read and previewed, whatever program it comes from."""

import re

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.pages.room.conftest import CREATE, GOOD, HEADER, Room, action, csv_bytes, xlsx_bytes
from workshop.focus_groups.models import FocusGroup, ParticipantPeople
from workshop.programmes.models import ColumnKind
from workshop.text import normalised


async def test_one_point_a_row_is_previewed_then_written(room: Room) -> None:
    preview = await room.upload(csv_bytes([HEADER, *GOOD]))
    assert "Ready to import" in preview.text
    assert "Import 3 points" in preview.text
    assert await room.points() == []
    before = room.meeting.focus_group.board_revision
    done = await room.ada.post(action(preview.text, CREATE))
    board = await room.ada.get(done.headers["location"])
    assert "3 points imported" in board.text
    points = await room.points()
    themes = {theme.id: theme.name for theme in room.meeting.themes}
    agencies = {agency.id: agency.name for agency in room.meeting.agencies}
    assert [
        (themes[p.theme_id], p.column, agencies[p.agency_id] if p.agency_id else "", p.text, p.number) for p in points
    ] == [
        ("Planning and outcome", "working_well", "Police", "Plans say who does what – by when", 1),
        ("Planning and outcome", "worried_about", "", "“Drift” isn’t noticed", 2),
        ("Roles and responsibilities", "needs_to_happen", "Police", "=SUM(1) is what it says", 3),
    ]
    assert {p.participant_id for p in points} == {None}
    async with room.installation.database.reading() as db:
        group = await db.get_one(FocusGroup, room.meeting.focus_group.id)
    assert group.board_revision > before
    assert group.last_number == 3
    assert await room.pending() == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
async def test_every_encoding_and_delimiter_gives_the_same_words(room: Room, delimiter: str, encoding: str) -> None:
    preview = await room.upload(csv_bytes([HEADER, *GOOD], delimiter=delimiter, encoding=encoding))
    await room.ada.post(action(preview.text, CREATE))
    assert [point.text for point in await room.points()] == [row[3] for row in GOOD]


async def test_excel_gives_the_same_words(room: Room) -> None:
    rows: list[list[object]] = [[*HEADER, "Email"]]
    rows += [[*row, "jo@example.org"] for row in GOOD]
    preview = await room.upload(xlsx_bytes(rows), "a.xlsx")
    assert "jo@example.org" not in preview.text
    await room.ada.post(action(preview.text, CREATE))
    assert [point.text for point in await room.points()] == [row[3] for row in GOOD]


FORMS = [
    [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Which agency are you from?",
        "Planning and outcome: What is working well?",
        "Planning and outcome: What needs to happen?",
        "How did you like the room?",
    ],
    ["1", "3/2/17 10:01", "3/2/17 10:09", "jo@example.org", "Jo Canary", "Police", "Clear plans", "Shorter plans", "5"],
    ["2", "3/2/17 10:02", "3/2/17 10:08", "al@example.org", "Al Canary", "", "Clear plans", "", "4"],
    ["3", "3/2/17 10:03", "3/2/17 10:07", "mo@example.org", "Mo Canary", "education", "", "", "1"],
]


async def test_one_person_a_row_is_mapped_by_a_good_guess(room: Room) -> None:
    mapping = await room.upload(xlsx_bytes([list(row) for row in FORMS]), "forms.xlsx")
    assert "ID, Start time, Completion time, Email, Name" in mapping.text
    for secret in ("example.org", "Canary", "10:01"):
        assert secret not in mapping.text
        assert secret not in str([waiting.model_dump() for waiting in await room.pending()])
    theme = room.meeting.themes[3]
    chosen = re.findall(r'<option value="([^"]+)" selected>', mapping.text)
    assert chosen == ["agency", f"{theme.id}:working_well", f"{theme.id}:needs_to_happen"]
    answer = await room.ada.post(action(mapping.text, "columns"), data={"uses": [*chosen, ""]})
    preview = (await room.ada.get(answer.headers["location"])).text
    assert "3 points fit, from 2 people" in preview
    assert "1 person has no words" in preview
    done = await room.ada.post(action(preview, CREATE))
    assert "3 points from 2 people imported" in (await room.ada.get(done.headers["location"])).text
    points, participants = await room.points(), await room.participants()
    assert [(p.text, p.column) for p in points] == [
        ("Clear plans", ColumnKind.WORKING_WELL),
        ("Shorter plans", ColumnKind.NEEDS_TO_HAPPEN),
        ("Clear plans", ColumnKind.WORKING_WELL),
    ]
    assert [p.participant_id for p in points] == [participants[0].id, participants[0].id, participants[1].id]
    assert [p.unsaid for p in participants] == [0, 1]
    assert all(p.token_hash is None for p in participants)
    police = next(agency for agency in room.meeting.agencies if agency.name == "Police")
    async with room.installation.database.reading() as db:
        assert (await db.get_one(ParticipantPeople, (participants[0].id, police.id))).people == 1


async def test_the_same_words_twice_from_one_person_are_one_point_and_said(room: Room) -> None:
    mapping = await room.upload(csv_bytes([["What is good?", "What else?"], ["Tea", "Tea"], ["Tea", "Cake"]]))
    use = f"{room.meeting.themes[0].id}:working_well"
    answer = await room.ada.post(action(mapping.text, "columns"), data={"uses": [use, use]})
    preview = (await room.ada.get(answer.headers["location"])).text
    assert "1 point repeats" in preview
    assert "(row 2)" in preview
    await room.ada.post(action(preview, CREATE))
    assert [point.text for point in await room.points()] == ["Tea", "Tea", "Cake"]


async def test_rows_that_say_the_same_are_each_named_once(room: Room) -> None:
    said = ["Tea", "Tea", "Tea"]
    mapping = await room.upload(csv_bytes([["Good?", "Well?", "Else?"], said, said]))
    use = f"{room.meeting.themes[0].id}:working_well"
    answer = await room.ada.post(action(mapping.text, "columns"), data={"uses": [use] * 3})
    preview = (await room.ada.get(answer.headers["location"])).text
    assert "4 points repeat" in preview
    assert "count once (rows 2, 3)." in preview


@pytest.mark.parametrize(
    ("uses", "said"),
    [(["", ""], "at least one column"), (["agency", "agency"], "Only one column"), (["x:y", "<"], "at least one")],
)
async def test_a_mapping_that_says_nothing_is_refused(room: Room, uses: list[str], said: str) -> None:
    mapping = await room.upload(csv_bytes([["What is good?", "Who?"], ["Tea", "Police"]]))
    answer = await room.ada.post(action(mapping.text, "columns"), data={"uses": uses})
    assert answer.status_code == 422
    assert said in answer.text


async def test_columns_that_are_mapped_must_hold_words(room: Room) -> None:
    mapping = await room.upload(csv_bytes([["What is good?", "Empty"], ["Tea", ""]]))
    uses = ["", f"{room.meeting.themes[0].id}:working_well"]
    answer = await room.ada.post(action(mapping.text, "columns"), data={"uses": uses})
    assert answer.status_code == 422
    assert "no words under the columns" in answer.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0 old", "old Excel file"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04 broken", "cannot be read"),
        (b"theme,column,agency,text\n", "nothing under them"),
        (b"theme,text\nPlanning,Words\n", "no heading “column”"),
        (b"theme,column,text\na,b,c,lost words\n", "Row 2 has words under no heading"),
        (b"Email,Name\njo@example.org,Jo\n", "none what was written"),
        (b"theme,column,text\n" + b"a,b,c\n" * 10_001, "more than 10,000 rows"),
    ],
)
async def test_an_unreadable_file_is_refused_in_words(room: Room, data: bytes, said: str) -> None:
    answer = await room.upload(data)
    assert answer.status_code == 422
    assert said in answer.text
    assert "jo@example.org" not in answer.text
    assert await room.pending() == []


async def test_no_file_is_refused_and_a_huge_one_too(room: Room) -> None:
    empty = (
        b'--XX\r\nContent-Disposition: form-data; name="file"; filename=""\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n\r\n--XX--\r\n"
    )
    headers = {"content-type": "multipart/form-data; boundary=XX"}
    answer = await room.ada.post(f"{room.path}/import", content=empty, headers=headers)
    assert answer.status_code == 422
    assert "Choose a file" in answer.text
    assert (await room.upload(b"x" * (21 * 1024 * 1024))).status_code == 413


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=200), min_size=1, max_size=6), st.sampled_from(",;\t"))
async def test_any_text_goes_in_and_is_stored_as_it_is(room: Room, texts: list[str], delimiter: str) -> None:
    before = len(await room.points())
    wanted = [normalised(text) for text in texts]
    rows = [["Planning and outcome", "worried_about", "", text] for text in texts]
    preview = await room.upload(csv_bytes([HEADER, *rows], delimiter=delimiter))
    if not all(wanted):
        blank = {"key": [str(i + 2) for i, text in enumerate(wanted) if not text]}
        sent = blank | {"left_out": blank["key"]} | {n: [""] * len(blank["key"]) for n in HEADER}
        answer = await room.ada.post(action(preview.text, "rows"), data=sent)
        preview = await room.ada.get(answer.headers["location"])
    if any(wanted):
        await room.ada.post(action(preview.text, CREATE))
    assert [point.text for point in (await room.points())[before:]] == [text for text in wanted if text]
