"""A point is in at most one finding; a finding's points have its theme and column; hidden and foreign ones stay out."""

from uuid import UUID

import pytest
from sqlmodel import select

from tests.conftest import Installation
from tests.recommendations.gathered import Gathered, gather
from workshop.contributions.models import Contribution
from workshop.facts import Refused
from workshop.findings.models import Finding
from workshop.findings.queries import points_of_findings
from workshop.findings.writes import ChangedMeanwhile, NoSuchPoints, add_points, group_points, word_finding
from workshop.programmes.models import ColumnKind
from workshop.recommendations.queries import contributions_behind
from workshop.recommendations.writes import make_recommendation

pytestmark = pytest.mark.anyio
NEEDS = ColumnKind.NEEDS_TO_HAPPEN


async def grouped(here: Installation, gathered: Gathered, points: list[UUID], heading: str = "Minutes") -> Finding:
    async with here.database.writing() as db:
        theme = gathered.meeting.themes[0]
        return await group_points(db, gathered.programme_id, theme.id, NEEDS, heading, points)


async def test_a_point_leaves_the_finding_it_was_in(installation: Installation) -> None:
    gathered = await gather(installation)
    needs = gathered.needs()
    first = await grouped(installation, gathered, needs[:3])
    second = await grouped(installation, gathered, needs[2:4], "Templates")
    async with installation.database.reading() as db:
        assert [each.id for each in await points_of_findings(db, gathered.programme_id, [first.id])] == needs[:2]
        assert [each.id for each in await points_of_findings(db, gathered.programme_id, [second.id])] == needs[2:4]


@pytest.mark.parametrize("wrong", ["theme", "column", "hidden", "deleted", "purged", "foreign"])
async def test_what_cannot_be_chosen(installation: Installation, wrong: str) -> None:
    gathered = await gather(installation)
    point_id = gathered.needs()[0]
    if wrong == "theme":
        point_id = gathered.needs(1)[0]
    elif wrong == "column":
        point_id = gathered.points[0, ColumnKind.WORKING_WELL][0]
    elif wrong == "foreign":
        other = await gather(installation, "Southshire", "Theirs", groups=1)
        point_id = other.needs()[0]
    else:
        async with installation.database.writing() as db:
            point = (await db.exec(select(Contribution).where(Contribution.id == point_id))).one()
            point.is_hidden, point.is_deleted = wrong == "hidden", wrong == "deleted"
            point.text = None if wrong == "purged" else point.text
            db.add(point)
    with pytest.raises(NoSuchPoints):
        await grouped(installation, gathered, [point_id, gathered.needs()[1]])
    async with installation.database.reading() as db:
        assert list(await db.exec(select(Finding))) == []


async def test_headings_and_points_are_needed_and_changes_are_seen(installation: Installation) -> None:
    gathered = await gather(installation)
    for points, heading in (([], "Minutes"), (gathered.needs()[:1], "")):
        with pytest.raises(Refused):
            await grouped(installation, gathered, points, heading)
    finding = await grouped(installation, gathered, gathered.needs()[:1])
    async with installation.database.writing() as db:
        stored = await db.get(Finding, finding.id)
        assert stored is not None
        with pytest.raises(ChangedMeanwhile) as refusal:
            await word_finding(db, stored, "Mine", based_on="Theirs")
    assert refusal.value.stored == "Minutes"


async def test_evidence_reaches_through_the_findings_under_a_finding(installation: Installation) -> None:
    gathered = await gather(installation)
    needs = gathered.needs()
    top, under, below = [
        await grouped(installation, gathered, needs[place : place + 2], f"Level {place}") for place in (0, 2, 4)
    ]
    async with installation.database.writing() as db:
        for child, parent in ((under, top), (below, under)):
            stored = await db.get(Finding, child.id)
            assert stored is not None
            stored.parent_id = parent.id
            db.add(stored)
        theme_id = gathered.meeting.themes[0].id
        # Named and under a named one: still counted once.
        made = await make_recommendation(db, gathered.programme_id, theme_id, "Send them", [top.id, below.id])
        await add_points(db, top, needs[6:7])
    async with installation.database.reading() as db:
        behind = await contributions_behind(db, made.id)
    assert [each.id for each in behind] == needs[:7]
