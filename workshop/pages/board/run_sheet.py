"""The run sheet: a meeting's steps, made from a layout, edited before the meeting and in the room."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK

from workshop.accounts.policy import Permission
from workshop.database import Database
from workshop.facts import Refused
from workshop.focus_groups.models import FocusGroup, StepKind
from workshop.focus_groups.run_sheet import HEADINGS, Layout, planned_times, total_minutes
from workshop.focus_groups.steps import (
    add_step,
    change_step,
    make_run_sheet,
    move_step,
    remove_step,
    step_of,
    steps_of,
)
from workshop.pages.board.run_bar import shown_steps
from workshop.pages.board.sheet_forms import LayoutForm, MoveForm, StepPartsForm, what_choices
from workshop.programmes.models import Programme
from workshop.programmes.queries import columns_of, themes_of
from workshop.surveys.layouts import steps_for
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
FORM = RequestEncodingType.URL_ENCODED
SHEET = "/focus-groups/{focus_group_id:uuid}/run-sheet"
STEPS = SHEET + "/steps"
STEP = STEPS + "/{step_id:uuid}"
LIST, ONE = "board/run_sheet.html", "board/run_sheet_step.html"
PartsData = Annotated[StepPartsForm, Body(media_type=FORM)]


@get(SHEET, name="run-sheet", opt=RUN, include_in_schema=False)
async def show_run_sheet(request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup) -> Template:
    """The steps with their times, and a form for one more; the layouts where there are none."""
    return page(request, LIST, **await _sheet(database, focus_group), form=StepPartsForm(), errors={})


@post(SHEET, name="run-sheet.create", opt=RUN, include_in_schema=False)
async def create_run_sheet(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    data: Annotated[LayoutForm, Body(media_type=FORM)],
) -> Redirect:
    """The steps of a layout, in place of those that there are; 303 to the run sheet."""
    async with database.writing() as db:
        group = await db.get_one(FocusGroup, focus_group.id, with_for_update=True)
        await make_run_sheet(db, group, await steps_for(db, group, data.clean()))
    return _to_sheet(request, focus_group, "The run sheet is made. Change what you like, or leave it as it is.")


@post(STEPS, name="run-sheet.steps.create", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def create_step(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, data: PartsData
) -> Template | Redirect:
    """303 to the run sheet; 422 with the words kept."""
    context = await _sheet(database, focus_group)
    new, errors = data.clean(context["themes"])
    if not errors:
        try:
            async with database.writing() as db:
                await add_step(db, await db.get_one(FocusGroup, focus_group.id, with_for_update=True), new)
        except Refused as fact:
            errors = {"what": str(fact)}
    if errors:
        return refused(request, LIST, errors, **context, form=data)
    return _to_sheet(request, focus_group, "The step is added, before the close. Move it to where it belongs.")


@get(STEP, name="run-sheet.step", opt=RUN, include_in_schema=False)
async def show_step(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, step_id: FromPath[UUID]
) -> Template:
    """One step, to be changed or removed."""
    async with database.reading() as db:
        form = StepPartsForm.of(await step_of(db, focus_group.id, step_id))
    return page(request, ONE, **await _one(database, focus_group, step_id), form=form, errors={})


@post(STEP, name="run-sheet.step.change", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def save_step(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    step_id: FromPath[UUID],
    data: PartsData,
) -> Template | Redirect:
    """303 to the run sheet; 422 with the words kept."""
    context = await _one(database, focus_group, step_id)
    new, errors = data.clean(context["themes"], context["step"])
    if errors:
        return refused(request, ONE, errors, **context, form=data)
    async with database.writing() as db:
        group = await db.get_one(FocusGroup, focus_group.id, with_for_update=True)
        await change_step(db, group, await step_of(db, group.id, step_id), new)
    return _to_sheet(request, focus_group, "The step is changed")


@post(STEP + "/position", name="run-sheet.step.position", opt=RUN, include_in_schema=False)
async def put_step_elsewhere(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    step_id: FromPath[UUID],
    data: Annotated[MoveForm, Body(media_type=FORM)],
) -> Redirect:
    """One place up or down; 303 to the run sheet."""
    async with database.writing() as db:
        group = await db.get_one(FocusGroup, focus_group.id, with_for_update=True)
        await move_step(db, group, await step_of(db, group.id, step_id), -1 if data.move == "up" else 1)
    return _to_sheet(request, focus_group, "The order is changed")


@post(STEP + "/removal", name="run-sheet.step.remove", opt=RUN, include_in_schema=False)
async def take_step_away(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, step_id: FromPath[UUID]
) -> Redirect:
    """303 to the run sheet; 409 for the step at which the meeting stands."""
    async with database.writing() as db:
        group = await db.get_one(FocusGroup, focus_group.id, with_for_update=True)
        await remove_step(db, group, await step_of(db, group.id, step_id))
    return _to_sheet(request, focus_group, "The step is removed")


async def _sheet(database: Database, focus_group: FocusGroup) -> dict[str, Any]:
    async with database.reading() as db:
        group = await db.get_one(FocusGroup, focus_group.id)
        themes = await themes_of(db, group.programme_id)
        columns = await columns_of(db, group.programme_id)
        steps = await steps_of(db, group.id)
        programme = await db.get_one(Programme, group.programme_id)
    has_close = any(step.kind is StepKind.CLOSE for step in steps)
    return {
        "focus_group": group,
        "programme": programme,
        "themes": themes,
        "columns": columns,
        "steps": shown_steps(group, steps, themes, columns),
        "minutes": total_minutes(steps),
        "ends_at": planned_times(steps, group.starts_at)[-1],
        "what_choices": what_choices(themes, has_close=has_close),
        "layouts": Layout,
    }


async def _one(database: Database, focus_group: FocusGroup, step_id: UUID) -> dict[str, Any]:
    async with database.reading() as db:
        step = await step_of(db, focus_group.id, step_id)
        return {
            "focus_group": focus_group,
            "programme": await db.get_one(Programme, focus_group.programme_id),
            "themes": await themes_of(db, focus_group.programme_id),
            "columns": await columns_of(db, focus_group.programme_id),
            "step": step,
            "usual": HEADINGS[step.kind],
        }


def _to_sheet(request: AnyRequest, focus_group: FocusGroup, success: str) -> Redirect:
    path = request.app.route_reverse("run-sheet", focus_group_id=focus_group.id)
    return see_other(request, path, success=success)
