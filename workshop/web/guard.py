"""Who asks, and whether they may: the member of a cookie or bearer token, and the permission that a route names."""

from contextlib import suppress
from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from sqlalchemy.exc import SQLAlchemyError

from workshop.accounts.policy import Member, Permission
from workshop.accounts.queries import member_of_api_token, member_of_sign_in
from workshop.accounts.tokens import note_use, was_used_today
from workshop.database import Database
from workshop.facts import Refused
from workshop.settings import Settings
from workshop.web.cookies import cookie_name

SIGN_IN = "workshop"


class SignedOut(NotAuthorizedException):
    """Nobody is signed in, and the route needs somebody."""


class MemberOfCookie(AbstractAuthenticationMiddleware):
    """Finds the member of the sign-in cookie, or none."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        """The member and the token."""
        settings: Settings = connection.app.state.settings
        database: Database = connection.app.state.database
        token = connection.cookies.get(cookie_name(settings, SIGN_IN), "")
        member = None
        if token:
            async with database.reading() as db:
                member = await member_of_sign_in(db, token)
        return AuthenticationResult(user=member, auth=token)


class MemberOfToken(AbstractAuthenticationMiddleware):
    """Finds the member of a bearer token, or none."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        """The member and the token."""
        database: Database = connection.app.state.database
        scheme, _, token = connection.headers.get("authorization", "").partition(" ")
        member = None
        if scheme.lower() == "bearer" and token:
            token = token.strip()
            async with database.reading() as db:
                member = await member_of_api_token(db, token)
                is_first_today = member is not None and not await was_used_today(db, token)
            if is_first_today:
                await _note_use(database, token)
        return AuthenticationResult(user=member, auth=token)


async def _note_use(database: Database, token: str) -> None:
    # A note that cannot be written is no reason to refuse what only reads.
    with suppress(SQLAlchemyError, Refused):
        async with database.writing() as db:
            await note_use(db, token)


def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let nobody in without the permission that the route names in its ``opt``."""
    permission: Permission = handler.opt["permission"]
    member: Member | None = connection.scope.get("user")
    if member is None:
        raise SignedOut
    if not member.may(permission):
        raise PermissionDeniedException(detail="Your account does not allow this. Ask a coordinator or administrator.")
