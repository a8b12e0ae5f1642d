"""An uploaded CSV or XLSX file, in whatever form people's programs write it, as rows of text.

CSV: UTF-8 with or without its mark, UTF-16, Windows-1252 as Excel writes it; comma, semicolon or tab. XLSX: the first
sheet that holds anything. Every cell is text: one that begins with ``=`` is what somebody wrote, not a formula.
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from workshop.facts import Refused
from workshop.text import normalised

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 1_000
MOST_ROWS = 10_000
MOST_COLUMNS = 200
MOST_CELLS = 500_000
DELIMITERS = ",;\t"
_PACKED, _OLD_EXCEL, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
# The header's first letters: further on there may be anything.
_LOOKED_AT = 8
# A cell that is too long is to be shown and mended, not to make the whole file unreadable.
csv.field_size_limit(LARGEST_FILE)


class Unreadable(Refused):
    """The file is not one that can be read; the sentence says what to save it as."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "file")


@dataclass(frozen=True, slots=True)
class Row:
    """``line`` is the row's number as a spreadsheet program shows it; cells are normalised, as many as the header's."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and the rows under it that are not blank."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheet(data: bytes) -> Sheet:
    """The rows of a CSV or XLSX file. Raises Unreadable. Takes seconds for a large one: call it in a thread."""
    if not data.strip(b"\0 \r\n\t"):
        raise Unreadable("This file is empty")
    if len(data) > LARGEST_FILE:
        raise Unreadable("This file is larger than 20 megabytes. Split it into smaller ones")
    if data.startswith(_OLD_EXCEL):
        raise Unreadable(
            "This is an old Excel file, or one with a password. Save it as .xlsx without a password, or as .csv"
        )
    if data.startswith(_PDF):
        raise Unreadable("This is a PDF. Choose a .csv or .xlsx file")
    return _sheet(_packed_rows(data) if data.startswith(_PACKED) else _written_rows(_decoded(data)))


def csv_lines(data: bytes) -> list[list[str]]:
    """Every line of a CSV file that is not wholly blank, as its cells, just as they are. Raises Unreadable."""
    if data.startswith((_PACKED, _OLD_EXCEL, _PDF)):
        raise Unreadable("This is no CSV file. Save it as .csv")
    if len(data) > LARGEST_FILE:
        raise Unreadable("This file is larger than 20 megabytes. Split it into smaller ones")
    try:
        return [line for line in _written_rows(_decoded(data)) if line]
    except csv.Error as problem:
        raise Unreadable(f"This CSV file cannot be read: {problem}") from problem


def _sheet(lines: Iterable[list[str]]) -> Sheet:
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    cells_left = MOST_CELLS
    for number, line in enumerate(lines, start=1):
        cells = [normalised(cell) if cell else cell for cell in line]
        if not any(cells):
            continue
        if not header:
            header = tuple(cells)
            while header and not header[-1]:
                header = header[:-1]
            if len(header) > MOST_COLUMNS:
                raise Unreadable(f"This file has more than {MOST_COLUMNS} columns")
            continue
        if len(rows) == MOST_ROWS:
            raise Unreadable(f"This file has more than {MOST_ROWS:,} rows. Split it into smaller ones")
        cells_left -= len(cells)
        if cells_left < 0:
            raise Unreadable(f"This file has more than {MOST_CELLS:,} cells. Take out columns that are not needed")
        # They would be part of no column; nobody's words go missing without a word.
        if any(cell and not (place < len(header) and header[place]) for place, cell in enumerate(cells)):
            raise Unreadable(f"Row {number} has words under no heading. Give each column a heading in the first row")
        rows.append(Row(number, tuple((cells + [""] * len(header))[: len(header)])))
    if not rows:
        raise Unreadable("This file has headings at most, and nothing under them")
    return Sheet(header, tuple(rows))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    start = data[:_LOOKED_AT]
    for encoding, zeros, letters in (
        ("utf-16-le", start[1::2], start[::2]),
        ("utf-16-be", start[::2], start[1::2]),
    ):
        if zeros and not any(zeros) and all(letters):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; browsers read them as the control characters of Latin-1.
        return data.decode("latin-1")


def _written_rows(text: str) -> Iterable[list[str]]:
    told, _, rest = text.partition("\n")
    told = told.strip().strip('"')
    # Excel's own first line: "sep=;".
    if told.lower().startswith("sep=") and len(told) == len("sep=;"):
        yield []
        yield from csv.reader(io.StringIO(rest, newline=""), delimiter=told[-1])
        return
    delimiter = max(DELIMITERS, key=lambda sign: _width(text, sign))
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _width(text: str, delimiter: str) -> int:
    """How many columns the first line that is not blank has, read with this delimiter."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return next((len(line) for line in lines if any(cell.strip() for cell in line)), 0)


def _packed_rows(data: bytes) -> Iterable[list[str]]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
        # zipfile never unpacks more of a part than it announces, so a small file cannot fill the memory.
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise Unreadable("This file is too large once it is unpacked. Split it into smaller ones")  # noqa: TRY301 (it is no fault of the archive's)
        with warnings.catch_warnings():
            # What openpyxl does not know (styles, validation) has no words in it.
            warnings.simplefilter("ignore")
            workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
            for sheet in workbook.worksheets:
                sheet.reset_dimensions()  # programs write wrong ones
                lines = list(_lines(sheet))
                if any(map(any, lines)):
                    return lines
    except Unreadable:
        raise
    except Exception as problem:  # a broken file breaks openpyxl in more ways than it names
        raise Unreadable("This Excel file cannot be read. Open it in Excel and save it as .csv") from problem
    return []


def _lines(sheet: "Worksheet") -> Iterable[list[str]]:
    cells_left = MOST_CELLS
    for values in sheet.iter_rows(max_row=MOST_ROWS + 3, max_col=MOST_COLUMNS + 1, values_only=True):
        yield (cells := _cells(values))
        cells_left -= len(cells)
        # Enough to be refused: a thousand columns more would take minutes.
        if cells_left < 0:
            return


def _cells(values: Sequence[object]) -> list[str]:
    """A row's cells up to the last that holds anything: openpyxl gives as many as the widest row could have."""
    end = len(values)
    while end and values[end - 1] is None:
        end -= 1
    return [_cell(value) for value in values[:end]]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    # Excel's way of writing a carriage return.
    return str(value).replace("_x000D_", "")
