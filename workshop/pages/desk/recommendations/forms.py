"""What a browser sent about recommendations and headings, as clean strings and ids."""

from dataclasses import dataclass
from typing import Annotated, TypeVar
from uuid import UUID

from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body

from workshop.facts import Refused
from workshop.programmes.models import ColumnKind
from workshop.recommendations.choosing import Choice
from workshop.text import LONGEST_TEXT, normalised
from workshop.web.values import Ticked, read_ids

FORM = Body(media_type=RequestEncodingType.URL_ENCODED)
OPTION = 100
Row = TypeVar("Row")
TOO_LONG = f"At most {LONGEST_TEXT:,} characters"


@dataclass
class WordsForm:
    """Words, and those that the person saw when they began."""

    text: str = ""
    based_on: str = ""


@dataclass
class MergeForm:
    """Two recommendations into one: the other's id, the words, and both wordings as they were seen."""

    other: str = ""
    text: str = ""
    based_on: str = ""
    other_based_on: str = ""


@dataclass
class ChosenForm:
    """Ticked points and headings, with the words for what is made of them."""

    text: str = ""
    heading: str = ""
    points: Ticked = ""
    findings: Ticked = ""
    target: str = ""
    theme: str = ""
    column: str = ""
    q: str = ""
    group: str = ""
    agency: str = ""
    show: str = ""
    page: str = ""


@dataclass
class SplitForm:
    """Ticked headings and points of a recommendation, with the words of the one that they go to."""

    split_text: str = ""
    points: Ticked = ""
    findings: Ticked = ""


@dataclass
class HeadingForm:
    """A heading's words and what the person saw; ticked points with the heading that they go to."""

    heading: str = ""
    based_on: str = ""
    split_heading: str = ""
    points: Ticked = ""


@dataclass
class OneForm:
    """A form of one field, whichever it is."""

    move: str = ""
    theme: str = ""
    reason: str = ""
    flat: str = ""
    step: str = ""


WordsData = Annotated[WordsForm, FORM]
MergeData = Annotated[MergeForm, FORM]
ChosenData = Annotated[ChosenForm, FORM]
SplitData = Annotated[SplitForm, FORM]
HeadingData = Annotated[HeadingForm, FORM]
OneData = Annotated[OneForm, FORM]


def clean_chosen(form: ChosenForm, theme_id: UUID) -> tuple[Choice, dict[str, str]]:
    """What is ticked under the theme, without what is no id, and errors by field. 404 for a column that is none."""
    words = {"text": normalised(form.text), "heading": normalised(form.heading)}
    points, findings = read_ids(form.points), read_ids(form.findings)
    choice = Choice(theme_id, read_column(form.column), points, findings, words["heading"])
    return choice, {field: TOO_LONG for field, text in words.items() if len(text) > LONGEST_TEXT}


def words_of(typed: str, field: str) -> str:
    """The words, normalised. Raises Refused, beside ``field``, for more than can be kept whole."""
    words = normalised(typed)
    if len(words) > LONGEST_TEXT:
        raise Refused(TOO_LONG, field)
    return words


def read_column(value: str) -> ColumnKind:
    """The column's kind; what needs to happen when none is named. Any other word is a page that does not exist."""
    if not value:
        return ColumnKind.NEEDS_TO_HAPPEN
    if value not in set(ColumnKind):
        raise NotFoundException
    return ColumnKind(value)


def shortened(words: str) -> str:
    """The words as an option of a list shows them."""
    return words if len(words) <= OPTION else words[:OPTION].rstrip() + "…"


def found(value: Row | None) -> Row:
    """``value``, or the answer 404 when there is none."""
    if value is None:
        raise NotFoundException
    return value
