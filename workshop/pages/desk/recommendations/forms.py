"""What a browser sent about recommendations and headings, as clean strings and ids."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body

from workshop.programmes.models import ColumnKind
from workshop.text import LONGEST_TEXT, normalised

FORM = Body(media_type=RequestEncodingType.URL_ENCODED)
Ticked = list[str] | str  # one ticked box arrives as a string
OPTION = 100
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


@dataclass(frozen=True, slots=True)
class Chosen:
    """The clean form: ``points`` and ``findings`` without what is no id."""

    text: str
    heading: str
    points: list[UUID]
    findings: list[UUID]


def clean_chosen(form: ChosenForm) -> tuple[Chosen, dict[str, str]]:
    """The clean form, and errors by field."""
    chosen = Chosen(normalised(form.text), normalised(form.heading), ids(form.points), ids(form.findings))
    return chosen, too_long(text=chosen.text, heading=chosen.heading)


def too_long(**texts: str) -> dict[str, str]:
    """Errors by field for what could not be kept whole."""
    return {field: TOO_LONG for field, text in texts.items() if len(text) > LONGEST_TEXT}


def ids(ticked: Ticked) -> list[UUID]:
    """The ids among the values of ticked boxes, each once."""
    values = [ticked] if isinstance(ticked, str) else ticked
    return list(dict.fromkeys(found for value in values if (found := read_id(value))))


def read_id(value: str) -> UUID | None:
    """The id, or None when it is none."""
    try:
        return UUID(value)
    except ValueError:
        return None


def read_number(value: str) -> int | None:
    """The whole number, or None when it is none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < len("1000000") else None


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


def found(value: Any) -> Any:
    """``value``, or the answer 404 when there is none."""
    if value is None:
        raise NotFoundException
    return value
