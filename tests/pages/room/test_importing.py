"""A file of points: read, previewed, mended, written all at once."""

import asyncio
import datetime as dt
import re
from collections.abc import Callable

import httpx
import pytest
import time_machine
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.conftest import Installation, make_meeting
from tests.pages.room.conftest import CREATE, Room, action, csv_bytes, xlsx_bytes
from workshop.contributions.models import Contribution
from workshop.contributions.pending import forget_pending_imports
from workshop.database import now
from workshop.focus_groups.models import FocusGroup, ParticipantPeople
from workshop.programmes.models import ColumnKind
from workshop.retention.schedule import purge_what_is_due
from workshop.text import normalised

HEADER = ["theme", "column", "agency", "text"]
GOOD = [
    ["Planning and outcome", "What is working well?", "Police", "Plans say who does what – by when"],
    ["planning and outcome", "worried_about", "", "“Drift” isn’t noticed"],
    ["Roles and responsibilities", "Next steps", "police", "=SUM(1) is what it says"],
]


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


BAD = [
    ["Planing", "worried_about", "", "Misspelt theme"],
    ["Planning and outcome", "wishes", "", "Unknown column"],
    ["Planning and outcome", "worried_about", "Polis", "Unknown agency"],
    ["Planning and outcome", "worried_about", "Police", ""],
    ["", "", "", "Neither theme nor column"],
    ["Planning and outcome", "worried_about", "Police", "x" * 40_001],
]


async def test_every_row_that_does_not_fit_is_listed_mended_and_written(room: Room) -> None:
    preview = await room.upload(csv_bytes([HEADER, *GOOD, *BAD]))
    assert "6 rows do not fit yet" in preview.text
    for why in (
        "“Planing” is not a theme",
        "“wishes” is not a column",
        "“Polis” is not an agency",
        "no words in it",
        "No theme is given",
        "No column is given",
        "40,001 characters",
    ):
        assert why in preview.text
    assert "Import 3" not in preview.text
    create = action(preview.text, "rows").removesuffix("/rows")
    assert (await room.ada.post(create)).headers["location"].startswith(create)
    assert await room.points() == []
    mends = {
        "key": ["5", "6", "7", "8", "9", "10"],
        "theme": ["Planning and outcome", "", "", "", "Roles and responsibilities", ""],
        "column": ["", "needs_to_happen", "", "", "working_well", ""],
        "agency": ["", "", "-", "", "", ""],
        "text": ["", "", "", "Now with words", "", ""],
        "left_out": ["10"],
        "page": "1",
    }
    answer = await room.ada.post(f"{create}/rows", data=mends)
    preview = await room.ada.get(answer.headers["location"])
    assert "Ready to import" in preview.text
    assert "1 point is left out" in preview.text
    await room.ada.post(create)
    points = await room.points()
    assert [(p.column, p.text, p.agency_id is None) for p in points[3:]] == [
        ("worried_about", "Misspelt theme", True),
        ("needs_to_happen", "Unknown column", True),
        ("worried_about", "Unknown agency", True),
        ("worried_about", "Now with words", False),
        ("working_well", "Neither theme nor column", True),
    ]


@pytest.mark.parametrize("number", ["9" * 5_000, "٣", "0", "-1", "1.5"])
async def test_a_page_that_is_no_page_is_one_that_there_is(room: Room, number: str) -> None:
    preview = await room.upload(csv_bytes([["theme", "column", "text"], ["Weather", "well", "Sun"]]))
    answer = await room.ada.get(preview.url.path, params={"page": number})
    assert answer.status_code == 200
    mended = await room.ada.post(f"{preview.url.path}/rows", data={"page": number})
    assert mended.status_code == 303


async def test_half_a_mend_keeps_what_was_chosen(room: Room) -> None:
    preview = await room.upload(csv_bytes([HEADER, ["", "", "", "Both wrong"]]))
    rows = action(preview.text, "rows")
    sent = {"key": "2", "theme": "Planning and outcome", "column": "", "agency": "", "text": ""}
    preview = await room.ada.get((await room.ada.post(rows, data=sent)).headers["location"])
    assert "1 row does not fit yet" in preview.text
    assert "No theme is given" not in preview.text
    assert "No column is given" in preview.text


async def test_a_word_that_many_rows_share_is_mended_once(room: Room) -> None:
    rows = [["Planing", "worried_about", "", f"Point {i}"] for i in range(120)]
    rows += [["Rolls", "worried_about", "", f"Other {i}"] for i in range(2)]
    preview = await room.upload(csv_bytes([HEADER, *rows]))
    assert "120 rows with the theme “Planing”" in preview.text
    assert "Page 1 of 3" in preview.text
    path = action(preview.text, "rows")
    assert "Other 1" in (await room.ada.get(f"{path.removesuffix('/rows')}?page=3")).text
    sent = {
        "word_problem": ["theme", "theme"],
        "word": ["Planing", "Rolls"],
        "word_meant": ["Planning and outcome", "leave-out"],
    }
    preview = await room.ada.get((await room.ada.post(path, data=sent)).headers["location"])
    assert "Import 120 points" in preview.text


