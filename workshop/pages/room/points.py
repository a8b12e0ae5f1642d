"""Points typed in from paper notes and chat lines."""

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID, uuid4

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.contributions.concerns import ConcernUnanswered
from workshop.contributions.identifiers import LooksIdentifying, checked_aside
from workshop.contributions.models import Contribution
from workshop.contributions.room import (
    HeldOrHidden,
    add_from_room,
    delete_room_point,
    edit_room_point,
    latest_room_points,
    refuse_archived,
    room_point,
)
from workshop.database import Database
from workshop.facts import Refused
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.writes import FocusGroupArchived
from workshop.pages.room.forms import DeletionForm, EditForm, RoomForm, clean_text
from workshop.programmes.models import Theme
from workshop.programmes.queries import agencies_of, columns_of, themes_of
from workshop.recommendations.borrowed import forget_borrowed_heading, point_as_it_stands
from workshop.web.answers import AnyRequest, fragment, is_htmx, page, refused, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember, TheSettings
from workshop.web.typed import read_answer

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
FORM, ROOM = "room/_form.html", "room/show.html"
LISTED = 50
URL_ENCODED = Body(media_type=RequestEncodingType.URL_ENCODED)


@get("/room", name="room", opt=RUN)
async def show_room(request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup) -> Template:
    """The form for typing in paper notes quickly, and what was typed last."""
    refuse_archived(focus_group)
    query = request.query_params
    form = RoomForm(theme=query.get("theme", ""), column=query.get("column", ""), back="room")
    return page(request, ROOM, **await _room(database, focus_group, form), errors={})


@post("/contributions", name="room.create", opt=RUN, status_code=200)
async def create_point(
    request: AnyRequest,
    database: TheDatabase,
    settings: TheSettings,
    focus_group: TheFocusGroup,
    data: Annotated[RoomForm, URL_ENCODED],
) -> Template | Redirect:
    """Add a point from the room; a double post of the same form adds it once."""
    new, errors = data.clean()
    asking: dict[str, Any] = {}
    if new is not None:
        try:
            await checked_aside(new.text, data.sure, settings.key)
            async with database.writing() as db:
                point = await add_from_room(db, focus_group.id, new, settings.key)
        except FocusGroupArchived:
            raise
        except LooksIdentifying as question:
            errors, asking = {"text": str(question)}, _asking(question)
        except Refused as refusal:
            errors = refusal.by_field
        else:
            return await _saved(request, database, focus_group, data, point)
    if is_htmx(request):
        return fragment(FORM, status_code=422, **await _form(database, focus_group, data), errors=errors, **asking)
    return refused(request, ROOM, errors, **await _room(database, focus_group, replace(data, back="room")), **asking)


@get("/room/{contribution_id:uuid}", name="room.edit", opt=RUN)
async def edit_point(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, contribution_id: FromPath[UUID]
) -> Template | Redirect:
    """Other words for a room point; a held or hidden one changes on the board's own page, which asks first."""
    point, theme = await _point(database, focus_group, contribution_id)
    if point.is_held or point.is_hidden:
        ids = {"focus_group_id": focus_group.id, "contribution_id": point.id}
        return see_other(request, request.app.route_reverse("points.rewording", **ids))
    form = EditForm(point.text or "")
    return page(request, "room/edit.html", focus_group=focus_group, point=point, theme=theme, form=form, errors={})


@post("/room/{contribution_id:uuid}", name="room.update", opt=RUN, status_code=200)
async def update_point(
    request: AnyRequest,
    database: TheDatabase,
    settings: TheSettings,
    focus_group: TheFocusGroup,
    contribution_id: FromPath[UUID],
    data: Annotated[EditForm, URL_ENCODED],
) -> Template | Redirect:
    """Put other words in a room point's place."""
    point, theme = await _point(database, focus_group, contribution_id)
    text, wrong = clean_text(data.text)
    asking: dict[str, Any] = {}
    try:
        if not wrong:
            await checked_aside(text, data.sure, settings.key)
            async with database.writing() as db:
                before = await point_as_it_stands(db, focus_group.id, contribution_id)
                point = await edit_room_point(db, focus_group.id, contribution_id, text, settings.key)
                await forget_borrowed_heading(db, before, before.text, text)
    except LooksIdentifying as question:
        wrong, asking = str(question), _asking(question)
    except HeldOrHidden as refusal:
        wrong = str(refusal)
    if wrong:
        context = {"focus_group": focus_group, "point": point, "theme": theme, "form": data} | asking
        return refused(request, "room/edit.html", {"text": wrong}, **context)
    return see_other(request, _room_url(request, focus_group, point), success="The point was changed.")


