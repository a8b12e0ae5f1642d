"""Any text goes into a report and comes out of CSV, workbook and page the same, and never as a formula or markup."""

import datetime as dt
import re
import zipfile
from dataclasses import replace
from io import BytesIO

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exports.readers import sheets_of, table_of_csv, tags_on, unguarded, words_on
from workshop.exports.cells import LONGEST_SHEET_NAME, MOST_IN_CELL, pieces, sheet_names
from workshop.exports.csv import GUARDED, guarded, recommendations_csv
from workshop.exports.documents import Kind, file_name
from workshop.exports.page import printable_page
from workshop.exports.report import (
    AttendanceRow,
    AttendanceTable,
    Recommended,
    Report,
    SaidPoint,
    ThemeColumn,
    ThemePart,
)
from workshop.exports.workbook import workbook
from workshop.exports.worker import workbook_of
from workshop.text import normalised

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "'=1",
    "\uff1d1",
    "http://example.org",
    "1",
    "1e5",
    "TRUE",
]
texts = st.one_of(
    st.sampled_from([*FORMULAS, "_x0041_", "a\nb", "<b>&amp;</b>", "Zażółć 🎉", "العربية", "\ufffe", '"quoted", yes']),
    st.text(max_size=60),
).map(normalised).filter(bool)  # fmt: skip


def report_of(text: str, *, theme: str = "Planning and outcome", label: str = "North East") -> Report:
    """A report in which ``text`` is a recommendation and a point."""
    point = SaidPoint(label, theme, "What needs to happen?", text, "Police", "", (1,))
    recommended = Recommended(1, theme, text, (), (label,), ("Police",), 7, 9, (point,))
    part = ThemePart(theme, (recommended,), (ThemeColumn("What needs to happen?", (), (point,)),))
    rows = (AttendanceRow("Police", "", (4,)), AttendanceRow("GP practices", "Health", (3,)))
    return Report(
        title="Core groups",
        purpose="Why",
        partnership="Northshire",
        group_word="focus group",
        minimum_count=5,
        is_flat_list=False,
        made_on=dt.date(2026, 11, 21),
        recommendations=(recommended,),
        themes=(part,),
        attendance=AttendanceTable((label,), rows),
        points=(point,),
    )


@given(texts)
def test_csv_gives_any_text_back(text: str) -> None:
    content = recommendations_csv(report_of(text))
    assert [row["Text"] for row in table_of_csv(content)] == [text, text]


@settings(max_examples=40, deadline=None)
@given(texts)
def test_the_workbook_gives_any_text_back(text: str) -> None:
    sheets = sheets_of(workbook(report_of(text)))
    assert sheets["Recommendations"][0]["Recommendation"] == text
    assert [row["Point"] for row in sheets["Planning and outcome"]] == [text, text]
    assert sheets["All points"][0]["Point"] == text


@given(texts)
def test_the_page_gives_any_text_back(text: str) -> None:
    page = printable_page(report_of(text))
    assert words_on(page)[1:] == [text, text]
    assert not tags_on(page) & {"script", "b", "img"}


@given(texts)
def test_a_report_reaches_the_worker_unchanged(text: str) -> None:
    report = report_of(text)
    assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report


@given(st.text())
def test_no_csv_cell_begins_like_a_formula(text: str) -> None:
    cell = guarded(text)
    assert not cell.startswith(tuple(set(GUARDED) - {"'"}))
    assert unguarded(cell) == text


