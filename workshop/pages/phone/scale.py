"""The practice scale on a phone: a number from 0 to 10, and two questions about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from litestar import get, post
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_403_FORBIDDEN,
    HTTP_409_CONFLICT,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

from workshop.contributions.identifiers import LooksIdentifying, checked_aside
from workshop.contributions.submissions import NOT_JOINED
from workshop.database import Database
from workshop.pages.phone.forms import Errors, id_or_new, read_form
from workshop.pages.phone.visit import TheVisit, Visit, phone_page, to_the_door
from workshop.surveys.models import ScaleAnswer
from workshop.surveys.queries import Asked, asked_now, own_answer
from workshop.surveys.spread import HIGHEST, LOWEST
from workshop.surveys.writes import Answer, NotAsked, answer_scale, may_answer
from workshop.text import LONGEST_TEXT, normalised
from workshop.web.answers import AnyRequest, see_other
from workshop.web.scope import TheDatabase, TheSettings
from workshop.web.values import whole_number

LARGEST_ANSWER = 3 * 512 * 1024
VALUES = {str(value): value for value in range(LOWEST, HIGHEST + 1)}
TEXTS = ("not_lower", "one_higher")
MOST_ASKINGS = 99_999  # fits an integer column


@dataclass
class ScaleForm:
    """An answer as it was typed; ``scale`` and ``asking`` say what the page had asked.

    ``sure``: the marks of words that are meant although they seem to identify somebody.
    """

    scale: str = ""
    asking: str = ""
    value: str = ""
    not_lower: str = ""
    one_higher: str = ""
    sure: str = ""

    @classmethod
    def sent(cls, body: bytes) -> Self:
        """From a request's body: four times the longest text must fit."""
        values = read_form(body)
        return cls(**{name: values.get(name, "") for name in cls.__dataclass_fields__})

    @classmethod
    def of(cls, asked: Asked, answer: ScaleAnswer | None) -> Self:
        """What the participant answered before, or an empty form."""
        form = cls(str(asked.scale.id), str(asked.asking))
        if answer is not None:
            form.value = str(answer.value)
            form.not_lower, form.one_higher = answer.not_lower or "", answer.one_higher or ""
        return form

    def clean(self) -> tuple[Answer | None, Errors]:
        """The answer; a number is needed, the two texts are not."""
        errors = {}
        if self.value not in VALUES:
            errors["value"] = f"Choose a number from {LOWEST} to {HIGHEST}"
        texts = {name: normalised(getattr(self, name)) for name in TEXTS}
        for name, text in texts.items():
            if (count := len(text)) > LONGEST_TEXT:
                errors[name] = f"This has {count:,} characters. Shorten it to {LONGEST_TEXT:,} or fewer."
        if errors:
            return None, errors
        asking = whole_number(self.asking, MOST_ASKINGS) or 0
        return Answer(id_or_new(self.scale), asking, VALUES[self.value], texts["not_lower"], texts["one_higher"]), {}


@get("/scale", name="phone.scale", include_in_schema=False)
async def show_scale(request: AnyRequest, visit: TheVisit, database: TheDatabase) -> Template | Redirect:
    """The question with what one has answered; or that nothing is asked at the moment."""
    if visit.participant is None:
        return to_the_door(request, visit)
    return await _page(request, visit, database)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words of one of the two boxes that seem to identify somebody; ``field``: which box."""

    field: str
    question: LooksIdentifying


@post(
    "/scale",
    name="phone.scale.create",
    status_code=HTTP_200_OK,
    include_in_schema=False,
    request_max_body_size=LARGEST_ANSWER,
)
async def answer(
    request: AnyRequest, visit: TheVisit, database: TheDatabase, settings: TheSettings
) -> Template | Redirect:
    """303 to the page. What is refused keeps its words: 422, 403 not joined, 409 when the room has moved on.

    422 also asks about words that seem to identify somebody.
    """
    form = ScaleForm.sent(await request.body())
    if visit.participant is None:
        context: dict[str, Any] = {"asked": None, "kept": None, "form": form, "errors": {"": NOT_JOINED}, "doubts": ()}
        return phone_page(request, "scale.html", visit, status_code=HTTP_403_FORBIDDEN, **context)
    cleaned, errors = form.clean()
    if cleaned is None:
        return await _page(request, visit, database, form, errors, HTTP_422_UNPROCESSABLE_ENTITY)
    if doubts := await _doubts(visit, database, cleaned, form.sure, settings.key):
        errors = {doubt.field: str(doubt.question) for doubt in doubts}
        return await _page(request, visit, database, form, errors, HTTP_422_UNPROCESSABLE_ENTITY, doubts=doubts)
    try:
        async with database.writing() as db:
            await answer_scale(db, visit.participant, cleaned)
    except NotAsked as fact:
        return await _page(request, visit, database, form, {"": str(fact)}, HTTP_409_CONFLICT)
    path = request.app.route_reverse("phone.scale", join_token=visit.focus_group.join_token)
    return see_other(request, path, success="Your answer is saved. You can change it as long as this is asked.")


async def _doubts(visit: Visit, database: Database, answer: Answer, sure: str, key: bytes) -> list[Doubt]:
    """What to ask about: nothing that is kept already, and nothing once the room has moved on."""
    assert visit.participant is not None  # noqa: S101 (the caller has looked)
    async with database.reading() as db:
        asked = await asked_now(db, visit.focus_group)
        kept = await own_answer(db, asked, visit.focus_group.id, visit.participant.id) if asked else None
    doubts = []
    for field in TEXTS if asked else ():
        text = getattr(answer, field)
        if kept is not None and text == getattr(kept, field):
            continue
        try:
            await checked_aside(text, sure, key)
        except LooksIdentifying as question:
            doubts.append(Doubt(field, question))
    return doubts


async def _page(
    request: AnyRequest,
    visit: Visit,
    database: Database,
    form: ScaleForm | None = None,
    errors: Errors | None = None,
    status_code: int = HTTP_200_OK,
    *,
    doubts: Sequence[Doubt] = (),
) -> Template:
    """``form``: what was refused, with its ``errors`` and what is asked about it."""
    assert visit.participant is not None  # noqa: S101 (the caller has looked)
    async with database.reading() as db:
        asked = await asked_now(db, visit.focus_group) if may_answer(visit.focus_group) else None
        kept = await own_answer(db, asked, visit.focus_group.id, visit.participant.id) if asked else None
    themes = {theme.id: theme.name for theme in visit.room.themes}
    context: dict[str, Any] = {
        "asked": asked,
        "kept": kept,
        "errors": errors or {},
        "VALUES": list(VALUES),
        "doubts": doubts,
    }
    if asked is not None:
        # What a refused page had asked may be over: what is sent next answers what is asked now.
        mine = ScaleForm.of(asked, kept)
        if form is not None:
            form.scale, form.asking = mine.scale, mine.asking
        context["theme"] = themes.get(asked.scale.theme_id) if asked.scale.theme_id else None
        form = form or mine
    return phone_page(request, "scale.html", visit, status_code=status_code, form=form, **context)
