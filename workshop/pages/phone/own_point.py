"""One of the participant's own points: changed, or deleted after a question."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

from workshop.contributions import writes
from workshop.contributions.identifiers import checked_aside
from workshop.contributions.models import Contribution
from workshop.contributions.own import own_point
from workshop.database import Database
from workshop.facts import NotFound, Refused
from workshop.focus_groups.writes import FocusGroupClosed
from workshop.pages.phone.forms import PointForm
from workshop.pages.phone.saved import point_fragment, theme_path
from workshop.pages.phone.unsaved import NotOfThisPhone, Unsaved, unsaved
from workshop.pages.phone.visit import TheVisit, Visit, phone_page, to_the_door
from workshop.recommendations.borrowed import forget_borrowed_heading, point_as_it_stands
from workshop.web.answers import AnyRequest, is_htmx, see_other
from workshop.web.scope import TheDatabase, TheSettings


@get("/contributions/{contribution_id:uuid}", name="contributions.edit", include_in_schema=False)
async def edit_contribution(
    request: AnyRequest, visit: TheVisit, database: TheDatabase, contribution_id: FromPath[UUID]
) -> Template | Redirect:
    """The point in a box; the theme's page when it cannot be changed any more."""
    if visit.participant is None:
        return to_the_door(request, visit)
    point = await _own_point(database, visit, contribution_id)
    back_to = theme_path(request, visit.focus_group.join_token, point.theme_id)
    if point.text is None or not visit.is_open:
        return see_other(request, back_to)
    return phone_page(request, "edit.html", visit, point=point, words=point.text, errors={}, back_to=back_to)


@post(
    "/contributions/{contribution_id:uuid}",
    name="contributions.update",
    status_code=HTTP_200_OK,
    include_in_schema=False,
)
async def update_contribution(
    request: AnyRequest,
    visit: TheVisit,
    database: TheDatabase,
    settings: TheSettings,
    contribution_id: FromPath[UUID],
) -> Response[Any]:
    """Other words in place of the point's. What is refused comes back with its words, as a new point's does."""
    form = PointForm.sent(await request.body())
    link = visit.focus_group.join_token
    point = await _found(database, visit, contribution_id)
    if visit.participant is None or point is None:
        themes = request.app.route_reverse("phone.themes", join_token=link)
        return unsaved(request, visit, [Unsaved(form, NotOfThisPhone())], back_to=themes)
    back_to = theme_path(request, link, point.theme_id)
    try:
        form.check_text()
        held_for = await checked_aside(form.text, form.sure, settings.key)
        async with database.writing() as db:
            before = await point_as_it_stands(db, point.focus_group_id, point.id)
            point = await writes.edit_contribution(
                db, visit.participant, point.id, form.text, settings.key, held_for=held_for
            )
            await forget_borrowed_heading(db, before, before.text, form.text)
    except Exception as problem:  # noqa: BLE001 (whatever went wrong, the words go back to whoever wrote them)
        if type(problem) is not Refused or is_htmx(request):
            return unsaved(request, visit, [Unsaved(form, problem)], back_to=back_to)
        return _refused(request, visit, point, form, problem, back_to)
    if is_htmx(request):
        return point_fragment(request, link, point.id, form.text, is_held=point.is_held)
    return see_other(request, theme_path(request, link, point.theme_id, point.id))


@get("/contributions/{contribution_id:uuid}/removal", name="contributions.removal", include_in_schema=False)
async def confirm_removal(
    request: AnyRequest, visit: TheVisit, database: TheDatabase, contribution_id: FromPath[UUID]
) -> Template | Redirect:
    """The question before a point is deleted."""
    if visit.participant is None:
        return to_the_door(request, visit)
    point = await _own_point(database, visit, contribution_id)
    back_to = theme_path(request, visit.focus_group.join_token, point.theme_id)
    if point.text is None or not visit.is_open:
        return see_other(request, back_to)
    return phone_page(request, "removal.html", visit, point=point, back_to=back_to)


@post(
    "/contributions/{contribution_id:uuid}/removal",
    name="contributions.removal.create",
    status_code=HTTP_200_OK,
    include_in_schema=False,
)
async def remove_contribution(
    request: AnyRequest, visit: TheVisit, database: TheDatabase, contribution_id: FromPath[UUID]
) -> Redirect:
    """The point's words are gone; a second tap finds them gone."""
    if visit.participant is None:
        return to_the_door(request, visit)
    point = await _own_point(database, visit, contribution_id)
    back_to = theme_path(request, visit.focus_group.join_token, point.theme_id)
    try:
        async with database.writing() as db:
            before = await point_as_it_stands(db, point.focus_group_id, point.id)
            await writes.delete_contribution(db, visit.participant, point.id)
            await forget_borrowed_heading(db, before, before.text)
    except FocusGroupClosed as problem:
        return see_other(request, back_to, problem=str(problem))
    except NotFound:
        pass
    return see_other(request, back_to, success="Your point has been deleted.")


async def _own_point(database: Database, visit: Visit, contribution_id: UUID) -> Contribution:
    point = await _found(database, visit, contribution_id)
    if point is None:
        raise NotFoundException
    return point


async def _found(database: Database, visit: Visit, contribution_id: UUID) -> Contribution | None:
    if visit.participant is None:
        return None
    async with database.reading() as db:
        return await own_point(db, visit.participant.id, contribution_id)


def _refused(
    request: AnyRequest, visit: Visit, point: Contribution, form: PointForm, problem: Exception, back_to: str
) -> Template:
    return phone_page(
        request,
        "edit.html",
        visit,
        status_code=HTTP_422_UNPROCESSABLE_ENTITY,
        point=point,
        words=form.typed,
        errors={"text": str(problem)},
        back_to=back_to,
    )
