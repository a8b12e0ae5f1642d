"""What a colleague may do."""

from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from workshop.accounts import writes
from workshop.accounts.policy import Permission, allows
from workshop.facts import Refused
from workshop.pages.admin.colleague import ADMINISTRATORS, TheColleague, colleague_of
from workshop.pages.admin.forms import NO_ROLE, ROLES, RoleForm, role_of
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheMember

PATH = "/{membership_id:uuid}/role"
TEMPLATE = "admin/role.html"


@get(PATH, name="accounts.role", opt=ADMINISTRATORS, include_in_schema=False)
async def show_role(request: AnyRequest, colleague: TheColleague) -> Template:
    """The roles, to choose one."""
    form = RoleForm(colleague.membership.role.value)
    return page(request, TEMPLATE, form=form, errors={}, colleague=colleague, roles=ROLES)


@post(PATH, name="accounts.role.create", status_code=200, opt=ADMINISTRATORS, include_in_schema=False)
async def change_role(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    colleague: TheColleague,
    data: Annotated[RoleForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303; from their next request on they may do what the new role may. 422 for the last administrator."""
    role = role_of(data.role)
    if role is None:
        return refused(request, TEMPLATE, {"role": NO_ROLE}, form=data, colleague=colleague, roles=ROLES)
    try:
        async with database.writing() as db:
            stored = await colleague_of(db, member.partnership_id, colleague.membership.id)
            await writes.change_role(db, stored.membership, role)
    except Refused as rule:
        return refused(request, TEMPLATE, {"role": str(rule)}, form=data, colleague=colleague, roles=ROLES)
    is_out = colleague.account.id == member.account_id and not allows(role, Permission.MANAGE_ACCOUNTS)
    following = request.app.route_reverse("account" if is_out else "accounts")
    return see_other(request, following, success=f"{colleague.account.name} is {role.value} now.")
