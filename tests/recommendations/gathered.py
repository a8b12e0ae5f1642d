"""A programme whose groups have met: points by phones, by a table and from the room."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from tests.conftest import Installation, Meeting, make_meeting
from workshop.contributions.models import Contribution
from workshop.focus_groups.making import make_focus_group
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.writes import join_focus_group, open_focus_group
from workshop.programmes.models import ColumnKind

GROUPS = ("North East", "South East", "Head teachers’ forum", "North West")


@dataclass
class Gathered:
    """The meeting, its focus groups, and its points by (theme's place, column)."""

    meeting: Meeting
    focus_groups: list[FocusGroup] = field(default_factory=list)
    points: dict[tuple[int, ColumnKind], list[UUID]] = field(default_factory=dict)

    @property
    def programme_id(self) -> UUID:
        return self.meeting.programme.id

    def needs(self, theme: int = 0) -> list[UUID]:
        """A theme's needs-to-happen points."""
        return self.points[theme, ColumnKind.NEEDS_TO_HAPPEN]


async def gather(
    here: Installation, partnership: str = "Northshire", title: str = "Core groups 2026", groups: int = 2, each: int = 2
) -> Gathered:
    """``groups`` groups; in each theme and column ``each`` points by a phone, one by a table, one from the room.

    The phone speaks for one of the Police. The table speaks for two of the hospital trust, one GP practice and one
    who would rather not say. The room's point is Housing's.
    """
    meeting = await make_meeting(here, partnership, title, facilitator="ada@example.org")
    gathered = Gathered(meeting)
    async with here.database.writing() as db:
        for place in range(groups):
            gathered.focus_groups.append(await _meet(db, gathered, place, each))
    return gathered


async def _meet(db: AsyncSession, gathered: Gathered, place: int, each: int) -> FocusGroup:
    meeting = gathered.meeting
    agencies = {agency.name: agency.id for agency in meeting.agencies}
    if place == 0:
        group = meeting.focus_group
    else:
        made = FocusGroup(
            programme_id=meeting.programme.id, label=GROUPS[place % 4], date=dt.date(2026, 11, 20 + place % 8)
        )
        group = await make_focus_group(db, made)
        await open_focus_group(db, group)
    phone = await join_focus_group(
        db, group.id, client_id=uuid4(), token=f"phone {group.id}", people={agencies["Police"]: 1}, unsaid=0
    )
    table = await join_focus_group(
        db,
        group.id,
        client_id=uuid4(),
        token=f"table {group.id}",
        people={agencies["Hospital trust"]: 2, agencies["GP practice"]: 1},
        unsaid=1,
    )
    authors = [*((phone.id, None) for _ in range(each)), (table.id, None), (None, agencies["Housing"])]
    number = 0
    for theme_place, theme in enumerate(meeting.themes):
        for column in ColumnKind:
            for participant_id, agency_id in authors:
                number += 1
                point = Contribution(
                    focus_group_id=group.id,
                    theme_id=theme.id,
                    column=column,
                    participant_id=participant_id,
                    agency_id=agency_id,
                    client_id=uuid4(),
                    number=number,
                    text=f"Point {number} of {group.label} on {theme.name.lower()}",
                    words=number.to_bytes(16, "big"),
                    revision=1,
                )
                db.add(point)
                gathered.points.setdefault((theme_place, column), []).append(point.id)
    await db.flush()
    return group
