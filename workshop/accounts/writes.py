"""Accounts, memberships and sign-ins: their rules and writes. Passwords are hashed in workshop.accounts.passwords."""

import secrets
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Account, Membership, Partnership, Role, SignIn
from workshop.accounts.queries import account_by_email, partnership_by_name
from workshop.database import now
from workshop.facts import Refused
from workshop.text import normalised, token_hash

SIGN_IN_LASTS = timedelta(hours=12)


async def make_partnership(db: AsyncSession, name: str) -> Partnership:
    """A new partnership; refused when the name is taken or empty."""
    name = normalised(name)
    if not name:
        message = "Give the partnership a name"
        raise Refused(message, "name")
    if await partnership_by_name(db, name):
        message = f"There is a partnership called “{name}” already"
        raise Refused(message, "name")
    partnership = Partnership(name=name)
    db.add(partnership)
    await db.flush()  # its id is a foreign key of what follows
    return partnership


async def make_account(
    db: AsyncSession, partnership_id: UUID, *, email: str, name: str, role: Role, password_hash: str | None = None
) -> Membership:
    """An account with a role in a partnership; an account of another partnership gets a second membership.

    ``password_hash`` is taken for a new account only: nobody sets the password of somebody who is here already.
    """
    email = normalised(email).lower()
    if "@" not in email:
        message = "Enter an e-mail address in the right form, like name@example.org"
        raise Refused(message, "email")
    account = await account_by_email(db, email)
    if account is None:
        account = Account(email=email, name=normalised(name) or email, password_hash=password_hash)
        db.add(account)
        await db.flush()  # its id is the membership's foreign key
    taken = select(Membership).where(Membership.account_id == account.id, Membership.partnership_id == partnership_id)
    if (await db.exec(taken)).first():
        message = f"{email} has an account here already"
        raise Refused(message, "email")
    membership = Membership(account_id=account.id, partnership_id=partnership_id, role=role)
    db.add(membership)
    await db.flush()  # a sign-in or a token may follow in the same transaction
    return membership


async def begin_sign_in(db: AsyncSession, membership_id: UUID) -> str:
    """A new sign-in; returns the token for its cookie. Old ones whose time is over go."""
    await db.exec(delete(SignIn).where(col(SignIn.expires_at) <= now()))
    token = secrets.token_urlsafe(32)
    db.add(SignIn(token_hash=token_hash(token), membership_id=membership_id, expires_at=now() + SIGN_IN_LASTS))
    return token


async def end_sign_ins(db: AsyncSession, account_id: UUID) -> None:
    """Sign an account out everywhere at once."""
    own = select(Membership.id).where(Membership.account_id == account_id)
    await db.exec(delete(SignIn).where(col(SignIn.membership_id).in_(own)))
