"""Event streams: bytes from the hub to a browser, through proxies that would rather buffer."""

import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from uuid import UUID
from weakref import WeakValueDictionary

import structlog
from litestar.response import Stream

from workshop.accounts.policy import Permission
from workshop.accounts.queries import member_of_sign_in
from workshop.database import Database
from workshop.focus_groups.models import Audience, FocusGroup
from workshop.focus_groups.queries import focus_group_for
from workshop.live import Hub
from workshop.web.answers import AnyRequest
from workshop.web.values import whole_number

HEADERS = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}
LOOK_EVERY = 5.0
log = structlog.get_logger()


@dataclass(eq=False, slots=True, weakref_slot=True)
class _Standing:
    """What the last look found: one for all streams of a sign-in to a focus group, as long as there are any."""

    looked_at: float = 0.0
    may_see: bool = True
    is_looking: bool = False


_standings: WeakValueDictionary[tuple[str, Permission, UUID], _Standing] = WeakValueDictionary()


def revision_seen(request: AnyRequest, seen: str, current: int) -> int:
    """The revision that a stream's client has: of its ``Last-Event-ID``, else ``seen``, what its page was given.

    -1 for what is no revision of this database (``current`` is its newest): told at once that there is something.
    """
    has = whole_number(request.headers.get("last-event-id") or seen, current)
    return -1 if has is None else has


def event_stream(frames: AsyncIterator[bytes]) -> Stream:
    """200 with server-sent events; what the client does with a 429 or 503 (give up for good) cannot happen."""
    return Stream(frames, media_type="text/event-stream", headers=HEADERS)


def revision_stream(
    request: AnyRequest, hub: Hub, database: Database, focus_group: FocusGroup, audience: Audience, seen: str
) -> Stream:
    """A hint for every newer revision of what ``audience`` sees, a number and never a word, to one who runs the group.

    ``seen`` or ``Last-Event-ID`` says which revision the page has.
    """
    current: int = getattr(focus_group, f"{audience}_revision")
    frames = hub.frames(focus_group.id, audience, current, revision_seen(request, seen, current))
    return event_stream(while_signed_in(frames, database, request.auth, Permission.RUN_FOCUS_GROUPS, focus_group.id))


async def while_signed_in(
    frames: AsyncGenerator[bytes, None], database: Database, token: str, permission: Permission, focus_group_id: UUID
) -> AsyncGenerator[bytes, None]:
    """``frames`` until the sign-in of ``token`` is over, or has lost ``permission`` or the focus group.

    At the latest at the second heartbeat: somebody may have been taken off those who run it, or it is there no more.
    """
    viewer = (token, permission, focus_group_id)
    standing = _standings.setdefault(viewer, _Standing())
    # Whoever opens a stream has just been let in.
    standing.looked_at, standing.may_see = time.monotonic(), True
    async with aclosing(frames):
        async for frame in frames:
            # The others need not wait meanwhile: thousands of them would be held up at once.
            if not standing.is_looking and time.monotonic() - standing.looked_at >= LOOK_EVERY:
                standing.is_looking = True
                try:
                    standing.may_see = await _look(database, *viewer)
                finally:
                    standing.is_looking, standing.looked_at = False, time.monotonic()
            if not standing.may_see:
                return
            yield frame


async def _look(database: Database, token: str, permission: Permission, focus_group_id: UUID) -> bool:
    try:
        async with database.reading() as db:
            member = await member_of_sign_in(db, token)
            if member is None or not member.may(permission):
                return False
            return await focus_group_for(db, member, focus_group_id) is not None
    except Exception:  # noqa: BLE001 (a database that is away for a moment signs nobody out; it is asked again)
        log.warning("stream.database_away")
        return True
