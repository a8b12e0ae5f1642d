"""A programme's themes: added, renamed, put in order by buttons, taken away while nothing hangs on them."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.database import Database
from workshop.facts import Refused
from workshop.pages.desk.changing import changing
from workshop.pages.desk.programme_forms import NameForm
from workshop.programmes.models import Programme, Theme
from workshop.programmes.queries import themes_of
from workshop.programmes.themes import add_theme, move_theme, rename_theme, theme_of
from workshop.retention.removal import remove_theme, what_holds_theme
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheProgramme

COORDINATE = {"permission": Permission.COORDINATE}
FORM = RequestEncodingType.URL_ENCODED
LIST, ONE, REMOVAL = "desk/programme_themes.html", "desk/theme.html", "desk/removal.html"
NameData = Annotated[NameForm, Body(media_type=FORM)]
THEMES = "/programmes/{programme_id:uuid}/themes"
THEME = THEMES + "/{theme_id:uuid}"


@dataclass
class MoveForm:
    """Which way: up or down."""

    move: str = ""


@get(THEMES, name="programme.themes", opt=COORDINATE, include_in_schema=False)
async def list_themes(request: AnyRequest, programme: TheProgramme, database: TheDatabase) -> Template:
    """The themes in their order, and a box for another."""
    themes = await _themes(database, programme)
    return page(request, LIST, programme=programme, themes=themes, form=NameForm(), errors={})


@post(THEMES, name="programme.themes.create", opt=COORDINATE, status_code=200, include_in_schema=False)
async def create_theme(
    request: AnyRequest, programme: TheProgramme, database: TheDatabase, data: NameData
) -> Template | Redirect:
    """303 to the list; 422 with the words kept."""
    name, errors = data.clean()
    if not errors:
        try:
            async with changing(database, programme) as db:
                await add_theme(db, programme.id, name)
        except Refused as fact:
            errors = fact.by_field
    if errors:
        themes = await _themes(database, programme)
        return refused(request, LIST, errors, programme=programme, themes=themes, form=data)
    return _to_list(request, programme, f"“{name}” is added")


@get(THEME, name="programme.theme", opt=COORDINATE, include_in_schema=False)
async def show_theme(
    request: AnyRequest, programme: TheProgramme, database: TheDatabase, theme_id: FromPath[UUID]
) -> Template:
    """One theme, to be renamed."""
    async with database.reading() as db:
        theme = await theme_of(db, programme.id, theme_id)
    return page(request, ONE, programme=programme, theme=theme, form=NameForm(theme.name), errors={})


@post(THEME, name="programme.theme.change", opt=COORDINATE, status_code=200, include_in_schema=False)
async def change_theme(
    request: AnyRequest, programme: TheProgramme, database: TheDatabase, theme_id: FromPath[UUID], data: NameData
) -> Template | Redirect:
    """303 to the list; 422 with the words kept."""
    async with database.reading() as db:
        theme = await theme_of(db, programme.id, theme_id)
    name, errors = data.clean()
    if not errors:
        try:
            async with changing(database, programme) as db:
                await rename_theme(db, await theme_of(db, programme.id, theme_id), name)
        except Refused as fact:
            errors = fact.by_field
    if errors:
        return refused(request, ONE, errors, programme=programme, theme=theme, form=data)
    return _to_list(request, programme, "The theme is renamed")


@post(THEME + "/position", name="programme.theme.position", opt=COORDINATE, status_code=200, include_in_schema=False)
async def put_theme_elsewhere(
    request: AnyRequest,
    programme: TheProgramme,
    database: TheDatabase,
    theme_id: FromPath[UUID],
    data: Annotated[MoveForm, Body(media_type=FORM)],
) -> Redirect:
    """One place up or down; 303 to the list."""
    async with changing(database, programme) as db:
        await move_theme(db, await theme_of(db, programme.id, theme_id), -1 if data.move == "up" else 1)
    return _to_list(request, programme, "The order is changed")


@get(THEME + "/removal", name="programme.theme.removal", opt=COORDINATE, include_in_schema=False)
async def ask_before_removal(
    request: AnyRequest, programme: TheProgramme, database: TheDatabase, theme_id: FromPath[UUID]
) -> Template:
    """The question, or what is in the way."""
    async with database.reading() as db:
        theme = await theme_of(db, programme.id, theme_id)
        held = await what_holds_theme(db, theme)
    return page(request, REMOVAL, **_removal(request, programme, theme, held))


@post(THEME + "/removal", name="programme.theme.remove", opt=COORDINATE, status_code=200, include_in_schema=False)
async def remove(
    request: AnyRequest, programme: TheProgramme, database: TheDatabase, theme_id: FromPath[UUID]
) -> Template | Redirect:
    """303 to the list; 422 with what is in the way."""
    async with database.reading() as db:
        theme = await theme_of(db, programme.id, theme_id)
    try:
        async with changing(database, programme) as db:
            await remove_theme(db, await theme_of(db, programme.id, theme_id))
    except Refused as fact:
        async with database.reading() as db:
            held = await what_holds_theme(db, theme)
        return refused(request, REMOVAL, {"": str(fact)}, **_removal(request, programme, theme, held))
    return _to_list(request, programme, f"“{theme.name}” is removed")


async def _themes(database: Database, programme: Programme) -> list[Theme]:
    async with database.reading() as db:
        return await themes_of(db, programme.id)


def _removal(request: AnyRequest, programme: Programme, theme: Theme, held: list[str]) -> dict[str, Any]:
    ids = {"programme_id": programme.id, "theme_id": theme.id}
    return {
        "programme": programme,
        "what": "theme",
        "name": theme.name,
        "held": held,
        "instead": "Rename it instead: what people wrote stays under it.",
        "action": request.app.route_reverse("programme.theme.remove", **ids),
        "change": request.app.route_reverse("programme.theme", **ids),
        "back": request.app.route_reverse("programme.themes", programme_id=programme.id),
    }


def _to_list(request: AnyRequest, programme: Programme, success: str) -> Redirect:
    path = request.app.route_reverse("programme.themes", programme_id=programme.id)
    return see_other(request, path, success=success)
