"""Who somebody is, from the secret that they show."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Account, ApiToken, Membership, Partnership, SignIn
from workshop.accounts.policy import Member
from workshop.database import now
from workshop.text import token_hash

_MEMBERS = (
    select(Membership, Account, Partnership)
    .join(Account, col(Account.id) == col(Membership.account_id))
    .join(Partnership, col(Partnership.id) == col(Membership.partnership_id))
)


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
