"""What a spreadsheet's cell and a sheet's name can hold."""

import re
from collections.abc import Iterable, Iterator

MOST_IN_CELL = 32_767  # in UTF-16 code units, as Excel counts
LONGEST_SHEET_NAME = 31
GOES_ON = "continues in the next row"
CONTINUED = "continued from the row above"
_UNFIT = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = {"history"}


def pieces(text: str, most: int = MOST_IN_CELL) -> list[str]:
    """``text`` in as few parts as fit into a cell each; put together they are the text. At least one."""
    if len(text) * 2 <= most:
        return [text]
    parts, begin, units = [], 0, 0
    for at, character in enumerate(text):
        width = 2 if character > "\uffff" else 1
        if units + width > most:
            parts.append(text[begin:at])
            begin, units = at, 0
        units += width
    return [*parts, text[begin:]]


def rows_that_fit(row: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """The row, whose last cell is a note; what a cell cannot hold follows in further rows, and the notes say so."""
    *cells, note = row
    columns = [pieces(cell) if isinstance(cell, str) else [cell] for cell in cells]
    count = max((len(column) for column in columns), default=1)
    for i in range(count):
        notes = [str(note)] * bool(note) + [CONTINUED] * (i > 0) + [GOES_ON] * (i < count - 1)
        yield (*(column[i] if i < len(column) else "" for column in columns), "; ".join(notes))


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names that Excel takes, as near to those wanted as can be: 31 code units, no reserved character, no two alike."""
    names: list[str] = []
    taken = set(_RESERVED)
    for name in wanted:
        plain = _UNFIT.sub(" ", name).strip().strip("'").strip() or "Sheet"
        fitted, number = _cut(plain, LONGEST_SHEET_NAME), 1
        while fitted.casefold() in taken:
            number += 1
            fitted = f"{_cut(plain, LONGEST_SHEET_NAME - len(ending := f' ({number})'))}{ending}"
        taken.add(fitted.casefold())
        names.append(fitted)
    return names


def _cut(name: str, most: int) -> str:
    return pieces(name, most)[0].rstrip().rstrip("'") if len(name) * 2 > most else name
