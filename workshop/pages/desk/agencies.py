"""A programme's agencies: added, changed, taken away while nobody of theirs is counted."""

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
from workshop.pages.desk.programme_forms import AgencyForm
from workshop.programmes.agencies import add_agency, agency_of, change_agency
from workshop.programmes.models import Agency, Programme
from workshop.programmes.queries import agencies_of
from workshop.retention.removal import remove_agency, what_holds_agency
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheProgramme

COORDINATE = {"permission": Permission.COORDINATE}
LIST, ONE, REMOVAL = "desk/programme_agencies.html", "desk/agency.html", "desk/removal.html"
AgencyData = Annotated[AgencyForm, Body(media_type=RequestEncodingType.URL_ENCODED)]
AGENCIES = "/programmes/{programme_id:uuid}/agencies"
AGENCY = AGENCIES + "/{agency_id:uuid}"


@get(AGENCIES, name="programme.agencies", opt=COORDINATE, include_in_schema=False)
async def list_agencies(request: AnyRequest, programme: TheProgramme, database: TheDatabase) -> Template:
    """The agencies, and a form for another."""
    return page(request, LIST, form=AgencyForm(), errors={}, **await _list(database, programme))


@post(AGENCIES, name="programme.agencies.create", opt=COORDINATE, status_code=200, include_in_schema=False)
async def create_agency(
    request: AnyRequest, programme: TheProgramme, database: TheDatabase, data: AgencyData
) -> Template | Redirect:
    """303 to the list; 422 with the words kept."""
    new, errors = data.clean()
    if not errors:
        try:
            async with changing(database, programme) as db:
                await add_agency(db, programme.id, new)
        except Refused as fact:
            errors = fact.by_field
    if errors:
        return refused(request, LIST, errors, form=data, **await _list(database, programme))
    return _to_list(request, programme, f"“{new.name}” is added")


@get(AGENCY, name="programme.agency", opt=COORDINATE, include_in_schema=False)
async def show_agency(
    request: AnyRequest, programme: TheProgramme, database: TheDatabase, agency_id: FromPath[UUID]
) -> Template:
    """One agency, to be changed."""
    context = await _one(database, programme, agency_id)
    return page(request, ONE, form=AgencyForm.of(context["agency"]), errors={}, **context)


@post(AGENCY, name="programme.agency.change", opt=COORDINATE, status_code=200, include_in_schema=False)
async def change(
    request: AnyRequest, programme: TheProgramme, database: TheDatabase, agency_id: FromPath[UUID], data: AgencyData
) -> Template | Redirect:
    """303 to the list; 422 with the words kept."""
    context = await _one(database, programme, agency_id)
    new, errors = data.clean()
    if not errors:
        try:
            async with changing(database, programme) as db:
                await change_agency(db, await agency_of(db, programme.id, agency_id), new)
        except Refused as fact:
            errors = fact.by_field
    if errors:
        return refused(request, ONE, errors, form=data, **context)
    return _to_list(request, programme, f"“{new.name}” is changed")


@get(AGENCY + "/removal", name="programme.agency.removal", opt=COORDINATE, include_in_schema=False)
async def ask_before_removal(
    request: AnyRequest, programme: TheProgramme, database: TheDatabase, agency_id: FromPath[UUID]
) -> Template:
    """The question, or what is in the way."""
    async with database.reading() as db:
        agency = await agency_of(db, programme.id, agency_id)
        held = await what_holds_agency(db, agency)
    return page(request, REMOVAL, **_removal(request, programme, agency, held))


@post(AGENCY + "/removal", name="programme.agency.remove", opt=COORDINATE, status_code=200, include_in_schema=False)
async def remove(
    request: AnyRequest, programme: TheProgramme, database: TheDatabase, agency_id: FromPath[UUID]
) -> Template | Redirect:
    """303 to the list; 422 with what is in the way."""
    async with database.reading() as db:
        agency = await agency_of(db, programme.id, agency_id)
    try:
        async with changing(database, programme) as db:
            await remove_agency(db, await agency_of(db, programme.id, agency_id))
    except Refused as fact:
        async with database.reading() as db:
            held = await what_holds_agency(db, agency)
        return refused(request, REMOVAL, {"": str(fact)}, **_removal(request, programme, agency, held))
    return _to_list(request, programme, f"“{agency.name}” is removed")


async def _list(database: Database, programme: Programme) -> dict[str, Any]:
    async with database.reading() as db:
        agencies = await agencies_of(db, programme.id)
    return {"programme": programme, "agencies": agencies, "parents": _parents(agencies)}


async def _one(database: Database, programme: Programme, agency_id: UUID) -> dict[str, Any]:
    async with database.reading() as db:
        agency = await agency_of(db, programme.id, agency_id)
        agencies = await agencies_of(db, programme.id)
    return {"programme": programme, "agency": agency, "parents": _parents(agencies)}


def _parents(agencies: list[Agency]) -> list[str]:
    return sorted({agency.parent for agency in agencies if agency.parent})


def _removal(request: AnyRequest, programme: Programme, agency: Agency, held: list[str]) -> dict[str, Any]:
    ids = {"programme_id": programme.id, "agency_id": agency.id}
    return {
        "programme": programme,
        "what": "agency",
        "name": agency.name,
        "held": held,
        "instead": "Rename it or give it an alias instead: its people and points stay its own.",
        "action": request.app.route_reverse("programme.agency.remove", **ids),
        "change": request.app.route_reverse("programme.agency", **ids),
        "back": request.app.route_reverse("programme.agencies", programme_id=programme.id),
    }


def _to_list(request: AnyRequest, programme: Programme, success: str) -> Redirect:
    path = request.app.route_reverse("programme.agencies", programme_id=programme.id)
    return see_other(request, path, success=success)
