"""Take a colleague's account in this partnership away."""

from litestar import get, post
from litestar.response import Redirect, Template

from workshop.pages.admin.colleague import ADMINISTRATORS, TheColleague, colleague_of
from workshop.retention.removal import remove_member
from workshop.web.answers import AnyRequest, page, see_other
from workshop.web.scope import TheDatabase, TheMember

PATH = "/{membership_id:uuid}/removal"


@get(PATH, name="accounts.removal", opt=ADMINISTRATORS, include_in_schema=False)
async def ask_removal(request: AnyRequest, colleague: TheColleague) -> Template:
    """The question before it."""
    return page(request, "admin/removal.html", colleague=colleague)


@post(PATH, name="accounts.removal.create", opt=ADMINISTRATORS, include_in_schema=False)
async def remove_account(
    request: AnyRequest, member: TheMember, database: TheDatabase, colleague: TheColleague
) -> Redirect:
    """303; their sign-ins and tokens here end at once. 409 for the last administrator."""
    async with database.writing() as db:
        stored = await colleague_of(db, member.partnership_id, colleague.membership.id)
        await remove_member(db, stored.membership)
    done = f"{colleague.account.name} has no account in this partnership any more."
    return see_other(request, request.app.route_reverse("accounts"), success=done)
