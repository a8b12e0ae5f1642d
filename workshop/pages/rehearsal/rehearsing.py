"""Beginning a rehearsal of a focus group, and ending it."""

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Programme
from workshop.rehearsals.making import begin_rehearsal, end_rehearsal, rehearsal_of
from workshop.rehearsals.playing import PHONES
from workshop.web.answers import AnyRequest, page, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember, TheRehearsals

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
REHEARSAL = "/focus-groups/{focus_group_id:uuid}/rehearsal"


@get(REHEARSAL, name="rehearsal", opt=RUN, include_in_schema=False)
async def ask_before_rehearsal(
    request: AnyRequest, focus_group: TheFocusGroup, member: TheMember, database: TheDatabase
) -> Template:
    """What a rehearsal is, and the one button."""
    async with database.reading() as db:
        programme = await db.get_one(Programme, focus_group.programme_id)
        running = await rehearsal_of(db, focus_group.id, member.email)
    return page(
        request,
        "rehearsal/rehearsal.html",
        focus_group=focus_group,
        programme=programme,
        phones=PHONES,
        is_running=running is not None,
    )


@post(REHEARSAL, name="rehearsal.create", opt=RUN, include_in_schema=False)
async def begin(
    request: AnyRequest,
    focus_group: TheFocusGroup,
    member: TheMember,
    database: TheDatabase,
    rehearsals: TheRehearsals,
) -> Redirect:
    """303 to the board of a copy in which pretend phones take part."""
    async with database.writing() as db:
        # Locked: two presses on one button begin one rehearsal.
        real = await db.get_one(FocusGroup, focus_group.id, with_for_update=True)
        copy = await begin_rehearsal(db, real, member.email)
    rehearsals.play(copy.id)
    path = request.app.route_reverse("board", focus_group_id=copy.id)
    return see_other(request, path, success="The rehearsal is ready. Start the meeting: pretend phones follow Next.")


@post("/focus-groups/{focus_group_id:uuid}/rehearsal/end", name="rehearsal.end", opt=RUN, include_in_schema=False)
async def end(request: AnyRequest, focus_group: TheFocusGroup, database: TheDatabase) -> Redirect:
    """Remove all of it; 303 to the focus group that was rehearsed. 404 for one that is real."""
    async with database.writing() as db:
        rehearsed = await end_rehearsal(db, focus_group)
    if rehearsed is None:
        raise NotFoundException
    path = request.app.route_reverse("focus-group", focus_group_id=rehearsed)
    return see_other(request, path, success="The rehearsal is over, and nothing of it was kept.")
