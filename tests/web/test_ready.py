"""What is read from a request and answered without the framework's own making of both."""

from typing import Any

import pytest
from litestar import Litestar, Response, post
from litestar.status_codes import HTTP_200_OK, HTTP_413_REQUEST_ENTITY_TOO_LARGE
from litestar.testing import TestClient

from workshop.web.answers import AnyRequest
from workshop.web.ready import ReadyPage, sent_body, sent_cookies

MOST = 100


@post("/length", status_code=HTTP_200_OK)
async def length(request: AnyRequest) -> Response[Any]:
    return ReadyPage(f"<p>{len(await sent_body(request, MOST))} “bytes”</p>")


@post("/cookies", status_code=HTTP_200_OK)
async def cookies(request: AnyRequest) -> Response[Any]:
    return ReadyPage(str(sorted(sent_cookies(request).items())))


@pytest.fixture
def client() -> TestClient[Litestar]:
    return TestClient(Litestar([length, cookies]))


def test_a_page_goes_out_as_it_is(client: TestClient[Litestar]) -> None:
    answer = client.post("/length", content=b"x" * MOST)
    assert (answer.status_code, answer.text) == (HTTP_200_OK, f"<p>{MOST} “bytes”</p>")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_a_body_that_is_too_large_is_refused_however_it_comes(client: TestClient[Litestar]) -> None:
    assert client.post("/length", content=b"x" * (MOST + 1)).status_code == HTTP_413_REQUEST_ENTITY_TOO_LARGE
    parts = (b"x" * MOST, b"x")
    assert client.post("/length", content=iter(parts)).status_code == HTTP_413_REQUEST_ENTITY_TOO_LARGE


@pytest.mark.anyio
async def test_a_body_in_parts_is_put_together_and_one_that_breaks_off_is_none() -> None:
    def sends(*messages: Any) -> Any:
        waiting = iter(messages)

        async def receive() -> Any:
            return next(waiting)

        return AnyRequest({"type": "http", "headers": []}, receive)  # type: ignore[arg-type]  # no more is read

    first, last = ({"type": "http.request", "body": b"ab", "more_body": more} for more in (True, False))
    assert await sent_body(sends(first, last), MOST) == b"abab"
    with pytest.raises(Exception, match="500"):
        await sent_body(sends(first, {"type": "http.disconnect"}), MOST)


def test_cookies_are_read_by_name(client: TestClient[Litestar]) -> None:
    answer = client.post("/cookies", headers={"Cookie": "one=1; place-12=a%20b; odd"})
    assert answer.text == str(sorted({"one": "1", "place-12": "a b", "": "odd"}.items()))
    assert client.post("/cookies").text == "[]"
