"""One's own account: who one is here, the password, sign-ins and tokens."""

from typing import Annotated, Any

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from workshop.accounts import passwords
from workshop.accounts.models import Account
from workshop.accounts.policy import Member, Permission
from workshop.accounts.queries import api_tokens_of, members_of_account
from workshop.accounts.writes import change_password as store_password
from workshop.database import Database
from workshop.pages.sign_in.forms import ChangePasswordForm
from workshop.pages.sign_in.limits import SIGN_IN_EMAIL
from workshop.web.answers import AnyRequest, page, refused, refused_for_now, see_other
from workshop.web.scope import TheDatabase, TheMember, TheThrottle
from workshop.web.throttle import TooManyAttempts

OWN = {"permission": Permission.READ_RESULTS}
TEMPLATE = "sign_in/account.html"


@get("/account", name="account", opt=OWN, include_in_schema=False)
async def show_account(request: AnyRequest, member: TheMember, database: TheDatabase) -> Template:
    """Name, e-mail address, role and partnership; what can be changed."""
    return page(request, TEMPLATE, form=ChangePasswordForm(), errors={}, **await _context(database, member))


@post("/account/password", name="account.password", status_code=200, opt=OWN, include_in_schema=False)
async def change_password(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    throttle: TheThrottle,
    data: Annotated[ChangePasswordForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303 when the old password was right; every other sign-in ends."""
    errors = data.errors()
    try:
        if not errors and not await _change(database, throttle, member, request.auth, data):
            errors = {"old_password": "This is not the password that you have now"}
    except TooManyAttempts as problem:
        shown = await _context(database, member)
        return refused_for_now(request, TEMPLATE, problem, form=ChangePasswordForm(), **shown)
    if errors:
        return refused(request, TEMPLATE, errors, form=ChangePasswordForm(), **await _context(database, member))
    done = "Your password is changed. You are signed out on every other device."
    return see_other(request, request.app.route_reverse("account"), success=done)


async def _change(
    database: Database, throttle: TheThrottle, member: Member, token: str, form: ChangePasswordForm
) -> bool:
    async with database.reading() as db:
        account = await db.get_one(Account, member.account_id)
    async with throttle.attempt((SIGN_IN_EMAIL, account.email)) as attempt:
        is_right, _ = await passwords.verified(form.old_password, account.password_hash)
        if is_right:
            attempt.succeeded()
    if is_right:
        password_hash = await passwords.hashed(form.password)
        async with database.writing() as db:
            await store_password(db, account, password_hash, token)
    return is_right


async def _context(database: Database, member: Member) -> dict[str, Any]:
    async with database.reading() as db:
        tokens = await api_tokens_of(db, member.membership_id)
        members = await members_of_account(db, member.account_id)
    return {"tokens": tokens, "has_several": len(members) > 1}
