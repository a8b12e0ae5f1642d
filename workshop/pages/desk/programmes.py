"""The list of programmes, and one programme at a glance; what is there depends on who looks."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import get
from litestar.response import Template
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Role
from workshop.accounts.policy import Member, Permission
from workshop.contributions.concerns import open_concerns
from workshop.contributions.counts import points_by_focus_group
from workshop.contributions.questions import open_questions_by_group
from workshop.database import now
from workshop.focus_groups.counts import people_by_focus_group
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.queries import focus_groups_by_programme, focus_groups_of
from workshop.focus_groups.stage import Stage, stage_of
from workshop.programmes.models import Programme
from workshop.programmes.queries import agencies_of, columns_of, programmes_of_partnership, themes_of
from workshop.surveys.queries import scales_of
from workshop.web.answers import AnyRequest, page
from workshop.web.scope import TheDatabase, TheMember, TheProgramme

READ = {"permission": Permission.READ_RESULTS}


@dataclass(frozen=True, slots=True)
class Row:
    """A focus group in a list. ``people`` and ``points`` are none for those who are not to see counts."""

    focus_group: FocusGroup
    stage: Stage
    people: int | None = None
    points: int | None = None


@get("/programmes", name="programmes", opt=READ, include_in_schema=False)
async def list_programmes(request: AnyRequest, member: TheMember, database: TheDatabase) -> Template:
    """Every programme of the partnership; with those focus groups that the member runs or coordinates."""
    at = now()
    async with database.reading() as db:
        programmes = await programmes_of_partnership(db, member.partnership_id)
        groups = await focus_groups_by_programme(db, member)
    rows = [
        (programme, [Row(group, stage_of(group, at)) for group in groups.get(programme.id, [])])
        for programme in programmes
    ]
    return page(request, "desk/programmes.html", rows=rows, can=_rights(member), Stage=Stage)


@get("/programmes/{programme_id:uuid}", name="programme", opt=READ, include_in_schema=False)
async def show_programme(
    request: AnyRequest, member: TheMember, database: TheDatabase, programme: TheProgramme
) -> Template:
    """The programme's focus groups, what to do next, and for a coordinator how it is set up."""
    async with database.reading() as db:
        rows = await _rows(db, member, programme)
        set_up: dict[str, Any] = {
            "themes": await themes_of(db, programme.id),
            "columns": await columns_of(db, programme.id),
            "agencies": await agencies_of(db, programme.id),
            "scales": len(await scales_of(db, programme.id)),
            "previous": await db.get(Programme, programme.previous_id) if programme.previous_id else None,
        }
        concerns, kept = 0, 0
        if member.may(Permission.COORDINATE):
            concerns = await open_concerns(db, programme.id)
            kept = sum((await open_questions_by_group(db, programme.id)).values())
    return page(
        request,
        "desk/programme.html",
        programme=programme,
        rows=rows,
        **set_up,
        concerns=concerns,
        kept=kept,
        can=_rights(member),
        missing=_missing(programme),
        Stage=Stage,
    )


async def _rows(db: AsyncSession, member: Member, programme: Programme) -> list[Row]:
    """The focus groups that the member sees; with how many people and points for those who run any."""
    groups = await focus_groups_of(db, programme.id, member)
    people: dict[UUID, int] = {}
    points: dict[UUID, int] = {}
    if member.may(Permission.RUN_FOCUS_GROUPS):
        people = await people_by_focus_group(db, programme.id)
        points = await points_by_focus_group(db, programme.id)
    at = now()
    return [Row(each, stage_of(each, at), people.get(each.id, 0), points.get(each.id, 0)) for each in groups]


def _rights(member: Member) -> dict[str, bool]:
    return {
        "run": member.may(Permission.RUN_FOCUS_GROUPS),
        "coordinate": member.may(Permission.COORDINATE),
        "runs_own_alone": member.role is Role.FACILITATOR,
    }


def _missing(programme: Programme) -> list[str]:
    """What people ought to be told before they join, and are not yet."""
    told = {
        "who runs it (the data controller)": programme.controller,
        "a link to the privacy notice": programme.privacy_notice_url,
        "the local safeguarding contact numbers": programme.safeguarding_contacts,
    }
    return [what for what, words in told.items() if not words]
