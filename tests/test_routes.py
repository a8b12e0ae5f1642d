"""Every route × every role × a second partnership's ids, taken from the app itself.

Own succeeds, a role without the permission gets 403, nobody's browser is sent to the sign-in page, and what belongs to
others does not exist. A route that this file cannot fill in fails: describe its body in ``BODIES``.
"""

import asyncio
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from html import unescape
from http import HTTPStatus
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from tests.conftest import CAST, Cast, Installation, settings_in
from tests.routes import (
    BODIES,
    FOR_MEMBERS,
    JSON_BODIES,
    PATH_IDS,
    PUBLIC,
    RIGHTLY_REFUSED,
    ROUTES,
    SCOPED,
    Route,
    at,
)
from tests.rows import Rows, all_rows
from tests.stage import Stage, secrets_of
from tests.world import WORDS, World, make_world
from workshop.accounts.models import ApiToken, Role
from workshop.accounts.policy import Permission, allows
from workshop.app import create_app
from workshop.focus_groups.models import FocusGroup

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
# Where points become recommendations, and the complete file.
COORDINATORS_OWN = {
    "api.programme.file",
    "findings.show",
    "recommendations.evidence",
    "recommendations.points",
    "recommendations.show",
}


@pytest.fixture(scope="session")
def staged(peopled: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Stage]:
    """A data directory with both worlds, made once; each test that writes gets a copy."""
    data_dir = tmp_path_factory.mktemp("staged") / "data"
    shutil.copytree(peopled[0], data_dir)

    async def make() -> Stage:
        app = create_app(settings_in(data_dir))
        async with app.lifespan():
            cast = peopled[1]
            here = Installation(app, settings_in(data_dir), dict(cast.partnerships), dict(cast.tokens))
            north = await make_world(here, "Northshire", "ada@example.org", "cleo@example.org")
            south = await make_world(here, "Southshire", "eve@example.org", "dov@example.org")
            bearers, own = await secrets_of(here)
        return Stage(here, north, south, bearers, own)

    return data_dir, asyncio.run(make())


@pytest.fixture(scope="module")
async def standing(
    staged: tuple[Path, Stage], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Path, Stage]]:
    """One running application for all routes."""
    data_dir, made = staged
    settings = settings_in(tmp_path_factory.mktemp("standing") / "data")
    shutil.copytree(data_dir, settings.data_dir)
    app = create_app(settings)
    async with app.lifespan():
        here = Installation(app, settings, made.here.partnerships, made.here.tokens)
        yield data_dir, Stage(here, made.north, made.south, made.bearers, made.own)


@pytest.fixture
async def stage(standing: tuple[Path, Stage]) -> Stage:
    """The stage as it was made: what the test before it wrote is gone."""
    data_dir, made = standing
    database = made.here.database
    async with database.turn():
        with (
            closing(sqlite3.connect(data_dir / "workshop.sqlite3")) as source,
            closing(sqlite3.connect(database.path or "")) as target,
        ):
            source.backup(target)
    made.here.app.state.hub.is_closing = False
    return made


def test_every_route_names_a_permission_or_is_public() -> None:
    nameless = [route.path for route in ROUTES if not route.name]
    open_to_all = {route.name for route in ROUTES if not route.permission}
    assert (nameless, open_to_all) == ([], set(PUBLIC))


def test_every_form_is_described() -> None:
    posts = {route.name for route in FOR_MEMBERS if route.method == "POST"}
    assert posts == set(BODIES) | set(JSON_BODIES)


@pytest.mark.parametrize("route", FOR_MEMBERS, ids=lambda route: f"{route.method} {route.name}")
async def test_who_is_allowed_succeeds_with_their_own(route: Route, stage: Stage) -> None:
    roles = [name for name, role in CAST.items() if route.permission and allows(role, route.permission)]
    # What writes is asked once in each installation: the least role here, the others in the test below.
    least = min(roles, key=lambda name: list(Role).index(CAST[name]))
    for name in roles if route.method == "GET" else [least]:
        answer = await stage.ask(route, name, stage.north.ids)
        if route.name in RIGHTLY_REFUSED:
            assert answer.status_code == RIGHTLY_REFUSED[route.name][0], name
        else:
            assert answer.status_code < HTTPStatus.BAD_REQUEST, (name, answer.status_code, answer.text[-3000:])


async def test_who_is_not_allowed_is_refused_and_changes_nothing(stage: Stage) -> None:
    before = await _stored(stage)
    wrong: list[tuple[object, ...]] = []
    for route in FOR_MEMBERS:
        nobody = await stage.ask(route, None, stage.north.ids)
        if nobody.status_code != (HTTPStatus.UNAUTHORIZED if route.is_api else HTTPStatus.SEE_OTHER):
            wrong.append((route.name, "nobody", nobody.status_code))
        elif not route.is_api and not nobody.headers["location"].startswith("/sign-in"):
            wrong.append((route.name, "nobody", nobody.headers["location"]))
        for name, role in CAST.items():
            if route.permission and not allows(role, route.permission):
                answer = await stage.ask(route, name, stage.north.ids)
                if answer.status_code != HTTPStatus.FORBIDDEN:
                    wrong.append((route.name, name, answer.status_code))
    assert wrong == []
    assert await _stored(stage) == before


