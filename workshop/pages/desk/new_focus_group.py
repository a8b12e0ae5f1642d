"""A new focus group: a facilitator adds their own, a coordinator anybody's."""

from typing import Annotated, Any

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from workshop.accounts.policy import Member, Permission
from workshop.accounts.queries import accounts_of_partnership
from workshop.database import Database
from workshop.facts import Refused
from workshop.focus_groups.changes import focus_group_from
from workshop.focus_groups.making import make_focus_group
from workshop.pages.desk.focus_group_forms import FocusGroupForm
from workshop.programmes.models import Programme
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheMember, TheProgramme

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
PAGE = "desk/focus_group_form.html"
NEW = "/programmes/{programme_id:uuid}/focus-groups/new"


@get(NEW, name="focus-groups.new", opt=RUN, include_in_schema=False)
async def show_new_focus_group(
    request: AnyRequest, member: TheMember, programme: TheProgramme, database: TheDatabase
) -> Template:
    """The form, for today, with oneself as facilitator."""
    form = FocusGroupForm.today(member.email)
    return page(request, PAGE, form=form, errors={}, **await _context(request, database, member, programme))


@post(NEW, name="focus-groups.create", opt=RUN, status_code=200, include_in_schema=False)
async def create_focus_group(
    request: AnyRequest,
    member: TheMember,
    programme: TheProgramme,
    database: TheDatabase,
    data: Annotated[FocusGroupForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303 to the new group; 422 with every word kept."""
    facts, errors = data.clean(None if member.may(Permission.COORDINATE) else member.email)
    if facts is not None:
        try:
            async with database.writing() as db:
                focus_group = await make_focus_group(db, focus_group_from(programme.id, facts))
        except Refused as fact:
            errors = fact.by_field
        else:
            path = request.app.route_reverse("focus-group", focus_group_id=focus_group.id)
            return see_other(request, path, success=f"The {programme.group_word} is added.")
    context = await _context(request, database, member, programme)
    return refused(request, PAGE, errors, form=data, **context)


async def _context(request: AnyRequest, database: Database, member: Member, programme: Programme) -> dict[str, Any]:
    async with database.reading() as db:
        accounts = await accounts_of_partnership(db, member.partnership_id)
    return {
        "programme": programme,
        "focus_group": None,
        "emails": [account.email for _, account in accounts],
        "names_facilitator": member.may(Permission.COORDINATE),
        "action": request.app.route_reverse("focus-groups.create", programme_id=programme.id),
        "back": request.app.route_reverse("programme", programme_id=programme.id),
    }
