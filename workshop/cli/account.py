"""``workshop account create | link | list``."""

import sys
from dataclasses import dataclass

import click
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Account, Role
from workshop.accounts.passwords import hash_password
from workshop.accounts.queries import accounts_of_partnership, members_of_account, partnerships
from workshop.accounts.tokens import LINK_LASTS, make_password_link
from workshop.accounts.writes import make_account
from workshop.cli.running import account_of, in_database, partnership_named
from workshop.facts import Refused
from workshop.settings import Settings


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the account as it is now, and the token of its link, if it got one."""

    account: Account
    token: str | None
    is_elsewhere: bool


@click.group("account")
def account_command() -> None:
    """People who sign in: facilitators, coordinators, administrators, viewers."""


@account_command.command("create")
@click.argument("email")
@click.option("--name", default="", help="as colleagues see it; the e-mail address unless told otherwise")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.ADMINISTRATOR.value)
@click.option("--partnership", help="its name; may be left out when there is only one")
@click.option("--password-stdin", is_flag=True, help="read the password's one line instead of making a link")
def create(email: str, name: str, role: str, partnership: str | None, *, password_stdin: bool) -> None:
    """Make an account for EMAIL, and print a one-time link with which its password is set."""
    password_hash = _hash_of_stdin() if password_stdin else None

    async def work(db: AsyncSession) -> Made:
        home = await partnership_named(db, partnership)
        made = await make_account(db, home.id, email=email, name=name, role=Role(role), password_hash=password_hash)
        account = await db.get_one(Account, made.account_id)
        is_elsewhere = len(await members_of_account(db, account.id)) > 1
        token = None if account.password_hash else await make_password_link(db, account.id)
        return Made(account, token, is_elsewhere)

    made = in_database(work)
    if made.is_elsewhere and made.token is None:
        click.echo(f"{made.account.email} had an account already, and keeps its password.")
    else:
        click.echo(f"Made the account of {made.account.email}.")
    if made.token:
        _print_link(made.token)


@account_command.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Print a one-time link with which EMAIL's password is set; older links die."""

    async def work(db: AsyncSession) -> str:
        return await make_password_link(db, (await account_of(db, email)).id)

    _print_link(in_database(work))


@account_command.command("list")
def list_all() -> None:
    """Name everybody who can sign in, by partnership."""

    async def work(db: AsyncSession) -> list[str]:
        return [
            f"{home.name}: {account.email} ({membership.role.value}"
            f"{'' if account.password_hash else ', has not set a password yet'})"
            for home in await partnerships(db)
            for membership, account in await accounts_of_partnership(db, home.id)
        ]

    for line in in_database(work):
        click.echo(line)


def _hash_of_stdin() -> str:
    try:
        return hash_password(sys.stdin.readline().rstrip("\r\n"))
    except Refused as rule:
        raise click.ClickException(str(rule)) from rule


def _print_link(token: str) -> None:
    click.echo(f"One-time link, good for {LINK_LASTS.days} days: {Settings().address}/password/{token}")
