"""Signing in and out, one-time links, the first start, and what is one's own: password, sign-ins, tokens."""

from litestar import Router

from workshop.pages.sign_in.account import change_password, show_account
from workshop.pages.sign_in.first_start import begin, show_first_start
from workshop.pages.sign_in.partnership import choose_partnership, show_partnerships
from workshop.pages.sign_in.password import set_password, show_password_link
from workshop.pages.sign_in.sign_in import show_sign_in, sign_in_with_password
from workshop.pages.sign_in.sign_out import sign_out
from workshop.pages.sign_in.token_revocation import ask_revocation, revoke_token
from workshop.web.guard import MemberOfCookie, guard
from workshop.web.scope import MEMBER

_own = Router(
    "/",
    route_handlers=[
        show_account,
        change_password,
        ask_revocation,
        revoke_token,
        show_partnerships,
        choose_partnership,
    ],
    guards=[guard],
    dependencies=MEMBER,
)
sign_in = Router(
    "/",
    route_handlers=[
        show_sign_in,
        sign_in_with_password,
        sign_out,
        show_password_link,
        set_password,
        show_first_start,
        begin,
        _own,
    ],
    middleware=[MemberOfCookie],
)
