"""What the rows of an uploaded sheet mean in a programme's words: which fit, which do not and why.

Two shapes: one point a row (``theme,column,agency,text``), and one person a row with a column for each theme and
question, as Microsoft Forms gives it. Nothing here touches the database.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from workshop.contributions.spreadsheets import Row, Sheet, Unreadable
from workshop.contributions.vocabulary import Vocabulary, plain
from workshop.programmes.models import ColumnKind
from workshop.text import LONGEST_TEXT

HEADINGS = {
    "theme": {"theme", "themes", "topic"},
    "column": {"column", "columns", "question", "kind"},
    "agency": {"agency", "organisation", "organization", "service"},
    "text": {"text", "point", "points", "words", "contribution", "comment"},
}
# What Microsoft Forms and its like put beside the answers: who wrote them and when.
PERSONAL = {
    "id", "start time", "completion time", "last modified time", "timestamp", "email", "e-mail", "email address",
    "e-mail address", "username", "user name", "name", "full name", "first name", "last name", "surname", "your name",
    "ip address", "respondent", "respondent id", "responder", "phone", "phone number", "telephone",
}  # fmt: skip
_PERSONAL_QUESTION = re.compile(r"\be-?mail\b|\b(?:your|full|first|last) name\b|\bwhat are you called\b")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# RFC 5321, 4.5.3.1.3. Looking for an address takes the square of a cell's length, which may be megabytes.
_LONGEST_ADDRESS = 254
_SAMPLE = 200
MOST_POINTS = 50_000
NO_AGENCY = {"", "none", "prefer not to say", "n/a", "-"}


class Problem(StrEnum):
    """What may be wrong with a row; each names the field that mends it."""

    THEME = "theme"
    COLUMN = "column"
    AGENCY = "agency"
    TEXT = "text"


@dataclass(slots=True)
class PointRow:
    """One point as the file has it: words, not ids. ``key`` finds it again; ``person`` is its person's line or none."""

    key: str
    line: int
    person: int | None
    theme: str
    column: str
    agency: str
    text: str
    is_left_out: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A point that fits, by the programme's ids."""

    theme_id: UUID
    column: ColumnKind
    agency_id: UUID | None
    text: str
    person: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Unfitting:
    """A row that does not fit, with a sentence for each thing that is wrong with it."""

    row: PointRow
    problems: dict[Problem, str]


@dataclass(slots=True)
class Judged:
    """What a file comes to. ``repeats``: lines of points that the same person had written already."""

    fitting: list[Point] = field(default_factory=list)
    unfitting: list[Unfitting] = field(default_factory=list)
    repeats: list[int] = field(default_factory=list)
    left_out: int = 0

    @property
    def people(self) -> int:
        """How many persons the fitting points come from; none in a file of one point a row."""
        return len({point.person for point in self.fitting} - {None})

    def to_mend(self) -> list[Unfitting]:
        """The unfitting rows as somebody mends them: a person's agency is asked for once, not at each point."""
        asked: set[int] = set()
        rows: list[Unfitting] = []
        for unfitting in self.unfitting:
            person, problems = unfitting.row.person, unfitting.problems
            if person is not None and Problem.AGENCY in problems:
                if person in asked:
                    problems = {problem: why for problem, why in problems.items() if problem is not Problem.AGENCY}
                asked.add(person)
            if problems:
                rows.append(Unfitting(unfitting.row, problems))
        return rows

    def unknown_words(self) -> list[tuple[Problem, str, int]]:
        """Words that several rows share and that the programme does not know: to be mended in one go."""
        counts = Counter(
            (problem, getattr(unfitting.row, problem))
            for unfitting in self.to_mend()
            for problem in unfitting.problems
            if problem is not Problem.TEXT
        )
        return [(problem, word, count) for (problem, word), count in counts.most_common() if count > 1]


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What one column of a one-person-a-row sheet holds: a theme's column, the person's agency, or nothing wanted."""

    theme: str = ""
    column: str = ""
    is_agency: bool = False


def headings_of(sheet: Sheet) -> dict[str, int] | None:
    """Where a sheet of one point a row has its four columns (agency may be missing); none for another shape.

    Raises Unreadable when it is nearly such a sheet: then somebody forgot a heading.
    """
    found: dict[str, int] = {}
    for place, heading in enumerate(sheet.header):
        for name, words in HEADINGS.items():
            if plain(heading) in words and name not in found:
                found[name] = place
    missing = [name for name in ("theme", "column", "text") if name not in found]
    if not missing:
        return found
    if len(missing) == 1:
        raise Unreadable(
            f"The first row has no heading “{missing[0]}”. One point a row needs the headings theme, column and text"
        )
    return None


def point_rows(sheet: Sheet, headings: Mapping[str, int]) -> list[PointRow]:
    """One point a row: nothing but the four columns is taken."""

    def cell(cells: tuple[str, ...], name: str) -> str:
        return cells[headings[name]] if name in headings else ""

    return [
        PointRow(
            key=str(row.line),
            line=row.line,
            person=None,
            theme=cell(row.cells, "theme"),
            column=cell(row.cells, "column"),
            agency=cell(row.cells, "agency"),
            text=cell(row.cells, "text"),
        )
        for row in sheet.rows
    ]


def without_personal_columns(sheet: Sheet, vocabulary: Vocabulary) -> tuple[Sheet, list[str]]:
    """The sheet without the columns that say who wrote and when, and the headings that went with them."""
    kept: list[int] = []
    dropped: list[str] = []
    for place, heading in enumerate(sheet.header):
        if heading and (_is_personal(heading, vocabulary) or _holds_addresses(sheet, place)):
            dropped.append(heading)
        elif heading:
            kept.append(place)
    return _only(sheet, kept), dropped


def guess(sheet: Sheet, vocabulary: Vocabulary) -> list[ColumnUse]:
    """For each column what it seems to hold: its heading names a theme and a question, or the agency."""
    guesses: list[ColumnUse] = []
    for place, heading in enumerate(sheet.header):
        theme, kind = vocabulary.theme_within(heading), vocabulary.column_within(heading)
        cells = [row.cells[place] for row in sheet.rows[:_SAMPLE] if row.cells[place]]
        known = sum(vocabulary.agency(cell) is not None for cell in cells)
        is_agency = not any(g.is_agency for g in guesses) and (
            bool(set(plain(heading).split()) & HEADINGS["agency"]) or (bool(cells) and known * 2 > len(cells))
        )
        if theme and kind:
            guesses.append(ColumnUse(theme=theme, column=kind))
        else:
            guesses.append(ColumnUse(is_agency=is_agency))
    return guesses


def person_rows(sheet: Sheet, columns: Sequence[ColumnUse]) -> list[PointRow]:
    """One person a row: a point for each cell with words under a column that is a theme's. Raises Unreadable."""
    agency_place = next((place for place, use in enumerate(columns) if use.is_agency), None)
    rows = [
        PointRow(
            key=f"{row.line}.{place}",
            line=row.line,
            person=row.line,
            theme=use.theme,
            column=use.column,
            agency=row.cells[agency_place] if agency_place is not None else "",
            text=row.cells[place],
        )
        for row in sheet.rows
        for place, use in enumerate(columns)
        if use.theme and use.column and row.cells[place]
    ]
    if len(rows) > MOST_POINTS:
        raise Unreadable(f"This file has more than {MOST_POINTS:,} points. Split it into smaller ones")
    return rows


