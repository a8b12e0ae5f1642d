"""The recommendations and the points as one CSV table, for machines and spreadsheets."""

import csv
import io
from collections.abc import Iterator

from workshop.exports.report import Report, SaidPoint, shown

HEADER = (
    "Kind", "Number", "Theme", "Question", "Text", "Headings", "Focus groups", "Agencies", "People", "Points",
    "Evidence for",
)  # fmt: skip
# A spreadsheet takes a cell that begins so for a formula, also in their full-width forms. The apostrophe is among them
# so that taking one off again always gives the text.
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")  # noqa: RUF001 (full-width is meant)


def recommendations_csv(report: Report) -> bytes:
    """UTF-8 with a byte order mark, CRLF, every cell quoted: a row for each recommendation, then for each point.

    A cell that begins like a formula (or with an apostrophe) has an apostrophe before it.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([guarded(str(cell)) for cell in row] for row in _rows(report))
    return lines.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet would see a formula."""
    return f"'{cell}" if cell.startswith(GUARDED) else cell


def _rows(report: Report) -> Iterator[tuple[str | int, ...]]:
    for recommended in report.recommendations:
        yield (
            "recommendation",
            recommended.number,
            recommended.theme,
            "",
            recommended.text,
            "; ".join(recommended.headings),
            "; ".join(recommended.focus_groups),
            "; ".join(recommended.agencies),
            shown(recommended.people),
            shown(recommended.points),
            "",
        )
    for point in report.points:
        yield _point(point)


def _point(point: SaidPoint) -> tuple[str | int, ...]:
    kind = "point" if point.text is not None else "point, words deleted"
    numbers = "; ".join(map(str, point.recommendations))
    where = (point.theme, point.question, point.text or "", point.heading, point.focus_group, point.said_by)
    return (kind, "", *where, "", "", numbers)
