"""What others have said under a theme, as far as the room may read it, each with “Me too” where that is asked for."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_409_CONFLICT

from workshop.contributions.me_too import GONE, others_points, own_me_toos, say_me_too, take_me_too_back, takes_me_too
from workshop.contributions.released import ReleasedPoint, released_point
from workshop.database import Database
from workshop.facts import NotFound, Refused
from workshop.focus_groups.reveals import is_revealed, revealed_themes
from workshop.pages.phone.visit import TheVisit, Visit, phone_page, to_the_door
from workshop.web.answers import AnyRequest, fragment, is_htmx, see_other
from workshop.web.scope import TheDatabase


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody else's point, and whether one has said “me too” to it."""

    point: ReleasedPoint
    is_mine_too: bool


@get("/themes/{theme_id:uuid}/others", name="phone.others", include_in_schema=False)
async def show_others(
    request: AnyRequest, visit: TheVisit, database: TheDatabase, theme_id: FromPath[UUID]
) -> Template | Redirect:
    """The theme's points of others, newest first, by column; that they are not revealed yet in a blind group."""
    if visit.participant is None:
        return to_the_door(request, visit)
    theme = next((theme for theme in visit.room.themes if theme.id == theme_id), None)
    if theme is None:
        raise NotFoundException
    group = visit.focus_group
    async with database.reading() as db:
        is_shown = is_revealed(group, theme_id, await revealed_themes(db, group.id))
        points = await others_points(db, group, theme_id, visit.participant.id)
        mine = await own_me_toos(db, visit.participant.id)
    return phone_page(
        request,
        "others.html",
        visit,
        theme=theme,
        columns=visit.room.columns,
        is_shown=is_shown,
        said=[Said(point, point.id in mine) for point in points],
        can_say=takes_me_too(group),
        is_here=visit.is_at(theme),
    )


@post(
    "/contributions/{contribution_id:uuid}/me-too",
    name="phone.me-too.create",
    status_code=HTTP_200_OK,
    include_in_schema=False,
)
async def say(
    request: AnyRequest, visit: TheVisit, database: TheDatabase, contribution_id: FromPath[UUID]
) -> Template | Redirect:
    """The point for the script, else 303 to it among the others. What is refused is said there."""
    return await _said(request, visit, database, contribution_id, is_mine_too=True)


@post(
    "/contributions/{contribution_id:uuid}/me-too/removal",
    name="phone.me-too.take-back",
    status_code=HTTP_200_OK,
    include_in_schema=False,
)
async def take_back_me_too(
    request: AnyRequest, visit: TheVisit, database: TheDatabase, contribution_id: FromPath[UUID]
) -> Template | Redirect:
    """Taken back; answers as saying it does."""
    return await _said(request, visit, database, contribution_id, is_mine_too=False)


async def _said(
    request: AnyRequest, visit: Visit, database: Database, contribution_id: UUID, *, is_mine_too: bool
) -> Template | Redirect:
    if visit.participant is None:
        return to_the_door(request, visit)
    link = visit.focus_group.join_token
    rule = say_me_too if is_mine_too else take_me_too_back
    try:
        async with database.writing() as db:
            theme_id = (await rule(db, visit.participant, contribution_id)).theme_id
    except NotFound:
        raise
    except Refused as fact:
        if is_htmx(request):
            return fragment("phone/_refused.html", status_code=HTTP_409_CONFLICT, problem=str(fact))
        themes = request.app.route_reverse("phone.themes", join_token=link)
        return see_other(request, themes, problem=str(fact))
    if not is_htmx(request):
        path = request.app.route_reverse("phone.others", join_token=link, theme_id=theme_id)
        return see_other(request, f"{path}#point-{contribution_id}")
    async with database.reading() as db:
        one = await released_point(db, visit.focus_group, contribution_id)
    if one is None:
        return fragment("phone/_refused.html", status_code=HTTP_409_CONFLICT, problem=GONE)
    context: dict[str, Any] = {"each": Said(one, is_mine_too), "can_say": True, "link": link, "is_answer": True}
    return fragment("phone/_other.html", **context)
