"""Accounts, memberships and sign-ins: their rules and writes. Passwords are hashed in workshop.accounts.passwords."""

import re
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Account, ApiToken, Membership, Partnership, PasswordLink, Role, SignIn
from workshop.accounts.queries import account_by_email, has_accounts, partnership_by_name
from workshop.database import now
from workshop.facts import Refused
from workshop.text import normalised, token_hash

SIGN_IN_LASTS = timedelta(hours=12)
LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
# Whether it exists only a letter can tell: refused is what cannot be an address.
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class NotTheFirst(Refused):
    """There is an account already: the first start is over."""


class SignInOver(Refused):
    """The sign-in ended (in another window, or the account changed) before this could be done."""


class LastAdministrator(Refused):
    """The partnership would be left without an administrator."""


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

    ``password_hash`` is taken for a new account only: nobody sets the password of somebody who is here already. Links
    that the other partnership handed out die with the second membership: they would open a door into this one.
    """
    email = normalised(email).lower()
    if not _EMAIL.fullmatch(email) or len(email) > LONGEST_EMAIL:
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
    await _forget_links(db, account.id)
    membership = Membership(account_id=account.id, partnership_id=partnership_id, role=role)
    db.add(membership)
    await db.flush()  # a sign-in or a token may follow in the same transaction
    return membership


async def make_first_administrator(
    db: AsyncSession, *, partnership: str, email: str, name: str, password_hash: str
) -> Membership:
    """The first partnership (which may have been made by an import) and its administrator; refused once any account is.

    Raises ``NotTheFirst``.
    """
    if db.get_bind().dialect.name == "postgresql":
        # Two first starts at once would each see none. SQLite has one writer.
        await (await db.connection()).execute(text("LOCK TABLE account IN EXCLUSIVE MODE"))
    if await has_accounts(db):
        raise NotTheFirst("Somebody has set this installation up already. Sign in, or ask them for an account.")
    made = await partnership_by_name(db, normalised(partnership)) or await make_partnership(db, partnership)
    return await make_account(db, made.id, email=email, name=name, role=Role.ADMINISTRATOR, password_hash=password_hash)


async def begin_sign_in(db: AsyncSession, membership_id: UUID) -> str:
    """A new sign-in; returns the token for its cookie. Old ones whose time is over go."""
    await db.exec(delete(SignIn).where(col(SignIn.expires_at) <= now()))
    token = secrets.token_urlsafe(32)
    db.add(SignIn(token_hash=token_hash(token), membership_id=membership_id, expires_at=now() + SIGN_IN_LASTS))
    return token


async def sign_in_by_password(
    db: AsyncSession, account: Account, membership_id: UUID, *, renewed_hash: str | None = None
) -> str:
    """A new sign-in after ``account.password_hash`` was verified; raises ``SignInOver`` if it was changed meanwhile."""
    stored = await _locked_account(db, account.id)
    if stored is None or stored.password_hash is None or stored.password_hash != account.password_hash:
        raise SignInOver("The password was changed just now. Sign in with the new one.")
    if renewed_hash:
        stored.password_hash = renewed_hash
    return await begin_sign_in(db, membership_id)


async def renew_sign_in(db: AsyncSession, token: str, membership_id: UUID) -> str:
    """A new sign-in, in this membership, for that of ``token``; raises ``SignInOver``: what ended is not revived."""
    if not await end_sign_in(db, token):
        raise SignInOver("You have been signed out. Sign in again.")
    return await begin_sign_in(db, membership_id)


async def end_sign_in(db: AsyncSession, token: str) -> bool:
    """End one browser's sign-in; whether there was one."""
    ended = await db.exec(delete(SignIn).where(col(SignIn.token_hash) == token_hash(token)))
    return bool(ended.rowcount)


async def end_sign_ins(db: AsyncSession, account_id: UUID) -> None:
    """Sign an account out everywhere at once."""
    own = select(Membership.id).where(Membership.account_id == account_id)
    await db.exec(delete(SignIn).where(col(SignIn.membership_id).in_(own)))


async def change_password(db: AsyncSession, account: Account, password_hash: str, token: str) -> None:
    """Set the password whose old hash was verified, and end every other sign-in than that of ``token``.

    Unused links die too. Raises ``SignInOver`` when the sign-in ended or the password changed meanwhile.
    """
    stored = await _locked_account(db, account.id)
    own = await db.get(SignIn, token_hash(token))
    if stored is None or own is None or stored.password_hash != account.password_hash:
        raise SignInOver("You have been signed out. Sign in again.")
    stored.password_hash = password_hash
    await _forget_links(db, account.id)
    memberships = select(Membership.id).where(Membership.account_id == account.id)
    others = col(SignIn.membership_id).in_(memberships), col(SignIn.token_hash) != own.token_hash
    await db.exec(delete(SignIn).where(*others))


async def change_role(db: AsyncSession, membership: Membership, role: Role) -> None:
    """Give a member another role; raises ``LastAdministrator``."""
    if role is not Role.ADMINISTRATOR:
        await _leave_an_administrator(db, membership)
    membership.role = role
    db.add(membership)


async def remove_membership(db: AsyncSession, membership: Membership) -> None:
    """End a membership with its sign-ins and tokens; raises ``LastAdministrator``.

    The account goes with its last membership. When a logged export or step names it, its row stays, without password.
    """
    await _leave_an_administrator(db, membership)
    await db.exec(delete(SignIn).where(col(SignIn.membership_id) == membership.id))
    await db.exec(delete(ApiToken).where(col(ApiToken.membership_id) == membership.id))
    await db.exec(delete(Membership).where(col(Membership.id) == membership.id))
    if (await db.exec(select(Membership.id).where(Membership.account_id == membership.account_id))).first():
        return
    await _forget_links(db, membership.account_id)
    try:
        async with db.begin_nested():
            await db.exec(delete(Account).where(col(Account.id) == membership.account_id))
    except IntegrityError:
        # Something that must be kept names it: the keys know what, and later slices need not be listed here.
        if account := await db.get(Account, membership.account_id):
            account.password_hash = None


async def _locked_account(db: AsyncSession, account_id: UUID) -> Account | None:
    query = select(Account).where(Account.id == account_id).with_for_update()
    return (await db.exec(query.execution_options(populate_existing=True))).first()


async def _leave_an_administrator(db: AsyncSession, membership: Membership) -> None:
    query = select(Membership.id).where(
        Membership.partnership_id == membership.partnership_id, Membership.role == Role.ADMINISTRATOR
    )
    # Locked: two administrators who demote each other at once would leave none.
    administrators = (await db.exec(query.with_for_update())).all()
    if list(administrators) == [membership.id]:
        raise LastAdministrator("There must remain one administrator. Make somebody else administrator first.", "role")


async def _forget_links(db: AsyncSession, account_id: UUID) -> None:
    await db.exec(delete(PasswordLink).where(col(PasswordLink.account_id) == account_id))
