"""Signs of life: a process whose database is away is alive, and not ready."""

from collections.abc import Callable

import httpx

from tests.conftest import Installation
from workshop.database import Database

NOBODY_THERE = "postgresql+asyncpg://postgres@127.0.0.1:1/away"


async def test_it_is_not_ready_while_the_database_is_away(
    installation: Installation, browser_of: Callable[..., httpx.AsyncClient]
) -> None:
    balancer, there = browser_of(), installation.database

    async def states() -> dict[str, int]:
        return {name: (await balancer.get(f"/health/{name}")).status_code for name in ("live", "ready")}

    assert await states() == {"live": 200, "ready": 200}
    installation.app.state.database = Database(NOBODY_THERE)
    assert await states() == {"live": 200, "ready": 503}
    installation.app.state.database = there
    assert await states() == {"live": 200, "ready": 200}
