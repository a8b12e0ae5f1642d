"""A message for the next page, in a signed cookie that is gone once it was shown."""

import base64
import binascii
import hmac
import json

from litestar import Request, Response
from litestar.datastructures.state import State

from workshop.settings import Settings
from workshop.web.cookies import cookie_name, new_cookie

NAME = "flash"
# In bytes: browsers keep no cookie of more than 4,096, and this one grows by a third and its signature.
LONGEST = 2_500


def leave_flash(response: Response[object], settings: Settings, kind: str, text: str) -> None:
    """Show ``text`` on the next page. ``kind``: success, information or problem."""
    fitting = text.encode()[:LONGEST].decode(errors="ignore")
    body = base64.urlsafe_b64encode(json.dumps([kind, fitting], ensure_ascii=False).encode())
    response.set_cookie(new_cookie(settings, NAME, f"{body.decode()}.{_signature(settings, body)}", seconds=300))


def read_flash(request: Request[object, object, State], settings: Settings) -> list[dict[str, str]]:
    """What the last answer left to be shown: none or one message."""
    body, _, signature = request.cookies.get(cookie_name(settings, NAME), "").partition(".")
    if not body or not hmac.compare_digest(signature.encode(), _signature(settings, body.encode()).encode()):
        return []
    try:
        kind, text = json.loads(base64.urlsafe_b64decode(body))
    except (binascii.Error, ValueError):
        return []
    return [{"kind": kind, "text": text}]


def _signature(settings: Settings, body: bytes) -> str:
    return hmac.digest(settings.key, b"flash" + body, "sha256").hex()
