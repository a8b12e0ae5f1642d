"""The join screen: how people come in, to be read from the back of the room."""

from litestar import Response, get
from litestar.params import FromQuery
from litestar.response import Template

from workshop.accounts.policy import Permission
from workshop.database import now
from workshop.exports.invitation import chat_text, invitation_of
from workshop.exports.qr import qr_svg
from workshop.focus_groups.join_address import address_in_this_network, is_out_of_reach, join_link, shown_address
from workshop.focus_groups.joining_code import shown_join_code
from workshop.focus_groups.people import joined_so_far
from workshop.focus_groups.stage import Stage, stage_of, takes_people_in
from workshop.pages.board.urls import board_url
from workshop.programmes.models import Programme
from workshop.web.answers import AnyRequest, fragment, nothing_new, page, reload_page
from workshop.web.scope import TheDatabase, TheFocusGroup, TheSettings

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}


@get("/focus-groups/{focus_group_id:uuid}/join-screen", name="join-screen", opt=RUN, include_in_schema=False)
async def show_join_screen(
    request: AnyRequest, database: TheDatabase, settings: TheSettings, focus_group: TheFocusGroup
) -> Template:
    """QR code, address and short code side by side, and how many have joined."""
    async with database.reading() as db:
        programme = await db.get_one(Programme, focus_group.programme_id)
        joined = await joined_so_far(db, focus_group.id)
        invitation = await invitation_of(db, focus_group, programme, settings.address)
    link = join_link(settings.address, focus_group.join_token)
    return page(
        request,
        "board/join_screen.html",
        focus_group=focus_group,
        programme=programme,
        joined=joined,
        link=link,
        chat=chat_text(invitation),
        qr=qr_svg(link, "QR code that leads to the address of this page’s join link"),
        address=shown_address(settings.address),
        code=shown_join_code(focus_group.join_code) if focus_group.join_code else "",
        stage=stage_of(focus_group, now()),
        takes_people_in=takes_people_in(focus_group, now()),
        Stage=Stage,
        back=board_url(request, focus_group.id),
        is_out_of_reach=is_out_of_reach(settings.address),
        reachable=reachable_address(settings.port) if is_out_of_reach(settings.address) else None,
    )


@get(
    "/focus-groups/{focus_group_id:uuid}/join-screen/joined",
    name="join-screen.joined",
    opt=RUN,
    include_in_schema=False,
)
async def show_joined(
    database: TheDatabase, focus_group: TheFocusGroup, code: FromQuery[str] = "", since: FromQuery[str] = ""
) -> Template | Response[str]:
    """How many have joined, 204 when the screen has it; one with a code that is dead is told to reload."""
    if code != (focus_group.join_code or ""):
        return reload_page()
    async with database.reading() as db:
        joined = await joined_so_far(db, focus_group.id)
    if since == f"{joined.devices}.{joined.people}":
        return nothing_new()
    return fragment("board/_joined.html", joined=joined)


def reachable_address(port: int) -> str | None:
    """What to set as the base address so that phones in the same network come through, if this machine has one."""
    host = address_in_this_network()
    return f"http://{host}:{port}" if host else None
