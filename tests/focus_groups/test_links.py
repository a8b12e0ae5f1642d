"""What all phones of a group see alike is read once, and again after every change that a phone may see."""

from uuid import uuid4

import pytest

from tests.conftest import Installation, Meeting
from workshop.database import Database
from workshop.focus_groups.links import JoinLinks
from workshop.focus_groups.models import FocusGroup, Phase
from workshop.focus_groups.writes import close_focus_group, join_focus_group
from workshop.programmes.models import Theme

pytestmark = pytest.mark.anyio


@pytest.fixture
def links(installation: Installation) -> JoinLinks:
    return installation.app.state.links  # type: ignore[no-any-return]  # State is untyped


async def test_joining_is_no_change_that_phones_see(installation: Installation, meeting: Meeting) -> None:
    # A way to the data of the test's own: the hourly purge of the running one counts as a change too.
    database = Database(installation.settings.database)
    async with database.writing() as db:
        await join_focus_group(db, meeting.focus_group.id, client_id=uuid4(), token="ben", people={}, unsaid=1)
    assert database.changes_for_phones == 0
    async with database.writing() as db:
        db.add(Theme(programme_id=meeting.programme.id, name="One more", position=9))
    assert database.changes_for_phones == 1
    await database.close()


async def test_a_renamed_theme_and_a_closing_are_seen_at_once(
    installation: Installation, meeting: Meeting, links: JoinLinks
) -> None:
    token = meeting.focus_group.join_token
    assert await links.room_of(token)
    async with installation.database.writing() as db:
        theme = await db.get(Theme, meeting.themes[0].id)
        assert theme is not None
        theme.name = "Before the meeting"
    renamed = await links.room_of(token)
    assert renamed is not None
    assert renamed.themes[0].name == "Before the meeting"
    async with installation.database.writing() as db:
        focus_group = await db.get(FocusGroup, meeting.focus_group.id)
        assert focus_group is not None
        await close_focus_group(db, focus_group)
    closed = await links.room_of(token)
    assert closed is not None
    assert closed.focus_group.phase is Phase.CLOSED


async def test_a_link_that_leads_nowhere_is_not_remembered(installation: Installation, links: JoinLinks) -> None:
    assert await links.room_of("A" * 22) is None
    assert await links.focus_group_of("A" * 22) is None


@pytest.mark.parametrize("token", ["\0", "a\0b", "\ufffd", "a" * 10_000])
async def test_what_is_no_link_leads_nowhere_on_either_database(database: Database, token: str) -> None:
    links = JoinLinks(database)
    assert await links.focus_group_of(token) is None
    assert await links.room_of(token) is None
