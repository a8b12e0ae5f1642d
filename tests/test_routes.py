"""Every route × every role × a second partnership's ids, taken from the app itself.

Own succeeds, a role without the permission gets 403, nobody's browser is sent to the sign-in page, and what belongs to
others does not exist. A route that this file cannot fill in fails: describe its body in ``BODIES``.
"""

import asyncio
import re
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from litestar.handlers import HTTPRouteHandler
from sqlmodel import col, select

from tests.conftest import CAST, Cast, Installation, settings_in
from tests.world import World, make_world
from workshop.accounts.models import Account, ApiToken, Membership, Role
from workshop.accounts.policy import Permission, allows
from workshop.accounts.tokens import make_api_token
from workshop.app import create_app
from workshop.contributions.models import Contribution
from workshop.web.cookies import cookie_name

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

PUBLIC = {
    "home": "the front door",
    "home.join": "a code is typed in",
    "health.live": "for whoever watches",
    "health.ready": "for whoever watches",
    "assets.serve": "static files",
    "sign-in": "before signing in",
    "sign-in.create": "before signing in",
    "sign-out": "does nothing for a stranger",
    "password": "the link is the secret",
    "password.create": "the link is the secret",
    "first-start": "dead as soon as there is an account",
    "first-start.create": "dead as soon as there is an account",
    # A phone has no account: its link and its cookie say what it may see (tests/pages/phone).
    "phone.join": "the link is the secret",
    "phone.join.create": "the link is the secret",
    "phone.table": "the link is the secret",
    "phone.table.create": "the link is the secret",
    "phone.themes": "the device's cookie",
    "phone.theme": "the device's cookie",
    "phone.finish": "the device's cookie",
    "phone.finish.create": "the device's cookie",
    "contributions.create": "the device's cookie",
    "contributions.edit": "the device's cookie",
    "contributions.update": "the device's cookie",
    "contributions.removal": "the device's cookie",
    "contributions.removal.create": "the device's cookie",
}
# What an id of the path is called in the world, where it is not the parameter's own name.
PATH_IDS = {
    "focus-group.removal": {"focus_group_id": "empty_focus_group_id"},
    "focus-group.remove": {"focus_group_id": "empty_focus_group_id"},
    "programme.theme.removal": {"theme_id": "empty_theme_id"},
    "programme.theme.remove": {"theme_id": "empty_theme_id"},
    "programme.agency.removal": {"agency_id": "unused_agency_id"},
    "programme.agency.remove": {"agency_id": "unused_agency_id"},
    "room.edit": {"contribution_id": "room_contribution_id"},
    "room.update": {"contribution_id": "room_contribution_id"},
    "room.deletion": {"contribution_id": "room_contribution_id"},
    "room.delete": {"contribution_id": "room_contribution_id"},
    "points.showing": {"contribution_id": "hidden_contribution_id"},
    "import.mapping": {"import_id": "unmapped_import_id"},
    "import.map": {"import_id": "unmapped_import_id"},
    "recommendations.bring-back": {"recommendation_id": "omitted_recommendation_id"},
    "exports.file": {"kind": "kind"},
}
# Route name → the form that it takes, with {ids} of the world.
BODIES: dict[str, dict[str, Any]] = {
    "account.password": {"old_password": "the words of yesterday", "password": "the words of tomorrow"},
    "account.token.revocation.create": {},
    "accounts.create": {"email": "new@example.org", "name": "New", "role": "viewer"},
    "accounts.link": {},
    "accounts.removal.create": {},
    "accounts.role.create": {"role": "facilitator"},
    "closure.create": {},
    "findings.add": {
        "target": "finding:{finding_id}",
        "theme": "{theme_id}",
        "column": "needs_to_happen",
        "points": "{loose_contribution_id}",
    },
    "findings.create": {
        "heading": "A heading",
        "theme": "{theme_id}",
        "column": "needs_to_happen",
        "points": "{loose_contribution_id}",
    },
    "findings.delete": {},
    "findings.split": {"split_heading": "Another heading", "points": "{contribution_id}"},
    "findings.take-out": {"points": "{contribution_id}"},
    "findings.word": {"heading": "Better words", "based_on": "First"},
    "focus-group.attendance.change": {"people": "3"},
    "focus-group.details.change": {
        "date_day": "1",
        "date_month": "12",
        "date_year": "2026",
        "date-day": "1",
        "date-month": "12",
        "date-year": "2026",
        "mode": "virtual",
    },
    "focus-group.remove": {},
    "focus-groups.create": {
        "date_day": "1",
        "date_month": "12",
        "date_year": "2026",
        "date-day": "1",
        "date-month": "12",
        "date-year": "2026",
        "mode": "virtual",
    },
    "import.cancel": {},
    "import.create": {},
    "import.map": {"uses": "{theme_id}:needs_to_happen"},
    "import.mend": {},
    "import.upload": {},
    "opening": {},
    "point-purge.create": {"confirmed": "yes"},
    "points.hiding": {},
    "points.showing": {},
    "programme.agencies.create": {"name": "Fire and rescue"},
    "programme.agency.change": {"name": "Social care"},
    "programme.agency.remove": {},
    "programme.columns.change": {
        "framework": "own",
        "working_well": "What works?",
        "worried_about": "What worries you?",
        "needs_to_happen": "What next?",
    },
    "programme.delete": {"title": "{title}"},
    "programme.details.change": {"title": "Another title", "purpose": "To learn.", "group_word": "workshop"},
    "programme.privacy.change": {
        "controller": "The council",
        "privacy_notice_url": "https://example.org/privacy",
        "safeguarding_contacts": "01632 960 100",
        "retention_days": "60",
        "minimum_count": "6",
    },
    "programme.theme.change": {"name": "Another name"},
    "programme.theme.position": {"move": "down"},
    "programme.theme.remove": {},
    "programme.themes.create": {"name": "One more theme"},
    "programmes.create": {
        "title": "A new programme",
        "group_word": "workshop",
        "framework": "signs_of_safety",
        "themes": "One",
        "agencies": "Police",
    },
    "purge.create": {"confirmed": "yes"},
    "recommendations.bring-back": {},
    "recommendations.delete": {},
    "recommendations.create": {
        "text": "Do something",
        "heading": "Something",
        "theme": "{theme_id}",
        "column": "needs_to_happen",
        "points": "{loose_contribution_id}",
    },
    "recommendations.layout": {"flat": "yes"},
    "recommendations.leave-out": {"reason": "It is done"},
    "recommendations.merge": {
        "other": "{other_recommendation_id}",
        "text": "Both",
        "based_on": "Do it",
        "other_based_on": "Do that too",
    },
    "recommendations.move": {"move": "down"},
    "recommendations.redo": {},
    "recommendations.split": {"split_text": "The other half", "findings": "{finding_id}"},
    "recommendations.theme": {"theme": ""},
    "recommendations.undo": {"step": "1"},
    "recommendations.word": {"text": "Do it soon", "based_on": "Do it"},
    "room.create": {
        "theme": "{theme_id}",
        "column": "working_well",
        "text": "From a paper note.",
        "client_id": "{new_id}",
    },
    "room.delete": {},
    "room.update": {"text": "Written better."},
    "sign-in.partnership.create": {"membership": "{own_membership_id}"},
}
JSON_BODIES: dict[str, dict[str, Any]] = {
    "api.contributions.create": {
        "client_id": "{new_id}",
        "theme_id": "{theme_id}",
        "column": "worried_about",
        "text": "Sent by a script.",
    },
    "api.programmes.create": {
        "format": "workshop-programme/1",
        "title": "From a file",
        "purpose": "",
        "minimum_count": 5,
        "columns": [
            {"kind": "working_well", "question": "Well?"},
            {"kind": "worried_about", "question": "Worried?"},
            {"kind": "needs_to_happen", "question": "Next?"},
        ],
        "themes": [],
        "agencies": [],
        "focus_groups": [],
        "findings": [],
        "recommendations": [],
    },
}
FILES = {"import.upload": {"file": ("points.csv", b"theme,column,agency,text\r\n,,,Words\r\n", "text/csv")}}
QUERIES = {"recommendations.merger": {"other": "{other_recommendation_id}"}}
# Conflicts that are the right answer to a valid request, with the reason.
RIGHTLY_REFUSED = {
    "findings.delete": (HTTPStatus.CONFLICT, "points stand under it"),
    "recommendations.delete": (HTTPStatus.CONFLICT, "points stand behind it"),
    "account.password": (HTTPStatus.UNPROCESSABLE_ENTITY, "the cast has no passwords"),
}


