"""Ben and others in a focus group, and what they wrote there."""

from typing import Any
from uuid import uuid4

from tests.conftest import Installation, Meeting
from workshop.contributions.inbox import Inbox
from workshop.contributions.submissions import Submission
from workshop.focus_groups.writes import join_focus_group
from workshop.programmes.models import ColumnKind
from workshop.text import token_hash


async def join(here: Installation, meeting: Meeting, *, agency: int = 0, people: int = 1, **more: Any) -> str:
    """A device that speaks for so many people of an agency; returns its token."""
    token = uuid4().hex
    async with here.database.writing() as db:
        await join_focus_group(
            db,
            meeting.focus_group.id,
            client_id=uuid4(),
            token=token,
            people={meeting.agencies[agency].id: people},
            unsaid=0,
            **more,
        )
    return token


async def write(here: Installation, meeting: Meeting, token: str, *texts: str, theme: int = 0) -> None:
    """Points of that device under a theme."""
    inbox: Inbox = here.app.state.inbox
    for text in texts:
        submission = Submission(
            focus_group_id=meeting.focus_group.id,
            token_hash=token_hash(token),
            theme_id=meeting.themes[theme].id,
            column=ColumnKind.NEEDS_TO_HAPPEN,
            client_id=uuid4(),
            text=text,
        )
        await inbox.add(submission)
