"""A new point: the one request that a whole room sends at once."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK
from sqlalchemy.exc import SQLAlchemyError

from workshop.contributions.submissions import NOT_JOINED, NotJoined, Submission
from workshop.facts import NotFound, Refused
from workshop.pages.phone.device import device_token
from workshop.pages.phone.forms import PointForm
from workshop.pages.phone.saved import point_fragment, theme_path
from workshop.pages.phone.theme_page import theme_page
from workshop.pages.phone.unsaved import unsaved
from workshop.pages.phone.visit import Visit, provide_visit
from workshop.text import token_hash
from workshop.web.answers import AnyRequest, is_htmx, see_other


@post(
    "/themes/{theme_id:uuid}/contributions",
    name="contributions.create",
    status_code=HTTP_200_OK,
    include_in_schema=False,
    # A point is smaller than what compressing it costs.
    opt={"is_uncompressed": True},
)
async def create_contribution(
    request: AnyRequest, join_token: FromPath[str], theme_id: FromPath[UUID]
) -> Response[Any]:
    """Nothing is read here but the form: whether it may be saved, the inbox decides in its transaction.

    Asks for no dependencies: the framework resolves each in a task of its own, which cost a quarter of the throughput.

    200 with the saved point for the script, else 303 to the theme. What is refused comes back with its words: 422,
    403 not joined, 404 no such theme, 409 closed or the same form with other words.
    """
    here: Any = request.app.state
    focus_group_id = await here.links.focus_group_of(join_token)
    if focus_group_id is None:
        raise NotFoundException
    form = PointForm.sent(await request.body())
    try:
        column = form.checked_column()
        device = token_hash(device_token(request, here.settings, focus_group_id))
        submission = Submission(focus_group_id, device, theme_id, column, form.client_id, form.text)
        saved = await here.inbox.add(submission)
    except Exception as problem:  # noqa: BLE001 (whatever went wrong, the words go back to whoever wrote them)
        return await _words_back(request, join_token, theme_id, here.database, form, problem)
    if is_htmx(request):
        return point_fragment(request, join_token, saved.contribution_id, saved.text)
    return see_other(request, theme_path(request, join_token, theme_id, saved.contribution_id))


async def _words_back(
    request: AnyRequest, join_token: str, theme_id: UUID, database: Any, form: PointForm, problem: Exception
) -> Template:
    back_to = theme_path(request, join_token, theme_id)
    visit = None if is_htmx(request) else await _visit_if_possible(request, join_token)
    if visit is None or form.column is None or type(problem) is not Refused:
        return unsaved(request, visit, problem, form, back_to=back_to)
    # Only the words are at fault: the theme's own page, with them in their box.
    if visit.participant is None:
        return unsaved(request, visit, NotJoined(NOT_JOINED), form, back_to=back_to)
    page = await theme_page(request, visit, visit.participant.id, database, theme_id, refused=form)
    return page or unsaved(request, visit, NotFound("This theme is no longer there."), form, back_to=back_to)


async def _visit_if_possible(request: AnyRequest, join_token: str) -> Visit | None:
    try:
        return await provide_visit(request, join_token)
    except (SQLAlchemyError, OSError):
        return None
