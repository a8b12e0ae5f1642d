"""Every page of the app and its error state: axe without a finding, and nothing to scroll sideways at 320 px.

The list comes from the app itself: a page that cannot be opened here fails.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import axe, fits
from tests.browser.server import LiveServer
from tests.routes import FILES, PATH_IDS, QUERIES, ROUTES, Route, at, filled
from tests.world import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOT_PAGES = {
    "assets.serve": "static files",
    "board.changes": "fragments, seen on the board (test_board.py)",
    "board.stream": "a stream",
    "exports.file": "files; the printed page has a test of its own",
    "grouping.changes": "fragments, seen on the page of grouping (test_grouping.py)",
    "health.live": "plain text",
    "health.ready": "plain text",
    "invitation": "an iCalendar file",
    "join-screen.joined": "a fragment, seen on the join screen",
    "phone.standing": "a fragment, seen on every page of a phone (test_phone_follows.py)",
    "phone.stream": "a stream",
    "poster": "a PDF",
    "priorities.changes": "fragments, seen on the page of priorities (test_priorities_and_scale.py)",
    "projector.changes": "fragments, seen on the projector (test_projector.py)",
    "projector.stream": "a stream",
    "scale.changes": "fragments, seen on the page of the scale (test_priorities_and_scale.py)",
    "sheets.pdf": "a PDF",
    "first-start": "gone once there is an account (test_first_start.py)",
    "first-start.create": "gone once there is an account (test_first_start.py)",
    "sign-out": "answers with the sign-in page, and would end the visit",
}
PAGES = [route for route in ROUTES if not route.is_api and route.method == "GET" and route.name not in NOT_PAGES]
FORMS = [
    route
    for route in ROUTES
    if not route.is_api and route.method == "POST" and route.name not in NOT_PAGES and route.name not in FILES
]
SUBMIT = """([path, fields]) => {
    const form = document.createElement("form");
    form.method = "post"; form.action = path;
    for (const [name, value] of Object.entries(fields)) {
        const input = document.createElement("input");
        input.type = "hidden"; input.name = name; input.value = value; form.append(input);
    }
    document.body.append(form); form.submit();
}"""


@dataclass
class Visit:
    """A browser that is an administrator's and a participant's phone at once, and the world it walks through."""

    server: LiveServer
    world: World
    narrow: Page
    wide: Page
    ids: dict[str, str]


@pytest.fixture(scope="module")
def visit(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """Everything that there can be, served."""
    server = LiveServer(tmp_path_factory.mktemp("everything") / "data")
    world = server.run(lambda: make_world(server.here, "Northshire", "ada@example.org", "cleo@example.org"))
    server.start()
    contexts = [_context(chromium, server, world, width) for width in (320, 1280)]
    narrow, wide = (context.new_page() for context in contexts)
    own = {"kind": "csv", "token_id": world.ids["participant_id"], "own_membership_id": world.ids["membership_id"]}
    yield Visit(server, world, narrow, wide, world.ids | own)
    for context in contexts:
        context.close()
    server.close()


def _context(chromium: Browser, server: LiveServer, world: World, width: int) -> BrowserContext:
    context = chromium.new_context(base_url=server.url, viewport={"width": width, "height": 800}, locale="en-GB")
    place = f"place-{world.ids['focus_group_id'].replace('-', '')[:8]}"
    for name, value in (("workshop", server.here.tokens["addy"]), (place, world.participant_token)):
        context.add_cookies([{"name": name, "value": value, "url": server.url}])
    return context


def _path(visit: Visit, route: Route) -> str:
    named = PATH_IDS.get(route.name, {})
    path = at(route, {name: visit.ids[named.get(name, name)] for name in route.parameters})
    query = "&".join(f"{name}={value}" for name, value in filled(QUERIES.get(route.name, {}), visit.ids).items())
    return f"{path}?{query}" if query else path


@pytest.mark.parametrize("route", PAGES, ids=lambda route: route.name)
def test_page_is_accessible_and_fits(visit: Visit, route: Route) -> None:
    for page in (visit.narrow, visit.wide):
        answer = page.goto(_path(visit, route))
        assert answer is not None
        assert answer.status in {HTTPStatus.OK, *_MISSING.get(route.name, ())}, answer.status
        assert "html" in answer.headers["content-type"]
        axe(page)
        fits(page)


# The visitor has no token of this id; what they see then is a page as well.
_MISSING = {"account.token.revocation": [HTTPStatus.NOT_FOUND]}


@pytest.mark.parametrize("route", FORMS, ids=lambda route: route.name)
def test_what_an_empty_form_is_answered_with_is_accessible_and_fits(visit: Visit, route: Route) -> None:
    for page in (visit.narrow, visit.wide):
        page.goto("/")
        with page.expect_navigation() as navigation:
            page.evaluate(SUBMIT, [_path(visit, route), {}])
        assert navigation.value is not None
        assert navigation.value.status < HTTPStatus.INTERNAL_SERVER_ERROR
        page.wait_for_load_state()
        if re.search("html", navigation.value.headers.get("content-type", "")):
            axe(page)
            fits(page)


@pytest.mark.parametrize("path", ["/nothing-here", "/programmes/00000000-0000-4000-8000-000000000000", "/j/unknown"])
def test_what_is_not_there_is_accessible_and_fits(visit: Visit, path: str) -> None:
    for page in (visit.narrow, visit.wide):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == HTTPStatus.NOT_FOUND
        axe(page)
        fits(page)
