"""Opening and closing a focus group."""

from litestar import get, post
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.contributions.concerns import open_concerns_of_group
from workshop.contributions.queries import held_or_hidden
from workshop.contributions.questions import count_open_questions
from workshop.focus_groups.joining_code import shown_join_code
from workshop.focus_groups.models import FocusGroup, Phase
from workshop.focus_groups.people import joined_so_far
from workshop.focus_groups.running import close_meeting
from workshop.focus_groups.writes import open_focus_group
from workshop.pages.board.urls import board_url
from workshop.programmes.models import Programme
from workshop.web.answers import AnyRequest, page, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}


@post("/focus-groups/{focus_group_id:uuid}/opening", name="opening", opt=RUN, include_in_schema=False)
async def open_group(request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup) -> Redirect:
    """Let people join and write; for the first time 303 to the join screen, later back to the board."""
    is_first = focus_group.phase in {Phase.DRAFT, Phase.LOBBY}
    async with database.writing() as db:
        group = await db.get_one(FocusGroup, focus_group.id, with_for_update=True)
        await open_focus_group(db, group)
        code = shown_join_code(group.join_code or "")
    path = board_url(request, focus_group.id)
    if is_first:
        path = request.app.route_reverse("join-screen", focus_group_id=focus_group.id)
    return see_other(request, path, success=f"It is open. People join with the code {code}.")


@get("/focus-groups/{focus_group_id:uuid}/closure", name="closure", opt=RUN, include_in_schema=False)
async def confirm_closure(request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup) -> Template:
    """Ask first: the join code dies."""
    async with database.reading() as db:
        programme = await db.get_one(Programme, focus_group.programme_id)
        joined = await joined_so_far(db, focus_group.id)
        concerns = await open_concerns_of_group(db, focus_group.id)
        held = sum(point.is_held and not point.is_hidden for point in await held_or_hidden(db, focus_group.id))
        taken_back = await count_open_questions(db, focus_group.id)
    return page(
        request,
        "board/closure.html",
        focus_group=focus_group,
        programme=programme,
        joined=joined,
        concerns=concerns,
        held=held,
        taken_back=taken_back,
        back=board_url(request, focus_group.id),
    )


@post("/focus-groups/{focus_group_id:uuid}/closure", name="closure.create", opt=RUN, include_in_schema=False)
async def close_group(request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup) -> Redirect:
    """Stop the writing."""
    async with database.writing() as db:
        await close_meeting(db, await db.get_one(FocusGroup, focus_group.id, with_for_update=True))
    return see_other(
        request, board_url(request, focus_group.id), success="Closed. Nobody can join or write until you open it again."
    )
