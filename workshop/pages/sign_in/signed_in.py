"""The browser that has just signed in: its cookie, and where it goes."""

from urllib.parse import urlencode
from uuid import UUID

from litestar.response import Redirect

from workshop.accounts.queries import members_of_account
from workshop.database import Database
from workshop.settings import Settings
from workshop.web.answers import AnyRequest, see_other
from workshop.web.cookies import new_cookie
from workshop.web.guard import SIGN_IN


def with_sign_in(answer: Redirect, settings: Settings, token: str) -> Redirect:
    """The answer with the sign-in's cookie, which the browser forgets when it is closed; no token takes it away."""
    answer.set_cookie(new_cookie(settings, SIGN_IN, token, seconds=None if token else 0))
    return answer


async def go_on(
    request: AnyRequest, database: Database, account_id: UUID, following: str = "", *, success: str = ""
) -> Redirect:
    """303 to where somebody was going, or to the choice of partnership when they have several."""
    async with database.reading() as db:
        members = await members_of_account(db, account_id)
    if len(members) > 1:
        path = request.app.route_reverse("sign-in.partnership")
        return see_other(request, f"{path}?{urlencode({'next': following})}" if following else path, success=success)
    return see_other(request, following or request.app.route_reverse("programmes"), success=success)
