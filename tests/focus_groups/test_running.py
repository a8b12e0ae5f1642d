"""The room goes from step to step: what is stored, and who is told, on both kinds of database."""

import asyncio
import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from workshop.accounts.writes import make_partnership
from workshop.database import Database, now
from workshop.facts import NotFound
from workshop.focus_groups.making import make_focus_group
from workshop.focus_groups.models import (
    Audience,
    FocusGroup,
    Participant,
    Phase,
    Projected,
    RunSheetStep,
    StepKind,
)
from workshop.focus_groups.people import joined_so_far
from workshop.focus_groups.run_sheet import Layout, NewStep, first_steps
from workshop.focus_groups.running import (
    MeetingMovedOn,
    Settings,
    change_settings,
    change_timer,
    close_meeting,
    enter_step,
    follow_to_step,
    project,
)
from workshop.focus_groups.steps import (
    ClosesOnce,
    MeetingUnderWay,
    add_step,
    change_step,
    make_run_sheet,
    move_step,
    present_step,
    remove_step,
    steps_of,
)
from workshop.focus_groups.timer import NONE, started
from workshop.focus_groups.writes import FocusGroupArchived, join_focus_group, open_focus_group
from workshop.programmes.models import ColumnKind, Programme
from workshop.programmes.queries import themes_of
from workshop.programmes.writes import make_programme
from workshop.retention.removal import remove_focus_group, remove_theme

ALL = {audience.value for audience in Audience}


@dataclass
class Room:
    """A focus group with a run sheet of seven steps, and what its watchers were told."""

    database: Database
    id: UUID
    programme_id: UUID
    themes: list[UUID]
    told: list[set[str]] = field(default_factory=list)

    async def go(self, index: int) -> FocusGroup:
        """Enter the step at ``index``."""
        async with self.database.writing() as db:
            group = await db.get_one(FocusGroup, self.id, with_for_update=True)
            await enter_step(db, group, (await steps_of(db, self.id))[index])
        return group

    async def remove(self, index: int) -> None:
        """Take away the step at ``index``."""
        async with self.database.writing() as db:
            group = await db.get_one(FocusGroup, self.id, with_for_update=True)
            await remove_step(db, group, (await steps_of(db, self.id))[index])

    async def group(self) -> FocusGroup:
        """As it is stored."""
        async with self.database.reading() as db:
            return await db.get_one(FocusGroup, self.id)

    async def kinds(self) -> list[StepKind]:
        """The run sheet's steps."""
        async with self.database.reading() as db:
            return [step.kind for step in await steps_of(db, self.id)]


@pytest.fixture
async def room(database: Database) -> Room:
    """In draft."""
    async with database.writing() as db:
        home = await make_partnership(db, "Northshire")
        programme = await make_programme(db, Programme(partnership_id=home.id, title="2026"), themes=["One", "Two"])
        new = FocusGroup(programme_id=programme.id, date=dt.date(2026, 12, 3), starts_at=dt.time(9, 30))
        group = await make_focus_group(db, new)
        themes = [theme.id for theme in await themes_of(db, programme.id)]
        await make_run_sheet(db, group, first_steps(Layout.THEMES, themes, list(ColumnKind), [None]))
    made = Room(database, group.id, programme.id, themes)
    database.after_commit.append(lambda hints: made.told.append({audience for _, audience in hints}))
    return made


async def test_forward_and_back_the_phase_follows_the_step(room: Room) -> None:
    phases = [(await room.go(index)).phase for index in (0, 1, 2, 3, 4, 5, 6, 5, 1)]
    assert phases == [
        Phase.LOBBY,
        Phase.GATHERING,
        Phase.GATHERING,
        Phase.GATHERING,
        Phase.GROUPING,
        Phase.PRIORITISING,
        Phase.CLOSED,
        Phase.PRIORITISING,
        Phase.GATHERING,
    ]
    assert room.told == [ALL] * len(phases)
    group = await room.group()
    assert group.join_code
    assert group.is_together


async def test_a_step_begins_without_a_timer_with_nobody_done_and_on_the_projector(room: Room) -> None:
    await room.go(1)
    async with room.database.writing() as db:
        await join_focus_group(db, room.id, client_id=uuid4(), token="a phone", people={}, unsaid=2)
        group = await db.get_one(FocusGroup, room.id, with_for_update=True)
        participant = (await db.exec(select(Participant).where(Participant.focus_group_id == room.id))).one()
        participant.is_done = True
        db.add(participant)
        await change_timer(db, group, started(60, now()))
        await project(db, group, Projected.POINTS, room.themes[0])
    async with room.database.reading() as db:
        here = await joined_so_far(db, room.id)
    assert (here.devices, here.people, here.done, here.writing) == (1, 2, 1, 0)
    group = await room.go(2)
    assert (group.timer_ends_at, group.timer_left) == NONE
    assert (group.projected, group.projected_theme_id) == (Projected.STEP, None)
    async with room.database.reading() as db:
        assert (await joined_so_far(db, room.id)).done == 0


async def test_two_presses_on_one_next_are_one_step(room: Room) -> None:
    await room.go(1)
    async with room.database.reading() as db:
        steps = await steps_of(db, room.id)

    async def press(shown_at: int, to: int) -> None:
        async with room.database.writing() as db:
            group = await db.get_one(FocusGroup, room.id, with_for_update=True)
            await follow_to_step(db, group, steps[to], steps[shown_at].id)

    room.told.clear()
    await asyncio.gather(press(1, 2), press(1, 2))
    assert (await room.group()).step_id == steps[2].id
    assert sum(told == ALL for told in room.told) == 1
    with pytest.raises(MeetingMovedOn):
        await press(1, 4)
    assert (await room.group()).step_id == steps[2].id


