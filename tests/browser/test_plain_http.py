"""A closed network: plain http under a name that is not localhost, where browsers trust nothing and send less.

``workshop.example`` leads to 127.0.0.1 in this browser alone. Chromium treats no such address as a secure context:
no ``Sec-Fetch-Site``, no ``Secure`` cookies, and no ``crypto.randomUUID`` for scripts.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Cookie, Playwright, Request, expect

from tests.browser.conftest import NewPage, launched, pages_of
from tests.browser.people import NEEDS, WELL, join, make_person, show_qr, sign_in, write
from tests.browser.server import LiveServer

pytestmark = pytest.mark.browser
NAME = "workshop.example"
COORDINATOR = "cora@example.org"
THEME = "Administration and pre-planning"
NOTICE = "This address uses plain http"


@pytest.fixture(scope="module")
def far_chromium(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium for which the name is this machine."""
    browser = launched(playwright, f"--host-resolver-rules=MAP {NAME} 127.0.0.1")
    yield browser
    browser.close()


@pytest.fixture
def far_page(far_chromium: Browser) -> Iterator[NewPage]:
    """``new_page`` of that browser."""
    with pages_of(far_chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def far_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server that calls itself by that name."""
    server = LiveServer(tmp_path_factory.mktemp("far") / "data", name=NAME).start()
    make_person(server, COORDINATOR)
    yield server
    server.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_path_over_plain_http_under_a_name_of_its_own(
    far_server: LiveServer, far_page: NewPage, *, javascript: bool
) -> None:
    desk, phone = far_page(far_server, width=1280), far_page(far_server, javascript=javascript)
    assert far_server.url.startswith(f"http://{NAME}:")
    sent: list[Request] = []
    for page in (desk, phone):
        page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    sign_in(desk, COORDINATOR)
    assert not desk.evaluate("isSecureContext")
    expect(desk.get_by_role("region", name="Notices")).to_contain_text(NOTICE)
    link = show_qr(desk, f"Plain http, {javascript}", "North")
    assert link.startswith(f"{far_server.url}/j/")
    expect(desk.get_by_text("Phones cannot reach")).to_have_count(0)
    desk.get_by_role("link", name="Board").click()
    expect(desk.locator("#connection")).to_have_text("Live.")
    join(phone, link)
    expect(phone.get_by_text(NOTICE)).to_have_count(0)
    expect(desk.locator("#joined")).to_have_text("1 person joined, on 1 phone or computer")
    phone.get_by_role("link", name=THEME).click()
    for column, kind in ((WELL, "working_well"), (NEEDS, "needs_to_happen")):
        write(phone, column, f"Over plain http: {column}")
        expect(desk.locator(f"#points-{kind} .words")).to_have_text(f"Over plain http: {column}")
    desk.locator(f"#points-{kind}").get_by_role("button", name="Hide").click()
    expect(desk.locator(f"#points-{kind} .point--hidden")).to_have_count(1)
    _cookies_are_ordinary(desk.context.cookies() + phone.context.cookies())
    desk.get_by_role("button", name="Sign out").click()
    desk.goto("/programmes")
    expect(desk.get_by_role("heading", name="Sign in")).to_be_visible()
    _no_browser_said_where_from(sent)


def test_another_site_cannot_write_in_the_name_of_who_is_signed_in(far_server: LiveServer, far_page: NewPage) -> None:
    desk = far_page(far_server, width=1280)
    sign_in(desk, COORDINATOR)
    # The same machine under another name is another site; SameSite would stop the cookie, the check stops the request.
    desk.route(
        "http://evil.example/**", lambda route: route.fulfill(content_type="text/html", body=_attack(far_server))
    )
    desk.goto("http://evil.example/")
    with desk.expect_navigation() as navigation:
        desk.get_by_role("button").click()
    assert navigation.value is not None
    assert "sec-fetch-site" not in navigation.value.request.all_headers()
    assert navigation.value.status == 403
    desk.goto(f"{far_server.url}/programmes")
    expect(desk.get_by_role("heading", name="Programmes")).to_be_visible()


def _attack(server: LiveServer) -> str:
    return f'<form method="post" action="{server.url}/sign-out"><button>Win a prize</button></form>'


def _cookies_are_ordinary(cookies: list[Cookie]) -> None:
    assert cookies
    for cookie in cookies:
        assert not cookie["name"].startswith("__Host-")
        assert not cookie["secure"]
        assert cookie["httpOnly"]
        assert cookie["sameSite"] in {"Lax", "Strict"}
        assert cookie["domain"] == NAME


def _no_browser_said_where_from(sent: list[Request]) -> None:
    """What makes this address different: the check has ``Origin`` alone to go by."""
    headers = [request.all_headers() for request in sent]
    assert len(headers) >= 8
    for each in headers:
        assert "sec-fetch-site" not in each
        assert each["origin"].startswith(f"http://{NAME}:")
