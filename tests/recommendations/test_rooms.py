"""Rooms beside the desk: whose step is undone where, and findings that become one with all that hangs on them."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.conftest import Installation
from tests.recommendations.gathered import Gathered, gather
from workshop.contributions.models import Contribution
from workshop.contributions.moderation import hold_contribution
from workshop.database import Database
from workshop.facts import Refused
from workshop.findings.in_room import add_in_room, group_in_room
from workshop.findings.models import Finding, PriorityVote
from workshop.findings.queries import are_empty
from workshop.findings.votes import vote_totals
from workshop.findings.writes import group_points, take_points_out, word_finding
from workshop.focus_groups.models import FocusGroup, Participant, Phase
from workshop.programmes.models import ColumnKind
from workshop.recommendations.merging_findings import merge_findings
from workshop.recommendations.queries import contributions_behind
from workshop.recommendations.undo import ChangedElsewhere, next_turns, recorded, redo_step, undo_last_step
from workshop.recommendations.writes import make_recommendation

pytestmark = pytest.mark.anyio
NEEDED = ColumnKind.NEEDS_TO_HAPPEN


@pytest.fixture
async def gathered(installation_on_either: Installation) -> Gathered:
    """Two rooms of one programme, with points."""
    return await gather(installation_on_either)


@pytest.fixture
def database(installation_on_either: Installation) -> Database:
    return installation_on_either.database


def points_of(gathered: Gathered, room: int) -> list[UUID]:
    """What a room says needs to happen under the first theme: half of both rooms' points."""
    both = gathered.needs()
    half = len(both) // 2
    return both[room * half : (room + 1) * half]


async def group_there(db: AsyncSession, gathered: Gathered, room: int, heading: str, points: list[UUID]) -> UUID:
    """A step of the room."""
    there = gathered.focus_groups[room]
    async with recorded(db, gathered.programme_id, f"grouped {heading}", None, there.id):
        place = (gathered.meeting.themes[0].id, NEEDED)
        return (await group_in_room(db, there, place, heading, points)).id


async def headings(database: Database) -> set[str]:
    async with database.reading() as db:
        return set(await db.exec(select(Finding.heading)))


async def test_each_room_and_the_desk_undo_their_own(database: Database, gathered: Gathered) -> None:
    here, there = (group.id for group in gathered.focus_groups)
    programme, theme = gathered.programme_id, gathered.meeting.themes[0].id
    async with database.writing() as db:
        await group_there(db, gathered, 0, "Here", points_of(gathered, 0)[:2])
        await group_there(db, gathered, 1, "There", points_of(gathered, 1)[:2])
        async with recorded(db, programme, "grouped at the desk", None):
            await group_points(db, programme, theme, NEEDED, "At the desk", points_of(gathered, 0)[2:3])
    async with database.writing() as db:
        assert [turn and turn.verb for turn in await next_turns(db, programme, here)] == ["grouped Here", None]
        assert await undo_last_step(db, programme, 1, here) == "grouped Here"
        assert await undo_last_step(db, programme, None, here) is None
    assert await headings(database) == {"There", "At the desk"}
    async with database.writing() as db:
        # A new step elsewhere takes nobody's way forward away.
        await group_there(db, gathered, 1, "There too", points_of(gathered, 1)[2:3])
        assert await redo_step(db, programme, None, here) == "grouped Here"
        assert await undo_last_step(db, programme) == "grouped at the desk"
        assert await undo_last_step(db, programme, None, there) == "grouped There too"
    assert await headings(database) == {"Here", "There"}


async def test_what_others_built_on_stays(database: Database, gathered: Gathered) -> None:
    here, programme = gathered.focus_groups[0].id, gathered.programme_id
    async with database.writing() as db:
        finding_id = await group_there(db, gathered, 0, "Here", points_of(gathered, 0)[:2])
        async with recorded(db, programme, "made a recommendation", None):
            await make_recommendation(db, programme, None, "Do it", [finding_id])
    with pytest.raises(ChangedElsewhere):
        async with database.writing() as db:
            await undo_last_step(db, programme, None, here)
    async with database.writing() as db:
        await undo_last_step(db, programme)
        assert await undo_last_step(db, programme, None, here) == "grouped Here"
    assert await headings(database) == set()


async def test_what_is_merged_takes_points_votes_and_recommendations_along(
    database: Database, gathered: Gathered
) -> None:
    here, programme = gathered.focus_groups[0], gathered.programme_id
    points = points_of(gathered, 0)
    async with database.writing() as db:
        small = await group_there(db, gathered, 0, "Small", points[:1])
        large = await group_there(db, gathered, 0, "Large", points[1:4])
        one = await make_recommendation(db, programme, None, "Names the large one", [large])
        both = await make_recommendation(db, programme, None, "Names both", [small, large])
        participant = (await db.exec(select(Participant).where(Participant.focus_group_id == here.id))).first()
        assert participant
        for finding_id in (small, large):
            db.add(PriorityVote(participant_id=participant.id, client_id=uuid4(), finding_id=finding_id))
    async with database.writing() as db, recorded(db, programme, "merged headings", None, here.id):
        findings = [await db.get_one(Finding, finding_id) for finding_id in (small, large)]
        assert (await merge_findings(db, findings, "")).id == small
    async with database.reading() as db:
        assert (await db.get_one(Finding, small)).heading == "Large"
        assert await db.get(Finding, large) is None
        assert {point.id for point in await contributions_behind(db, one.id)} == set(points[:4])
        assert {point.id for point in await contributions_behind(db, both.id)} == set(points[:4])
        assert await vote_totals(db, [small]) == {small: 2}
    async with database.writing() as db:
        await undo_last_step(db, programme, None, here.id)
    async with database.reading() as db:
        assert {point.id for point in await contributions_behind(db, one.id)} == set(points[1:4])
        assert await vote_totals(db, [small, large]) == {small: 1, large: 1}


