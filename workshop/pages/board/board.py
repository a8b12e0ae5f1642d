"""The live board of one theme: the page, what changed since, and the stream that says that something did."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from litestar import Response, get
from litestar.enums import MediaType
from litestar.params import FromQuery
from litestar.response import Redirect, Stream, Template

from workshop.accounts.policy import Permission
from workshop.contributions.queries import board_points, changed_since
from workshop.database import Database
from workshop.focus_groups.join_address import is_out_of_reach
from workshop.focus_groups.models import Audience, FocusGroup
from workshop.focus_groups.queries import revision_and_newest
from workshop.focus_groups.stage import Stage
from workshop.pages.board.run_bar import Plan, plan_of
from workshop.pages.board.urls import PointUrls, board_url, links
from workshop.pages.board.view import (
    Counts,
    Head,
    Seen,
    board_counts,
    board_head,
    head_of,
    labelled,
    read_seen,
    take_long,
)
from workshop.programmes.models import ColumnKind
from workshop.programmes.queries import agencies_of
from workshop.web.answers import AnyRequest, nothing_new, page, reload_page, rendered_aside, see_other
from workshop.web.remembered import Remembered
from workshop.web.scope import TheDatabase, TheFocusGroup, TheHub, TheSettings
from workshop.web.streams import revision_stream

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}


@get("/focus-groups/{focus_group_id:uuid}/board", name="board", opt=RUN, include_in_schema=False)
async def show_board(
    request: AnyRequest,
    database: TheDatabase,
    settings: TheSettings,
    focus_group: TheFocusGroup,
    theme: FromQuery[str] = "",
) -> Template | Response[str] | Redirect:
    """All points of one theme, newest first; of the first theme when none is named."""
    async with database.reading() as db:
        revision, newest = await revision_and_newest(db, focus_group.id)
        head = await board_head(db, request, focus_group, theme)
        if head.theme is None and theme:
            return see_other(request, board_url(request, focus_group.id))
        points = await board_points(db, focus_group.id, head.theme.id, newest) if head.theme else []
        shown = await labelled(db, head, points)
        counts = await board_counts(db, focus_group.id)
        agencies = await agencies_of(db, focus_group.programme_id)
    answer = page(
        request,
        "board/board.html",
        head=head,
        seen=Seen(revision, newest, head.mark),
        points={column.kind: [each for each in shown if each.point.column == column.kind] for column in head.columns},
        **about(request, head, counts),
        agencies=agencies,
        client_id=uuid4(),
        is_out_of_reach=is_out_of_reach(settings.address),
    )
    return await rendered_aside(request, answer) if take_long(shown) else answer


@get("/focus-groups/{focus_group_id:uuid}/board/changes", name="board.changes", opt=RUN, include_in_schema=False)
async def show_changes(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    theme: FromQuery[str] = "",
    since: FromQuery[str] = "",
) -> Response[str]:
    """What changed on the board of ``theme`` since a page was given ``since``, as htmx partials; 204 for nothing."""
    seen = read_seen(since)
    revision = focus_group.board_revision
    head = head_of(request, focus_group, await _plan_at(request, database, focus_group), theme)
    if head.theme is None or seen is None or seen.revision > revision:
        # Its theme is gone, or the database is another one: the page as a whole is out of date.
        return reload_page()
    if (seen.revision, seen.head) == (revision, head.mark):
        return nothing_new()
    renderings: Remembered[str] = request.app.state.setdefault("board_renderings", Remembered())
    tick = 0 if head.mark == seen.head else head.run.tick
    key = (focus_group.id, head.theme.id, since, revision, head.mark, tick)
    return Response(
        await renderings.once(key, lambda: _rendered(request, database, head, seen)), media_type=MediaType.HTML
    )


@get("/focus-groups/{focus_group_id:uuid}/stream", name="board.stream", opt=RUN, include_in_schema=False)
async def stream(
    request: AnyRequest, hub: TheHub, database: TheDatabase, focus_group: TheFocusGroup, seen: FromQuery[str] = ""
) -> Stream:
    """A hint for every newer revision of the board than ``seen``."""
    return revision_stream(request, hub, database, focus_group, Audience.BOARD, seen)


def about(request: AnyRequest, head: Head, counts: Counts) -> dict[str, Any]:
    """What every template of the board is given beside the head."""
    group_id: UUID = head.focus_group.id
    return {
        "Stage": Stage,
        "run": replace(head.run, here=counts.joined),
        "counts": counts,
        "urls": PointUrls.of(request, group_id, head.theme),
        "board_url": board_url(request, group_id),
        "links": links(request, group_id),
    }


async def _plan_at(request: AnyRequest, database: Database, focus_group: FocusGroup) -> Plan:
    """Read once for all who ask at the same revision; it may be newer than that, never older."""
    plans: Remembered[Plan] = request.app.state.setdefault("board_plans", Remembered())

    async def read() -> Plan:
        async with database.reading() as db:
            return await plan_of(db, focus_group)

    return await plans.once((focus_group.id, focus_group.board_revision), read)


async def _rendered(request: AnyRequest, database: Database, head: Head, seen: Seen) -> str:
    """The partials. They depend on nothing of the request: every viewer of the board gets the same."""
    assert head.theme is not None  # noqa: S101 (the caller has looked)
    group_id = head.focus_group.id
    async with database.reading() as db:
        revision, newest = await revision_and_newest(db, group_id)
        points = await changed_since(db, group_id, head.theme.id, seen.revision, revision)
        changed = await labelled(db, head, points, seen.newest)
        counts = await board_counts(db, group_id)
    has_new_head = head.mark != seen.head
    template = request.app.template_engine.get_template("board/changes.html")  # type: ignore[union-attr]  # there is one
    render = partial(
        template.render,
        request=request,
        head=head,
        seen=replace(seen, revision=revision, newest=newest, head=head.mark),
        has_new_head=has_new_head,
        has_new_run=has_new_head,
        removed=[each.point.id for each in changed if each.point.is_deleted and not each.is_new],
        changed=[each for each in changed if not each.is_new and not each.point.is_deleted],
        arrived=[each for each in changed if each.is_new and not each.point.is_deleted],
        touched=set(ColumnKind) if has_new_head else {each.point.column for each in changed},
        **about(request, head, counts),
    )
    text: str = await asyncio.to_thread(render) if take_long(changed) else render()
    return text
