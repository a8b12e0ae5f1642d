"""The first page: what this is and who sees what, then where one is from."""

from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_409_CONFLICT, HTTP_422_UNPROCESSABLE_ENTITY

from workshop.focus_groups.queries import people_of_participant
from workshop.pages.phone.arrival import is_shut, take_place
from workshop.pages.phone.forms import ANSWERS, ROLES, UNSAID, Errors, JoinForm
from workshop.pages.phone.visit import TheVisit, Visit, not_open, phone_page
from workshop.programmes.models import Agency
from workshop.web.answers import AnyRequest
from workshop.web.scope import TheDatabase, TheSettings


@get("/", name="phone.join", include_in_schema=False)
async def show_join(
    request: AnyRequest,
    visit: TheVisit,
    database: TheDatabase,
    change: FromQuery[str] = "",
    table: FromQuery[str] = "",
    another: FromQuery[str] = "",
) -> Template:
    """The welcome with the choice of an agency; for a phone that has joined, the way back in.

    ``change``: the same person says anew where they are from. ``another``: somebody else takes the phone.
    ``table``: the number of the table whose code led here.
    """
    if is_shut(visit) or (another and not visit.takes_people_in):
        return not_open(request, visit)
    if visit.participant is None or another:
        return _form_page(request, visit, JoinForm.empty(table), {}, mode="another" if another else "new")
    if not (change and visit.takes_people_in):
        return phone_page(request, "joined.html", visit)
    async with database.reading() as db:
        form = JoinForm.of(visit.participant, await people_of_participant(db, visit.participant.id))
    return _form_page(request, visit, form, {}, mode="change")


@post("/", name="phone.join.create", status_code=HTTP_200_OK, include_in_schema=False)
async def join(
    request: AnyRequest,
    visit: TheVisit,
    database: TheDatabase,
    settings: TheSettings,
    data: Annotated[JoinForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303 to where the room is; 422 with the choices kept; 409 when the group takes nobody in."""
    if is_shut(visit):
        return not_open(request, visit, status_code=HTTP_409_CONFLICT)
    joining, errors = data.clean(visit.room.agencies, visit.programme)
    if joining is None:
        return _form_page(request, visit, data, errors, mode=_mode(visit, data))
    return await take_place(request, visit, database, settings, joining)


def _mode(visit: Visit, sent: JoinForm) -> str:
    """Who sent the form, as the page that it is on puts it."""
    if visit.participant is None:
        return "new"
    return "change" if sent.client_id == str(visit.participant.client_id) else "another"


def _form_page(request: AnyRequest, visit: Visit, form: JoinForm, errors: Errors, *, mode: str) -> Template:
    return phone_page(
        request,
        "join.html",
        visit,
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if errors else HTTP_200_OK,
        form=form,
        errors=errors,
        mode=mode,
        choices=[*(_choice(agency) for agency in visit.room.agencies), (UNSAID, "Prefer not to say")],
        roles=list(ROLES.items()),
        answers=list(ANSWERS.items()),
    )


def _choice(agency: Agency) -> tuple[str, str, str]:
    return str(agency.id), agency.name, f"Also called {', '.join(agency.aliases)}" if agency.aliases else ""
