"""What the room may read of points and findings, at the one place where it is decided."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from tests.conftest import Installation, Meeting
from tests.pages.board.phones import NEEDED, WELL, joined
from tests.pages.projector.stage import Facilitator
from workshop.contributions.models import Contribution
from workshop.contributions.released import PlaceCount, place_counts, released_points
from workshop.contributions.writes import hide_contribution
from workshop.findings.released import released_findings
from workshop.focus_groups.models import FocusGroup


async def read(here: Installation, meeting: Meeting) -> tuple[list[str], list[tuple[str, int]]]:
    """The texts and the headings with their points that the room may read under the first theme."""
    async with here.database.reading() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        points = await released_points(db, group, meeting.themes[0].id)
        findings = await released_findings(db, group, meeting.themes[0].id, NEEDED)
    return [point.text for point in points], [(finding.heading, finding.points) for finding in findings]


async def test_nothing_is_read_before_the_reveal_and_everything_after(
    installation: Installation, meeting: Meeting
) -> None:
    facilitator, phone = Facilitator(installation, meeting), await joined(installation, meeting)
    first = await phone.write("First")
    await phone.write("Second")
    await facilitator.put_together("A heading", [first])
    assert await read(installation, meeting) == (["Second", "First"], [("A heading", 1)])
    await facilitator.write_blind()
    assert await read(installation, meeting) == ([], [])
    await facilitator.reveal(1)
    assert await read(installation, meeting) == ([], [])
    await facilitator.reveal(0)
    assert await read(installation, meeting) == (["Second", "First"], [("A heading", 1)])
    await facilitator.cover(0)
    assert await read(installation, meeting) == ([], [])


async def test_what_is_hidden_held_deleted_or_gone_is_not_read_and_what_is_moderated_is_counted(
    installation: Installation, meeting: Meeting
) -> None:
    facilitator, phone = Facilitator(installation, meeting), await joined(installation, meeting)
    points = {name: await phone.write(name) for name in ("Hidden", "Held", "Deleted", "Purged", "Stays")}
    await phone.write("In another column", WELL)
    await facilitator.put_together("A heading", list(points.values()))

    async def moderate(db: AsyncSession, group: FocusGroup) -> None:
        await hide_contribution(db, group.id, points["Hidden"])
        for name, values in (
            ("Held", {"is_held": True}),
            ("Deleted", {"is_deleted": True, "text": None}),
            ("Purged", {"text": None}),
        ):
            await change(db, points[name], **values)

    await facilitator.change(moderate)
    assert await read(installation, meeting) == (["In another column", "Stays"], [("A heading", 1)])
    async with installation.database.reading() as db:
        counts = await place_counts(db, meeting.focus_group.id)
    theme = meeting.themes[0].id
    assert counts == {
        (theme, NEEDED): PlaceCount(released=1, moderated=2),
        (theme, WELL): PlaceCount(released=1, moderated=0),
    }


async def change(db: AsyncSession, contribution_id: UUID, **values: object) -> None:
    contribution = await db.get_one(Contribution, contribution_id)
    for name, value in values.items():
        setattr(contribution, name, value)
    db.add(contribution)
