"""Who somebody of the cast is to the database."""

from tests.conftest import Installation
from workshop.accounts.models import Membership, SignIn
from workshop.text import token_hash


async def membership_of(here: Installation, name: str) -> Membership:
    """In the partnership that they are signed in to."""
    async with here.database.reading() as db:
        sign_in = await db.get_one(SignIn, token_hash(here.tokens[name]))
        return await db.get_one(Membership, sign_in.membership_id)
