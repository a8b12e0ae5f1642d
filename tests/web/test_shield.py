"""What surrounds every request: other sites' forms refused, headers on every answer, HEAD answered."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from litestar.types import Message

from tests.conftest import Installation, Meeting, invite_cast
from workshop.app import create_app
from workshop.settings import Settings
from workshop.web.assets import asset_url

Browsers = Callable[..., httpx.AsyncClient]
DONE, REFUSED = 303, 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, DONE),
        ({"sec-fetch-site": "same-origin"}, DONE),
        ({"sec-fetch-site": "none"}, DONE),
        ({"sec-fetch-site": "same-site"}, REFUSED),
        ({"sec-fetch-site": "cross-site"}, REFUSED),
        ({"sec-fetch-site": "something new"}, REFUSED),
        ({"origin": "http://workshop.test"}, DONE),
        ({"origin": "http://workshop.test:80"}, REFUSED),
        ({"origin": "https://evil.example"}, REFUSED),
        ({"origin": "http://evil.workshop.test"}, REFUSED),
        ({"origin": "null"}, REFUSED),
        ({"origin": "http://["}, REFUSED),
        ({"origin": "http://192.0.2.7:8000", "host": "192.0.2.7:8000"}, DONE),
        ({"origin": "null", "host": ""}, REFUSED),
        # What Fetch Metadata says counts: an Origin can be equal by accident, as behind a proxy that rewrites Host.
        ({"sec-fetch-site": "cross-site", "origin": "http://workshop.test"}, REFUSED),
        ({"sec-fetch-site": "same-origin", "origin": "https://evil.example"}, DONE),
    ],
)
async def test_who_may_send_a_form(browser_of: Browsers, headers: dict[str, str], status: int) -> None:
    browser = browser_of("ada")
    answer = await browser.post("/sign-out", headers=headers)
    assert answer.status_code == status
    assert (await browser.get("/account")).status_code == (200 if status == REFUSED else 303)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST", "MADE-UP"])
async def test_every_method_that_may_change_something_is_looked_at(browser_of: Browsers, method: str) -> None:
    answer = await browser_of().request(method, "/sign-out", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == REFUSED
    assert "sent from another site" in answer.text


async def test_links_from_elsewhere_lead_in(browser_of: Browsers) -> None:
    assert (await browser_of().get("/", headers={"sec-fetch-site": "cross-site"})).status_code == 200


@pytest.mark.parametrize(
    ("name", "method", "path", "status"),
    [
        (None, "GET", "/", 200),
        (None, "GET", "/sign-in", 200),
        (None, "GET", "/no-such-page", 404),
        (None, "GET", "/j/no-such-link/further", 404),
        (None, "GET", "/account", 303),
        (None, "DELETE", "/sign-in", 405),
        (None, "POST", "/", 422),
        ("vi", "GET", "/accounts", 403),
        ("ada", "GET", "/account", 200),
        (None, "GET", "/health/live", 200),
    ],
)
async def test_headers_are_on_every_answer(
    browser_of: Browsers, name: str | None, method: str, path: str, status: int
) -> None:
    answer = await browser_of(name).request(method, path)
    assert answer.status_code == status
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "strict-transport-security" not in answer.headers
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert "HX-Request" in answer.headers["vary"]
        # Nothing that this policy would stop.
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)|javascript:", answer.text)


async def test_static_files_are_kept_for_good_and_shielded_too(browser_of: Browsers) -> None:
    answer = await browser_of().get(asset_url("css/desk.css"))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_over_https_cookies_are_bound_to_the_host_and_hsts_is_sent(tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path, base_url="https://workshop.test"))
    async with app.lifespan():
        here = Installation(app, Settings(data_dir=tmp_path, base_url="https://workshop.test"))
        await invite_cast(here)
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # litestar's own ASGI types
        async with httpx.AsyncClient(transport=transport, base_url="https://workshop.test") as browser:
            browser.cookies.set("workshop", here.tokens["ada"])
            assert (await browser.get("/account")).status_code == 303
            browser.cookies.set("__Host-workshop", here.tokens["ada"])
            answer = await browser.post("/sign-out", headers={"origin": "https://workshop.test"})
    assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
    cookies = answer.headers.get_list("set-cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {"__Host-workshop", "__Host-flash"}
    for cookie in cookies:
        attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "secure", "samesite=lax", "path=/"} <= attributes
        assert not any(attribute.startswith("domain") for attribute in attributes)


@pytest.mark.parametrize("path", ["/", "/sign-in", "/health/live", "/no-such-page", asset_url("css/desk.css")])
async def test_head_is_get_without_its_body(browser_of: Browsers, path: str) -> None:
    browser = browser_of()
    get, head = await browser.get(path), await browser.head(path)
    assert head.status_code == get.status_code
    assert head.content == b""
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers["content-security-policy"]


async def test_head_of_a_stream_ends(installation: Installation, meeting: Meeting) -> None:
    path = f"/focus-groups/{meeting.focus_group.id}/stream"
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "HEAD",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"workshop.test"), (b"cookie", f"workshop={installation.tokens['ada']}".encode())],
        "client": ("192.0.2.7", 1),
        "server": ("workshop.test", 80),
    }
    sent: list[Message] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    async with asyncio.timeout(5):
        await installation.app(scope, receive, send)  # type: ignore[arg-type]  # as a server calls it
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[0]["status"] == 200  # type: ignore[typeddict-item]  # the first message


async def test_a_flash_that_somebody_else_wrote_is_not_shown(browser_of: Browsers) -> None:
    browser = browser_of("ada")
    await browser.post("/sign-out")
    kept = browser.cookies["flash"]
    forged = ("X" if kept[0] != "X" else "Y") + kept[1:]
    for cookie in (forged, kept.split(".")[0], kept.split(".")[0] + ".", "é.é", ".", "a.b.c", kept + "0"):
        stranger = browser_of()
        answer = await stranger.get("/sign-in", headers={b"cookie": f"flash={cookie}".encode()})
        assert answer.status_code == 200
        assert "signed out on every device" not in answer.text
    answer = await browser.get("/sign-in")
    assert "signed out on every device" in answer.text
    assert "signed out on every device" not in (await browser.get("/sign-in")).text
