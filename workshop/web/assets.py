"""Static files: read once at start, known by their content's hash, served from memory for ever.

`python -m workshop.web.assets --check` compares the committed files with the hashes that `make assets` recorded.
"""

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from workshop.paths import STATIC

CONTENT_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
COMPRESSIBLE = {".css", ".js", ".svg"}
HASH_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its hashed URL, and its bytes by content coding ("identity" is always there)."""

    url: str
    digest: str
    content_type: str
    bodies: dict[str, bytes]

    def coding(self, accept_encoding: str) -> str:
        """The smallest coding at hand that an Accept-Encoding header allows."""
        accepted = {
            name.strip().lower()
            for name, _, weight in (part.partition(";") for part in accept_encoding.split(","))
            if weight.strip().replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
        }
        return next((coding for coding in ("br", "gzip") if coding in accepted and coding in self.bodies), "identity")


class UnknownAsset(LookupError):
    """A template names a static file that does not exist."""


@cache
def assets(static: Path = STATIC) -> dict[str, Asset]:
    """Every file of a browser's concern under `static`, by its path there: 'css/phone.css'."""
    recorded = _recorded(static)
    return {
        file.relative_to(static).as_posix(): _read(file, static, recorded)
        for file in sorted(static.rglob("*"))
        if file.suffix in CONTENT_TYPES and file.is_file()
    }


def asset_url(path: str) -> str:
    """The hashed URL of 'css/phone.css'. Raises UnknownAsset."""
    try:
        return assets()[path].url
    except KeyError as error:
        raise UnknownAsset(path) from error


@get(
    "/static/{digest:str}/{path:path}",
    name="assets.serve",
    include_in_schema=False,
    sync_to_thread=False,
)
def serve_asset(request: Request[object, object, State], digest: FromPath[str], path: FromPath[str]) -> Response[bytes]:
    """One static file; its address changes with its content, so browsers may keep it for ever."""
    asset = assets().get(path.lstrip("/"))
    if asset is None or asset.digest[:HASH_LENGTH] != digest:
        raise NotFoundException
    coding = asset.coding(request.headers.get("accept-encoding", ""))
    etag = f'"{asset.digest[:HASH_LENGTH]}-{coding}"'
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "ETag": etag, "Vary": "Accept-Encoding"}
    if _names(request.headers.get("if-none-match", ""), etag):
        return Response(b"", status_code=304, headers=headers, media_type=asset.content_type)
    if coding != "identity":
        headers["Content-Encoding"] = coding
    return Response(asset.bodies[coding], headers=headers, media_type=asset.content_type)


def differences(static: Path = STATIC) -> Iterator[str]:
    """What is not as `make assets` left it: sources changed since, outputs edited by hand or missing."""
    root = static.parent
    manifest = json.loads((static / "manifest.json").read_text())
    for role, remedy in (("inputs", "run 'make assets'"), ("outputs", "restore it, or run 'make assets'")):
        for name, expected in manifest[role].items():
            file = root / name
            if not file.is_file():
                yield f"{name} is missing: {remedy}"
            elif hashlib.sha256(file.read_bytes()).hexdigest() != expected:
                yield f"{name} is not what 'make assets' recorded: {remedy}"
    sources = {file.relative_to(root).as_posix() for file in (static / "scss").rglob("*") if file.is_file()}
    for name in sorted(sources - manifest["inputs"].keys()):
        yield f"{name} is new: run 'make assets'"


def _recorded(static: Path) -> dict[str, str]:
    manifest = static / "manifest.json"
    outputs: dict[str, str] = json.loads(manifest.read_text())["outputs"] if manifest.is_file() else {}
    return {name.removeprefix("static/"): digest for name, digest in outputs.items()}


def _read(file: Path, static: Path, recorded: dict[str, str]) -> Asset:
    name = file.relative_to(static).as_posix()
    body = file.read_bytes()
    digest = hashlib.sha256(body).hexdigest()
    bodies = {"identity": body}
    if file.suffix in COMPRESSIBLE:
        bodies["gzip"] = gzip.compress(body, 9, mtime=0)
        brotli = file.with_name(f"{file.name}.br")
        # A file edited after the build would otherwise go out as its old self to every modern browser.
        if brotli.is_file() and recorded.get(name) == digest:
            bodies["br"] = brotli.read_bytes()
    return Asset(f"/static/{digest[:HASH_LENGTH]}/{name}", digest, CONTENT_TYPES[file.suffix], bodies)


def _names(if_none_match: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in tags or etag in tags


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each difference; 1 when there is one."""
    parser = argparse.ArgumentParser(prog="python -m workshop.web.assets", description=__doc__)
    parser.add_argument("--check", action="store_true", required=True, help="compare with static/manifest.json")
    parser.parse_args(arguments)
    found = list(differences())
    for difference in found:
        print(difference)  # noqa: T201 (a command's answer)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
