"""The run bar's acts: on to another step, the timer, what the room can read, what the projector shows."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from litestar import post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.policy import Permission
from workshop.database import Database
from workshop.focus_groups.joining_code import shown_join_code
from workshop.focus_groups.models import FocusGroup, Phase, RunSheetStep
from workshop.focus_groups.reveals import cover_themes, reveal_themes
from workshop.focus_groups.run_sheet import Layout
from workshop.focus_groups.running import MeetingMovedOn, change_timer, follow_to_step, project
from workshop.focus_groups.stage import Stage
from workshop.focus_groups.steps import make_run_sheet, present_step, step_of, steps_of
from workshop.pages.board.run_bar import run_bar, step_url
from workshop.pages.board.run_forms import ActForm, StepForm, TimerAct
from workshop.programmes.queries import themes_of
from workshop.surveys.layouts import steps_for
from workshop.web.answers import AnyRequest, fragment, is_htmx, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
FORM = RequestEncodingType.URL_ENCODED
GROUP = "/focus-groups/{focus_group_id:uuid}"
StepData = Annotated[StepForm, Body(media_type=FORM)]
ActData = Annotated[ActForm, Body(media_type=FORM)]
Rule = Callable[[AsyncSession, FocusGroup], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where the meeting stands after a press: the step, and whether people can join since just now."""

    step: RunSheetStep
    has_opened: bool
    code: str


@post(GROUP + "/step", name="step.create", opt=RUN, include_in_schema=False)
async def take_step(request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, data: StepData) -> Redirect:
    """Take the room to a step, the first one where none is named; 303 to that step's page."""
    try:
        arrival = await _stepped(database, focus_group, data)
    except MeetingMovedOn as fact:
        async with database.reading() as db:
            group = await db.get_one(FocusGroup, focus_group.id)
            present = await present_step(db, group)
        return see_other(request, step_url(request, group.id, present), problem=str(fact))
    success = f"The meeting has started. People join with the code {arrival.code}." if arrival.has_opened else ""
    return see_other(request, step_url(request, focus_group.id, arrival.step), success=success)


@post(GROUP + "/timer", name="timer.change", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def change_the_timer(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, data: ActData
) -> Template | Redirect:
    """Start, pause, lengthen, shorten or clear it; what is no such act does nothing."""
    act = TimerAct.read(data.timer)

    async def rule(db: AsyncSession, group: FocusGroup) -> None:
        await change_timer(db, group, act.upon(group))

    return await _acted(request, database, focus_group, data, rule)


@post(GROUP + "/reveals", name="reveals.change", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def change_reveals(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, data: ActData
) -> Template | Redirect:
    """Let the room read a theme or all, or cover them again."""

    async def rule(db: AsyncSession, group: FocusGroup) -> None:
        themes = [theme.id for theme in await themes_of(db, group.programme_id)]
        await reveal_themes(db, group, data.named_themes(data.reveal, themes))
        await cover_themes(db, group, data.named_themes(data.cover, themes))

    return await _acted(request, database, focus_group, data, rule)


@post(GROUP + "/projected", name="projected.change", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def change_projected(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, data: ActData
) -> Template | Redirect:
    """Put something else on the projector until the next step."""
    projected, theme_id = data.what_to_project()

    async def rule(db: AsyncSession, group: FocusGroup) -> None:
        if projected is not None:
            await project(db, group, projected, theme_id)

    return await _acted(request, database, focus_group, data, rule)


async def _stepped(database: Database, focus_group: FocusGroup, data: StepForm) -> Arrival:
    async with database.writing() as db:
        group = await db.get_one(FocusGroup, focus_group.id, with_for_update=True)
        was_shut = group.phase in {Phase.DRAFT, Phase.CLOSED}
        steps = await steps_of(db, group.id)
        if not steps:
            steps = await make_run_sheet(db, group, await steps_for(db, group, Layout.THEMES))
        step = await step_of(db, group.id, data.step_id) if data.to else steps[0]
        await follow_to_step(db, group, step, data.seen_id)
        return Arrival(step, was_shut and group.join_code is not None, shown_join_code(group.join_code or ""))


async def _acted(
    request: AnyRequest, database: Database, focus_group: FocusGroup, data: ActForm, rule: Rule
) -> Template | Redirect:
    """Apply the rule; then the bar anew for htmx, 303 to the page that showed it for everybody else."""
    async with database.writing() as db:
        await rule(db, await db.get_one(FocusGroup, focus_group.id, with_for_update=True))
    here = data.here_url(request, focus_group.id)
    if not is_htmx(request):
        return see_other(request, here)
    async with database.reading() as db:
        group = await db.get_one(FocusGroup, focus_group.id)
        themes = await themes_of(db, group.programme_id)
        theme = next((each for each in themes if str(each.id) == data.theme), None)
        run = await run_bar(db, request, group, here, theme)
    return fragment("board/_run_changed.html", run=run, has_new_run=True, Stage=Stage)
