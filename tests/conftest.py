"""An installation of its own for each test, and the cast.

Ada facilitates, Ben participates (he has no account), Cleo coordinates, Addy administers, Vi views; Dov coordinates
another partnership and must see nothing.
"""

import asyncio
import datetime as dt
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from uuid import UUID, uuid4

import asyncpg
import httpx
import hypothesis
import pytest
from litestar import Litestar
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy import make_url

from workshop.accounts.models import Role
from workshop.accounts.writes import begin_sign_in, make_account, make_partnership
from workshop.app import create_app
from workshop.database import Database
from workshop.focus_groups.making import make_focus_group
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.writes import open_focus_group
from workshop.migrations import migrate
from workshop.programmes.frameworks import SUGGESTED_AGENCIES, SUGGESTED_THEMES
from workshop.programmes.models import Agency, Programme, Theme
from workshop.programmes.queries import agencies_of, themes_of
from workshop.programmes.writes import make_programme
from workshop.settings import Settings

# No test measures time: a busy machine is no finding.
hypothesis.settings.register_profile("workshop", deadline=None)
hypothesis.settings.load_profile("workshop")
CAST = {
    "ada": Role.FACILITATOR,
    "cleo": Role.COORDINATOR,
    "addy": Role.ADMINISTRATOR,
    "vi": Role.VIEWER,
}


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asyncio, as uvicorn runs it."""
    return "asyncio"


POSTGRES = os.environ.get("WORKSHOP_TEST_POSTGRES_URL") or "postgresql+asyncpg://postgres@127.0.0.1:5432/test"


REDIS = os.environ.get("WORKSHOP_TEST_REDIS_URL") or "redis://127.0.0.1:6379"


def missing(service: str) -> NoReturn:
    """Skip, or fail where services are required."""
    if os.environ.get("WORKSHOP_REQUIRE_SERVICES") == "1":
        pytest.fail(f"{service} is required and does not answer")
    pytest.skip(f"{service} does not answer")


@pytest.fixture
async def postgres_url() -> AsyncIterator[str]:
    """A PostgreSQL database of the test's own, dropped afterwards."""
    url = make_url(POSTGRES)
    place = {"host": url.host, "port": url.port or 5432, "user": url.username, "password": url.password}
    try:
        server = await asyncpg.connect(**place, database="postgres", timeout=5)
    except (OSError, asyncpg.PostgresError, TimeoutError):
        missing(f"PostgreSQL at {url.host}:{url.port}")
    name = f"workshop_{uuid4().hex}"
    try:
        await server.execute(f'CREATE DATABASE "{name}"')
        yield url.set(database=name).render_as_string(hide_password=False)
        await server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        await server.close()


@pytest.fixture
async def redis() -> AsyncIterator[Redis]:
    """The machine's Redis, which other tests use as well."""
    async with Redis.from_url(REDIS, socket_connect_timeout=5) as client:
        try:
            await client.ping()
        except (RedisError, OSError):
            missing(f"Redis at {REDIS}")
        yield client


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Both kinds of database in turn; nothing for SQLite in the data directory."""
    return str(request.getfixturevalue("postgres_url")) if request.param == "postgresql" else ""


@pytest.fixture
async def database(database_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty, migrated database of each kind in turn."""
    made = Database(database_url or f"sqlite+aiosqlite:///{tmp_path / 'workshop.sqlite3'}")
    await migrate(made)
    yield made
    await made.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Plain http on a name of its own, SQLite in a folder of its own."""
    return settings_in(tmp_path / "data")


def settings_in(data_dir: Path) -> Settings:
    """The settings of a test's installation in ``data_dir``."""
    return Settings(data_dir=data_dir, base_url="http://workshop.test")


@dataclass
class Cast:
    """Two partnerships' ids by name, and everybody's sign-in tokens."""

    partnerships: dict[str, UUID] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)


