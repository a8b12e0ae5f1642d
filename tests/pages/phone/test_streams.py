"""How many streams a phone may have open."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import Phone
from workshop.focus_groups.models import Participant
from workshop.pages.phone.stream import MOST_STREAMS, _numbers

pytestmark = pytest.mark.anyio
PhoneIn = Callable[[Meeting], Phone]


async def test_a_phone_has_some_streams_and_not_any_number(
    installation: Installation, meeting: Meeting, ben: Phone, phone_in: PhoneIn
) -> None:
    state, group = installation.app.state, meeting.focus_group
    await ben.join()
    async with installation.database.reading() as db:
        device = (await db.exec(select(Participant.id))).one()
    streams = [_numbers(state.hub, state.links, group.join_token, group.id, device) for _ in range(MOST_STREAMS)]
    for stream in streams:
        await anext(stream)
    state.hub.is_closing = True  # a stream that has an end
    assert (await ben.client.get(f"{ben.link}/stream")).status_code == 403
    # Nobody else's.
    other = await phone_in(meeting).join()
    assert (await other.client.get(f"{ben.link}/stream")).status_code == 200
    await streams[0].aclose()
    assert (await ben.client.get(f"{ben.link}/stream")).status_code == 200
    for stream in streams:
        await stream.aclose()
