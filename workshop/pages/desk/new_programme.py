"""A new programme: one page with sensible defaults, or everything from the round before."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.policy import Member, Permission
from workshop.facts import Refused
from workshop.pages.desk.programme_forms import NewProgramme, NewProgrammeForm
from workshop.programmes.models import Programme
from workshop.programmes.queries import programme_of_partnership, programmes_of_partnership
from workshop.programmes.rounds import follow, set_up_of
from workshop.programmes.writes import make_programme
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheMember
from workshop.web.values import read_id

COORDINATE = {"permission": Permission.COORDINATE}
PAGE = "desk/new_programme.html"
NewProgrammeData = Annotated[NewProgrammeForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/programmes/new", name="programmes.new", opt=COORDINATE, include_in_schema=False)
async def show_new_programme(request: AnyRequest, member: TheMember, database: TheDatabase) -> Template:
    """The form; with ``?previous=`` filled in as that programme's next round."""
    wanted = read_id(request.query_params.get("previous", ""))
    async with database.reading() as db:
        others = await programmes_of_partnership(db, member.partnership_id)
        previous = next((other for other in others if other.id == wanted), None)
        set_up = await set_up_of(db, previous.id) if previous else None
    newest = others[0] if others else None
    form = NewProgrammeForm.like(previous or newest, set_up, member.partnership)
    return page(request, PAGE, form=form, errors={}, previous=previous)


@post("/programmes/new", name="programmes.create", opt=COORDINATE, status_code=200, include_in_schema=False)
async def create_programme(
    request: AnyRequest, member: TheMember, database: TheDatabase, data: NewProgrammeData
) -> Template | Redirect:
    """303 to the new programme; 422 with every word kept."""
    new, errors = data.clean()
    async with database.reading() as db:
        previous = await _previous(db, member, read_id(data.previous))
    if errors:
        return refused(request, PAGE, errors, form=data, previous=previous)
    try:
        async with database.writing() as db:
            programme = await _store(db, member, new, previous)
    except Refused as fact:
        return refused(request, PAGE, fact.by_field, form=data, previous=previous)
    path = request.app.route_reverse("programme", programme_id=programme.id)
    return see_other(request, path, success=f"“{programme.title}” is set up.")


async def _previous(db: AsyncSession, member: Member, previous_id: UUID | None) -> Programme | None:
    if previous_id is None:
        return None
    return await programme_of_partnership(db, member.partnership_id, previous_id)


async def _store(db: AsyncSession, member: Member, new: NewProgramme, previous: Programme | None) -> Programme:
    programme = Programme(partnership_id=member.partnership_id, **new.programme)
    questions = new.questions
    if previous is not None:
        follow(programme, previous)
        questions = questions or (await set_up_of(db, previous.id)).questions
    return await make_programme(db, programme, questions=questions, themes=new.themes, agencies=new.agencies)
