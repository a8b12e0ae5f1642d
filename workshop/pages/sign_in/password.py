"""One-time links: whoever holds one sets the account's password and is signed in."""

from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from workshop.accounts.models import Account
from workshop.accounts.passwords import hashed
from workshop.accounts.queries import account_by_password_link
from workshop.accounts.tokens import LinkUsedUp, use_password_link
from workshop.accounts.writes import end_sign_in
from workshop.database import Database
from workshop.pages.sign_in.forms import NewPasswordForm
from workshop.pages.sign_in.limits import LINK_ADDRESS
from workshop.pages.sign_in.signed_in import go_on, with_sign_in
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheSettings, TheThrottle
from workshop.web.throttle import Throttle, address_of

TEMPLATE = "sign_in/password.html"


@get("/password/{token:str}", name="password", include_in_schema=False)
async def show_password_link(
    request: AnyRequest, database: TheDatabase, throttle: TheThrottle, token: FromPath[str]
) -> Template:
    """The form. Looking uses nothing up: mail scanners and previews look too."""
    account = await _account(request, database, throttle, token)
    if account is None:
        return page(request, "sign_in/link_gone.html", status_code=404)
    return page(request, TEMPLATE, form=NewPasswordForm(), errors={}, owner=account)


@post("/password/{token:str}", name="password.create", status_code=200, include_in_schema=False)
async def set_password(
    request: AnyRequest,
    database: TheDatabase,
    settings: TheSettings,
    throttle: TheThrottle,
    token: FromPath[str],
    data: Annotated[NewPasswordForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303, signed in, with the link used up; 404 when it was."""
    account = await _account(request, database, throttle, token)
    if account is None:
        return page(request, "sign_in/link_gone.html", status_code=404)
    if errors := data.errors():
        return refused(request, TEMPLATE, errors, form=NewPasswordForm(), owner=account)
    password_hash = await hashed(data.password)
    try:
        async with database.writing() as db:
            await end_sign_in(db, request.auth)
            account_id, sign_in = await use_password_link(db, token, password_hash)
    except LinkUsedUp:
        return page(request, "sign_in/link_gone.html", status_code=404)
    done = "Your password is set, and you are signed in."
    if sign_in is None:
        return see_other(request, request.app.route_reverse("sign-in"))
    return with_sign_in(await go_on(request, database, account_id, success=done), settings, sign_in)


async def _account(request: AnyRequest, database: Database, throttle: Throttle, token: str) -> Account | None:
    await throttle.check(LINK_ADDRESS, address_of(request))
    async with database.reading() as db:
        account = await account_by_password_link(db, token)
    if account is None:
        await throttle.fail(LINK_ADDRESS, address_of(request))
    return account
