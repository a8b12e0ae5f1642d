"""A new one-time link for a colleague who has no password, or has forgotten it."""

from litestar import post
from litestar.response import Template

from workshop.accounts.tokens import make_password_link_within
from workshop.pages.admin.colleague import ADMINISTRATORS, TheColleague, colleague_of
from workshop.web.answers import AnyRequest, page
from workshop.web.scope import TheDatabase, TheMember, TheSettings


@post(
    "/{membership_id:uuid}/password-link",
    name="accounts.link",
    status_code=200,
    opt=ADMINISTRATORS,
    include_in_schema=False,
)
async def make_link(
    request: AnyRequest, member: TheMember, database: TheDatabase, settings: TheSettings, colleague: TheColleague
) -> Template:
    """200 with the link, shown this once; older ones die. 409 for somebody who is in another partnership too."""
    async with database.writing() as db:
        stored = await colleague_of(db, member.partnership_id, colleague.membership.id)
        token = await make_password_link_within(db, stored.membership, stored.account)
    link = settings.address + request.app.route_reverse("password", token=token)
    return page(request, "admin/link.html", owner=colleague.account, link=link)
