"""The front door: type in a join code, or sign in."""

from dataclasses import dataclass
from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from workshop.focus_groups.joining_code import read_join_code
from workshop.focus_groups.tables import place_of_code
from workshop.pages.public.guessing import ALL_GUESSES, GUESSES, lane_of
from workshop.text import normalised
from workshop.web.answers import AnyRequest, page, refused, refused_for_now
from workshop.web.scope import TheDatabase, TheThrottle
from workshop.web.throttle import TooManyAttempts, address_of


@dataclass
class CodeForm:
    """What somebody typed into the box."""

    code: str = ""


@get("/", name="home", include_in_schema=False)
async def show_home(request: AnyRequest) -> Template:
    """The box for a join code, and the way to sign in."""
    return page(request, "public/home.html", form=CodeForm(), errors={})


@post("/", name="home.join", status_code=200, include_in_schema=False)
async def join_by_code(
    request: AnyRequest,
    database: TheDatabase,
    throttle: TheThrottle,
    data: Annotated[CodeForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303 to the focus group of the code; 422 with the code kept when there is none; 429 when guessing."""
    address, place = address_of(request), None
    if not normalised(data.code):
        return refused(request, "public/home.html", {"code": "Enter the join code"}, form=data)
    try:
        await throttle.check(GUESSES, address)
        async with lane_of(throttle):
            if code := read_join_code(data.code):
                async with database.reading() as db:
                    place = await place_of_code(db, code)
            # Once more: of a thousand guesses at once, none was wrong yet when they were let in.
            await throttle.check(GUESSES, address)
    except TooManyAttempts as problem:
        return refused_for_now(request, "public/home.html", problem, form=data)
    if place is None:
        await throttle.fail(GUESSES, address)
        await throttle.fail(ALL_GUESSES, "")
        errors = {
            "code": "There is no open focus group with this code. Check it on the screen, or ask the facilitator."
        }
        return refused(request, "public/home.html", errors, form=data)
    join_token, table = place
    path = request.app.route_reverse("phone.join", join_token=join_token)
    return Redirect(f"{path}?table={table}" if table else path, status_code=303)
