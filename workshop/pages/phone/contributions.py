"""A new point: the one request that a whole room sends at once."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.status_codes import HTTP_200_OK
from sqlalchemy.exc import SQLAlchemyError

from workshop.contributions.identifiers import checked_aside
from workshop.contributions.inbox import Inbox
from workshop.contributions.submissions import CLOSED, MOVED_ON, NO_THEME, NOT_JOINED, NotJoined, Saved, Submission
from workshop.facts import NotFound, Refused
from workshop.focus_groups.writes import FocusGroupClosed, RoomMovedOn
from workshop.pages.phone.device import device_token
from workshop.pages.phone.forms import PointForm
from workshop.pages.phone.saved import point_fragment, theme_path
from workshop.pages.phone.theme_page import points_under, theme_page
from workshop.pages.phone.unsaved import Unsaved, unsaved
from workshop.pages.phone.visit import Visit, provide_visit
from workshop.settings import Settings
from workshop.text import token_hash
from workshop.web.answers import AnyRequest, is_htmx, see_other
from workshop.web.ready import sent_body

# Every box of a theme may hold the longest text, each character of it an emoji: twelve bytes in a form.
LARGEST_POINTS = 3 * 512 * 1024


@post(
    "/themes/{theme_id:uuid}/contributions",
    name="contributions.create",
    status_code=HTTP_200_OK,
    include_in_schema=False,
    request_max_body_size=LARGEST_POINTS,
)
async def create_contribution(
    request: AnyRequest, join_token: FromPath[str], theme_id: FromPath[UUID]
) -> Response[Any]:
    """Nothing is read here but the form: whether it may be saved, the inbox decides in its transaction.

    Asks for no dependencies: the framework resolves each in a task of its own, which cost a quarter of the throughput.

    200 with the saved point for the script, else 303 to the theme. What is refused comes back with its words: 422
    (also to ask about words that seem to identify somebody), 403 not joined, 404 no such theme, 409 closed or the same
    form with other words.
    """
    here: Any = request.app.state
    focus_group_id = await here.links.focus_group_of(join_token)
    if focus_group_id is None:
        raise NotFoundException
    forms = PointForm.all_sent(await sent_body(request, LARGEST_POINTS))
    if len(forms) > 1:
        return await _create_several(request, join_token, focus_group_id, theme_id, forms)
    form = forms[0]
    try:
        saved = await here.inbox.add(await _submission(request, here.settings, focus_group_id, theme_id, form))
    except Exception as problem:  # noqa: BLE001 (whatever went wrong, the words go back to whoever wrote them)
        return await _words_back(request, join_token, theme_id, [Unsaved(form, problem)])
    if is_htmx(request):
        return point_fragment(request, join_token, saved.contribution_id, saved.text, is_held=saved.is_held)
    return see_other(request, theme_path(request, join_token, theme_id, saved.contribution_id))


async def _submission(
    request: AnyRequest, settings: Settings, focus_group_id: UUID, theme_id: UUID, form: PointForm
) -> Submission:
    column = form.checked_column()
    held_for = await checked_aside(form.text, form.sure, settings.key)
    device = token_hash(device_token(request, settings, focus_group_id))
    return Submission(focus_group_id, device, theme_id, column, form.client_id, form.text, held_for)


async def _create_several(
    request: AnyRequest, join_token: str, focus_group_id: UUID, theme_id: UUID, forms: list[PointForm]
) -> Response[Any]:
    """Each for itself: what one box holds is saved, whatever is wrong with another."""
    inbox: Inbox = request.app.state.inbox
    settings: Settings = request.app.state.settings

    async def add(form: PointForm) -> Saved:
        return await inbox.add(await _submission(request, settings, focus_group_id, theme_id, form))

    outcomes = await asyncio.gather(*map(add, forms), return_exceptions=True)
    saved = [outcome for outcome in outcomes if isinstance(outcome, Saved)]
    points = [
        Unsaved(form, outcome)
        for form, outcome in zip(forms, outcomes, strict=True)
        if isinstance(outcome, BaseException)
    ]
    if points:
        return await _words_back(request, join_token, theme_id, points, saved)
    return see_other(request, theme_path(request, join_token, theme_id, *(point.contribution_id for point in saved)))


async def _words_back(
    request: AnyRequest, join_token: str, theme_id: UUID, points: list[Unsaved], saved: Sequence[Saved] = ()
) -> Response[Any]:
    back_to = theme_path(request, join_token, theme_id)
    visit = None if is_htmx(request) else await _visit_if_possible(request, join_token)
    if visit is not None and _go_into_their_boxes(points):
        # Only the words are at fault: the theme's own page, with them in their boxes, if it has boxes.
        problem = _no_boxes(visit)
        if problem is None and visit.participant is not None:
            ids, forms = [str(point.contribution_id) for point in saved], [point.form for point in points]
            own = await points_under(request, visit.participant, theme_id)
            page = theme_page(request, visit, own, theme_id, saved=ids, refused=forms)
            if page is not None:
                return page
        points = [Unsaved(point.form, problem or NotFound(NO_THEME)) for point in points]
    return unsaved(request, visit, points, back_to=back_to, saved=saved)


def _go_into_their_boxes(points: list[Unsaved]) -> bool:
    columns = {point.form.column for point in points}
    is_one_each = None not in columns and len(columns) == len(points)
    return is_one_each and all(type(point.problem) is Refused for point in points)


def _no_boxes(visit: Visit) -> Refused | None:
    if visit.participant is None:
        return NotJoined(NOT_JOINED)
    if visit.is_open:
        return None
    return RoomMovedOn(MOVED_ON) if visit.takes_people_in else FocusGroupClosed(CLOSED)


async def _visit_if_possible(request: AnyRequest, join_token: str) -> Visit | None:
    try:
        return await provide_visit(request, join_token)
    except (SQLAlchemyError, OSError):
        return None