async def test_unlike_findings_are_not_merged(database: Database, gathered: Gathered) -> None:
    async with database.writing() as db:
        here = await db.get_one(Finding, await group_there(db, gathered, 0, "Here", points_of(gathered, 0)[:1]))
        there = await db.get_one(Finding, await group_there(db, gathered, 1, "There", points_of(gathered, 1)[:1]))
        for findings in ([here, there], [here], [here, here], []):
            with pytest.raises(Refused):
                await merge_findings(db, findings, "One")


async def test_a_room_takes_its_own_points_alone(database: Database, gathered: Gathered) -> None:
    room = gathered.focus_groups[0]
    async with database.writing() as db:
        finding = await db.get_one(Finding, await group_there(db, gathered, 0, "Here", points_of(gathered, 0)[:1]))
        for points in (points_of(gathered, 1)[:1], points_of(gathered, 0)[:1], []):
            with pytest.raises(Refused):
                await add_in_room(db, room, finding, points)
        assert not await are_empty(db, [finding.id])
        await word_finding(db, finding, "Reworded", "Here")
    async with database.reading() as db:
        query = select(Contribution.id).where(Contribution.finding_id == finding.id)
        assert list(await db.exec(query)) == points_of(gathered, 0)[:1]


async def revisions(database: Database, gathered: Gathered) -> list[tuple[int, int, int]]:
    """What each room's board, projector and phones were last told."""
    async with database.reading() as db:
        rooms = [await db.get_one(FocusGroup, group.id) for group in gathered.focus_groups]
    return [(room.board_revision, room.projector_revision, room.phones_revision) for room in rooms]


async def test_what_the_desk_does_to_a_rooms_headings_is_told_to_that_room_alone(
    database: Database, gathered: Gathered
) -> None:
    here, programme, theme = gathered.focus_groups[0], gathered.programme_id, gathered.meeting.themes[0].id
    points = points_of(gathered, 0)
    async with database.writing() as db:
        finding_id = await group_there(db, gathered, 0, "Here", points[:3])
        room = await db.get_one(FocusGroup, here.id)
        room.phase = Phase.PRIORITISING
        db.add(room)

    async def reword(db: AsyncSession) -> None:
        await word_finding(db, await db.get_one(Finding, finding_id), "Elsewhere", "Here")

    async def take_out(db: AsyncSession) -> None:
        await take_points_out(db, await db.get_one(Finding, finding_id), points[:1])

    async def take_over(db: AsyncSession) -> None:
        await group_points(db, programme, theme, NEEDED, "At the desk", points[1:2])

    async def take_a_loose_one(db: AsyncSession) -> None:
        await group_points(db, programme, theme, NEEDED, "At the desk too", points[3:4])

    async def do(work: Callable[[AsyncSession], Awaitable[None]]) -> None:
        async with database.writing() as db, recorded(db, programme, "changed", None):
            await work(db)

    async def turn(way: Callable[[AsyncSession, UUID], Awaitable[str | None]]) -> None:
        async with database.writing() as db:
            assert await way(db, programme) == "changed"

    works = [partial(do, work) for work in (reword, take_out, take_over, take_a_loose_one)]
    turns = [partial(turn, way) for way in (undo_last_step, redo_step) for _ in works]
    for act in (*works, *turns):
        before = await revisions(database, gathered)
        await act()
        after = await revisions(database, gathered)
        assert all(later > earlier for earlier, later in zip(before[0], after[0], strict=True))
        assert after[1] == before[1]
    before = await revisions(database, gathered)
    async with database.writing() as db, recorded(db, programme, "made a recommendation", None):
        await make_recommendation(db, programme, None, "Do it", [finding_id])
    assert await revisions(database, gathered) == before


async def test_the_desk_and_a_room_never_wait_for_one_another_crosswise(database: Database, gathered: Gathered) -> None:
    """On PostgreSQL one of them would end with an error."""
    room, programme, theme = gathered.focus_groups[0].id, gathered.programme_id, gathered.meeting.themes[0].id
    point = points_of(gathered, 0)[0]

    async def hide() -> None:
        async with database.writing() as db:
            await hold_contribution(db, room, point)

    async with database.writing() as db, recorded(db, programme, "grouped", None):
        await group_points(db, programme, theme, NEEDED, "At the desk", [point])
        in_the_room = asyncio.create_task(hide())
        await asyncio.sleep(0.5)  # it has come as far as it can
    async with asyncio.timeout(20):
        await in_the_room
