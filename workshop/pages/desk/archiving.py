"""Archiving a closed focus group by hand: what links its points to phones goes, before its words do."""

from litestar import get, post
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.database import now
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.people import joined_so_far
from workshop.focus_groups.stage import Stage, stage_of
from workshop.pages.desk.rewriting import IN_USE, rewritten
from workshop.programmes.models import Programme
from workshop.retention.archiving import NotClosed, archive_focus_group
from workshop.web.answers import AnyRequest, page, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
ARCHIVE = "/focus-groups/{focus_group_id:uuid}/archive"
NOTHING_LEFT = "Nothing links a point to a phone any more, not even in the database’s files."


@get(ARCHIVE, name="focus-group.archiving", opt=RUN, include_in_schema=False)
async def ask_before_archiving(
    request: AnyRequest, focus_group: TheFocusGroup, database: TheDatabase
) -> Template | Redirect:
    """What goes and what stays, before it goes."""
    stage = stage_of(focus_group, now())
    if stage in {Stage.ARCHIVED, Stage.DELETED}:
        return _back(request, focus_group, success="It is archived already.")
    async with database.reading() as db:
        programme = await db.get_one(Programme, focus_group.programme_id)
        joined = await joined_so_far(db, focus_group.id)
    return page(
        request,
        "desk/archiving.html",
        focus_group=focus_group,
        programme=programme,
        joined=joined,
        is_closed=stage is Stage.CLOSED,
    )


@post(ARCHIVE, name="focus-group.archive", opt=RUN, include_in_schema=False)
async def archive(
    request: AnyRequest, focus_group: TheFocusGroup, member: TheMember, database: TheDatabase
) -> Redirect:
    """Cut the links, then rewrite the database's files; 303 to the focus group."""
    try:
        async with database.writing() as db:
            await archive_focus_group(db, focus_group.id, member.account_id)
    except NotClosed as problem:
        return _back(request, focus_group, problem=str(problem))
    said = NOTHING_LEFT if await rewritten(database) else IN_USE
    return _back(request, focus_group, success=f"Archived. {said}")


def _back(request: AnyRequest, focus_group: FocusGroup, *, success: str = "", problem: str = "") -> Redirect:
    path = request.app.route_reverse("focus-group", focus_group_id=focus_group.id)
    return see_other(request, path, success=success, problem=problem)
