"""Somebody with a password."""

import pytest
from sqlmodel import select

from tests.conftest import Installation
from workshop.accounts.models import Account
from workshop.accounts.passwords import hash_password

PASSWORD = "three words together"
KEPT = hash_password(PASSWORD)


@pytest.fixture
async def with_password(installation: Installation) -> Installation:
    """Everybody of the cast has the same password."""
    async with installation.database.writing() as db:
        for account in await db.exec(select(Account)):
            account.password_hash = KEPT
            db.add(account)
    return installation
