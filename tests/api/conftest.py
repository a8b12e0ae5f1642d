"""Machines with bearer tokens."""

from collections.abc import Callable

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation
from workshop.accounts.models import Account, Membership
from workshop.accounts.tokens import make_api_token


@pytest.fixture
async def machine_of(
    installation: Installation, browser_of: Callable[..., httpx.AsyncClient]
) -> Callable[[str], httpx.AsyncClient]:
    """``machine_of("cleo")``: an HTTP client with a bearer token of Cleo's and no cookie."""
    tokens = {}
    async with installation.database.writing() as db:
        for membership, account in await db.exec(select(Membership, Account).join(Account)):
            tokens[account.email.partition("@")[0]] = await make_api_token(db, membership.id)

    def machine(name: str) -> httpx.AsyncClient:
        client = browser_of()
        client.headers["Authorization"] = f"Bearer {tokens[name]}"
        return client

    return machine