@dataclass
class Installation:
    """A running application with two partnerships and the cast in them."""

    app: Litestar
    settings: Settings
    partnerships: dict[str, UUID] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """The installation's database."""
        return self.app.state.database  # type: ignore[no-any-return]  # State is untyped


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cast]:
    """A data directory with the cast in it, made once: each test's installation is a copy, not nine migrations."""
    data_dir = tmp_path_factory.mktemp("peopled") / "data"

    async def people() -> Cast:
        app = create_app(settings_in(data_dir))
        async with app.lifespan():
            here = Installation(app, settings_in(data_dir))
            await invite_cast(here)
        return Cast(here.partnerships, here.tokens)

    return data_dir, asyncio.run(people())


@pytest.fixture
async def installation(settings: Settings, peopled: tuple[Path, Cast]) -> AsyncIterator[Installation]:
    """The application, running in this process, with the cast signed in."""
    data_dir, cast = peopled
    shutil.copytree(data_dir, settings.data_dir)
    app = create_app(settings)
    async with app.lifespan():
        yield Installation(app, settings, dict(cast.partnerships), dict(cast.tokens))


@pytest.fixture
async def installation_on_either(tmp_path: Path, database_url: str) -> AsyncIterator[Installation]:
    """The same, on SQLite and on PostgreSQL in turn."""
    settings = Settings(data_dir=tmp_path / "data", base_url="http://workshop.test", database_url=database_url)
    app = create_app(settings)
    async with app.lifespan():
        here = Installation(app, settings)
        await invite_cast(here)
        yield here


async def invite_cast(here: Installation) -> None:
    """Make both partnerships and everybody's accounts, and sign them in."""
    async with here.database.writing() as db:
        for partnership, people in (("Northshire", CAST), ("Southshire", {"dov": Role.COORDINATOR})):
            made = await make_partnership(db, f"{partnership} Safeguarding Children Partnership")
            here.partnerships[partnership] = made.id
            for name, role in people.items():
                member = await make_account(db, made.id, email=f"{name}@example.org", name=name.title(), role=role)
                here.tokens[name] = await begin_sign_in(db, member.id)


@pytest.fixture
async def browser_of(installation: Installation) -> AsyncIterator[Callable[..., httpx.AsyncClient]]:
    """``browser_of("ada")``: an HTTP client with Ada's cookie; ``browser_of()``: nobody's, say Ben's phone."""
    async with AsyncExitStack() as stack:
        clients: list[httpx.AsyncClient] = []

        def client(name: str | None = None) -> httpx.AsyncClient:
            cookies = {"workshop": installation.tokens[name]} if name else {}
            transport = httpx.ASGITransport(app=installation.app)  # type: ignore[arg-type]  # litestar's own ASGI types
            made = httpx.AsyncClient(transport=transport, base_url="http://workshop.test", cookies=cookies)
            clients.append(made)
            return made

        yield client
        for opened in clients:
            stack.push_async_callback(opened.aclose)


@dataclass
class Meeting:
    """A programme of Northshire with an open focus group that Ada facilitates."""

    programme: Programme
    themes: list[Theme]
    agencies: list[Agency]
    focus_group: FocusGroup


@pytest.fixture
async def meeting(installation: Installation) -> Meeting:
    """An open focus group under a programme with the suggested themes and agencies."""
    return await make_meeting(installation, "Northshire", "Core groups 2026", facilitator="ada@example.org")


async def make_meeting(here: Installation, partnership: str, title: str, facilitator: str = "") -> Meeting:
    """A programme with an open focus group in ``partnership``."""
    async with here.database.writing() as db:
        programme = await make_programme(
            db,
            Programme(
                partnership_id=here.partnerships[partnership],
                title=title,
                purpose="What helps core groups work, and what gets in their way.",
                controller=f"{partnership} Council",
                privacy_notice_url="https://example.org/privacy",
                safeguarding_contacts="Children's front door: 01632 960 100",
            ),
            themes=SUGGESTED_THEMES,
            agencies=SUGGESTED_AGENCIES,
        )
        group = FocusGroup(
            programme_id=programme.id,
            label="North East",
            date=dt.date(2026, 11, 20),
            facilitator_email=facilitator,
        )
        focus_group = await make_focus_group(db, group)
        await open_focus_group(db, focus_group)
        themes, agencies = await themes_of(db, programme.id), await agencies_of(db, programme.id)
    async with here.database.reading() as db:
        stored = await db.get(FocusGroup, focus_group.id)
    assert stored is not None
    return Meeting(programme, themes, agencies, stored)
