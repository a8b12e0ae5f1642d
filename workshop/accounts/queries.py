"""Who somebody is, from the secret that they show."""

from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Account, ApiToken, Membership, Partnership, PasswordLink, SignIn
from workshop.accounts.policy import Member
from workshop.database import now
from workshop.text import token_hash

_MEMBERS = (
    select(Membership, Account, Partnership)
    .join(Account, col(Account.id) == col(Membership.account_id))
    .join(Partnership, col(Partnership.id) == col(Membership.partnership_id))
)
_ACCOUNTS = select(Membership, Account).join(Account, col(Account.id) == col(Membership.account_id))


async def member_of_sign_in(db: AsyncSession, token: str) -> Member | None:
    """The member whose browser holds ``token``, or None when it is signed out or its time is over."""
    query = _MEMBERS.join(SignIn, col(SignIn.membership_id) == col(Membership.id)).where(
        SignIn.token_hash == token_hash(token), SignIn.expires_at > now()
    )
    return _member((await db.exec(query)).first())


async def member_of_api_token(db: AsyncSession, token: str) -> Member | None:
    """The member who made the bearer token, or None."""
    query = _MEMBERS.join(ApiToken, col(ApiToken.membership_id) == col(Membership.id)).where(
        ApiToken.token_hash == token_hash(token)
    )
    return _member((await db.exec(query)).first())


async def members_of_account(db: AsyncSession, account_id: UUID) -> list[Member]:
    """Every membership of an account, by partnership."""
    query = _MEMBERS.where(Membership.account_id == account_id).order_by(Partnership.name)
    return [member for row in await db.exec(query) if (member := _member(row))]


async def has_accounts(db: AsyncSession) -> bool:
    """Whether anybody can sign in at all."""
    return (await db.exec(select(Account.id).limit(1))).first() is not None


async def accounts_of_partnership(db: AsyncSession, partnership_id: UUID) -> list[tuple[Membership, Account]]:
    """Every membership of a partnership with its account, by name."""
    query = _ACCOUNTS.where(Membership.partnership_id == partnership_id).order_by(
        func.lower(Account.name), col(Account.email)
    )
    return [(membership, account) for membership, account in await db.exec(query)]


async def account_of_membership(
    db: AsyncSession, partnership_id: UUID, membership_id: UUID
) -> tuple[Membership, Account] | None:
    """A membership of this partnership with its account, or None."""
    query = _ACCOUNTS.where(Membership.partnership_id == partnership_id, Membership.id == membership_id)
    return (await db.exec(query)).first()


async def account_by_password_link(db: AsyncSession, token: str) -> Account | None:
    """The account whose password may be set with this link, unless it was used or is too old."""
    query = (
        select(Account)
        .join(PasswordLink, col(PasswordLink.account_id) == col(Account.id))
        .where(
            PasswordLink.token_hash == token_hash(token),
            col(PasswordLink.used_at).is_(None),
            PasswordLink.expires_at > now(),
        )
    )
    return (await db.exec(query)).first()


async def api_tokens_of(db: AsyncSession, membership_id: UUID) -> list[ApiToken]:
    """A membership's bearer tokens, oldest first."""
    query = select(ApiToken).where(ApiToken.membership_id == membership_id).order_by(col(ApiToken.created_at))
    return list(await db.exec(query))


async def account_by_email(db: AsyncSession, email: str) -> Account | None:
    """The account with this e-mail address, whatever its spelling in capitals."""
    return (await db.exec(select(Account).where(Account.email == email.strip().lower()))).first()


async def partnership_by_name(db: AsyncSession, name: str) -> Partnership | None:
    """The partnership of exactly this name."""
    return (await db.exec(select(Partnership).where(Partnership.name == name))).first()


async def partnerships(db: AsyncSession) -> list[Partnership]:
    """Every partnership of this installation, by name; for the command line alone."""
    return list(await db.exec(select(Partnership).order_by(Partnership.name)))


def _member(row: tuple[Membership, Account, Partnership] | None) -> Member | None:
    if row is None:
        return None
    membership, account, partnership = row
    return Member(
        account_id=account.id,
        membership_id=membership.id,
        partnership_id=partnership.id,
        partnership=partnership.name,
        role=membership.role,
        email=account.email,
        name=account.name,
    )
