"""Hiding a point from the room or holding it for the facilitator alone, and showing it again."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.policy import Permission
from workshop.contributions.models import Contribution
from workshop.contributions.moderation import hold_contribution, release_contribution
from workshop.contributions.queries import board_point
from workshop.contributions.writes import hide_contribution, restore_contribution
from workshop.database import Database
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.stage import Stage
from workshop.pages.board.urls import PointUrls, board_url
from workshop.pages.board.view import board_counts, board_head, labelled
from workshop.web.answers import AnyRequest, fragment, is_htmx, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
POINT = "/focus-groups/{focus_group_id:uuid}/contributions/{contribution_id:uuid}"
Rule = Callable[[AsyncSession, UUID, UUID], Awaitable[Contribution]]


@post(POINT + "/hiding", name="points.hiding", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def hide_point(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, contribution_id: FromPath[UUID]
) -> Template | Redirect:
    """Cover the point's words."""
    return await _moderated(request, database, focus_group, contribution_id, hide_contribution)


@post(POINT + "/showing", name="points.showing", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def show_point(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, contribution_id: FromPath[UUID]
) -> Template | Redirect:
    """Show the point's words again."""
    return await _moderated(request, database, focus_group, contribution_id, restore_contribution)


@post(POINT + "/holding", name="points.holding", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def hold_point(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, contribution_id: FromPath[UUID]
) -> Template | Redirect:
    """Keep the point for the facilitator alone."""
    return await _moderated(request, database, focus_group, contribution_id, hold_contribution)


@post(POINT + "/release", name="points.release", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def release_point(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, contribution_id: FromPath[UUID]
) -> Template | Redirect:
    """Let the room read the point."""
    return await _moderated(request, database, focus_group, contribution_id, release_contribution)


async def _moderated(
    request: AnyRequest, database: Database, focus_group: FocusGroup, contribution_id: UUID, rule: Rule
) -> Template | Redirect:
    async with database.writing() as db:
        theme_id = (await rule(db, focus_group.id, contribution_id)).theme_id
    if not is_htmx(request):
        return see_other(request, f"{board_url(request, focus_group.id, theme_id)}#p-{contribution_id}")
    async with database.reading() as db:
        head = await board_head(db, request, focus_group, str(theme_id))
        changed = await labelled(db, head, await board_point(db, focus_group.id, contribution_id))
        counts = await board_counts(db, focus_group.id)
    # The page keeps its revision: what others changed in the meantime is still to be fetched.
    return fragment(
        "board/_point_changed.html",
        head=head,
        changed=changed,
        counts=counts,
        touched={each.point.column for each in changed},
        urls=PointUrls.of(request, focus_group.id, head.theme),
        Stage=Stage,
    )
