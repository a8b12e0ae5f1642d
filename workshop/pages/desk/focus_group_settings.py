"""A focus group's facts, its attendance as counted by hand, and taking away one that nobody has joined."""

from dataclasses import replace
from typing import Annotated, Any

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from workshop.accounts.policy import Member, Permission
from workshop.accounts.queries import accounts_of_partnership
from workshop.database import Database
from workshop.facts import Refused
from workshop.focus_groups.attendance import attendance_of, record_attendance
from workshop.focus_groups.changes import change_focus_group
from workshop.focus_groups.counts import people_by_agency
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.people import present_in
from workshop.pages.desk.focus_group_forms import FocusGroupForm, clean_people, people_field, typed_people
from workshop.programmes.models import Programme
from workshop.programmes.queries import agencies_of
from workshop.retention.removal import remove_focus_group, what_holds_focus_group
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
FORM = RequestEncodingType.URL_ENCODED
DETAILS, ATTENDANCE, REMOVAL = "desk/focus_group_form.html", "desk/attendance.html", "desk/focus_group_removal.html"
GROUP = "/focus-groups/{focus_group_id:uuid}"


@get(GROUP + "/details", name="focus-group.details", opt=RUN, include_in_schema=False)
async def show_details(
    request: AnyRequest, member: TheMember, database: TheDatabase, focus_group: TheFocusGroup
) -> Template:
    """Its facts, to be changed."""
    context = await _details(request, database, member, focus_group)
    return page(request, DETAILS, form=FocusGroupForm.of(focus_group), errors={}, **context)


@post(GROUP + "/details", name="focus-group.details.change", opt=RUN, status_code=200, include_in_schema=False)
async def change_details(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    data: Annotated[FocusGroupForm, Body(media_type=FORM)],
) -> Template | Redirect:
    """303 to the group; 422 with every word kept. Whose group it is only a coordinator changes here."""
    may_name = member.may(Permission.COORDINATE)
    facts, errors = data.clean(None if may_name else focus_group.facilitator_email)
    if facts is not None:
        try:
            async with database.writing() as db:
                group = await db.get_one(FocusGroup, focus_group.id, with_for_update=True)
                # One who only shares its board would else take it over, and its facilitator be locked out.
                facts = facts if may_name else replace(facts, facilitator_email=group.facilitator_email)
                await change_focus_group(db, group, facts)
        except Refused as fact:
            errors = fact.by_field
        else:
            return see_other(request, _path(request, focus_group), success="Your changes are saved.")
    context = await _details(request, database, member, focus_group)
    return refused(request, DETAILS, errors, form=data, **context)


@get(GROUP + "/attendance", name="focus-group.attendance", opt=RUN, include_in_schema=False)
async def show_attendance(request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup) -> Template:
    """A box for each agency, with how many of it joined on a device beside."""
    context = await _attendance(database, focus_group)
    form = {people_field(agency_id): str(people) for agency_id, people in context["counted"].items()}
    empty = typed_people({}, context["agencies"])
    return page(request, ATTENDANCE, form=empty | form, errors={}, **context)


@post(GROUP + "/attendance", name="focus-group.attendance.change", opt=RUN, status_code=200, include_in_schema=False)
async def change_attendance(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    data: Annotated[dict[str, Any], Body(media_type=FORM)],
) -> Template | Redirect:
    """303 to the group; 422 with every figure kept."""
    context = await _attendance(database, focus_group)
    form = typed_people(data, context["agencies"])
    people, errors = clean_people(form, context["agencies"])
    if errors:
        return refused(request, ATTENDANCE, errors, form=form, **context)
    async with database.writing() as db:
        await record_attendance(db, focus_group.id, people)
        present = await present_in(db, focus_group.id)
    in_all = sum(present.people.values()) + present.unsaid
    return see_other(request, _path(request, focus_group), success=f"Attendance is saved: {in_all:,} in all.")


@get(GROUP + "/removal", name="focus-group.removal", opt=RUN, include_in_schema=False)
async def ask_before_removal(request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup) -> Template:
    """The question, or what is in the way."""
    return page(request, REMOVAL, **await _removal(database, focus_group))


@post(GROUP + "/removal", name="focus-group.remove", opt=RUN, status_code=200, include_in_schema=False)
async def remove(request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup) -> Template | Redirect:
    """303 to the programme; 422 with what is in the way."""
    try:
        async with database.writing() as db:
            await remove_focus_group(db, await db.get_one(FocusGroup, focus_group.id))
    except Refused as fact:
        return refused(request, REMOVAL, {"": str(fact)}, **await _removal(database, focus_group))
    path = request.app.route_reverse("programme", programme_id=focus_group.programme_id)
    return see_other(request, path, success=f"{focus_group.label or 'The group'} is removed.")


async def _details(request: AnyRequest, database: Database, member: Member, focus_group: FocusGroup) -> dict[str, Any]:
    async with database.reading() as db:
        programme = await db.get_one(Programme, focus_group.programme_id)
        accounts = await accounts_of_partnership(db, member.partnership_id)
    return {
        "programme": programme,
        "focus_group": focus_group,
        "emails": [account.email for _, account in accounts],
        "names_facilitator": member.may(Permission.COORDINATE),
        "action": request.app.route_reverse("focus-group.details.change", focus_group_id=focus_group.id),
        "back": _path(request, focus_group),
    }


async def _attendance(database: Database, focus_group: FocusGroup) -> dict[str, Any]:
    async with database.reading() as db:
        return {
            "focus_group": focus_group,
            "programme": await db.get_one(Programme, focus_group.programme_id),
            "agencies": await agencies_of(db, focus_group.programme_id),
            "counted": await attendance_of(db, focus_group.id),
            "joined": await people_by_agency(db, focus_group.id),
            "people_field": people_field,
        }


async def _removal(database: Database, focus_group: FocusGroup) -> dict[str, Any]:
    async with database.reading() as db:
        return {
            "focus_group": focus_group,
            "programme": await db.get_one(Programme, focus_group.programme_id),
            "held": await what_holds_focus_group(db, focus_group.id),
        }


def _path(request: AnyRequest, focus_group: FocusGroup) -> str:
    return request.app.route_reverse("focus-group", focus_group_id=focus_group.id)
