"""Everybody with an account in the partnership; a new one."""

from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from workshop.accounts.models import Account
from workshop.accounts.policy import Member
from workshop.accounts.queries import accounts_of_partnership, members_of_account
from workshop.accounts.tokens import make_password_link
from workshop.accounts.writes import make_account
from workshop.database import Database
from workshop.facts import Refused
from workshop.pages.admin.colleague import ADMINISTRATORS
from workshop.pages.admin.forms import ROLES, AccountForm, NewAccount
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheMember, TheSettings

TEMPLATE = "admin/new_account.html"


@get("/", name="accounts", opt=ADMINISTRATORS, include_in_schema=False)
async def show_accounts(request: AnyRequest, member: TheMember, database: TheDatabase) -> Template:
    """The list, by name."""
    async with database.reading() as db:
        accounts = await accounts_of_partnership(db, member.partnership_id)
    return page(request, "admin/accounts.html", accounts=accounts)


@get("/new", name="accounts.new", opt=ADMINISTRATORS, include_in_schema=False)
async def show_new_account(request: AnyRequest) -> Template:
    """The form."""
    return page(request, TEMPLATE, form=AccountForm(), errors={}, roles=ROLES)


@post("/", name="accounts.create", status_code=200, opt=ADMINISTRATORS, include_in_schema=False)
async def create_account(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    settings: TheSettings,
    data: Annotated[AccountForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """200 with the one-time link, shown this once; 303 for somebody who has a password from another partnership."""
    new = data.clean()
    if not isinstance(new, NewAccount):
        return refused(request, TEMPLATE, new, form=data, roles=ROLES)
    try:
        account, token = await _make(database, member, new)
    except Refused as rule:
        return refused(request, TEMPLATE, rule.by_field, form=data, roles=ROLES)
    if token is None:
        done = f"{account.name} has an account on this installation already, and signs in as usual. "
        hint = "" if account.password_hash else f"For a first password: workshop account link {account.email}"
        return see_other(request, request.app.route_reverse("accounts"), success=done + hint)
    link = settings.address + request.app.route_reverse("password", token=token)
    return page(request, "admin/link.html", owner=account, link=link)


async def _make(database: Database, member: Member, new: NewAccount) -> tuple[Account, str | None]:
    async with database.writing() as db:
        made = await make_account(db, member.partnership_id, email=new.email, name=new.name, role=new.role)
        account = await db.get_one(Account, made.account_id)
        is_elsewhere = len(await members_of_account(db, account.id)) > 1
        return account, None if is_elsewhere else await make_password_link(db, account.id)
