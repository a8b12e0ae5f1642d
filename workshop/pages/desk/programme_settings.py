"""A programme's settings, one short page each: details, privacy, columns."""

from typing import Annotated, Any

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.database import Database
from workshop.facts import Refused
from workshop.focus_groups.counts import eligibility_answers, has_anyone_joined
from workshop.pages.desk.changing import changing
from workshop.pages.desk.programme_forms import ColumnsForm, DetailsForm, PrivacyForm
from workshop.programmes.frameworks import FRAMEWORKS, Questions
from workshop.programmes.models import Programme
from workshop.programmes.queries import columns_of, programmes_of_partnership
from workshop.programmes.writes import change_details, change_privacy, reword_columns
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheProgramme

COORDINATE = {"permission": Permission.COORDINATE}
FORM = RequestEncodingType.URL_ENCODED
DETAILS, PRIVACY, COLUMNS = (f"desk/programme_{name}.html" for name in ("details", "privacy", "columns"))


@get("/programmes/{programme_id:uuid}/details", name="programme.details", opt=COORDINATE, include_in_schema=False)
async def show_details(request: AnyRequest, programme: TheProgramme, database: TheDatabase) -> Template:
    """Title, purpose, word, questions to those who join, the round before."""
    others = await _others(database, programme)
    form = DetailsForm.of(programme)
    return page(request, DETAILS, programme=programme, form=form, errors={}, others=_choices(others))


@post(
    "/programmes/{programme_id:uuid}/details",
    name="programme.details.change",
    opt=COORDINATE,
    status_code=200,
    include_in_schema=False,
)
async def change_details_of(
    request: AnyRequest,
    programme: TheProgramme,
    database: TheDatabase,
    data: Annotated[DetailsForm, Body(media_type=FORM)],
) -> Template | Redirect:
    """303 to the programme; 422 with every word kept."""
    others = await _others(database, programme)
    details, errors = data.clean(others)
    if not errors:
        try:
            async with changing(database, programme) as db:
                kept = await db.get_one(Programme, programme.id)
                await change_details(db, kept, details, answers=await eligibility_answers(db, programme.id))
        except Refused as fact:
            errors = fact.by_field
    if errors:
        return refused(request, DETAILS, errors, programme=programme, form=data, others=_choices(others))
    return _changed(request, programme)


@get("/programmes/{programme_id:uuid}/privacy", name="programme.privacy", opt=COORDINATE, include_in_schema=False)
async def show_privacy(request: AnyRequest, programme: TheProgramme, database: TheDatabase) -> Template:
    """What people are told, and what is kept for how long."""
    form = PrivacyForm.of(programme)
    return page(request, PRIVACY, form=form, errors={}, **await _promises(database, programme))


@post(
    "/programmes/{programme_id:uuid}/privacy",
    name="programme.privacy.change",
    opt=COORDINATE,
    status_code=200,
    include_in_schema=False,
)
async def change_privacy_of(
    request: AnyRequest,
    programme: TheProgramme,
    database: TheDatabase,
    data: Annotated[PrivacyForm, Body(media_type=FORM)],
) -> Template | Redirect:
    """303 to the programme; 422 with every word kept."""
    privacy, errors = data.clean()
    if not errors:
        try:
            async with changing(database, programme) as db:
                kept = await db.get_one(Programme, programme.id)
                joined = await has_anyone_joined(db, programme.id)
                await change_privacy(db, kept, privacy, has_anyone_joined=joined)
        except Refused as fact:
            errors = fact.by_field
    if errors:
        return refused(request, PRIVACY, errors, form=data, **await _promises(database, programme))
    return _changed(request, programme)


@get("/programmes/{programme_id:uuid}/columns", name="programme.columns", opt=COORDINATE, include_in_schema=False)
async def show_columns(request: AnyRequest, programme: TheProgramme, database: TheDatabase) -> Template:
    """The three questions: a known set, or the partnership's own words."""
    form = ColumnsForm.of(await _questions(database, programme))
    return page(request, COLUMNS, programme=programme, form=form, errors={}, frameworks=FRAMEWORKS)


@post(
    "/programmes/{programme_id:uuid}/columns",
    name="programme.columns.change",
    opt=COORDINATE,
    status_code=200,
    include_in_schema=False,
)
async def change_columns_of(
    request: AnyRequest,
    programme: TheProgramme,
    database: TheDatabase,
    data: Annotated[ColumnsForm, Body(media_type=FORM)],
) -> Template | Redirect:
    """303 to the programme; 422 with every word kept."""
    questions, errors = data.clean(await _questions(database, programme))
    if errors:
        return refused(request, COLUMNS, errors, programme=programme, form=data, frameworks=FRAMEWORKS)
    async with changing(database, programme) as db:
        await reword_columns(db, programme.id, questions)
    return _changed(request, programme)


async def _questions(database: Database, programme: Programme) -> Questions:
    async with database.reading() as db:
        return {column.kind: column.question for column in await columns_of(db, programme.id)}


async def _others(database: Database, programme: Programme) -> list[Programme]:
    async with database.reading() as db:
        all_of_them = await programmes_of_partnership(db, programme.partnership_id)
    return [other for other in all_of_them if other.id != programme.id]


def _choices(others: list[Programme]) -> list[tuple[str, str]]:
    return [(str(other.id), other.title) for other in others]


async def _promises(database: Database, programme: Programme) -> dict[str, Any]:
    async with database.reading() as db:
        joined = await has_anyone_joined(db, programme.id)

    return {"programme": programme, "joined": joined}


def _changed(request: AnyRequest, programme: Programme) -> Redirect:
    path = request.app.route_reverse("programme", programme_id=programme.id)
    return see_other(request, path, success="Your changes are saved.")
