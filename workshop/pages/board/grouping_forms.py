"""What a browser sent about grouping, as clean strings and ids."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from litestar.enums import RequestEncodingType
from litestar.params import Body

from workshop.text import normalised
from workshop.web.values import Ticked, read_id, read_ids

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
    chosen = Chosen(
        heading, normalised(form.based_on), read_ids(form.points), read_ids(form.findings), read_id(form.to)
    )
    return chosen, errors
