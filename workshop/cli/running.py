"""How a command gets at the data, and how a rule's refusal reaches whoever typed it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Account, Membership, Partnership
from workshop.accounts.queries import account_by_email, members_of_account, partnership_by_name, partnerships
from workshop.database import Database
from workshop.facts import NotFound, Refused
from workshop.migrations import migrate
from workshop.settings import Settings

Outcome = TypeVar("Outcome")


def in_database(work: Callable[[AsyncSession], Awaitable[Outcome]], settings: Settings | None = None) -> Outcome:
    """Do ``work`` in one transaction on the migrated database; a refusal becomes the command's error."""

    async def run() -> Outcome:
        database = Database((settings or Settings()).database)
        try:
            await migrate(database)
            async with database.writing() as db:
                return await work(db)
        finally:
            await database.close()

    try:
        return asyncio.run(run())
    except Refused as rule:
        raise click.ClickException(str(rule)) from rule


@contextmanager
def said_when_unwritable(file: Path) -> Iterator[None]:
    """A file that cannot be written becomes the command's error, in the system's words."""
    try:
        yield
    except OSError as problem:
        raise click.ClickException(f"{file} cannot be written: {problem.strerror}.") from problem


async def partnership_named(db: AsyncSession, name: str | None) -> Partnership:
    """The partnership of that name, or the only one; raises ``Refused`` when it is unclear which."""
    known = await partnerships(db)
    if name is None and len(known) == 1:
        return known[0]
    found = await partnership_by_name(db, name) if name else None
    if found is None:
        names = ", ".join(f"“{each.name}”" for each in known) or "none yet; workshop partnership create NAME makes one"
        raise Refused(f"Say which partnership, by --partnership. There is: {names}")
    return found


async def account_of(db: AsyncSession, email: str) -> Account:
    """The account of that e-mail address."""
    account = await account_by_email(db, email)
    if account is None:
        raise NotFound(f"Nobody has an account with {email}")
    return account


async def membership_of(db: AsyncSession, email: str, partnership: str | None) -> Membership:
    """Somebody's membership in the partnership of that name, or their only one."""
    members = await members_of_account(db, (await account_of(db, email)).id)
    fitting = [member for member in members if partnership in {None, member.partnership}]
    if len(fitting) != 1:
        names = ", ".join(f"“{member.partnership}”" for member in members) or "no partnership any more"
        raise Refused(f"Say which partnership, by --partnership. {email} belongs to: {names}")
    return await db.get_one(Membership, fitting[0].membership_id)
