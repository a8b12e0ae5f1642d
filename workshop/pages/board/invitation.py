"""The invitation to a focus group as a calendar file."""

from litestar import Response, get

from workshop.accounts.policy import Permission
from workshop.database import now
from workshop.exports.invitation import calendar_file, invitation_of
from workshop.pages.board.poster import file_name
from workshop.programmes.models import Programme
from workshop.web.scope import TheDatabase, TheFocusGroup, TheSettings

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}


@get("/focus-groups/{focus_group_id:uuid}/invitation.ics", name="invitation", opt=RUN, include_in_schema=False)
async def show_invitation(database: TheDatabase, settings: TheSettings, focus_group: TheFocusGroup) -> Response[bytes]:
    """The event, to be sent to those who are invited; whoever opens it has it in their calendar."""
    async with database.reading() as db:
        programme = await db.get_one(Programme, focus_group.programme_id)
        invitation = await invitation_of(db, focus_group, programme, settings.address)
    name = file_name("invitation", focus_group, ".ics")
    return Response(
        calendar_file(invitation, now()),
        media_type="text/calendar",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
