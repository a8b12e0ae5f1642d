"""Grouping in the open: the page of one column, what changed on it, and suggestions when somebody asks for them."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import structlog
from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromQuery
from litestar.response import Redirect
from litestar.status_codes import HTTP_200_OK

from workshop.accounts.policy import Permission
from workshop.database import Database
from workshop.facts import Refused
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.stage import Stage
from workshop.focus_groups.steps import present_step
from workshop.pages.board.grouping_forms import GroupingData, GroupingForm
from workshop.pages.board.grouping_view import grouping_of, room_reading
from workshop.pages.board.proposals import Proposals
from workshop.pages.board.run_bar import run_bar
from workshop.programmes.models import ColumnKind, Programme
from workshop.programmes.queries import columns_of, themes_of
from workshop.web.answers import (
    AnyRequest,
    fragment,
    is_htmx,
    nothing_new,
    page,
    reload_page,
    rendered_aside,
    see_other,
)
from workshop.web.scope import TheDatabase, TheFocusGroup
from workshop.worker import WorkerFailed

log = structlog.get_logger()
RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
PATH = "/focus-groups/{focus_group_id:uuid}/grouping"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which column is grouped, and what stands on the page beside it: words that were typed, errors, what was done.

    ``at``: the finding or suggestion whose form has the error; ``stored``: what its heading reads now.
    """

    theme: str = ""
    column: str = ""
    suggest: str = ""
    said: str = ""
    form: GroupingForm = field(default_factory=GroupingForm)
    errors: dict[str, str] = field(default_factory=dict)
    at: str = ""
    stored: str | None = None
    status_code: int = HTTP_200_OK


@get(PATH, name="grouping", opt=RUN, include_in_schema=False)
async def show_grouping(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    theme: FromQuery[str] = "",
    column: FromQuery[str] = "",
    suggest: FromQuery[str] = "",
) -> Response[str]:
    """The loose points of one column, what could go together, and the headings that the room has made."""
    return await shown(request, database, focus_group, Asked(theme, column, suggest))


@get(PATH + "/changes", name="grouping.changes", opt=RUN, include_in_schema=False)
async def show_changes_of_grouping(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    theme: FromQuery[str] = "",
    column: FromQuery[str] = "",
    suggest: FromQuery[str] = "",
    since: FromQuery[str] = "",
) -> Response[str]:
    """The run bar and the column as they are now, as htmx partials; 204 for a page that has them."""
    try:
        view = await view_of(request, database, focus_group, Asked(theme, column, suggest))
    except NotFoundException:
        # Its theme is gone: the page as a whole is out of date.
        return reload_page()
    if since == view["seen"]:
        return nothing_new()
    has_new_run = since.partition(".")[2] != view["run"].mark
    return await rendered_aside(request, fragment("board/grouping_changes.html", has_new_run=has_new_run, **view))


