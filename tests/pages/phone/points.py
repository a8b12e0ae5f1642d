"""What is stored of a phone's points, where they are sent to, and a group that closes meanwhile."""

from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import Phone
from workshop.contributions.models import Contribution
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.writes import close_focus_group


async def stored(here: Installation) -> list[str | None]:
    """The texts in order of arrival."""
    async with here.database.reading() as db:
        rows = await db.exec(select(Contribution).order_by(Contribution.number))  # type: ignore[arg-type]  # a column
        return [row.text for row in rows]


async def close(here: Installation, meeting: Meeting) -> None:
    """Close the focus group."""
    async with here.database.writing() as db:
        focus_group = await db.get(FocusGroup, meeting.focus_group.id)
        assert focus_group is not None
        await close_focus_group(db, focus_group)


def contributions(phone: Phone) -> str:
    """Where the first theme's points go."""
    return f"{phone.theme()}/contributions"
