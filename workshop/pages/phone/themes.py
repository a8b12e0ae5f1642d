"""The list of themes, and a theme with its three boxes."""

from uuid import UUID

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from workshop.contributions.own import count_own_points, own_points
from workshop.database import Database
from workshop.pages.phone.theme_page import theme_page
from workshop.pages.phone.visit import TheVisit, phone_page, to_the_door, visit_in
from workshop.web.answers import AnyRequest
from workshop.web.scope import TheDatabase


@get("/themes", name="phone.themes", include_in_schema=False)
async def show_themes(
    request: AnyRequest, visit: TheVisit, database: TheDatabase, cleared: FromQuery[str] = ""
) -> Template | Redirect:
    """The themes with how much one has written under each. ``cleared``: another person has taken over the phone."""
    if visit.participant is None:
        return to_the_door(request, visit)
    async with database.reading() as db:
        counts = await count_own_points(db, visit.participant.id)
    return phone_page(request, "themes.html", visit, themes=visit.room.themes, counts=counts, is_cleared=bool(cleared))


@get("/themes/{theme_id:uuid}", name="phone.theme", include_in_schema=False)
async def show_theme(
    request: AnyRequest,
    join_token: FromPath[str],
    theme_id: FromPath[UUID],
    saved: FromQuery[list[str] | None] = None,
) -> Template | Redirect:
    """A box for each column with what one has written below it. ``saved``: the points that have just been saved.

    Everything in one session and no dependencies: a whole room opens this page at once.
    """
    database: Database = request.app.state.database
    async with database.reading() as db:
        visit = await visit_in(db, request, join_token)
        if visit.participant is None:
            return to_the_door(request, visit)
        points = await own_points(db, visit.participant.id, theme_id)
    answer = theme_page(request, visit, points, theme_id, saved=saved or ())
    if answer is None:
        raise NotFoundException
    return answer
