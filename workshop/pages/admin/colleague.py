"""The membership that a path names, if it is the administrator's own partnership's."""

from dataclasses import dataclass
from uuid import UUID

from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Account, Membership
from workshop.accounts.policy import Permission
from workshop.accounts.queries import account_of_membership
from workshop.web.scope import TheDatabase, TheMember

ADMINISTRATORS = {"permission": Permission.MANAGE_ACCOUNTS}


@dataclass(frozen=True, slots=True)
class Colleague:
    """A membership and its account."""

    membership: Membership
    account: Account


TheColleague = NamedDependency[Colleague]


async def provide_colleague(member: TheMember, database: TheDatabase, membership_id: FromPath[UUID]) -> Colleague:
    """The colleague of the path; 404 for another partnership's."""
    async with database.reading() as db:
        return await colleague_of(db, member.partnership_id, membership_id)


async def colleague_of(db: AsyncSession, partnership_id: UUID, membership_id: UUID) -> Colleague:
    """The same inside a transaction of the caller's."""
    found = await account_of_membership(db, partnership_id, membership_id)
    if found is None:
        raise NotFoundException
    return Colleague(*found)
