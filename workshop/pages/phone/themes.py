"""The list of themes, and a theme with its three boxes."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from workshop.focus_groups.standing import Doing
from workshop.pages.phone.alike import is_alike, shell_of
from workshop.pages.phone.parts import parts_of
from workshop.pages.phone.theme_page import points_under, theme_page
from workshop.pages.phone.visit import Visit, phone_page, provide_visit, to_the_door
from workshop.together import Together
from workshop.web.answers import AnyRequest
from workshop.web.filters import plural
from workshop.web.shell import Gaps


@get("/themes", name="phone.themes", include_in_schema=False)
async def show_themes(request: AnyRequest, join_token: FromPath[str]) -> Response[Any]:
    """The themes with how much one has written under each."""
    visit = await provide_visit(request, join_token)
    if visit.participant is None:
        return to_the_door(request, visit)
    own_counts: Together[UUID, dict[UUID, int]] = request.app.state.own_counts
    counts = await own_counts.ask(visit.participant.id) or {}
    themes = visit.room.themes
    written = {theme.id: plural(counts[theme.id], "point") if theme.id in counts else "Nothing yet" for theme in themes}
    is_here = visit.standing.doing is Doing.ROAMING
    if not is_alike(request):
        return phone_page(request, "themes.html", visit, themes=themes, written=written, is_here=is_here)

    parts = parts_of(request.app, visit.room, visit.participant)

    def with_gaps(visit: Visit, gaps: Gaps) -> Template:
        marks = {theme.id: gaps[theme.id.hex] for theme in themes}
        own: dict[str, Any] = {name: gaps[name] for name in parts}
        return phone_page(request, "themes.html", visit, themes=themes, written=marks, is_here=is_here, flash=[], **own)

    own = {id_.hex: words for id_, words in written.items()} | parts
    return shell_of(request, visit, "themes", with_gaps).filled(own)


@get("/themes/{theme_id:uuid}", name="phone.theme", include_in_schema=False)
async def show_theme(
    request: AnyRequest,
    join_token: FromPath[str],
    theme_id: FromPath[UUID],
    saved: FromQuery[list[str] | None] = None,
) -> Response[Any]:
    """A box for each column with what one has written below it. ``saved``: the points that have just been saved.

    No dependencies, and read together with all others who ask: a whole room opens this page at once.
    """
    visit = await provide_visit(request, join_token)
    if visit.participant is None:
        return to_the_door(request, visit)
    points = await points_under(request, visit.participant, theme_id)
    answer = theme_page(request, visit, points, theme_id, saved=saved or ())
    if answer is None:
        raise NotFoundException
    return answer
