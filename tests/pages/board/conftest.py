"""Focus groups before they begin, and points that wait for the facilitator."""

from uuid import UUID

import pytest

from tests.conftest import Installation, Meeting
from tests.pages.board.phones import held, joined
from workshop.focus_groups.models import FocusGroup, Phase


@pytest.fixture
async def group(installation: Installation, meeting: Meeting) -> str:
    """The path of a focus group that is not opened yet."""
    async with installation.database.writing() as db:
        stored_group = await db.get_one(FocusGroup, meeting.focus_group.id)
        stored_group.phase, stored_group.join_code = Phase.DRAFT, None
        db.add(stored_group)
    return f"/focus-groups/{meeting.focus_group.id}"


@pytest.fixture
async def point(installation: Installation, meeting: Meeting) -> UUID:
    """A held point."""
    return await held(await joined(installation, meeting))
