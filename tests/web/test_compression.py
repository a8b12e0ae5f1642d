"""Pages go out gzipped to who takes it; streams, small answers and what is compressed already stay as they are."""

import gzip
from collections.abc import AsyncIterator

import pytest
from litestar import Litestar, Response, get
from litestar.params import FromPath
from litestar.response import Stream
from litestar.testing import TestClient

from workshop.web.compression import SMALLEST, Compressed

LONG = "Zusammenhänge – ".encode() * SMALLEST


@get("/text/{size:int}", media_type="text/html")
async def text(size: FromPath[int]) -> bytes:
    return LONG[:size]


@get("/coded")
async def coded() -> Response[bytes]:
    return Response(gzip.compress(LONG), headers={"Content-Encoding": "gzip"}, media_type="text/css")


@get("/picture", media_type="image/png")
async def picture() -> bytes:
    return LONG


@get("/stream")
async def stream() -> Stream:
    async def lines() -> AsyncIterator[bytes]:
        yield LONG
        yield LONG

    return Stream(lines(), media_type="text/event-stream")


@pytest.fixture(scope="module")
def client() -> TestClient[Litestar]:
    app = Litestar([text, coded, picture, stream])
    app.asgi_handler = Compressed(app.asgi_handler)
    return TestClient(app)


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.8", "gzip; q=0.5"])
def test_a_page_is_compressed_and_whole(client: TestClient[Litestar], accepted: str) -> None:
    answer = client.get("/text/5000", headers={"Accept-Encoding": accepted})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert int(answer.headers["content-length"]) < 500
    assert answer.content == LONG[:5000]


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "gzip; q=0.0"])
def test_who_does_not_take_it_gets_it_as_it_is(client: TestClient[Litestar], accepted: str) -> None:
    answer = client.get("/text/5000", headers={"Accept-Encoding": accepted})
    assert "content-encoding" not in answer.headers
    assert answer.content == LONG[:5000]


@pytest.mark.parametrize(("size", "is_compressed"), [(0, False), (SMALLEST - 1, False), (SMALLEST, True)])
def test_what_is_small_stays(client: TestClient[Litestar], size: int, *, is_compressed: bool) -> None:
    answer = client.get(f"/text/{size}", headers={"Accept-Encoding": "gzip"})
    assert ("content-encoding" in answer.headers) is is_compressed
    assert answer.content == LONG[:size]


def test_nothing_is_compressed_twice(client: TestClient[Litestar]) -> None:
    answer = client.get("/coded", headers={"Accept-Encoding": "gzip"})
    assert answer.headers.get_list("content-encoding") == ["gzip"]
    assert answer.content == LONG


@pytest.mark.parametrize("path", ["/picture", "/stream"])
def test_pictures_and_streams_stay(client: TestClient[Litestar], path: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert answer.content == LONG * (2 if path == "/stream" else 1)
