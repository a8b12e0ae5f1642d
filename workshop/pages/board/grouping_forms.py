"""What a browser sent about grouping, as clean strings and ids."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from litestar.enums import RequestEncodingType
from litestar.params import Body

from workshop.text import normalised

Ticked = list[str] | str  # one ticked box arrives as a string
LONGEST_HEADING = 300


@dataclass
class GroupingForm:
    """Any form of the page. ``suggest``: whether suggestions are shown; ``of``: the finding that the form is about."""

    theme: str = ""
    column: str = ""
    suggest: str = ""
    points: Ticked = ""
    findings: Ticked = ""
    heading: str = ""
    based_on: str = ""
    to: str = ""
    key: str = ""
    step: str = ""


GroupingData = Annotated[GroupingForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The clean form: ``points``, ``findings`` and ``to`` without what is no id."""

    heading: str
    based_on: str
    points: list[UUID]
    findings: list[UUID]
    to: UUID | None


def clean(form: GroupingForm) -> tuple[Chosen, dict[str, str]]:
    """The clean form, and errors by field."""
    heading = " ".join(normalised(form.heading).split())
    errors = {"heading": f"At most {LONGEST_HEADING} characters"} if len(heading) > LONGEST_HEADING else {}
    to = _ids(form.to)
    chosen = Chosen(heading, normalised(form.based_on), _ids(form.points), _ids(form.findings), to[0] if to else None)
    return chosen, errors


def _ids(ticked: Ticked) -> list[UUID]:
    found = []
    for value in [ticked] if isinstance(ticked, str) else ticked:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
