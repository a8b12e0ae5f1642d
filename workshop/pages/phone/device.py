"""How a device is known: a token in a cookie of its own for each focus group."""

import base64
import hmac
from datetime import datetime, timedelta
from uuid import UUID

from litestar.datastructures import Cookie

from workshop.focus_groups.models import FocusGroup
from workshop.settings import Settings
from workshop.web.answers import AnyRequest
from workshop.web.cookies import cookie_name, new_cookie
from workshop.web.ready import sent_cookies

DAYS_KEPT = 30


def device_token(request: AnyRequest, settings: Settings, focus_group_id: UUID) -> str:
    """The token that the device shows for this focus group, or nothing."""
    return sent_cookies(request).get(cookie_name(settings, _name(focus_group_id)), "")


def new_device_token(settings: Settings, focus_group_id: UUID, client_id: UUID) -> str:
    """The token for the join form ``client_id``: sent twice, the form gives the same device the same token."""
    seed = b"place" + focus_group_id.bytes + client_id.bytes
    return base64.urlsafe_b64encode(hmac.digest(settings.key, seed, "sha256")).decode().rstrip("=")


def device_cookie(settings: Settings, focus_group: FocusGroup, token: str, at: datetime) -> Cookie:
    """Kept for 30 days after the last day that the link is open: people come back to what they wrote."""
    # Not by the day itself: a programme file could name one after which there is none.
    kept = max(timedelta(), (focus_group.open_until or at) - at) + timedelta(days=DAYS_KEPT)
    return new_cookie(settings, _name(focus_group.id), token, seconds=int(kept.total_seconds()))


def no_device_cookie(settings: Settings, focus_group: FocusGroup) -> Cookie:
    """Takes the token away."""
    return new_cookie(settings, _name(focus_group.id), "", seconds=0)


def _name(focus_group_id: UUID) -> str:
    return f"place-{focus_group_id.hex[:8]}"
