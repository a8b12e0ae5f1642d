"""Changes to a focus group's facts; what a change of its programme means to those who watch."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.facts import Refused
from workshop.focus_groups.models import FocusGroup, Mode
from workshop.focus_groups.writes import raise_revision


class LinkEndsBeforeItBegins(Refused):
    """The join link would never be open."""


@dataclass(frozen=True, slots=True)
class Facts:
    """When, where and by whom a focus group is held; ``open_from`` and ``open_until`` bound its link."""

    label: str | None
    date: dt.date
    starts_at: dt.time | None
    mode: Mode
    place: str
    meeting_link: str
    facilitator_email: str
    open_from: dt.datetime | None = None
    open_until: dt.datetime | None = None


def focus_group_from(programme_id: UUID, facts: Facts) -> FocusGroup:
    """A focus group with these facts, not stored yet. Raises LinkEndsBeforeItBegins."""
    focus_group = FocusGroup(programme_id=programme_id, date=facts.date)
    _take(focus_group, facts)
    return focus_group


async def change_focus_group(db: AsyncSession, focus_group: FocusGroup, facts: Facts) -> None:
    """Change the group's facts, and tell everybody who watches. Raises LinkEndsBeforeItBegins."""
    _take(focus_group, facts)
    db.add(focus_group)
    await db.flush()  # the revision is raised in SQL, on the same row
    await raise_revision(db, focus_group.id)


async def announce_programme_change(db: AsyncSession, programme_id: UUID) -> None:
    """Raise every revision of the programme's focus groups: phones and boards show its themes and questions."""
    await db.flush()  # what changed comes before the news of it
    # In id order: two transactions never wait for one another crosswise.
    query = select(FocusGroup.id).where(FocusGroup.programme_id == programme_id).order_by(col(FocusGroup.id))
    for focus_group_id in list(await db.exec(query)):
        await raise_revision(db, focus_group_id)


def _take(focus_group: FocusGroup, facts: Facts) -> None:
    if facts.open_from and facts.open_until and facts.open_until <= facts.open_from:
        raise LinkEndsBeforeItBegins("The link has to end after it begins", "open_until")
    focus_group.label, focus_group.date, focus_group.starts_at = facts.label, facts.date, facts.starts_at
    focus_group.mode, focus_group.place, focus_group.meeting_link = facts.mode, facts.place, facts.meeting_link
    focus_group.facilitator_email = facts.facilitator_email
    focus_group.open_from, focus_group.open_until = facts.open_from, facts.open_until
