"""Tokens that are shown once and kept as hashes: of password links and the JSON API; and the first start's."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, delete, func, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Account, ApiToken, Membership, PasswordLink
from workshop.accounts.queries import account_by_password_link
from workshop.accounts.writes import begin_sign_in, end_sign_ins
from workshop.database import now
from workshop.facts import NotFound, Refused
from workshop.text import token_hash

LINK_LASTS = timedelta(days=7)
RANDOM_BYTES = 32


class LinkUsedUp(NotFound):
    """A one-time link that was used, is too old, was replaced by a newer one, or never was."""


class BelongsElsewhere(Refused):
    """The account is also another partnership's: a link made here would open that one too."""


async def make_password_link(db: AsyncSession, account_id: UUID) -> str:
    """The token of a new one-time link, good for seven days; the account's older ones die."""
    await db.exec(delete(PasswordLink).where(col(PasswordLink.account_id) == account_id))
    token = secrets.token_urlsafe(RANDOM_BYTES)
    db.add(PasswordLink(token_hash=token_hash(token), account_id=account_id, expires_at=now() + LINK_LASTS))
    return token


async def make_password_link_within(db: AsyncSession, membership: Membership, account: Account) -> str:
    """The same for an administrator of one partnership; raises ``BelongsElsewhere``."""
    query = select(func.count()).select_from(Membership).where(Membership.account_id == membership.account_id)
    if (await db.exec(query)).one() > 1:
        raise BelongsElsewhere(
            f"{account.name} also belongs to another partnership, which a link made here would open. "
            f"Whoever runs this installation can make one: workshop account link {account.email}"
        )
    return await make_password_link(db, account.id)


async def use_password_link(db: AsyncSession, token: str, password_hash: str) -> tuple[UUID, str | None]:
    """Set the password of the link's account, end all its sign-ins and begin one.

    Returns the account's id and the new sign-in's token (None when it has no membership left). Raises ``LinkUsedUp``.
    """
    account = await account_by_password_link(db, token)
    # What makes it one-time: of two requests at once, one finds nothing left to mark.
    unused = col(PasswordLink.token_hash) == token_hash(token), col(PasswordLink.used_at).is_(None)
    used = await db.exec(update(PasswordLink).where(*unused).values(used_at=now()))
    if account is None or not used.rowcount:
        raise LinkUsedUp("This link has been used or is too old. Ask your administrator for a new one.")
    await end_sign_ins(db, account.id)
    account.password_hash = password_hash
    db.add(account)
    own = select(Membership).where(Membership.account_id == account.id).order_by(col(Membership.created_at))
    membership = (await db.exec(own)).first()
    return account.id, await begin_sign_in(db, membership.id) if membership else None


async def make_api_token(db: AsyncSession, membership_id: UUID) -> str:
    """A new bearer token for the JSON API, scoped like its membership."""
    token = secrets.token_urlsafe(RANDOM_BYTES)
    db.add(ApiToken(token_hash=token_hash(token), membership_id=membership_id))
    return token


async def was_used_today(db: AsyncSession, token: str) -> bool:
    """Whether a request has come with this bearer token since midnight (UTC)."""
    query = select(ApiToken.id).where(
        ApiToken.token_hash == token_hash(token), col(ApiToken.last_used_on) >= _midnight()
    )
    return (await db.exec(query)).first() is not None


async def note_use(db: AsyncSession, token: str) -> None:
    """Note that this bearer token was used just now: its owner sees which are used no more."""
    await db.exec(update(ApiToken).where(col(ApiToken.token_hash) == token_hash(token)).values(last_used_on=now()))


async def revoke_api_token(db: AsyncSession, membership_id: UUID, token_id: UUID) -> None:
    """Let a bearer token of this membership do nothing any more; raises ``NotFound``."""
    own = col(ApiToken.id) == token_id, col(ApiToken.membership_id) == membership_id
    if not (await db.exec(delete(ApiToken).where(*own))).rowcount:
        raise NotFound("There is no such token. It may have been revoked already.")


def first_start_token(key: bytes) -> str:
    """What the first start's link ends with: 192 bits that follow from the secret key, so nothing has to be stored.

    It is dead as soon as there is an account.
    """
    return base64.urlsafe_b64encode(hmac.digest(key, b"first start", hashlib.sha256)[:24]).decode()


def _midnight() -> datetime:
    return now().replace(hour=0, minute=0, second=0, microsecond=0)
