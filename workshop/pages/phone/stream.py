"""The stream that tells a phone that the room has moved on: numbers, never words."""

from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from litestar import get
from litestar.exceptions import PermissionDeniedException
from litestar.params import FromPath
from litestar.response import Stream

from workshop.focus_groups.links import JoinLinks
from workshop.focus_groups.models import Audience
from workshop.live import Hub
from workshop.pages.phone.visit import NOBODY, provide_visit
from workshop.web.answers import AnyRequest
from workshop.web.streams import event_stream

NOTHING_SEEN = -1
# Nobody has so many tabs of one meeting open; a program that opened them without end would take the memory of all.
MOST_STREAMS = 10
_open: Counter[UUID] = Counter()


@get("/stream", name="phone.stream", include_in_schema=False)
async def stream(request: AnyRequest, join_token: FromPath[str]) -> Stream:
    """The phones' revision at once, which shows that nothing on the way holds the stream back, then every newer one.

    403 for a phone that has not joined, or has ``MOST_STREAMS`` open: it asks slowly instead.
    """
    here: Any = request.app.state
    visit = await provide_visit(request, join_token)
    if visit.participant is None or _open[visit.participant.id] >= MOST_STREAMS:
        raise PermissionDeniedException
    return event_stream(_numbers(here.hub, here.links, join_token, visit.focus_group.id, visit.participant.id))


async def _numbers(
    hub: Hub, links: JoinLinks, join_token: str, focus_group_id: UUID, device: UUID = NOBODY
) -> AsyncGenerator[bytes, None]:
    # Listened to before the revision is read: no hint falls between.
    with hub.topic(focus_group_id, Audience.PHONES), _counted(device):
        room = await links.room_of(join_token)
        if room is None:
            return
        async for frame in hub.frames(focus_group_id, Audience.PHONES, room.focus_group.phones_revision, NOTHING_SEEN):
            yield frame


@contextmanager
def _counted(device: UUID) -> Iterator[None]:
    _open[device] += 1
    try:
        yield
    finally:
        _open[device] -= 1
        if not _open[device]:
            del _open[device]