@dataclass(frozen=True)
class Route:
    """One way to ask: a route's name, method and pattern, and who may."""

    name: str
    method: str
    path: str
    permission: Permission | None

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+):\w+}", self.path)

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")


def routes_of_app() -> list[Route]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(settings_in(Path(folder)))
    return sorted(
        (
            Route(handler.name or "", method, route.path, handler.opt.get("permission"))
            for route in app.routes
            for handler in getattr(route, "route_handlers", [])
            if isinstance(handler, HTTPRouteHandler) and not _is_litestars_own(handler, route.path)
            for method in handler.http_methods
            if method != "OPTIONS"
        ),
        key=lambda route: (route.path, route.method),
    )


def _is_litestars_own(handler: HTTPRouteHandler, path: str) -> bool:
    """The OpenAPI document, public on purpose, and what Litestar puts beside it."""
    return path in {"/api", "/api/openapi.json", "/api/{path:str}"} and "GET" in handler.http_methods


ROUTES = routes_of_app()
FOR_MEMBERS = [route for route in ROUTES if route.permission]
SCOPED = [route for route in FOR_MEMBERS if set(route.parameters) - {"kind", "token_id"}]


@dataclass
class Stage:
    """An installation with a world in each partnership."""

    here: Installation
    north: World
    south: World
    bearers: dict[str, str] = field(default_factory=dict)
    own: dict[str, dict[str, str]] = field(default_factory=dict)

    def client(self, name: str | None, *, is_api: bool) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self.here.app)  # type: ignore[arg-type]  # litestar's own ASGI types
        made = httpx.AsyncClient(transport=transport, base_url="http://workshop.test")
        if name and is_api:
            made.headers["Authorization"] = f"Bearer {self.bearers[name]}"
        elif name:
            made.cookies.set(cookie_name(self.here.settings, "workshop"), self.here.tokens[name])
        return made

    async def ask(
        self, route: Route, name: str | None, ids: dict[str, str], path_ids: dict[str, str] | None = None
    ) -> httpx.Response:
        """The route's answer to ``name``, with a valid body; ``path_ids`` override what the path is filled with."""
        own = self.own.get(name or "", {"token_id": str(uuid4()), "own_membership_id": str(uuid4())})
        known = ids | own | {"kind": "csv", "new_id": str(uuid4())}
        named = PATH_IDS.get(route.name, {})
        where = {parameter: known[named.get(parameter, parameter)] for parameter in route.parameters}
        path = _at(route, where | (path_ids or {}))
        body: dict[str, Any] = {}
        if route.name in FILES:
            body["files"] = FILES[route.name]
        elif route.method == "POST" and route.is_api:
            body["json"] = _filled(JSON_BODIES[route.name], known)
        elif route.method == "POST":
            body["data"] = _filled(BODIES[route.name], known)
        if route.name == "board.stream":
            self.here.app.state.hub.is_closing = True  # a stream that has an end
        async with self.client(name, is_api=route.is_api) as client:
            query = _filled(QUERIES.get(route.name, {}), known)
            return await client.request(route.method, path, params=query, **body)