@get("/room/{contribution_id:uuid}/deletion", name="room.deletion", opt=RUN)
async def ask_deletion(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, contribution_id: FromPath[UUID]
) -> Template:
    """The question before a room point's words are destroyed."""
    point, theme = await _point(database, focus_group, contribution_id)
    context: dict[str, Any] = {"focus_group": focus_group, "point": point, "theme": theme}
    return page(request, "room/deletion.html", form=DeletionForm(), errors={}, **context)


@post("/room/{contribution_id:uuid}/deletion", name="room.delete", opt=RUN, status_code=200)
async def delete_point(
    request: AnyRequest,
    database: TheDatabase,
    member: TheMember,
    focus_group: TheFocusGroup,
    contribution_id: FromPath[UUID],
    data: Annotated[DeletionForm, URL_ENCODED],
) -> Template | Redirect:
    """Destroy a room point's words; of a held or hidden one only after the question was answered."""
    is_concern = read_answer(data.concern)
    try:
        async with database.writing() as db:
            before = await point_as_it_stands(db, focus_group.id, contribution_id)
            point = await delete_room_point(
                db, focus_group.id, contribution_id, is_concern=is_concern, account_id=member.account_id
            )
            await forget_borrowed_heading(db, before, before.text)
    except ConcernUnanswered as refusal:
        point, theme = await _point(database, focus_group, contribution_id)
        context = {"focus_group": focus_group, "point": point, "theme": theme, "form": data}
        return refused(request, "room/deletion.html", {"concern": str(refusal)}, **context)
    return see_other(request, _room_url(request, focus_group, point), success="The point was deleted.")


async def _room(database: Database, focus_group: FocusGroup, form: RoomForm) -> dict[str, Any]:
    """What the page and its form need; ``theme`` is the one that the form names, if it is the programme's."""
    async with database.reading() as db:
        themes = await themes_of(db, focus_group.programme_id)
        columns = await columns_of(db, focus_group.programme_id)
        agencies = await agencies_of(db, focus_group.programme_id)
        points = await latest_room_points(db, focus_group.id, LISTED)
    return {
        "focus_group": focus_group,
        "themes": themes,
        "theme": next((theme for theme in themes if str(theme.id) == form.theme), None),
        "columns": columns,
        "agencies": agencies,
        "points": points,
        "theme_names": {theme.id: theme.name for theme in themes},
        "questions": {column.kind: column.question for column in columns},
        "form": form,
        # An id for the next attempt: the last one may be taken by other words.
        "client_id": uuid4(),
    }


async def _form(database: Database, focus_group: FocusGroup, form: RoomForm) -> dict[str, Any]:
    """What the form alone needs: on the board, where the theme is the board's, none is to be chosen."""
    context = await _room(database, focus_group, form)
    if form.back != "room" and context["theme"]:
        del context["themes"]
    return context


async def _saved(
    request: AnyRequest, database: Database, focus_group: FocusGroup, form: RoomForm, point: Contribution
) -> Template | Redirect:
    if is_htmx(request):
        emptied = replace(form, text="", agency="")
        context = await _form(database, focus_group, emptied)
        return fragment("room/_saved.html", **context, errors={}, saved=point)
    if form.back == "room":
        return see_other(request, _room_url(request, focus_group, point), success="Saved.")
    board = request.app.route_reverse("board", focus_group_id=focus_group.id)
    return see_other(request, f"{board}?theme={point.theme_id}", success="Saved.")


def _asking(question: LooksIdentifying) -> dict[str, Any]:
    """What the form shows to ask whether just these words are meant. The facilitator is looking: nothing is held."""
    return {"parts": question.parts, "mark": question.mark}


def _room_url(request: AnyRequest, focus_group: FocusGroup, point: Contribution) -> str:
    """The page with the theme and column that the last point had still chosen."""
    room = request.app.route_reverse("room", focus_group_id=focus_group.id)
    return f"{room}?theme={point.theme_id}&column={point.column}"


async def _point(
    database: Database, focus_group: FocusGroup, contribution_id: UUID
) -> tuple[Contribution, Theme | None]:
    refuse_archived(focus_group)
    async with database.reading() as db:
        point = await room_point(db, focus_group.id, contribution_id)
        theme = await db.get(Theme, point.theme_id) if point else None
    if point is None:
        raise NotFoundException
    return point, theme
