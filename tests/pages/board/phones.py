"""People in Ada's focus group, who join and write as their phones do, past the pages."""

import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from tests.conftest import Installation, Meeting
from workshop.contributions.inbox import Inbox
from workshop.contributions.submissions import Submission
from workshop.focus_groups.writes import join_focus_group
from workshop.programmes.models import ColumnKind
from workshop.text import token_hash

WELL, WORRIED, NEEDED = ColumnKind
NAMED = "Jayden has not been seen for a week"


@dataclass(frozen=True)
class Phone:
    """A device that has joined."""

    here: Installation
    meeting: Meeting
    token: str
    participant_id: UUID

    async def write(self, text: str, column: ColumnKind = NEEDED, theme: int = 0, held_for: str = "") -> UUID:
        """Send one point; its id. ``held_for``: the kinds of what was found in it, where it was sent all the same."""
        inbox: Inbox = self.here.app.state.inbox
        submission = Submission(
            focus_group_id=self.meeting.focus_group.id,
            token_hash=token_hash(self.token),
            theme_id=self.meeting.themes[theme].id,
            column=column,
            client_id=uuid4(),
            text=text,
            held_for=held_for,
        )
        return (await inbox.add(submission)).contribution_id


async def joined(here: Installation, meeting: Meeting, people: dict[str, int] | None = None, unsaid: int = 0) -> Phone:
    """A phone that speaks for so many ``people`` by agency; for one who would rather not say when nobody is named."""
    ids = {agency.name: agency.id for agency in meeting.agencies}
    token = secrets.token_urlsafe(16)
    async with here.database.writing() as db:
        participant = await join_focus_group(
            db,
            meeting.focus_group.id,
            client_id=uuid4(),
            token=token,
            people={ids[name]: count for name, count in (people or {}).items()},
            unsaid=unsaid if people else unsaid or 1,
        )
    return Phone(here, meeting, token, participant.id)


async def held(phone: Phone, text: str = NAMED) -> UUID:
    """A worry that its writer sent all the same, though it seems to name somebody."""
    return await phone.write(text, WORRIED, held_for="name")
