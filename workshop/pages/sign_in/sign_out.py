"""Sign out: everywhere, at once."""

from litestar import post
from litestar.response import Redirect

from workshop.accounts.policy import Member
from workshop.accounts.writes import end_sign_ins
from workshop.pages.sign_in.signed_in import with_sign_in
from workshop.web.answers import AnyRequest, see_other
from workshop.web.scope import TheDatabase, TheSettings


@post("/sign-out", name="sign-out", include_in_schema=False)
async def sign_out(request: AnyRequest, database: TheDatabase, settings: TheSettings) -> Redirect:
    """End all sign-ins of the account; 303 to the form. Open boards end at their next look."""
    member: Member | None = request.user
    if member is not None:
        async with database.writing() as db:
            await end_sign_ins(db, member.account_id)
    answer = see_other(request, request.app.route_reverse("sign-in"), success="You are signed out on every device.")
    return with_sign_in(answer, settings, "")