def judge(rows: Iterable[PointRow], vocabulary: Vocabulary) -> Judged:
    """Which rows fit the programme, which do not and why, and which only repeat what the same person wrote."""
    judged = Judged()
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        if row.is_left_out:
            judged.left_out += 1
            continue
        theme_id, kind = vocabulary.theme(row.theme), vocabulary.column(row.column)
        agency_id = vocabulary.agency(row.agency)
        problems = {
            problem: sentence
            for problem, sentence in (
                (Problem.THEME, _wrong(theme_id is None, "theme", row.theme)),
                (Problem.COLUMN, _wrong(kind is None, "column", row.column)),
                (Problem.AGENCY, _wrong(agency_id is None and not _is_none(row.agency), "agency", row.agency)),
                (Problem.TEXT, _wrong_text(row.text)),
            )
            if sentence
        }
        if problems or theme_id is None or kind is None:
            judged.unfitting.append(Unfitting(row, problems))
            continue
        repeated = (row.person, theme_id, kind, row.text)
        if row.person is not None and repeated in seen:
            judged.repeats.append(row.line)
            continue
        seen.add(repeated)
        judged.fitting.append(Point(theme_id, kind, agency_id, row.text, row.person, row.line))
    return judged


def _wrong(is_wrong: bool, what: str, word: str) -> str:  # noqa: FBT001 (it reads as the condition it is)
    if not is_wrong:
        return ""
    article = "an" if what == "agency" else "a"
    return f"“{_short(word)}” is not {article} {what} of this programme" if word else f"No {what} is given"


def _wrong_text(text: str) -> str:
    if not text:
        return "There are no words in it"
    if len(text) > LONGEST_TEXT:
        return f"It has {len(text):,} characters; a point has at most {LONGEST_TEXT:,}"
    return ""


def _short(word: str) -> str:
    most = 80
    return word if len(word) <= most else word[:most] + "…"


def _is_none(word: str) -> bool:
    return word.casefold() in NO_AGENCY


def _is_personal(heading: str, vocabulary: Vocabulary) -> bool:
    if heading.casefold() in PERSONAL:
        return True
    # “E-mail and other contact: what is working well?” is a theme, not somebody's address.
    return bool(_PERSONAL_QUESTION.search(heading.casefold())) and not (
        vocabulary.theme_within(heading) and vocabulary.column_within(heading)
    )


def _holds_addresses(sheet: Sheet, place: int) -> bool:
    cells = [row.cells[place] for row in sheet.rows if row.cells[place]]
    return bool(cells) and 2 * sum(map(_is_address, cells)) >= len(cells)


def _is_address(cell: str) -> bool:
    return len(cell) <= _LONGEST_ADDRESS and bool(_ADDRESS.fullmatch(cell))


def _only(sheet: Sheet, places: Sequence[int]) -> Sheet:
    return Sheet(
        tuple(sheet.header[place] for place in places),
        tuple(Row(row.line, tuple(row.cells[place] for place in places)) for row in sheet.rows),
    )
