"""Whose work to go on with, for people who belong to several partnerships."""

from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from workshop.accounts.policy import Member, Permission
from workshop.accounts.queries import members_of_account
from workshop.accounts.writes import renew_sign_in
from workshop.database import Database
from workshop.pages.sign_in.forms import PartnershipForm, local_path
from workshop.pages.sign_in.signed_in import with_sign_in
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheMember, TheSettings

CHOICE = {"permission": Permission.READ_RESULTS}


@get("/sign-in/partnership", name="sign-in.partnership", opt=CHOICE, include_in_schema=False)
async def show_partnerships(request: AnyRequest, member: TheMember, database: TheDatabase) -> Template:
    """One's partnerships, to choose one."""
    form = PartnershipForm(str(member.membership_id), local_path(request.query_params.get("next", "")))
    members = await _memberships(database, member)
    return page(request, "sign_in/partnership.html", form=form, errors={}, members=members)


@post("/sign-in/partnership", name="sign-in.partnership.create", status_code=200, opt=CHOICE, include_in_schema=False)
async def choose_partnership(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    settings: TheSettings,
    data: Annotated[PartnershipForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303, signed in to the chosen partnership."""
    members = await _memberships(database, member)
    chosen = next((each for each in members if str(each.membership_id) == data.membership), None)
    if chosen is None:
        errors = {"membership": "Choose a partnership"}
        form = PartnershipForm(next=local_path(data.next))
        return refused(request, "sign_in/partnership.html", errors, form=form, members=members)
    async with database.writing() as db:
        token = await renew_sign_in(db, request.auth, chosen.membership_id)
    following = local_path(data.next) or request.app.route_reverse("programmes")
    return with_sign_in(see_other(request, following), settings, token)


async def _memberships(database: Database, member: Member) -> list[Member]:
    async with database.reading() as db:
        return await members_of_account(db, member.account_id)
