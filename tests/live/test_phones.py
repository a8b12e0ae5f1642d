"""What a phone asks for after a hint is as new as the hint, whichever process committed."""

import asyncio

import pytest

from tests.conftest import Installation, Meeting
from workshop.database import Database
from workshop.focus_groups import links
from workshop.focus_groups.links import JoinLinks
from workshop.focus_groups.models import Audience
from workshop.focus_groups.writes import raise_revision
from workshop.live import Hub

pytestmark = pytest.mark.anyio


async def test_after_another_process_s_hint_a_room_is_read_anew(
    installation: Installation, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without the hint, what was read would do for an hour.
    monkeypatch.setattr(links, "SECONDS", 3600.0)
    here = Database(installation.settings.database)
    hub, known = Hub(here), JoinLinks(here)
    hub.start()
    group = meeting.focus_group
    before = await known.room_of(group.join_token)
    assert before is not None
    with hub.topic(group.id, Audience.PHONES) as topic:
        topic.raise_to(before.focus_group.phones_revision)
        async with installation.database.writing() as db:
            await raise_revision(db, group.id, Audience.PHONES)
        async with asyncio.timeout(10):
            while topic.revision <= before.focus_group.phones_revision:
                await topic.wait()
        after = await known.room_of(group.join_token)
    await hub.stop()
    await here.close()
    assert after is not None
    assert after.focus_group.phones_revision == topic.revision
