"""The way to where the room is, and what a phone asks when it hears that there is news."""

from typing import Any

from litestar import MediaType, Response, get
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.status_codes import HTTP_404_NOT_FOUND
from markupsafe import Markup

from workshop.focus_groups.links import JoinLinks, Room
from workshop.focus_groups.standing import Doing
from workshop.pages.phone.parts import meeting_timer, newly_readable
from workshop.pages.phone.visit import TheVisit, to_the_door
from workshop.web.answers import AnyRequest, see_other

# Everywhere else there is nothing to fill in.
PAGES = {
    Doing.ROAMING: "phone.themes",
    Doing.THEME: "phone.theme",
    Doing.PRIORITIES: "phone.votes",
    Doing.SCALE: "phone.scale",
}
WAITING = "phone.waiting"


@get("/now", name="phone.now", include_in_schema=False)
async def show_now(request: AnyRequest, visit: TheVisit) -> Redirect:
    """303 to the page of what the room does now: the one address that is always right."""
    if visit.participant is None:
        return to_the_door(request, visit)
    query = f"?{request.url.query}" if request.url.query else ""
    return see_other(request, present_path(request, visit.room) + query)


@get("/standing", name="phone.standing", include_in_schema=False)
async def show_standing(request: AnyRequest, join_token: FromPath[str]) -> Response[str]:
    """Where the room is, for static/js/follow.js: nothing that is anybody's own, and nobody's words.

    404 with a mark of ours for a link that leads nowhere (any more).

    No dependencies and, between two changes, no database: all phones of a room ask at the same moment.
    """
    links: JoinLinks = request.app.state.links
    room = await links.room_of(join_token)
    if room is None:
        return Response("<div data-over></div>", status_code=HTTP_404_NOT_FOUND, media_type=MediaType.HTML)
    place = _macros(request).place(meeting_timer(request.app, room.focus_group))
    return Response(f"{_whereabouts(request, room)}{place}</div>", media_type=MediaType.HTML)


def present_path(request: AnyRequest, room: Room) -> str:
    """The address of the page of what the room does now."""
    standing, link = room.standing, room.focus_group.join_token
    if standing.doing is Doing.THEME and standing.theme is not None:
        return request.app.route_reverse("phone.theme", join_token=link, theme_id=standing.theme.id)
    return request.app.route_reverse(PAGES.get(standing.doing, WAITING), join_token=link)


def _whereabouts(request: AnyRequest, room: Room) -> Markup:
    """All but the timer, which every moment changes."""
    standing = room.standing
    made: dict[Any, Any] = room.made_of_it
    if (known := made.get(key := ("standing", standing.key))) is None:
        to = request.app.route_reverse("phone.now", join_token=room.focus_group.join_token)
        opening = Markup('<div data-here data-key="{}" data-revision="{}" data-to="{}">').format(
            standing.key, room.focus_group.phones_revision, present_path(request, room)
        )
        macros = _macros(request)
        is_closed = standing.doing is Doing.CLOSED
        rest = macros.moved(standing.name, to, has_moved=True, takes_points=standing.takes_points, is_closed=is_closed)
        rest += macros.news(newly_readable(request.app, room))
        known = made[key] = opening + Markup(rest)  # noqa: S704 (a macro's markup)
    return Markup(known)  # noqa: S704 (made above)


def _macros(request: AnyRequest) -> Any:
    return request.app.template_engine.get_template("phone/_now.html").module  # type: ignore[union-attr]  # there is one
