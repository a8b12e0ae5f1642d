"""The recommendations as an XLSX workbook: pandas with XlsxWriter, text as text and nothing else."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from workshop.days import uk_day
from workshop.exports.cells import rows_that_fit, sheet_names
from workshop.exports.report import NOT_SHOWN, Report, SaidPoint, ThemePart, shown

Row = tuple[str | int, ...]
# Nothing that people typed may become a formula, a link or a number.
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NARROW, WIDE = 16, 60
DELETED = "Words deleted"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the workbook: rows end in a note; ``wide`` names the columns that hold sentences."""

    name: str
    header: tuple[str, ...]
    rows: list[Row]
    wide: frozenset[str] = frozenset(
        {"Recommendation", "Point", "Headings", "Heading", "The question", "0 means", "10 means", "About this workbook"}
    )


def workbook(report: Report) -> bytes:
    """The workbook's bytes. pandas is imported here: call it in a process that may take the time."""
    import pandas as pd

    first, last = (
        [_about(report), _recommendations(report)],
        [_attendance(report), *_rolled_up(report), *_priorities(report), *_scales(report), _points(report)],
    )
    themes = [_theme(theme) for theme in report.themes]
    sheets = [*first, *themes, *last]
    # Ours first: a theme called “Attendance” gets a number, not the sheet that everybody looks for.
    order = [*first, *last, *themes]
    names = dict(zip(map(id, order), sheet_names(sheet.name for sheet in order), strict=True))
    target = io.BytesIO()
    with pd.ExcelWriter(target, engine="xlsxwriter", engine_kwargs={"options": OPTIONS}) as writer:
        book: Any = writer.book
        book.set_properties({"title": report.title, "company": report.partnership})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            rows = list(chain.from_iterable(map(rows_that_fit, sheet.rows)))
            header = [*sheet.header, "Note"]
            pd.DataFrame(rows, columns=header).to_excel(writer, sheet_name=(name := names[id(sheet)]), index=False)
            page = writer.sheets[name]
            for i, title in enumerate(header):
                page.set_column(i, i, WIDE if title in sheet.wide else NARROW, wrapped)
            page.freeze_panes(1, 0)
            page.set_landscape()
            page.set_paper(9)  # A4
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
    return target.getvalue()


def _about(report: Report) -> Sheet:
    lines = [
        report.title,
        report.partnership,
        report.purpose,
        f"As of {uk_day(report.made_on)}",
        f"“{NOT_SHOWN}”: fewer than {report.minimum_count} people, or a number from which theirs could be worked out.",
        f"An agency stands beside words where at least {report.minimum_count} of its people were in the group.",
        f"“Other agencies”: at least two, with at least {report.minimum_count} people together.",
        *_about_rooms(report),
        "People are counted once each, however many points they wrote. Points from the room count as points only.",
        "A text that is too long for a cell goes on in the next row; the column “Note” says so.",
    ]
    return Sheet("About", ("About this workbook",), [(line, "") for line in lines if line])


def _about_rooms(report: Report) -> list[str]:
    if not report.priorities and not report.scales:
        return []
    few = f"“{NOT_SHOWN}” where fewer than {report.minimum_count} phones or computers took part"
    later = "Votes of a meeting that goes on are not shown before it has seen them." if report.priorities else ""
    return [f"Votes, and the median and range of practice scales, are by focus group: {few}.", later]


def _recommendations(report: Report) -> Sheet:
    header = (
        "Number",
        "Theme",
        "Recommendation",
        "Headings",
        "Focus groups",
        "Agencies",
        "People",
        "Points",
    )
    rows: list[Row] = [
        (
            recommended.number,
            recommended.theme,
            recommended.text,
            "\n".join(recommended.headings),
            "\n".join(recommended.focus_groups),
            "\n".join(recommended.agencies),
            shown(recommended.people),
            shown(recommended.points),
            "",
        )
        for recommended in report.recommendations
    ]
    return Sheet("Recommendations", header, rows)


def _theme(theme: ThemePart) -> Sheet:
    """What needs to happen under the theme, then everything said about it, by question and heading."""
    rows: list[Row] = [
        ("Recommendation", str(recommended.number), recommended.text, "", "", "")
        for recommended in theme.recommendations
    ]
    for column in theme.columns:
        for heading in column.headings:
            rows += [_said(column.question, heading.text, point) for point in heading.said]
        rows += [_said(column.question, "", point) for point in column.others]
    return Sheet(theme.name, ("Question", "Heading", "Point", "Focus group", "Agency"), rows)


def _said(question: str, heading: str, point: SaidPoint) -> Row:
    return question, heading, point.text or "", point.focus_group, point.said_by, _note(point)


def _attendance(report: Report) -> Sheet:
    table = report.attendance
    rows: list[Row] = [(row.agency, row.parent, *row.people, row.total, "") for row in (*table.rows, table.total)]
    return Sheet("Attendance", ("Agency", "Under", *table.focus_groups, "Total"), rows)


def _rolled_up(report: Report) -> list[Sheet]:
    """Attendance by what agencies sit under, where any sits under something."""
    table = report.attendance
    if not table.by_parent:
        return []
    rows: list[Row] = [(row.agency, *row.people, row.total, "") for row in (*table.by_parent, table.total)]
    return [Sheet("Attendance rolled up", ("Agency or what it is under", *table.focus_groups, "Total"), rows)]


def _priorities(report: Report) -> list[Sheet]:
    """What rooms voted for, where any did."""
    rows: list[Row] = [
        (row.focus_group, row.theme, row.place, row.heading, shown(row.votes), "") for row in report.priorities
    ]
    return [Sheet("Priorities", ("Focus group", "Theme", "Place", "Heading", "Votes"), rows)] if rows else []


def _scales(report: Report) -> list[Sheet]:
    """How rooms answered practice scales, where any did: median and range, never anybody's words."""
    numbers = ("Answers", "Median", "Lowest", "Highest")
    header = ("The question", "0 means", "10 means", "Theme", "Focus group", "Asking", *numbers)
    rows: list[Row] = [
        (
            row.question,
            row.lowest_means,
            row.highest_means,
            row.theme,
            row.focus_group,
            row.asking,
            *(NOT_SHOWN if value is None else value for value in (row.answers, row.median, row.lowest, row.highest)),
            "",
        )
        for row in report.scales
    ]
    return [Sheet("Practice scale", header, rows)] if rows else []


def _points(report: Report) -> Sheet:
    header = ("Focus group", "Theme", "Question", "Point", "Agency", "Heading", "Evidence for recommendation")
    return Sheet("All points", header, list(_point_rows(report)))


def _point_rows(report: Report) -> Iterator[Row]:
    for point in report.points:
        numbers = ", ".join(map(str, point.recommendations))
        yield (
            point.focus_group,
            point.theme,
            point.question,
            point.text or "",
            point.said_by,
            point.heading,
            numbers,
            _note(point),
        )


def _note(point: SaidPoint) -> str:
    return DELETED if point.text is None else ""
