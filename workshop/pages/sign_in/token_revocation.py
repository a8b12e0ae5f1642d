"""Take a bearer token of one's own back."""

from uuid import UUID

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.accounts.queries import api_tokens_of
from workshop.accounts.tokens import revoke_api_token
from workshop.web.answers import AnyRequest, page, see_other
from workshop.web.scope import TheDatabase, TheMember

PATH = "/account/tokens/{token_id:uuid}/revocation"
OWN = {"permission": Permission.READ_RESULTS}


@get(PATH, name="account.token.revocation", opt=OWN, include_in_schema=False)
async def ask_revocation(
    request: AnyRequest, member: TheMember, database: TheDatabase, token_id: FromPath[UUID]
) -> Template:
    """The question before it."""
    async with database.reading() as db:
        tokens = await api_tokens_of(db, member.membership_id)
    token = next((each for each in tokens if each.id == token_id), None)
    if token is None:
        raise NotFoundException
    return page(request, "sign_in/token_revocation.html", token=token)


@post(PATH, name="account.token.revocation.create", opt=OWN, include_in_schema=False)
async def revoke_token(
    request: AnyRequest, member: TheMember, database: TheDatabase, token_id: FromPath[UUID]
) -> Redirect:
    """303 to the account; programs that use the token are refused from now on."""
    async with database.writing() as db:
        await revoke_api_token(db, member.membership_id, token_id)
    return see_other(request, request.app.route_reverse("account"), success="The token is revoked.")
