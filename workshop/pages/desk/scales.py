"""A programme's practice scales: the question, and what 0 and 10 mean, for the whole and for each theme."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromQuery
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.database import Database
from workshop.facts import Refused
from workshop.pages.desk.changing import changing
from workshop.programmes.models import Programme, Theme
from workshop.programmes.queries import themes_of
from workshop.surveys.models import PracticeScale
from workshop.surveys.queries import has_answers, scale_about, scales_of
from workshop.surveys.writes import ScaleWords, set_scale
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheProgramme

COORDINATE = {"permission": Permission.COORDINATE}
LIST, ONE = "desk/programme_scales.html", "desk/scale.html"
SCALES = "/programmes/{programme_id:uuid}/scales"


@dataclass
class ScaleForm:
    """``about``: a theme's id, or nothing for the whole."""

    about: str = ""
    question: str = ""
    lowest: str = ""
    highest: str = ""


@get(SCALES, name="programme.scales", opt=COORDINATE, include_in_schema=False)
async def list_scales(request: AnyRequest, programme: TheProgramme, database: TheDatabase) -> Template:
    """The scale about the whole and those about each theme, with their words or that they have none yet."""
    async with database.reading() as db:
        scales = {scale.theme_id: scale for scale in await scales_of(db, programme.id)}
        themes = await themes_of(db, programme.id)
    rows = [(None, scales.get(None)), *((theme, scales.get(theme.id)) for theme in themes)]
    return page(request, LIST, programme=programme, rows=rows)


@get(SCALES + "/words", name="programme.scale", opt=COORDINATE, include_in_schema=False)
async def show_scale(
    request: AnyRequest, programme: TheProgramme, database: TheDatabase, about: FromQuery[str] = ""
) -> Template:
    """One scale's words, to be changed while nobody has answered."""
    theme, scale, can_change = await _scale(database, programme, about)
    form = ScaleForm(about, scale.question, scale.lowest, scale.highest) if scale else ScaleForm(about)
    return page(request, ONE, programme=programme, theme=theme, can_change=can_change, form=form, errors={})


@post(SCALES + "/words", name="programme.scale.change", opt=COORDINATE, status_code=200, include_in_schema=False)
async def change_scale(
    request: AnyRequest,
    programme: TheProgramme,
    database: TheDatabase,
    data: Annotated[ScaleForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303 to the list; 422 with the words kept."""
    theme, _, can_change = await _scale(database, programme, data.about)
    words = ScaleWords.typed(data.question, data.lowest, data.highest)
    errors = words.problems
    if not errors:
        try:
            async with changing(database, programme) as db:
                await set_scale(db, programme.id, theme.id if theme else None, words)
        except Refused as fact:
            errors = fact.by_field
    if errors:
        shown: dict[str, Any] = {"programme": programme, "theme": theme, "can_change": can_change, "form": data}
        return refused(request, ONE, errors, **shown)
    path = request.app.route_reverse("programme.scales", programme_id=programme.id)
    return see_other(request, path, success="The practice scale is saved.")


async def _scale(
    database: Database, programme: Programme, about: str
) -> tuple[Theme | None, PracticeScale | None, bool]:
    """The theme that is named (none: the whole), its scale, whether its words may still change; 404 for no theme."""
    async with database.reading() as db:
        theme = next((each for each in await themes_of(db, programme.id) if str(each.id) == about), None)
        if about and theme is None:
            # Its words are for a theme that is gone, and not for the whole.
            raise NotFoundException
        theme_id: UUID | None = theme.id if theme else None
        scale = await scale_about(db, programme.id, theme_id)
        return theme, scale, scale is None or not await has_answers(db, scale.id)