async def test_what_belongs_to_others_does_not_exist(stage: Stage) -> None:
    """Addy may do everything, but only in her own partnership."""
    before = await _stored(stage)
    wrong: list[tuple[object, ...]] = []
    for route in SCOPED:
        answer = await stage.ask(route, "addy", stage.south.ids)
        if answer.status_code != HTTPStatus.NOT_FOUND:
            wrong.append((route.name, answer.status_code))
    assert wrong == []
    assert await _stored(stage) == before


async def test_an_id_of_others_under_ones_own_does_not_exist(stage: Stage) -> None:
    """The programme or group of the path is Addy's own; what it is said to hold is another partnership's."""
    before = await _stored(stage)
    wrong: list[tuple[object, ...]] = []
    for route in SCOPED:
        parents = [name for name in route.parameters if name in {"programme_id", "focus_group_id"}]
        children = set(route.parameters) - set(parents) - {"kind"}
        if not parents or not children:
            continue
        named = PATH_IDS.get(route.name, {})
        foreign = {child: stage.south.ids[named.get(child, child)] for child in children}
        answer = await stage.ask(route, "addy", stage.north.ids, foreign)
        if answer.status_code != HTTPStatus.NOT_FOUND:
            wrong.append((route.name, answer.status_code))
    assert wrong == []
    assert await _stored(stage) == before


async def test_a_facilitator_sees_only_her_own_groups(stage: Stage) -> None:
    async with stage.here.database.writing() as db:
        for key in ("focus_group_id", "empty_focus_group_id", "rehearsed_focus_group_id"):
            group = await db.get(FocusGroup, UUID(stage.north.ids[key]))
            assert group is not None
            group.facilitator_email = "somebody.else@example.org"
            db.add(group)
    before = await _stored(stage)
    wrong: list[tuple[object, ...]] = []
    for route in SCOPED:
        if route.permission is Permission.RUN_FOCUS_GROUPS and "focus_group_id" in route.parameters:
            answer = await stage.ask(route, "ada", stage.north.ids)
            if answer.status_code != HTTPStatus.NOT_FOUND:
                wrong.append((route.name, answer.status_code))
    assert wrong == []
    assert await _stored(stage) == before


async def test_a_phone_sees_only_its_own_group(stage: Stage) -> None:
    """Northshire's phone at Southshire's link is a stranger; Southshire's ids under its own link do not exist."""
    north, south = stage.north, stage.south
    cookies = {f"place-{north.ids['focus_group_id'].replace('-', '')[:8]}": north.participant_token}
    before = await _stored(stage)
    wrong: list[tuple[object, ...]] = []
    for route in ROUTES:
        # Joining, where the room is, and clearing a phone are for whoever has the link.
        for_anybody = ("phone.table", "phone.standing", "phone.finish")
        if not route.path.startswith("/j/{join_token:str}/") or route.name.startswith(for_anybody):
            continue
        body = {"text": "Words", "column": "working_well", "client_id": str(uuid4()), "confirmed": "yes"}
        for ids, statuses in (
            (south.ids, {HTTPStatus.SEE_OTHER, HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT}),
            (south.ids | {"join_token": north.ids["join_token"]}, {HTTPStatus.NOT_FOUND}),
        ):
            if statuses == {HTTPStatus.NOT_FOUND} and not {"theme_id", "contribution_id"} & set(route.parameters):
                continue
            path = at(route, ids)
            async with stage.client(None, is_api=False) as phone:
                phone.cookies.update(cookies)
                answer = await phone.request(route.method, path, data=body if route.method == "POST" else None)
            if answer.status_code not in statuses:
                wrong.append((route.name, answer.status_code, statuses))
    assert wrong == []
    assert await _stored(stage) == before


async def test_an_only_attendees_words_stand_beside_their_agency_nowhere_else_and_beside_her_device_nowhere(
    stage: Stage,
) -> None:
    """Northshire's phone speaks for one, the only one of her agency: every page, for everybody who may open it."""
    device = stage.north.ids["participant_id"]
    beside_agency: set[tuple[str, str]] = set()
    beside_device: set[tuple[str, str]] = set()
    for route in FOR_MEMBERS:
        for name, role in CAST.items():
            if route.method == "GET" and route.permission and allows(role, route.permission):
                answer = await stage.ask(route, name, stage.north.ids)
                if _tells_whose_words(stage.north, answer):
                    beside_agency.add((route.name, name))
                if any(mark in answer.text for mark in (device, device.replace("-", ""))):
                    beside_device.add((route.name, name))
    assert beside_agency == {(name, coordinator) for name in COORDINATORS_OWN for coordinator in ("cleo", "addy")}
    assert beside_device == set()


def _tells_whose_words(world: World, answer: httpx.Response) -> bool:
    """Whether the page holds the phone's words, and its agency outside of what one chooses from."""
    page = re.sub(r"<select.*?</select>", "", unescape(answer.text), flags=re.DOTALL)
    return WORDS in page and world.meeting.agencies[0].name in page


async def _stored(stage: Stage) -> Rows:
    """What a refused request must leave as it was: everything, but for the day on which a token was last used."""
    rows = await all_rows(stage.here.database)
    return {name: found for name, found in rows.items() if name != ApiToken.__tablename__}
