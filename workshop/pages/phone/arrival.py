"""A device takes its place in a focus group, or says anew whom it speaks for."""

from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_409_CONFLICT

from workshop.database import Database, now
from workshop.focus_groups.writes import FocusGroupClosed, change_people, join_focus_group
from workshop.pages.phone.device import device_cookie, new_device_token
from workshop.pages.phone.forms import Joining
from workshop.pages.phone.visit import Visit, not_open
from workshop.settings import Settings
from workshop.web.answers import AnyRequest, see_other


async def take_place(
    request: AnyRequest, visit: Visit, database: Database, settings: Settings, joining: Joining
) -> Template | Redirect:
    """303 to where the room is, with the device's cookie; 409 when the group takes nobody in.

    The form's id says who it is: one sent twice joins once, and one sent again with other answers changes them.
    """
    focus_group = visit.focus_group
    token = new_device_token(settings, focus_group.id, joining.client_id)
    people, unsaid, role, eligibility = joining.people, joining.unsaid, joining.role, joining.eligibility
    try:
        async with database.writing() as db:
            participant = await join_focus_group(
                db,
                focus_group.id,
                client_id=joining.client_id,
                token=token,
                people=people,
                unsaid=unsaid,
                role=role,
                eligibility=eligibility,
                table=joining.table,
            )
            await change_people(db, participant, people=people, unsaid=unsaid, role=role, eligibility=eligibility)
    except FocusGroupClosed:
        return not_open(request, visit, status_code=HTTP_409_CONFLICT)
    path = request.app.route_reverse("phone.now", join_token=focus_group.join_token)
    # Another person takes over a shared phone: what the one before left unsent is not theirs to read.
    is_another = visit.participant is not None and visit.participant.id != participant.id
    answer = see_other(request, f"{path}?cleared=yes" if is_another else path)
    answer.set_cookie(device_cookie(settings, focus_group, token, now()))
    return answer


def is_shut(visit: Visit) -> bool:
    """Whether somebody who has not joined can do nothing here."""
    return visit.participant is None and not visit.takes_people_in
