"""What a whole room asks for at once: read from the request, and answered, without the framework's own making of both.

Litestar's Request first makes a mapping of all headers, its Response an object for headers, cookies and encoders: for a
submission that was a quarter of the processor's time.
"""

from typing import Any

from litestar import Response
from litestar._parsers import parse_cookie_string
from litestar.exceptions import InternalServerException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.types import ASGIApp, Receive, Scope, Send

from workshop.web.answers import AnyRequest


class ReadyPage(Response[str]):
    """200 with HTML and nothing to add: its headers are made here, and it takes no cookies."""

    def __init__(self, html: str) -> None:
        # Not Response's own, which is what this does without.
        self.content = html

    def to_asgi_response(self, *_: Any, **__: Any) -> ASGIApp:  # type: ignore[override]  # Litestar only calls it
        """Itself: Litestar asks for it before it sends."""
        return self

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 (ASGI's signature)
        """Send it."""
        body = self.content.encode()
        length = str(len(body)).encode()
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", length)]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})


async def sent_body(request: AnyRequest, most: int) -> bytes:
    """The whole body.

    Raises RequestEntityTooLarge past ``most`` bytes, and InternalServerException when the browser has gone.
    """
    parts, length = [], 0
    while True:
        message: Any = await request.receive()
        if message["type"] == "http.disconnect":
            raise InternalServerException
        parts.append(message["body"])
        length += len(message["body"])
        if length > most:
            raise RequestEntityTooLarge
        if not message.get("more_body"):
            return b"".join(parts)


def sent_cookies(request: AnyRequest) -> dict[str, str]:
    """Name → value."""
    for name, value in request.scope["headers"]:
        if name == b"cookie":
            return parse_cookie_string(value.decode("latin-1"))
    return {}