@post(PATH + "/suggestions", name="grouping.suggest", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def suggest_groups(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, data: GroupingData
) -> Response[str] | Redirect:
    """Work out anew which loose points could go together."""
    async with database.reading() as db:
        themes = {str(theme.id): theme for theme in await themes_of(db, focus_group.programme_id)}
        if data.theme not in themes or data.column not in set(ColumnKind):
            raise NotFoundException
        theme, kind = themes[data.theme], ColumnKind(data.column)
        reading = await room_reading(db, focus_group, theme, kind)
    try:
        groups = await proposals_of(request).propose((focus_group.id, theme.id, kind), reading.points)
    except (WorkerFailed, Refused) as problem:
        log.warning("grouping.nothing_suggested", problem=type(problem).__name__)
        errors = {"": "Nothing could be suggested this time. Group by hand, or try again."}
        return await shown(
            request, database, focus_group, Asked(data.theme, data.column, errors=errors, status_code=422)
        )
    said = "Here is what could go together." if groups else "Nothing more goes together, as far as the words tell."
    return await answered(request, database, focus_group, data, said, suggest="yes")


async def answered(
    request: AnyRequest,
    database: Database,
    focus_group: FocusGroup,
    data: GroupingForm,
    said: str,
    *,
    suggest: str = "",
) -> Response[str] | Redirect:
    """After something was done: the page anew for htmx, 303 to it for everybody else."""
    asked = Asked(data.theme, data.column, suggest or data.suggest, said=said)
    if is_htmx(request):
        return await shown(request, database, focus_group, asked)
    return see_other(request, grouping_url(request, focus_group.id, asked), success=said)


async def shown(request: AnyRequest, database: Database, focus_group: FocusGroup, asked: Asked) -> Response[str]:
    """The page, or its partials for htmx."""
    view = await view_of(request, database, focus_group, asked)
    if is_htmx(request):
        view |= {"has_new_run": False, "is_own": True}
        answer = fragment("board/grouping_changes.html", status_code=asked.status_code, **view)
    else:
        answer = page(request, "board/grouping.html", status_code=asked.status_code, **view)
    return await rendered_aside(request, answer)


async def view_of(request: AnyRequest, database: Database, focus_group: FocusGroup, asked: Asked) -> dict[str, Any]:
    """What the templates are given. Raises NotFoundException for a theme or column that is not there."""
    async with database.reading() as db:
        # Read anew: its revision is noted before anything that it stands for.
        group = await db.get_one(FocusGroup, focus_group.id)
        programme = await db.get_one(Programme, group.programme_id)
        themes, columns = await themes_of(db, programme.id), await columns_of(db, programme.id)
        step = await present_step(db, group)
        theme_id = asked.theme or str(step.theme_id if step and step.theme_id else themes[0].id if themes else "")
        theme = next((each for each in themes if str(each.id) == theme_id), None)
        kind = asked.column or (step.column if step and step.column else ColumnKind.NEEDS_TO_HAPPEN)
        column = next((each for each in columns if each.kind == kind), None)
        if column is None or (theme is None and asked.theme):
            raise NotFoundException
        place = Asked(theme_id, column.kind)
        here = grouping_url(request, group.id, place)
        run = await run_bar(db, request, group, here, theme)
        reading = await room_reading(db, group, theme, column.kind) if theme else None
    grouping = None
    if theme and reading:
        proposals, at = proposals_of(request), (group.id, theme.id, column.kind)
        groups = proposals.known(at) if asked.suggest else []
        if groups is None:
            # Another process proposed them, or this one before it was started again.
            with suppress(WorkerFailed):
                groups = await proposals.propose(at, reading.points)
        names = {each.id: each.name for each in themes}
        grouping = await grouping_of(reading, theme, column, names, groups or [])
        if asked.at not in grouping.places and asked.at == asked.form.key and grouping.loose:
            # The suggestion has other points by now: its ticks and words go to the points themselves.
            asked = replace(asked, at="")
    return {
        "focus_group": group,
        "programme": programme,
        "themes": themes,
        "columns": columns,
        "column": column,
        "grouping": grouping,
        "run": run,
        "seen": f"{group.board_revision}.{run.mark}",
        "here": here,
        "changes_url": grouping_url(request, group.id, place, "grouping.changes"),
        "asked": asked,
        "errors": asked.errors,
        "is_own": False,
        "unplaced": asked.form.heading if grouping and asked.at not in grouping.places else "",
        "Stage": Stage,
    }


def grouping_url(request: AnyRequest, focus_group_id: UUID, asked: Asked, name: str = "grouping") -> str:
    """The page of a column, with suggestions where they are asked for."""
    query = {"theme": asked.theme, "column": asked.column} | ({"suggest": "yes"} if asked.suggest else {})
    return f"{request.app.route_reverse(name, focus_group_id=focus_group_id)}?{urlencode(query)}"


def proposals_of(request: AnyRequest) -> Proposals:
    """What this process has proposed."""
    proposals: Proposals = request.app.state.setdefault("proposals", Proposals())
    return proposals
