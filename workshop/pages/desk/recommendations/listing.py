"""The programme's recommendations: the list with its evidence, its order, and the way back from every step."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.contributions.concerns import open_concerns
from workshop.database import Database
from workshop.findings.queries import voices_of
from workshop.findings.speakers import speaker
from workshop.focus_groups.queries import focus_groups_of
from workshop.pages.desk.recommendations.forms import OneData, found
from workshop.pages.desk.recommendations.steps import step
from workshop.programmes.models import Programme
from workshop.programmes.queries import agencies_of
from workshop.recommendations.listing import show_as_flat_list
from workshop.recommendations.overview import recommendations_overview
from workshop.recommendations.queries import contributions_behind, recommendation_of_programme
from workshop.recommendations.undo import StepIsNotLast, next_turns, redo_step, undo_last_step
from workshop.recommendations.writes import Move, move_recommendation
from workshop.web.answers import AnyRequest, fragment, is_htmx, page, see_other
from workshop.web.scope import TheDatabase, TheMember, TheProgramme
from workshop.web.values import whole_number

READ = {"permission": Permission.READ_RESULTS}
COORDINATE = {"permission": Permission.COORDINATE}
LIST = "/programmes/{programme_id:uuid}/recommendations"
ONE = LIST + "/{recommendation_id:uuid}"


@get(LIST, name="recommendations", opt=READ, include_in_schema=False)
async def show_recommendations(
    request: AnyRequest, member: TheMember, database: TheDatabase, programme: TheProgramme
) -> Template:
    """The list; a coordinator's with everything to work on it, others' with suppressed counts and no words."""
    may_edit = member.may(Permission.COORDINATE)
    async with database.reading() as db:
        overview = await recommendations_overview(db, programme, is_published=not may_edit)
        undo, redo = await next_turns(db, programme.id) if may_edit else (None, None)
        concerns = await open_concerns(db, programme.id) if may_edit else 0
    template = "desk/recommendations/list.html" if may_edit else "desk/recommendations/published.html"
    shown: dict[str, Any] = {"overview": overview, "undo": undo, "redo": redo, "concerns": concerns}
    return page(request, template, programme=programme, **shown)


@get(ONE + "/evidence", name="recommendations.evidence", opt=COORDINATE, include_in_schema=False)
async def show_evidence(
    request: AnyRequest, database: TheDatabase, programme: TheProgramme, recommendation_id: FromPath[UUID]
) -> Template:
    """The words behind a recommendation, by group, beside their agencies: for coordinators only."""
    async with database.reading() as db:
        recommendation = found(await recommendation_of_programme(db, programme.id, recommendation_id))
        points = await contributions_behind(db, recommendation_id)
        voices = await voices_of(db, programme.id)
        names = {agency.id: agency.name for agency in await agencies_of(db, programme.id)}
        groups = await focus_groups_of(db, programme.id)
    by_group = [
        (group, [(point, speaker(point, voices, names)) for point in points if point.focus_group_id == group.id])
        for group in groups
    ]
    context: dict[str, Any] = {"programme": programme, "by_group": [(group, rows) for group, rows in by_group if rows]}
    if is_htmx(request):
        return fragment("desk/recommendations/_evidence.html", **context)
    return page(request, "desk/recommendations/evidence.html", recommendation=recommendation, **context)


@post(ONE + "/position", name="recommendations.move", opt=COORDINATE, status_code=200, include_in_schema=False)
async def move(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    programme: TheProgramme,
    recommendation_id: FromPath[UUID],
    data: OneData,
) -> Redirect:
    """Up, down, or to the top of its list."""
    to = Move(data.move) if data.move in set(Move) else Move.TOP
    verb = "moved a recommendation to the top" if to is Move.TOP else f"moved a recommendation {to.value}"
    async with step(database, programme, member, verb) as db:
        recommendation = found(await recommendation_of_programme(db, programme.id, recommendation_id))
        current = found(await db.get(Programme, programme.id))
        has_moved = await move_recommendation(db, recommendation, to, is_flat_list=current.is_flat_list)
    success = f"You {verb}." if has_moved else "It stands there already."
    return see_other(request, f"{list_path(request, programme.id)}#r-{recommendation_id}", success=success)


@post(LIST + "/layout", name="recommendations.layout", opt=COORDINATE, status_code=200, include_in_schema=False)
async def lay_out(
    request: AnyRequest, member: TheMember, database: TheDatabase, programme: TheProgramme, data: OneData
) -> Redirect:
    """By theme, or as one flat list."""
    is_flat_list = data.flat == "yes"
    verb = "listed all recommendations as one" if is_flat_list else "listed the recommendations by theme"
    async with step(database, programme, member, verb) as db:
        await show_as_flat_list(db, programme.id, is_flat_list=is_flat_list)
    return see_other(request, list_path(request, programme.id), success=f"You {verb}.")


@post(LIST + "/undo", name="recommendations.undo", opt=COORDINATE, status_code=200, include_in_schema=False)
async def undo(request: AnyRequest, database: TheDatabase, programme: TheProgramme, data: OneData) -> Redirect:
    """Take back the last step, if it is still the one that the button named."""
    return await _turn(request, database, programme, data, is_undo=True)


@post(LIST + "/redo", name="recommendations.redo", opt=COORDINATE, status_code=200, include_in_schema=False)
async def redo(request: AnyRequest, database: TheDatabase, programme: TheProgramme, data: OneData) -> Redirect:
    """Do again what was undone last."""
    return await _turn(request, database, programme, data, is_undo=False)


async def _turn(
    request: AnyRequest, database: Database, programme: Programme, data: OneData, *, is_undo: bool
) -> Redirect:
    turn, done, nothing = (
        (undo_last_step, "Undone", "There is nothing to undo.")
        if is_undo
        else (redo_step, "Done again", "There is nothing to do again.")
    )
    path = list_path(request, programme.id)
    try:
        async with database.writing() as db:
            verb = await turn(db, programme.id, whole_number(data.step))
    except StepIsNotLast as refusal:
        return see_other(request, path, problem=str(refusal))
    return see_other(request, path, success=f"{done}: {verb}.") if verb else see_other(request, path, problem=nothing)


def list_path(request: AnyRequest, programme_id: UUID) -> str:
    """Where the programme's list is."""
    return request.app.route_reverse("recommendations", programme_id=programme_id)
