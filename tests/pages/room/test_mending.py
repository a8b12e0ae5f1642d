"""Rows that do not fit: listed, mended on screen, or left out."""

import re

import pytest

from tests.pages.room.conftest import GOOD, HEADER, Room, action, csv_bytes

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