async def test_a_step_of_another_group_is_none(room: Room) -> None:
    async with room.database.writing() as db:
        other = await make_focus_group(db, FocusGroup(programme_id=room.programme_id, date=dt.date(2026, 12, 4)))
        (step,) = await make_run_sheet(db, other, [NewStep(StepKind.WELCOME)])
    with pytest.raises(NotFound):
        async with room.database.writing() as db:
            await enter_step(db, await db.get_one(FocusGroup, room.id, with_for_update=True), step)
    assert (await room.group()).phase is Phase.DRAFT


async def test_a_run_sheet_without_a_phase_leaves_the_room_in_its_own(room: Room) -> None:
    """A scale that is asked in a group which is open as a survey."""
    async with room.database.writing() as db:
        group = await db.get_one(FocusGroup, room.id, with_for_update=True)
        await make_run_sheet(db, group, [NewStep(StepKind.SCALE), NewStep(StepKind.OWN, title="A break")])
        await open_focus_group(db, group)
    assert (await room.go(1)).phase is Phase.GATHERING


async def test_an_archived_group_is_run_no_more(room: Room) -> None:
    async with room.database.writing() as db:
        group = await db.get_one(FocusGroup, room.id)
        group.phase, group.archived_at = Phase.CLOSED, now()
        db.add(group)
    with pytest.raises(FocusGroupArchived):
        await room.go(1)
    assert (await room.group()).step_id is None


async def test_closing_stands_at_the_close_and_opening_again_leaves_the_run_sheet(room: Room) -> None:
    await room.go(2)
    async with room.database.writing() as db:
        await close_meeting(db, await db.get_one(FocusGroup, room.id, with_for_update=True))
    async with room.database.reading() as db:
        step = await present_step(db, await db.get_one(FocusGroup, room.id))
    assert step is not None
    assert (step.kind, (await room.group()).phase) == (StepKind.CLOSE, Phase.CLOSED)
    async with room.database.writing() as db:
        await open_focus_group(db, await db.get_one(FocusGroup, room.id, with_for_update=True))
    group = await room.group()
    assert (group.phase, group.step_id) == (Phase.GATHERING, None)


async def test_steps_are_added_before_the_close_moved_and_removed(room: Room) -> None:
    async with room.database.writing() as db:
        group = await db.get_one(FocusGroup, room.id, with_for_update=True)
        added = await add_step(db, group, NewStep(StepKind.OWN, 10, title="A break"))
        with pytest.raises(ClosesOnce):
            await add_step(db, group, NewStep(StepKind.CLOSE))
    assert (await room.kinds())[-2:] == [StepKind.OWN, StepKind.CLOSE]
    async with room.database.writing() as db:
        group = await db.get_one(FocusGroup, room.id, with_for_update=True)
        step = await db.get_one(RunSheetStep, added.id)
        await move_step(db, group, step, 1)
        await move_step(db, group, step, -1)
    assert (await room.kinds())[-3:] == [StepKind.OWN, StepKind.PRIORITIES, StepKind.CLOSE]
    await room.remove(5)
    assert StepKind.OWN not in await room.kinds()
    async with room.database.reading() as db:
        assert [step.position for step in await steps_of(db, room.id)] == list(range(7))
    assert room.told == [{Audience.BOARD}] * 3


async def test_the_step_at_which_the_meeting_stands_stays_and_its_words_are_told_to_all(room: Room) -> None:
    await room.go(1)
    room.told.clear()
    for is_present in (True, False):
        async with room.database.writing() as db:
            group = await db.get_one(FocusGroup, room.id, with_for_update=True)
            step = (await steps_of(db, room.id))[1 if is_present else 2]
            await change_step(db, group, step, NewStep(step.kind, 7, step.theme_id, title="Warm-up"))
        assert room.told.pop() == (ALL if is_present else {Audience.BOARD})
    with pytest.raises(MeetingUnderWay):
        await room.remove(1)
    with pytest.raises(MeetingUnderWay):
        async with room.database.writing() as db:
            await make_run_sheet(db, await db.get_one(FocusGroup, room.id, with_for_update=True), [])
    assert len(await room.kinds()) == 7


async def test_who_can_see_a_change_is_told_of_it(room: Room) -> None:
    await room.go(1)
    room.told.clear()
    async with room.database.writing() as db:
        group = await db.get_one(FocusGroup, room.id, with_for_update=True)
        await change_timer(db, group, started(60, now()))
    async with room.database.writing() as db:
        group = await db.get_one(FocusGroup, room.id, with_for_update=True)
        await change_settings(db, group, Settings(True, False, True, True, 5))  # noqa: FBT003 (the row of settings)
    async with room.database.writing() as db:
        group = await db.get_one(FocusGroup, room.id, with_for_update=True)
        await project(db, group, Projected.JOIN)
    assert room.told == [ALL, ALL, {Audience.BOARD, Audience.PROJECTOR}]
    group = await room.group()
    assert (group.is_blind, group.is_together, group.takes_late_points) == (True, False, True)
    assert (group.has_me_too, group.votes_each, group.projected) == (True, 5, Projected.JOIN)


async def test_a_theme_and_a_group_go_with_their_steps(room: Room) -> None:
    async with room.database.writing() as db:
        theme = (await themes_of(db, room.programme_id))[0]
        await remove_theme(db, theme)
    assert len(await room.kinds()) == 6
    async with room.database.writing() as db:
        await remove_focus_group(db, await db.get_one(FocusGroup, room.id))
    assert await room.kinds() == []
