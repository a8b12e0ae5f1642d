"""The themed recommendations as plain data: what CSV, workbook and printable page are made of.

It follows the rules for what leaves the room: an agency stands beside words by the attribution rule only, counts are
those of one suppressed table (None: not shown), hidden and deleted points are not in it. Attendance is shown as it is.
What rooms voted for and answered to scales follows the rules of room_results.py.
"""

import datetime as dt
from dataclasses import dataclass, field

from workshop.exports.room_results import PriorityRow, ScaleRow

NOT_SHOWN = "not shown"


@dataclass(frozen=True, slots=True)
class SaidPoint:
    """A point as others may read it. ``said_by`` is empty where nothing may stand there; null ``text``: words deleted.

    ``heading``: the finding it is in; ``recommendations``: the numbers of those that it is evidence for.
    """

    focus_group: str
    theme: str
    question: str
    text: str | None
    said_by: str = ""
    heading: str = ""
    recommendations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommended:
    """A recommendation with its evidence; ``theme`` is empty when it is under none."""

    number: int
    theme: str
    text: str
    headings: tuple[str, ...]
    focus_groups: tuple[str, ...]
    agencies: tuple[str, ...]
    people: int | None
    points: int | None
    said: tuple[SaidPoint, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A finding with the points in it, those of findings under it included."""

    text: str
    people: int | None
    points: int | None
    said: tuple[SaidPoint, ...]


@dataclass(frozen=True, slots=True)
class ThemeColumn:
    """One question under one theme: its headings, and the points that are under none."""

    question: str
    headings: tuple[Heading, ...]
    others: tuple[SaidPoint, ...]


@dataclass(frozen=True, slots=True)
class ThemePart:
    """A theme: what needs to happen, and beside it what was said."""

    name: str
    recommendations: tuple[Recommended, ...]
    columns: tuple[ThemeColumn, ...]


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """How many people of an agency came to each focus group."""

    agency: str
    parent: str
    people: tuple[int, ...]

    @property
    def total(self) -> int:
        """To all of them together."""
        return sum(self.people)


@dataclass(frozen=True, slots=True)
class AttendanceTable:
    """Attendance by agency; the last row adds up those above it."""

    focus_groups: tuple[str, ...]
    rows: tuple[AttendanceRow, ...]

    @property
    def total(self) -> AttendanceRow:
        """The sum of the rows."""
        sums = tuple(sum(row.people[i] for row in self.rows) for i in range(len(self.focus_groups)))
        return AttendanceRow("Total", "", sums)

    @property
    def by_parent(self) -> tuple[AttendanceRow, ...]:
        """The rows rolled up to what they sit under; one under nothing stands for itself. None without parents.

        In the order of the first of each. Adds up to the same total.
        """
        if not any(row.parent for row in self.rows):
            return ()
        over: dict[str, list[AttendanceRow]] = {}
        for row in self.rows:
            over.setdefault(row.parent or row.agency, []).append(row)
        return tuple(
            AttendanceRow(name, "", tuple(map(sum, zip(*(row.people for row in rows), strict=True))))
            for name, rows in over.items()
        )


@dataclass(frozen=True, slots=True)
class Report:
    """One programme, frozen at one moment."""

    title: str
    purpose: str
    partnership: str
    group_word: str
    minimum_count: int
    is_flat_list: bool
    made_on: dt.date
    recommendations: tuple[Recommended, ...]
    themes: tuple[ThemePart, ...]
    attendance: AttendanceTable
    points: tuple[SaidPoint, ...] = field(default=())
    priorities: tuple[PriorityRow, ...] = ()
    scales: tuple[ScaleRow, ...] = ()


def shown(count: int | None) -> str | int:
    """A count for a table's cell, or that it is not shown."""
    return NOT_SHOWN if count is None else count