def test_csv_is_what_spreadsheets_and_machines_expect() -> None:
    content = recommendations_csv(report_of("=1+1\nsecond line"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert b'"\'=1+1\nsecond line"' in content
    assert content.count(b"\r\n") == 3
    assert re.fullmatch(rb'("([^"]|"")*"[,\r\n]*)+', content.removeprefix(b"\xef\xbb\xbf"))


def test_the_workbook_holds_no_formula_and_no_link() -> None:
    for text in FORMULAS:
        with zipfile.ZipFile(BytesIO(workbook(report_of(text)))) as archive:
            for name in archive.namelist():
                assert b"<f>" not in archive.read(name)
                assert b"hyperlink" not in archive.read(name)


@pytest.mark.parametrize("text", ["x" * 40_000, "🎉" * 40_000, "ab\n" * 13_333 + "."])
def test_forty_thousand_characters_are_whole_in_every_format(text: str) -> None:
    report = report_of(text)
    assert table_of_csv(recommendations_csv(report))[1]["Text"] == text
    assert words_on(printable_page(report))[2] == text
    point = sheets_of(workbook(report))["All points"][0]
    assert point["Point"] == text
    assert point["Note"].startswith("continues in the next row")
    assert point["Focus group"] == "North East"


@given(st.text(alphabet=st.sampled_from("aé🎉"), max_size=30), st.integers(2, 9))
def test_pieces_fit_and_make_the_text_again(text: str, most: int) -> None:
    parts = pieces(text, most)
    assert "".join(parts) == text
    assert all(len(part.encode("utf-16-le")) // 2 <= most for part in parts)
    assert len(parts[0]) or not text


def test_a_cell_is_filled_before_the_next_begins() -> None:
    assert [len(part) for part in pieces("x" * 40_000)] == [MOST_IN_CELL, 40_000 - MOST_IN_CELL]


@given(st.lists(st.text(max_size=40), max_size=8))
def test_sheet_names_are_what_excel_takes(wanted: list[str]) -> None:
    names = sheet_names(wanted)
    assert len({name.casefold() for name in names}) == len(wanted)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= LONGEST_SHEET_NAME
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name
        assert name.lower() != "history"


@pytest.mark.parametrize("theme", ["Attendance", "recommendations", "History", "a/b:c?", "'", "🎉" * 40, "x" * 60])
def test_a_theme_s_sheet_takes_no_other_s_place(theme: str) -> None:
    sheets = sheets_of(workbook(report_of("Words", theme=theme)))
    assert len(sheets) == 6
    assert list(sheets)[:2] == ["About", "Recommendations"]
    assert sheets["Attendance"][-1]["Agency"] == "Total"


def test_attendance_is_rolled_up_to_what_agencies_sit_under() -> None:
    rows = (
        AttendanceRow("Police", "", (4, 0)),
        AttendanceRow("GP practices", "Health", (3, 1)),
        AttendanceRow("Example NHS Trust", "Health", (2, 2)),
    )
    table = AttendanceTable(("North", "South"), rows)
    assert [(row.agency, row.people, row.total) for row in table.by_parent] == [
        ("Police", (4, 0), 4),
        ("Health", (5, 3), 8),
    ]
    assert AttendanceTable(("North", "South"), rows[:1]).by_parent == ()
    report = replace(report_of("Words"), attendance=table)
    sheet = sheets_of(workbook(report))["Attendance rolled up"]
    assert [row["Total"] for row in sheet] == ["4", "8", "12"]
    assert "Rolled up to what agencies sit under" in printable_page(report).decode()
    assert "Attendance rolled up" not in sheets_of(workbook(replace(report, attendance=AttendanceTable((), ()))))


def test_attendance_adds_up() -> None:
    rows = sheets_of(workbook(report_of("Words")))["Attendance"]
    assert [(row["Agency"], row["Under"], row["North East"], row["Total"]) for row in rows] == [
        ("Police", "", "4", "4"),
        ("GP practices", "Health", "3", "3"),
        ("Total", "", "7", "7"),
    ]


async def test_the_worker_makes_the_same_workbook() -> None:
    content = await workbook_of(report_of("Words"))
    assert sheets_of(content) == sheets_of(workbook(report_of("Words")))


def test_file_names_say_what_is_in_them() -> None:
    day = dt.date(2026, 11, 21)
    assert file_name("Core groups 2026", Kind.XLSX, day) == "core-groups-2026-recommendations-2026-11-21.xlsx"
    assert file_name("../Été: a/b", Kind.JSON, day) == "été-a-b-programme-file-2026-11-21.json"
    assert file_name("???", Kind.CSV, day) == "programme-recommendations-2026-11-21.csv"
