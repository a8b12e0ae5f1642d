"""Administrators: who has an account in the partnership, and what each may do."""

from litestar import Router
from litestar.di import Provide

from workshop.pages.admin.accounts import create_account, show_accounts, show_new_account
from workshop.pages.admin.colleague import provide_colleague
from workshop.pages.admin.password_link import make_link
from workshop.pages.admin.removal import ask_removal, remove_account
from workshop.pages.admin.role import change_role, show_role

admin = Router(
    "/accounts",
    route_handlers=[
        show_accounts,
        show_new_account,
        create_account,
        show_role,
        change_role,
        make_link,
        ask_removal,
        remove_account,
    ],
    dependencies={"colleague": Provide(provide_colleague)},
)
