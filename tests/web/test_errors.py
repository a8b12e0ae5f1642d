"""What a person sees when something cannot be done, and what the log sees of it."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar, get, post
from litestar._parsers import parse_url_encoded_form_data
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from tests.conftest import Installation, Meeting, invite_cast
from workshop.accounts.policy import Permission
from workshop.app import LARGEST_FORM, create_app
from workshop.settings import Settings
from workshop.web.guard import MemberOfCookie

Browsers = Callable[..., httpx.AsyncClient]
FORM = {"content-type": "application/x-www-form-urlencoded"}
WORDS = "what only the person and the database may know"
BODIES = {
    "nothing": b"",
    "NUL": b"code=%00&email=%00a@b&password=%00&text=a%00b&next=%00&membership=%00",
    "invalid UTF-8": b"code=%ff%fe&email=%c3%28&password=%ff&next=%ff&text=%ed%a0%80",
    "raw bytes": b"code=\xff\xfe&email=\xc3\x28&password=\x80",
    "over-long": b"&".join(name + b"=" + b"%E2%98%83" * 9_000 for name in (b"code", b"email", b"password", b"text")),
    "twice": b"code=1&code=2&email=a&email=b&password=1&password=2&next=/&next=/&text=1&text=2",
    "many": b"&".join(b"f%d=%d" % (number, number) for number in range(5_000)),
    "no form": b'{"code": 1}',
    "broken": b"%%%&&&===;;;%zz=%",
}


def public_forms(app: Litestar, meeting: Meeting) -> Iterator[str]:
    """The path of every form for everybody, with the meeting's own link."""
    given = {"join_token": meeting.focus_group.join_token, "theme_id": str(meeting.themes[0].id)}
    for route in app.routes:
        if not isinstance(route, HTTPRoute) or route.path.startswith("/api"):
            continue
        if any("POST" in handler.http_methods and "permission" not in handler.opt for handler in _handlers(route)):
            path = route.path_format
            for name, parameter in route.path_parameters.items():
                anything = "7d444840-9dc0-41d1-b245-5ffdce74fad2" if "UUID" in str(parameter.type) else "anything"
                path = path.replace("{" + name + "}", given.get(name, anything))
            yield path


def _handlers(route: HTTPRoute) -> list[HTTPRouteHandler]:
    return list(route.route_handlers)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
async def test_no_form_that_can_be_sent_breaks_a_public_page(
    installation: Installation, meeting: Meeting, browser_of: Browsers, body: bytes
) -> None:
    forms = set(public_forms(installation.app, meeting))
    assert {"/", "/sign-in", "/sign-out", "/password/anything", "/start/anything"} <= forms
    for path in forms:
        answer = await browser_of().post(path, content=body, headers=FORM)
        assert answer.status_code < 500, path
        assert "Validation failed" not in answer.text
    answer = await browser_of().post("/sign-in", content=body, headers={"content-type": "application/json"})
    assert answer.status_code < 500


async def test_a_form_that_is_too_large_gets_a_page_that_says_so(browser_of: Browsers) -> None:
    browser = browser_of()
    largest = b"code=" + b"x" * (LARGEST_FORM - 5)
    assert (await browser.post("/", content=largest, headers=FORM)).status_code == 422
    answer = await browser.post("/", content=largest + b"x", headers=FORM)
    assert answer.status_code == 413
    assert "That is too large" in answer.text

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"x" * 100_000

    assert (await browser.post("/", content=chunks(), headers=FORM)).status_code == 413


async def test_no_form_stays_in_memory(browser_of: Browsers) -> None:
    parse: Any = parse_url_encoded_form_data
    before = parse.cache_info()
    for path in ("/", "/sign-in"):
        await browser_of().post(path, data={"code": WORDS, "password": WORDS})
    assert parse.cache_info() == before


@get("/fails", name="fails", opt={"permission": Permission.READ_RESULTS}, middleware=[MemberOfCookie])
async def fails() -> None:
    words = WORDS
    raise RuntimeError(words)


@post("/fails", name="fails.post")
async def fails_for_all() -> None:
    try:
        raise ValueError(WORDS)  # noqa: TRY301 (the chain of causes is what is looked at)
    except ValueError as cause:
        raise RuntimeError from cause


@pytest.fixture
async def failing(tmp_path: Path) -> AsyncIterator[Installation]:
    """An installation with a page that fails."""
    settings = Settings(data_dir=tmp_path / "failing", base_url="http://workshop.test")
    app = create_app(settings)
    app.register(fails)
    app.register(fails_for_all)
    async with app.lifespan():
        here = Installation(app, settings)
        await invite_cast(here)
        yield here


async def test_a_failure_is_a_page_and_its_words_are_in_no_log(
    failing: Installation, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    transport = httpx.ASGITransport(app=failing.app)  # type: ignore[arg-type]  # litestar's own ASGI types
    cookies = {"workshop": failing.tokens["ada"]}
    async with httpx.AsyncClient(transport=transport, base_url="http://workshop.test", cookies=cookies) as browser:
        own = await browser.get("/fails", params={"q": WORDS})
        everybodys = await browser.post("/fails", data={"text": WORDS})
    for answer in (own, everybodys):
        assert answer.status_code == 500
        assert "Sorry, something went wrong" in answer.text
        assert WORDS not in answer.text
        assert answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
    assert "Sign out" in own.text
    assert "Sign out" not in everybodys.text
    logged, other = capfd.readouterr()
    assert logged.count("request.failed") == 2
    assert re.findall("RuntimeError|ValueError", logged) == ["RuntimeError", "ValueError", "RuntimeError"]
    assert f"{__file__}:" in logged
    assert WORDS not in logged + other
    ours = [record for record in caplog.records if not record.name.startswith("httpx")]
    assert WORDS not in str([record.getMessage() for record in ours])
    assert "RuntimeError" not in other


@pytest.mark.parametrize(
    ("name", "path", "status", "title"),
    [
        ("vi", "/accounts", 403, "You cannot do this"),
        ("addy", "/accounts/7d444840-9dc0-41d1-b245-5ffdce74fad2/role", 404, "Page not found"),
        ("addy", "/accounts/not-an-id/role", 404, "Page not found"),
        ("ada", "/no-such-page", 404, "Page not found"),
        (None, "/no-such-page", 404, "Page not found"),
        (None, "/password/gone", 404, "This link no longer works"),
        (None, "/%ff%fe", 404, "Page not found"),
        (None, "/" + "x" * 5_000, 404, "Page not found"),
        (None, "/sign-in?next=%00&next=%ff", 200, "Sign in"),
    ],
)
async def test_error_pages_are_whole_pages(
    browser_of: Browsers, name: str | None, path: str, status: int, title: str
) -> None:
    answer = await browser_of(name).get(path)
    assert answer.status_code == status
    assert f"{title}</h1>" in answer.text
    assert 'lang="en-GB"' in answer.text
    if name in {"vi", "addy"} and "not-an-id" not in path:
        assert "Sign out" in answer.text


async def test_signed_out_htmx_is_sent_to_sign_in_and_a_browser_comes_back_afterwards(browser_of: Browsers) -> None:
    answer = await browser_of().get("/account", headers={"HX-Request": "true"})
    assert answer.headers["hx-redirect"] == "/sign-in"
    assert (await browser_of().get("/account")).headers["location"] == "/sign-in?next=%2Faccount"
    assert (await browser_of().post("/account/password")).headers["location"] == "/sign-in"
