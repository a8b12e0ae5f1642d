"""Sign in with e-mail address and password."""

from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from workshop.accounts.models import Account
from workshop.accounts.passwords import verified
from workshop.accounts.policy import Member
from workshop.accounts.queries import account_by_email, members_of_account
from workshop.accounts.writes import end_sign_in, sign_in_by_password
from workshop.database import Database
from workshop.pages.sign_in.forms import SignInForm, local_path
from workshop.pages.sign_in.limits import SIGN_IN_ADDRESS, SIGN_IN_EMAIL
from workshop.pages.sign_in.signed_in import go_on, with_sign_in
from workshop.text import normalised
from workshop.web.answers import AnyRequest, page, refused, refused_for_now, see_other
from workshop.web.scope import TheDatabase, TheSettings, TheThrottle
from workshop.web.throttle import TooManyAttempts, address_of

# One sentence for every reason: which e-mail addresses have an account is nobody's to find out.
WRONG = {"": "The e-mail address or the password is not right. Check both, and try again."}


@get("/sign-in", name="sign-in", include_in_schema=False)
async def show_sign_in(request: AnyRequest) -> Template | Redirect:
    """The form; whoever is signed in already goes on."""
    following = local_path(request.query_params.get("next", ""))
    if request.user is not None:
        return see_other(request, following or request.app.route_reverse("programmes"))
    return page(request, "sign_in/sign_in.html", form=SignInForm(next=following), errors={})


@post("/sign-in", name="sign-in.create", status_code=200, include_in_schema=False)
async def sign_in_with_password(
    request: AnyRequest,
    database: TheDatabase,
    settings: TheSettings,
    throttle: TheThrottle,
    data: Annotated[SignInForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303 with a new sign-in; 422 with the address kept; 429 after too many failures."""
    email = normalised(data.email).lower()
    template, form = "sign_in/sign_in.html", SignInForm(email=email, next=local_path(data.next))
    if errors := SignInForm(email, data.password).errors():
        return refused(request, template, errors, form=form)
    try:
        async with throttle.attempt((SIGN_IN_ADDRESS, address_of(request)), (SIGN_IN_EMAIL, email)) as attempt:
            entered = await _enter(database, email, data.password, old_token=request.auth)
            if entered is None:
                return refused(request, template, WRONG, form=form)
            attempt.succeeded()
    except TooManyAttempts as problem:
        return refused_for_now(request, template, problem, form=form)
    account, token = entered
    return with_sign_in(await go_on(request, database, account.id, form.next), settings, token)


async def _enter(database: Database, email: str, password: str, old_token: str) -> tuple[Account, str] | None:
    async with database.reading() as db:
        account = await account_by_email(db, email)
        members: list[Member] = await members_of_account(db, account.id) if account else []
    is_right, renewed_hash = await verified(password, account.password_hash if account else None)
    if account is None or not is_right or not members:
        return None
    async with database.writing() as db:
        await end_sign_in(db, old_token)
        token = await sign_in_by_password(db, account, members[0].membership_id, renewed_hash=renewed_hash)
    return account, token