async def test_a_persons_agency_is_asked_for_once(room: Room) -> None:
    header = ["Agency", "Planning and outcome: working well", "Planning and outcome: worried about"]
    mapping = await room.upload(csv_bytes([header, ["Polis", "a", "b"], ["Polis?", "c", "d"]]))
    chosen = re.findall(r'<option value="([^"]+)" selected>', mapping.text)
    answer = await room.ada.post(action(mapping.text, "columns"), data={"uses": chosen})
    preview = await room.ada.get(answer.headers["location"])
    assert "2 rows do not fit yet" in preview.text
    sent = {
        "key": ["2.1", "3.1"],
        "theme": ["", ""],
        "column": ["", ""],
        "agency": ["Police", ""],
        "text": ["", ""],
        "left_out": "3.1*",
    }
    answer = await room.ada.post(action(preview.text, "rows"), data=sent)
    preview = await room.ada.get(answer.headers["location"])
    assert "2 points fit, from 1 person" in preview.text
    assert "2 points are left out" in preview.text


async def test_a_second_press_writes_once_and_says_so(room: Room) -> None:
    preview = await room.upload(csv_bytes([HEADER, *GOOD]))
    create = action(preview.text, CREATE)
    answers = await asyncio.gather(*(room.ada.post(create) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {303}
    assert len(await room.points()) == 3
    again = await room.ada.post(create)
    assert "Nothing was imported twice" in (await room.ada.get(again.headers["location"])).text


async def test_an_error_while_writing_leaves_nothing(room: Room) -> None:
    preview = await room.upload(csv_bytes([HEADER, *([*GOOD[0][:3], f"Point {i}"] for i in range(1_200))]))
    async with room.installation.database.writing() as db:
        group = room.meeting.focus_group
        theme = room.meeting.themes[3]
        # The number that the last point would get is made impossible: the third chunk fails, after two went in.
        connection = await db.connection()
        await connection.exec_driver_sql("CREATE UNIQUE INDEX only_here ON contribution (focus_group_id, number)")
        db.add(
            Contribution(
                focus_group_id=group.id,
                theme_id=theme.id,
                column=ColumnKind.WORKING_WELL,
                client_id=group.id,
                number=1_150,
                text="In the way",
                revision=1,
            )
        )
    answer = await room.ada.post(action(preview.text, CREATE))
    assert answer.status_code == 500
    assert [point.text for point in await room.points()] == ["In the way"]
    assert len(await room.pending()) == 1


async def test_a_file_imported_again_is_warned_of(room: Room) -> None:
    first = await room.upload(csv_bytes([HEADER, *GOOD]))
    await room.ada.post(action(first.text, CREATE))
    second = await room.upload(csv_bytes([HEADER, *GOOD]))
    assert "3 points with the same words are in this group already" in second.text


async def test_cancelling_removes_the_file(room: Room) -> None:
    preview = await room.upload(csv_bytes([HEADER, *GOOD]))
    create = action(preview.text, CREATE)
    assert (await room.ada.post(f"{create}/cancellation")).status_code == 303
    assert await room.pending() == []
    assert (await room.ada.get(create)).status_code == 404
    assert (await room.ada.post(create)).status_code == 404
    assert await room.points() == []


async def test_a_file_is_forgotten_after_an_hour_and_with_its_group(room: Room, installation: Installation) -> None:
    with time_machine.travel(now() - dt.timedelta(minutes=61), tick=True):
        preview = await room.upload(csv_bytes([HEADER, *GOOD]))
    create = action(preview.text, CREATE)
    assert (await room.ada.get(create)).status_code == 404
    assert (await room.ada.post(create)).status_code == 404
    assert len(await room.pending()) == 1
    await room.upload(csv_bytes([HEADER, *GOOD[:1]]))
    assert len(await room.pending()) == 1
    with time_machine.travel(now() + dt.timedelta(minutes=61), tick=True):
        await purge_what_is_due(installation.database)
    assert await room.pending() == []
    await room.upload(csv_bytes([HEADER, *GOOD[:1]]))
    async with installation.database.writing() as db:
        assert await forget_pending_imports(db) == 0
        assert await forget_pending_imports(db, room.meeting.focus_group.id) == 1


async def test_a_purged_group_takes_no_import(room: Room, installation: Installation) -> None:
    preview = await room.upload(csv_bytes([HEADER, *GOOD]))
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, room.meeting.focus_group.id)
        group.purged_at = now()
        db.add(group)
    assert (await room.ada.post(action(preview.text, CREATE))).status_code == 409
    assert (await room.upload(csv_bytes([HEADER, *GOOD]))).status_code == 409
    assert await room.points() == []


async def test_an_upload_is_of_its_own_group_alone(
    room: Room, installation: Installation, browser_of: Callable[..., httpx.AsyncClient]
) -> None:
    preview = await room.upload(csv_bytes([HEADER, *GOOD]))
    create = action(preview.text, CREATE)
    other = await make_meeting(installation, "Northshire", "Another programme", facilitator="ada@example.org")
    elsewhere = create.replace(str(room.meeting.focus_group.id), str(other.focus_group.id))
    for client, base, status in (
        (room.ada, elsewhere, 404),
        (browser_of("dov"), create, 404),
        (browser_of("vi"), create, 403),
    ):
        assert (await client.get(base)).status_code == status
        assert (await client.get(f"{base}/columns")).status_code == status
        for path in ("", "/rows", "/columns", "/cancellation"):
            assert (await client.post(f"{base}{path}", data={"page": "1"})).status_code == status, path
    assert await room.points() == []
    assert len(await room.pending()) == 1


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
