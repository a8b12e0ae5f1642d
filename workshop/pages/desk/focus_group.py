"""One focus group at a glance: its facts, how people join, and what to do next."""

from typing import Any

from litestar import get
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.policy import Permission
from workshop.contributions.counts import points_by_focus_group
from workshop.database import now
from workshop.exports.invitation import chat_text, invitation_of
from workshop.focus_groups.attendance import attendance_of
from workshop.focus_groups.facilitators import co_facilitators_of
from workshop.focus_groups.join_address import is_out_of_reach, join_link
from workshop.focus_groups.joining_code import shown_join_code
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.people import joined_so_far
from workshop.focus_groups.stage import Stage, stage_of
from workshop.focus_groups.steps import steps_of
from workshop.programmes.models import Programme
from workshop.web.answers import AnyRequest, page
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember, TheSettings

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}


@get("/focus-groups/{focus_group_id:uuid}", name="focus-group", opt=RUN, include_in_schema=False)
async def show_focus_group(
    request: AnyRequest, member: TheMember, database: TheDatabase, settings: TheSettings, focus_group: TheFocusGroup
) -> Template:
    """For its facilitator and for coordinators."""
    async with database.reading() as db:
        facts = await _facts(db, focus_group, settings.address)
    return page(
        request,
        "desk/focus_group.html",
        focus_group=focus_group,
        stage=stage_of(focus_group, now()),
        Stage=Stage,
        **facts,
        link=join_link(settings.address, focus_group.join_token),
        code=shown_join_code(focus_group.join_code) if focus_group.join_code else "",
        is_out_of_reach=is_out_of_reach(settings.address),
        can_coordinate=member.may(Permission.COORDINATE),
    )


async def _facts(db: AsyncSession, focus_group: FocusGroup, address: str) -> dict[str, Any]:
    programme = await db.get_one(Programme, focus_group.programme_id)
    return {
        "programme": programme,
        "joined": await joined_so_far(db, focus_group.id),
        "points": (await points_by_focus_group(db, programme.id)).get(focus_group.id, 0),
        "others": await co_facilitators_of(db, focus_group.id),
        "steps": len(await steps_of(db, focus_group.id)),
        "chat": chat_text(await invitation_of(db, focus_group, programme, address)),
        "attended": sum((await attendance_of(db, focus_group.id)).values()),
    }
