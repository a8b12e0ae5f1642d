"""An installation with something of everything in two partnerships, and a browser or a machine of everybody's."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from sqlmodel import col, select

from tests.conftest import Installation
from tests.routes import BODIES, FILES, JSON_BODIES, PATH_IDS, QUERIES, Route, at, filled
from tests.world import World
from workshop.accounts.models import Account, ApiToken, Membership
from workshop.accounts.tokens import make_api_token
from workshop.web.cookies import cookie_name


@dataclass
class Stage:
    """An installation with a world in each partnership."""

    here: Installation
    north: World
    south: World
    bearers: dict[str, str] = field(default_factory=dict)
    own: dict[str, dict[str, str]] = field(default_factory=dict)

    def client(self, name: str | None, *, is_api: bool) -> httpx.AsyncClient:
        """Of ``name``, or nobody's."""
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
        path = at(route, where | (path_ids or {}))
        body: dict[str, Any] = {}
        if route.name in FILES:
            body["files"] = FILES[route.name]
        elif route.method == "POST" and route.is_api:
            body["json"] = filled(JSON_BODIES[route.name], known)
        elif route.method == "POST":
            body["data"] = filled(BODIES[route.name], known)
        if route.name.endswith(".stream"):
            self.here.app.state.hub.is_closing = True  # a stream that has an end
        async with self.client(name, is_api=route.is_api) as client:
            query = filled(QUERIES.get(route.name, {}), known)
            return await client.request(route.method, path, params=query, **body)


async def secrets_of(here: Installation) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Everybody's bearer token, and the ids that are their own, by name."""
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
