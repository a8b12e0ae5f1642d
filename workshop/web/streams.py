"""Event streams: bytes from the hub to a browser, through proxies that would rather buffer."""

from collections.abc import AsyncIterator

from litestar.response import Stream

HEADERS = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}


def event_stream(frames: AsyncIterator[bytes]) -> Stream:
    """200 with server-sent events; what the client does with a 429 or 503 (give up for good) cannot happen."""
    return Stream(frames, media_type="text/event-stream", headers=HEADERS)