def _at(route: Route, ids: dict[str, str]) -> str:
    return re.sub(r"{(\w+):\w+}", lambda found: ids[found[1]], route.path)


def _filled(body: Any, known: dict[str, str]) -> Any:
    if isinstance(body, dict):
        return {key: _filled(value, known) for key, value in body.items()}
    if isinstance(body, list):
        return [_filled(item, known) for item in body]
    return body.format(**known) if isinstance(body, str) else body


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
            bearers, own = await _secrets(here)
        return Stage(here, north, south, bearers, own)

    return data_dir, asyncio.run(make())


async def _secrets(here: Installation) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    bearers, own = {}, {}
    async with here.database.writing() as db:
        who = select(Membership, Account).join(Account, col(Account.id) == col(Membership.account_id))
        for membership, account in list(await db.exec(who)):
            name = account.email.partition("@")[0]
            bearers[name] = await make_api_token(db, membership.id)
            await db.flush()
            token = (await db.exec(select(ApiToken.id).where(ApiToken.membership_id == membership.id))).first()
            own[name] = {"token_id": str(token), "own_membership_id": str(membership.id)}
    return bearers, own


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
    before = await _rows(stage)
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
    assert await _rows(stage) == before


async def test_what_belongs_to_others_does_not_exist(stage: Stage) -> None:
    """Addy may do everything, but only in her own partnership."""
    before = await _rows(stage)
    wrong: list[tuple[object, ...]] = []
    for route in SCOPED:
        answer = await stage.ask(route, "addy", stage.south.ids)
        if answer.status_code != HTTPStatus.NOT_FOUND:
            wrong.append((route.name, answer.status_code))
    assert wrong == []
    assert await _rows(stage) == before


