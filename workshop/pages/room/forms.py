"""What a browser sent about words from the room → clean dataclasses, or errors by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from litestar.datastructures import UploadFile

from workshop.contributions.import_rows import MOST_POINTS, ColumnUse, Problem
from workshop.contributions.mending import Mend, WordMend
from workshop.contributions.room import RoomPoint
from workshop.programmes.models import ColumnKind, Theme
from workshop.text import LONGEST_TEXT, normalised
from workshop.web.values import read_id, whole_number

LEAVE_OUT = "leave-out"
# After a row's key: the row's person with all their points.
WHOLE_PERSON = "*"
Several = list[str] | str


def several(sent: Several) -> list[str]:
    """The values of a field that a form may have more than once."""
    return [sent] if isinstance(sent, str) else sent


def clean_text(text: str) -> tuple[str, str]:
    """A point's words, normalised, and what is wrong with them or nothing."""
    text = normalised(text)
    if not text:
        return text, "Write the point first"
    if len(text) > LONGEST_TEXT:
        return text, f"This has {len(text):,} characters. A point has at most {LONGEST_TEXT:,}: make two of it"
    return text, ""


@dataclass
class RoomForm:
    """A point from the room. ``back``: the page it was typed on, ``room`` or the board.

    ``sure``: the mark of words that are meant although they seem to identify somebody.
    """

    theme: str = ""
    column: str = ""
    agency: str = ""
    text: str = ""
    client_id: str = ""
    back: str = ""
    sure: str = ""

    def clean(self) -> tuple[RoomPoint | None, dict[str, str]]:
        """The point, or errors by field."""
        errors: dict[str, str] = {}
        theme_id, agency_id = read_id(self.theme), read_id(self.agency)
        if theme_id is None:
            errors["theme"] = "Choose a theme"
        if self.column not in set(ColumnKind):
            errors["column"] = "Choose a column"
        if self.agency and agency_id is None:
            errors["agency"] = "Choose an agency, or none"
        text, wrong = clean_text(self.text)
        if wrong:
            errors["text"] = wrong
        if errors or theme_id is None:
            return None, errors
        # Without an id of its own (some other program sent it) it is a form that was sent once.
        client_id = read_id(self.client_id) or uuid4()
        return RoomPoint(client_id, theme_id, ColumnKind(self.column), agency_id, text), {}


@dataclass
class EditForm:
    """Other words for a point; ``sure`` as in RoomForm."""

    text: str = ""
    sure: str = ""


@dataclass
class DeletionForm:
    """Whether what goes tells of a child at risk: asked of a held or hidden point."""

    concern: str = ""


@dataclass
class UploadForm:
    """A file to import."""

    file: UploadFile | None = None


@dataclass
class MappingForm:
    """What each column of the file holds, in the file's order: nothing, ``agency`` or ``<theme id>:<kind>``."""

    uses: Several = ""

    def clean(self, count: int, themes: Sequence[Theme]) -> tuple[list[ColumnUse], dict[str, str]]:
        """``count`` uses, or an error."""
        names = {str(theme.id): theme.name for theme in themes}
        uses = [_use(value, names) for value in (several(self.uses) + [""] * count)[:count]]
        if sum(use.is_agency for use in uses) > 1:
            return uses, {"uses": "Only one column can say which agency a person is from"}
        if not any(use.theme for use in uses):
            return uses, {"uses": "Choose a theme and question for at least one column"}
        return uses, {}


@dataclass
class MendForm:
    """Changes to rows that did not fit; the fields of one row have the same place in each list."""

    key: Several = ""
    theme: Several = ""
    column: Several = ""
    agency: Several = ""
    text: Several = ""
    left_out: Several = ""
    word_problem: Several = ""
    word: Several = ""
    word_meant: Several = ""
    page: str = "1"

    def rows(self) -> list[Mend]:
        """The rows that were shown, with what was put in."""
        left_out = set(several(self.left_out))
        fields = zip(*map(several, (self.key, self.theme, self.column, self.agency, self.text)), strict=False)
        return [
            Mend(key, theme, column, agency, normalised(text), key in left_out, f"{key}{WHOLE_PERSON}" in left_out)
            for key, theme, column, agency, text in fields
            if key
        ]

    def words(self) -> list[WordMend]:
        """The words for which somebody chose what they mean."""
        fields = zip(*map(several, (self.word_problem, self.word, self.word_meant)), strict=False)
        return [
            WordMend(Problem(problem), normalised(word), "" if meant == LEAVE_OUT else meant, meant == LEAVE_OUT)
            for problem, word, meant in fields
            if meant and problem in set(Problem)
        ]

    @property
    def shown_page(self) -> int:
        """Which page of rows it was."""
        return read_page(self.page)


def read_page(typed: str) -> int:
    """The number of a page; the first when it is none."""
    return whole_number(typed, MOST_POINTS) or 1


def _use(value: str, names: dict[str, str]) -> ColumnUse:
    if value == "agency":
        return ColumnUse(is_agency=True)
    theme_id, _, kind = value.partition(":")
    if theme_id in names and kind in set(ColumnKind):
        return ColumnUse(theme=names[theme_id], column=kind)
    return ColumnUse()
