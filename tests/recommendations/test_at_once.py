"""Two coordinators at once: their steps have one order, and all of them can be undone, on both databases."""

import asyncio
import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import make_url
from sqlmodel import col, select

from tests.conftest import Installation, invite_cast
from tests.recommendations.gathered import gather
from tests.recommendations.random_steps import take_random_steps
from tests.recommendations.test_undo import snapshot, undo_all
from workshop.app import create_app
from workshop.recommendations.models import Step
from workshop.settings import Settings

pytestmark = pytest.mark.anyio
POSTGRES = os.environ.get("WORKSHOP_TEST_POSTGRES_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/test")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def here(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Installation]:
    """An installation on a database of its own."""
    if request.param == "sqlite":
        async with _running(tmp_path, "") as installation:
            yield installation
        return
    server = await _postgres()
    name = f"recommendations_{uuid4().hex}"
    await server.execute(f'CREATE DATABASE "{name}"')
    try:
        url = make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
        async with _running(tmp_path, url) as installation:
            yield installation
    finally:
        await server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        await server.close()


@asynccontextmanager
async def _running(folder: Path, url: str) -> AsyncIterator[Installation]:
    settings = Settings(data_dir=folder / "data", base_url="http://workshop.test", database_url=url)
    app = create_app(settings)
    async with app.lifespan():
        installation = Installation(app, settings)
        await invite_cast(installation)
        yield installation


async def _postgres() -> asyncpg.Connection:
    url = make_url(POSTGRES).set(drivername="postgresql", database="postgres")
    try:
        return await asyncpg.connect(url.render_as_string(hide_password=False), timeout=3)
    except (OSError, TimeoutError, asyncpg.PostgresError) as reason:
        if os.environ.get("WORKSHOP_REQUIRE_SERVICES") == "1":
            pytest.fail(f"PostgreSQL does not answer: {reason!r}")
        pytest.skip(f"PostgreSQL does not answer: {reason!r}")


async def test_steps_of_two_coordinators_have_one_order_and_can_all_be_undone(here: Installation) -> None:
    gathered = await gather(here)
    before = await snapshot(here.database, gathered.programme_id)
    await asyncio.gather(
        *(
            take_random_steps(here.database, gathered.programme_id, 20, random.Random(seed))  # noqa: S311 (chance, no secret)
            for seed in (1, 2)
        )
    )
    async with here.database.reading() as db:
        query = select(Step.number).where(Step.programme_id == gathered.programme_id).order_by(col(Step.number))
        numbers = list(await db.exec(query))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 10
    assert await undo_all(here.database, gathered.programme_id) == len(numbers)
    assert await snapshot(here.database, gathered.programme_id) == before
