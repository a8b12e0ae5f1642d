"""What all changes to headings and recommendations at the desk share: one transaction, one step, one way to refuse."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar.status_codes import HTTP_200_OK, HTTP_409_CONFLICT, HTTP_422_UNPROCESSABLE_ENTITY
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.policy import Member
from workshop.database import Database
from workshop.facts import Refused
from workshop.findings.writes import ChangedMeanwhile
from workshop.programmes.models import Programme
from workshop.recommendations.undo import recorded


@asynccontextmanager
async def step(database: Database, programme: Programme, member: Member, verb: str) -> AsyncIterator[AsyncSession]:
    """A transaction whose changes are one step called ``verb`` (“merged two recommendations”), which can be undone."""
    async with database.writing() as db, recorded(db, programme.id, verb, member.account_id):
        yield db


def stored_instead(refusal: Refused | None) -> str | None:
    """The words that somebody else has stored meanwhile, where that is why; None elsewhere."""
    return refusal.stored if isinstance(refusal, ChangedMeanwhile) else None


def status_after(refusal: Refused | None) -> int:
    """The page's status: 409 when somebody else was first, 422 for what is to be put right, else 200."""
    if refusal is None:
        return HTTP_200_OK
    return HTTP_409_CONFLICT if isinstance(refusal, ChangedMeanwhile) else HTTP_422_UNPROCESSABLE_ENTITY
