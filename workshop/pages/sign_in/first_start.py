"""The first start: whoever reads the server's first words makes the first partnership and administrator."""

import hmac
from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from workshop.accounts.passwords import hashed
from workshop.accounts.queries import has_accounts
from workshop.accounts.tokens import first_start_token
from workshop.accounts.writes import NotTheFirst, begin_sign_in, make_first_administrator
from workshop.database import Database
from workshop.facts import Refused
from workshop.pages.sign_in.forms import FirstStartForm
from workshop.pages.sign_in.limits import FIRST_START_ADDRESS
from workshop.pages.sign_in.signed_in import with_sign_in
from workshop.settings import Settings
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheSettings, TheThrottle
from workshop.web.throttle import Throttle, address_of

TEMPLATE = "sign_in/first_start.html"


@get("/start/{token:str}", name="first-start", include_in_schema=False)
async def show_first_start(
    request: AnyRequest, database: TheDatabase, settings: TheSettings, throttle: TheThrottle, token: FromPath[str]
) -> Template:
    """The form, as long as there is no account at all."""
    if not await _is_open(request, database, settings, throttle, token):
        return page(request, "sign_in/link_gone.html", status_code=404, is_first_start=True)
    return page(request, TEMPLATE, form=FirstStartForm(), errors={})


@post("/start/{token:str}", name="first-start.create", status_code=200, include_in_schema=False)
async def begin(
    request: AnyRequest,
    database: TheDatabase,
    settings: TheSettings,
    throttle: TheThrottle,
    token: FromPath[str],
    data: Annotated[FirstStartForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303, signed in as administrator; from then on the link is dead."""
    if not await _is_open(request, database, settings, throttle, token):
        return page(request, "sign_in/link_gone.html", status_code=404, is_first_start=True)
    form = FirstStartForm(data.partnership, data.name, data.email)
    if errors := data.errors():
        return refused(request, TEMPLATE, errors, form=form)
    try:
        sign_in = await _begin(database, data)
    except NotTheFirst:
        return page(request, "sign_in/link_gone.html", status_code=404, is_first_start=True)
    except Refused as rule:
        return refused(request, TEMPLATE, rule.by_field, form=form)
    done = "You are the first administrator. Make accounts for your colleagues here."
    return with_sign_in(see_other(request, request.app.route_reverse("accounts"), success=done), settings, sign_in)


async def _begin(database: Database, data: FirstStartForm) -> str:
    password_hash = await hashed(data.password)
    async with database.writing() as db:
        member = await make_first_administrator(
            db, partnership=data.partnership, email=data.email, name=data.name, password_hash=password_hash
        )
        return await begin_sign_in(db, member.id)


async def _is_open(request: AnyRequest, database: Database, settings: Settings, throttle: Throttle, token: str) -> bool:
    await throttle.check(FIRST_START_ADDRESS, address_of(request))
    if not hmac.compare_digest(token.encode(), first_start_token(settings.key).encode()):
        await throttle.fail(FIRST_START_ADDRESS, address_of(request))
        return False
    async with database.reading() as db:
        return not await has_accounts(db)
