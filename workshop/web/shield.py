"""Around every request: cross-origin writes are refused, every answer carries its security headers, HEAD is answered.

Cross-origin is told by ``Sec-Fetch-Site``, and without it (plain http on a LAN, old browsers) by ``Origin`` equal to
the base address or the Host: no token that can go stale in a form that somebody typed into for twenty minutes. A
request with neither header comes from no browser that could be tricked.
"""

from typing import Any, cast
from urllib.parse import urlsplit

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from workshop.settings import Settings

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Shield:
    """The ASGI layer outside all others."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._origin = settings.address
        headers = {
            "content-security-policy": CONTENT_SECURITY_POLICY,
            "referrer-policy": "same-origin",
            "x-content-type-options": "nosniff",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "permissions-policy": "camera=(), microphone=(), geolocation=()",
            # A page holds what somebody wrote or may see: nothing of it stays on a shared device.
            "cache-control": "no-store",
        }
        if settings.is_https:
            headers["strict-transport-security"] = "max-age=31536000"
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or pass on."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._guarded(list(message["headers"]))
            await send(message)

        if scope.get("method") not in SAFE_METHODS and not self._is_same_origin(scope):
            await _refuse(send_with_headers)
        elif scope.get("method") == "HEAD":
            await _answer_head(self._app, scope, receive, send_with_headers)
        else:
            await self._app(scope, receive, send_with_headers)

    def _guarded(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        """An answer's headers and ours; what a handler has set stays. Kept in bytes, since every answer pays for it."""
        given = {name.lower(): value for name, value in headers}
        headers += [header for header in self._headers if header[0] not in given]
        if given.get(b"content-type", b"").startswith(b"text/html"):
            headers.append((b"vary", b"HX-Request"))
        return headers

    def _is_same_origin(self, scope: Scope) -> bool:
        headers = dict(scope["headers"])
        if site := headers.get(b"sec-fetch-site"):
            return site in {b"same-origin", b"none"}
        origin = headers.get(b"origin", b"").decode("latin-1")
        if not origin:
            return True
        host = headers.get(b"host", b"").decode("latin-1")
        return origin == self._origin or _host_of(origin) == host != ""


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # "http://[": no browser sends it
        return ""


async def _answer_head(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer as to GET, without the body: Litestar's GET routes refuse HEAD. A stream ends after its first line."""
    has_started = False

    async def receive_until_started() -> Any:
        return {"type": "http.disconnect"} if has_started else await receive()

    async def send_start(message: Message) -> None:
        nonlocal has_started
        if message["type"] == "http.response.start":
            has_started = True
            await send(message)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    await app(cast("Scope", {**scope, "method": "GET"}), receive_until_started, send_start)


async def _refuse(send: Send) -> None:
    body = b"This form was sent from another site, so nothing was done. Go back, reload the page and try again."
    await send(
        {
            "type": "http.response.start",
            "status": 403,
            "headers": [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())],
        }
    )
    await send({"type": "http.response.body", "body": body, "more_body": False})
