"""“I’m done”: said once for each step, and taken back."""

from litestar import post
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from workshop.focus_groups import done
from workshop.pages.phone.forms import read_form
from workshop.pages.phone.now import present_path
from workshop.pages.phone.visit import TheVisit, Visit, to_the_door
from workshop.web.answers import AnyRequest, see_other
from workshop.web.scope import TheDatabase
from workshop.web.values import read_id


@post("/done", name="phone.done", status_code=HTTP_303_SEE_OTHER, include_in_schema=False)
async def say_done(request: AnyRequest, visit: TheVisit, database: TheDatabase) -> Redirect:
    """303 to where the room is. What was meant for a step that is over says nothing about the present one."""
    return await _said(request, visit, database, is_done=True)


@post("/done/removal", name="phone.done.take-back", status_code=HTTP_303_SEE_OTHER, include_in_schema=False)
async def take_back(request: AnyRequest, visit: TheVisit, database: TheDatabase) -> Redirect:
    """Not done yet; 303 to where the room is."""
    return await _said(request, visit, database, is_done=False)


async def _said(request: AnyRequest, visit: Visit, database: TheDatabase, *, is_done: bool) -> Redirect:
    if visit.participant is None:
        return to_the_door(request, visit)
    step_id = read_id(read_form(await request.body()).get("step", ""))
    async with database.writing() as db:
        await done.say_done(db, visit.participant, step_id, is_done=is_done)
    return see_other(request, present_path(request, visit.room))
