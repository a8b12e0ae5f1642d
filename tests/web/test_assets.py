"""Static files: an address for each content, kept for ever, never stale, and committed as they were built."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from workshop.paths import STATIC
from workshop.web.assets import UnknownAsset, asset_url, assets, differences, main, serve_asset
from workshop.web.compression import Compressed

STYLESHEET = "css/phone.css"


@pytest.fixture(scope="module")
def client() -> TestClient[Litestar]:
    app = Litestar([serve_asset])
    app.asgi_handler = Compressed(app.asgi_handler)  # as in workshop.app
    return TestClient(app)


def test_an_address_bears_the_contents_hash() -> None:
    digest = hashlib.sha256((STATIC / STYLESHEET).read_bytes()).hexdigest()
    assert asset_url(STYLESHEET) == f"/static/{digest[:12]}/{STYLESHEET}"


def test_an_unknown_file_is_an_error() -> None:
    with pytest.raises(UnknownAsset):
        asset_url("css/fone.css")


def test_every_file_is_served_whole_and_kept_for_ever(client: TestClient[Litestar]) -> None:
    for path, asset in assets().items():
        answer = client.get(asset.url)
        assert answer.status_code == 200, path
        assert answer.content == (STATIC / path).read_bytes(), path
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"].startswith(asset.content_type)
        assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5, br;q=0", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
def test_the_smallest_coding_that_is_accepted(client: TestClient[Litestar], accepted: str, coding: str | None) -> None:
    answer = client.get(asset_url(STYLESHEET), headers={"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding") == coding
    expected = {"br": (STATIC / f"{STYLESHEET}.br").stat().st_size}.get(coding or "", 0)
    assert not expected or int(answer.headers["content-length"]) == expected
    if coding == "gzip":
        assert answer.content == (STATIC / STYLESHEET).read_bytes()


def test_what_a_browser_has_is_not_sent_again(client: TestClient[Litestar]) -> None:
    url = asset_url(STYLESHEET)
    etag = client.get(url).headers["etag"]
    for header in (etag, f'"other", W/{etag}', "*"):
        answer = client.get(url, headers={"If-None-Match": header})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == etag
    assert client.get(url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_codings_do_not_share_an_etag(client: TestClient[Litestar]) -> None:
    url = asset_url(STYLESHEET)
    answers = [client.get(url, headers={"Accept-Encoding": coding}) for coding in ("br", "gzip", "identity")]
    etags = {answer.headers["etag"] for answer in answers}
    assert len(etags) == 3


@pytest.mark.parametrize(
    "url",
    [
        f"/static/000000000000/{STYLESHEET}",
        "/static/000000000000/manifest.json",
        "/static/000000000000/scss/phone.scss",
        "/static/000000000000/../../pyproject.toml",
    ],
)
def test_nothing_else_is_served(client: TestClient[Litestar], url: str) -> None:
    assert client.get(url).status_code == 404


def test_sources_are_no_assets() -> None:
    assert not [path for path in assets() if path.startswith("scss/")]


def test_the_committed_files_are_what_the_build_recorded() -> None:
    assert list(differences()) == []
    assert main(["--check"]) == 0


def test_the_build_brings_no_font_of_the_governments_and_no_other_address() -> None:
    for name in ("phone", "desk"):
        css = (STATIC / f"css/{name}.css").read_text()
        assert "GDS Transport" not in css
        assert "crown" not in css
        assert "url(" not in css.replace("url(data:", "").replace('url("data:', "")


def test_a_phone_downloads_little() -> None:
    css = gzip.compress((STATIC / STYLESHEET).read_bytes(), 9)
    assert len(css) < 7 * 1024


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A small static folder as the build leaves it."""
    static = tmp_path / "static"
    contents = {"static/css/a.css": b"a{}", "static/css/a.css.br": b"brotli", "static/scss/a.scss": b"a { }"}
    for name, content in contents.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    recorded = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    inputs = {name: digest for name, digest in recorded.items() if name.endswith(".scss")}
    (static / "manifest.json").write_text(json.dumps({"inputs": inputs, "outputs": recorded}))
    return static


def test_a_check_names_what_was_changed_removed_or_added(copy: Path) -> None:
    assert list(differences(copy)) == []
    (copy / "css/a.css").write_text("b{}")
    (copy / "scss/a.scss").unlink()
    (copy / "scss/desk").mkdir()
    (copy / "scss/desk/_b.scss").write_text("")
    found = "\n".join(differences(copy))
    assert "static/css/a.css is not what" in found
    assert "static/scss/a.scss is missing" in found
    assert "static/scss/desk/_b.scss is new" in found


def test_an_edited_file_never_goes_out_as_its_old_self(copy: Path) -> None:
    assert assets(copy)["css/a.css"].bodies["br"] == b"brotli"
    assets.cache_clear()
    (copy / "css/a.css").write_text("b{}")
    assert "br" not in assets(copy)["css/a.css"].bodies