async def test_an_id_of_others_under_ones_own_does_not_exist(stage: Stage) -> None:
    """The programme or group of the path is Addy's own; what it is said to hold is another partnership's."""
    before = await _rows(stage)
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
    assert await _rows(stage) == before


async def test_a_facilitator_sees_only_her_own_groups(stage: Stage) -> None:
    async with stage.here.database.writing() as db:
        for key in ("focus_group_id", "empty_focus_group_id"):
            group = await db.get(type(stage.north.meeting.focus_group), UUID(stage.north.ids[key]))
            assert group is not None
            group.facilitator_email = "somebody.else@example.org"
            db.add(group)
    before = await _rows(stage)
    wrong: list[tuple[object, ...]] = []
    for route in SCOPED:
        if route.permission is Permission.RUN_FOCUS_GROUPS and "focus_group_id" in route.parameters:
            answer = await stage.ask(route, "ada", stage.north.ids)
            if answer.status_code != HTTPStatus.NOT_FOUND:
                wrong.append((route.name, answer.status_code))
    assert wrong == []
    assert await _rows(stage) == before


async def test_a_phone_sees_only_its_own_group(stage: Stage) -> None:
    """Northshire's phone at Southshire's link is a stranger; Southshire's ids under its own link do not exist."""
    north, south = stage.north, stage.south
    cookies = {f"place-{north.ids['focus_group_id'].replace('-', '')[:8]}": north.participant_token}
    wrong: list[tuple[object, ...]] = []
    for route in ROUTES:
        # Joining, and clearing a phone, are for whoever has the link.
        if not route.path.startswith("/j/{join_token:str}/") or route.name.startswith(("phone.table", "phone.finish")):
            continue
        body = {"text": "Words", "column": "working_well", "client_id": str(uuid4()), "confirmed": "yes"}
        for ids, statuses in (
            (south.ids, {HTTPStatus.SEE_OTHER, HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT}),
            (south.ids | {"join_token": north.ids["join_token"]}, {HTTPStatus.NOT_FOUND}),
        ):
            if statuses == {HTTPStatus.NOT_FOUND} and not {"theme_id", "contribution_id"} & set(route.parameters):
                continue
            path = _at(route, ids)
            async with stage.client(None, is_api=False) as phone:
                phone.cookies.update(cookies)
                answer = await phone.request(route.method, path, data=body if route.method == "POST" else None)
            if answer.status_code not in statuses:
                wrong.append((route.name, answer.status_code, statuses))
    assert wrong == []


async def _rows(stage: Stage) -> list[tuple[Any, ...]]:
    """What a refused request must leave as it was: every contribution and every programme's title."""
    async with stage.here.database.reading() as db:
        points = await db.exec(
            select(Contribution.id, Contribution.text, Contribution.is_hidden, Contribution.finding_id)
        )
        return sorted(tuple(map(str, row)) for row in points)
