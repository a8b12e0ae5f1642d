"""One device for a whole table: its scribe says how many people of which agencies it speaks for."""

from litestar import get, post
from litestar.params import FromQuery
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_409_CONFLICT, HTTP_422_UNPROCESSABLE_ENTITY

from workshop.focus_groups.queries import people_of_participant
from workshop.pages.phone.arrival import is_shut, take_place
from workshop.pages.phone.forms import UNSAID, Errors, TableForm, field_of
from workshop.pages.phone.visit import TheVisit, Visit, not_open, phone_page
from workshop.web.answers import AnyRequest
from workshop.web.scope import TheDatabase, TheSettings


@get("/table", name="phone.table", include_in_schema=False)
async def show_table(
    request: AnyRequest, visit: TheVisit, database: TheDatabase, table: FromQuery[str] = ""
) -> Template:
    """A box for a number at each agency; filled in when the device has joined."""
    if not visit.takes_people_in:
        return not_open(request, visit)
    people = {}
    if visit.participant is not None:
        async with database.reading() as db:
            people = await people_of_participant(db, visit.participant.id)
    return _form_page(request, visit, TableForm.of(visit.participant, people, table), {})


@post("/table", name="phone.table.create", status_code=HTTP_200_OK, include_in_schema=False)
async def join_table(
    request: AnyRequest, visit: TheVisit, database: TheDatabase, settings: TheSettings
) -> Template | Redirect:
    """303 to where the room is; 422 with the numbers kept; 409 when the group takes nobody in."""
    if is_shut(visit):
        return not_open(request, visit, status_code=HTTP_409_CONFLICT)
    form = TableForm.sent(await request.body())
    joining, errors = form.clean(visit.room.agencies)
    if joining is None:
        return _form_page(request, visit, form, errors)
    return await take_place(request, visit, database, settings, joining)


def _form_page(request: AnyRequest, visit: Visit, form: TableForm, errors: Errors) -> Template:
    fields = [(field_of(agency.id), agency.name) for agency in visit.room.agencies]
    return phone_page(
        request,
        "table.html",
        visit,
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if errors else HTTP_200_OK,
        form=dict.fromkeys([*(name for name, _ in fields), UNSAID], "") | form.values,
        client_id=form.client_id,
        table=form.table,
        errors=errors,
        fields=fields,
    )
