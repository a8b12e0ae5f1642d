"""How others read our files: a spreadsheet program, a CSV reader, a browser."""

import csv
import io
import re
from html.parser import HTMLParser
from typing import Any

from workshop.exports.cells import CONTINUED

Table = list[dict[str, str]]


def unguarded(cell: str) -> str:
    """What the cell says: the documented apostrophe is taken off."""
    return cell.removeprefix("'")


def table_of_csv(content: bytes) -> Table:
    """The rows, without guards."""
    lines = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [{name: unguarded(cell) for name, cell in row.items()} for row in csv.DictReader(lines, strict=True)]


def sheets_of(content: bytes) -> dict[str, Table]:
    """Each sheet's rows, continued cells put together again; fails where a cell is a formula or a link."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: _rows(sheet) for sheet in book.worksheets}


def _rows(sheet: Any) -> Table:
    header, *rows = [[_text(cell.value) for cell in row] for row in sheet.iter_rows()]
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f", f"{cell.coordinate} is a formula"
            assert cell.hyperlink is None, f"{cell.coordinate} is a link"
    table: Table = []
    for row in rows:
        if row[-1].startswith(CONTINUED):
            before = list(table[-1].values())
            table[-1] = dict(zip(header, [a + b for a, b in zip(before, row, strict=True)], strict=True))
        else:
            table.append(dict(zip(header, row, strict=True)))
    return table


def _text(value: object) -> str:
    """A cell's text. Excel reads _xFFFE_ as that character (ECMA-376, ST_Xstring); openpyxl leaves it."""
    return re.sub("_x(FFF[EF])_", lambda found: chr(int(found[1], 16)), "" if value is None else str(value))


class _Words(HTMLParser):
    """What stands in elements of one class, text only."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.tags: set[str] = set()
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if dict(attrs).get("class") == "words":
            self.found.append("")
            self._depth = 1

    def handle_endtag(self, tag: str) -> None:
        self._depth = 0

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.found[-1] += data


def words_on(page: bytes) -> list[str]:
    """Every text that somebody wrote, as a browser would show it."""
    parser = _Words()
    parser.feed(page.decode())
    parser.close()
    return parser.found


def tags_on(page: bytes) -> set[str]:
    """Which elements a page is made of."""
    parser = _Words()
    parser.feed(page.decode())
    return parser.tags
