"""Files as people's programs write them come out as the same rows."""

import csv
import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.contributions.spreadsheets import LARGEST_UNPACKED, Sheet, Unreadable, read_sheet
from workshop.text import normalised


def written(rows: list[list[str]], delimiter: str) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    return file.getvalue()


@given(
    st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=5),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
)
def test_any_cells_come_out_normalised(cells: list[tuple[str, str]], delimiter: str, encoding: str) -> None:
    rows = [["theme", "text"], ["a", "b"], *map(list, cells)]
    sheet = read_sheet(written(rows, delimiter).encode(encoding))
    wanted = [(normalised(one), normalised(other)) for one, other in cells]
    assert [row.cells for row in sheet.rows[1:]] == [pair for pair in wanted if any(pair)]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    with suppress(Unreadable):
        read_sheet(data)


def test_rows_keep_the_numbers_that_a_spreadsheet_program_shows() -> None:
    sheet = read_sheet(b"\r\ntheme,text\r\n\r\na,b\r\n,\r\nc,d\r\n")
    assert [(row.line, row.cells) for row in sheet.rows] == [(4, ("a", "b")), (6, ("c", "d"))]


def test_short_rows_are_filled_and_a_heading_at_the_end_may_be_missing() -> None:
    assert read_sheet(b"theme,text,\na\nb,c,\n") == Sheet(
        ("theme", "text"),
        read_sheet(b"theme,text\na,\nb,c\n").rows,
    )


def test_excels_own_first_line_says_the_delimiter() -> None:
    assert read_sheet(b"sep=;\r\ntheme;text\r\na;b, c\r\n").rows[0].cells == ("a", "b, c")


def test_windows_1252_with_quotes_and_a_byte_that_means_nothing() -> None:
    assert read_sheet(b"theme,text\na,\x93isn\x92t\x94 \x96 \x80\n").rows[0].cells[1] == "“isn’t” – €"
    assert read_sheet(b"theme,text\na,x\x81y\n").rows[0].cells[1] == "x\x81y"


def workbook(rows: list[list[object]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbooks_cells_are_text_formulas_and_numbers_too() -> None:
    sheet = read_sheet(workbook([["theme", "text"], ["a", "=1+1"], [3.0, True], ["b", "one_x000D_\ntwo"]]))
    assert [row.cells for row in sheet.rows] == [("a", "=1+1"), ("3", "True"), ("b", "one\ntwo")]


def test_a_cell_far_to_the_right_costs_no_memory() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.worksheets[0]["A1"], book.worksheets[0]["A2"], book.worksheets[0]["XFD1048576"] = "text", "words", "far"
    file = io.BytesIO()
    book.save(file)
    assert [row.cells for row in read_sheet(file.getvalue()).rows] == [("words",)]


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sheet1.xml", "w") as part:
        for _ in range(LARGEST_UNPACKED // 1_000_000 + 1):
            part.write(b"0" * 1_000_000)
    assert len(file.getvalue()) < 200_000
    with pytest.raises(Unreadable, match="too large once it is unpacked"):
        read_sheet(file.getvalue())


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(Unreadable, match="200 columns"):
        read_sheet((",".join(f"c{i}" for i in range(201)) + "\n" + "x," * 200 + "x\n").encode())


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(Unreadable, match="500,000 cells"):
        read_sheet((",".join(f"c{i}" for i in range(100)) + "\n" + ("x," * 99 + "x\n") * 5_100).encode())
