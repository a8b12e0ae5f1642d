"""Pretend phones do what the step asks for, and nothing of a rehearsal remains."""

import random
from collections import Counter
from uuid import uuid4

import pytest
from sqlmodel import SQLModel, col, func, select

from tests.conftest import Installation, Meeting
from tests.queries import count_queries
from tests.rows import all_rows
from workshop.contributions.identifiers import held_for
from workshop.contributions.models import Contribution
from workshop.findings.models import PriorityVote
from workshop.findings.writes import group_points
from workshop.focus_groups.models import FocusGroup, Participant, ParticipantPeople, Phase, RunSheetStep, StepKind
from workshop.focus_groups.writes import enter_phase
from workshop.programmes.models import ColumnKind, Programme
from workshop.rehearsals.making import begin_rehearsal, end_rehearsal, forget_old_rehearsals
from workshop.rehearsals.playing import PHONES, PretendRoom
from workshop.rehearsals.words import POINTS
from workshop.retention.schedule import compact_what_is_left
from workshop.surveys.asking import ask_room
from workshop.surveys.models import ScaleAnswer
from workshop.surveys.writes import ScaleWords, set_scale

pytestmark = pytest.mark.anyio

ADA = "ada@example.org"


async def begun(here: Installation, meeting: Meeting) -> FocusGroup:
    async with here.database.writing() as db:
        return await begin_rehearsal(db, await db.get_one(FocusGroup, meeting.focus_group.id), ADA)


async def moved(here: Installation, group: FocusGroup, phase: Phase, step: RunSheetStep | None = None) -> None:
    async with here.database.writing() as db:
        stored = await db.get_one(FocusGroup, group.id)
        if step is not None:
            db.add(step)
            stored.step_id = step.id
        await enter_phase(db, stored, phase)


def room_of(here: Installation, group: FocusGroup) -> PretendRoom:
    chance = random.Random(7)  # noqa: S311 (the same play every time)
    return PretendRoom(here.database, here.app.state.inbox, group.id, chance)


async def played(here: Installation, group: FocusGroup, turns: int) -> None:
    room = room_of(here, group)
    for _ in range(turns):
        assert await room.take_turn()


async def counted(here: Installation, model: type[SQLModel]) -> int:
    async with here.database.reading() as db:
        return (await db.exec(select(func.count()).select_from(model))).one()


async def test_they_come_into_the_lobby_and_write_nothing_there(installation: Installation, meeting: Meeting) -> None:
    group = await begun(installation, meeting)
    await played(installation, group, 3)
    assert await counted(installation, Participant) == 0
    await moved(installation, group, Phase.LOBBY)
    await played(installation, group, PHONES + 5)
    assert (await counted(installation, Participant), await counted(installation, Contribution)) == (PHONES, 0)
    # One of them is a table's, with people of several agencies.
    async with installation.database.reading() as db:
        most = func.count(col(ParticipantPeople.agency_id)).label("agencies")
        query = select(most).group_by(col(ParticipantPeople.participant_id)).order_by(most.desc())
        assert (await db.exec(query)).first() == 3


async def test_they_write_what_the_step_asks_for(installation: Installation, meeting: Meeting) -> None:
    group = await begun(installation, meeting)
    async with installation.database.reading() as db:
        theme = (await db.exec(select(Programme.id).where(Programme.id == group.programme_id))).one()
    assert theme != meeting.programme.id
    step = RunSheetStep(
        focus_group_id=group.id, position=0, kind=StepKind.THEME, column=ColumnKind.WORRIED_ABOUT, minutes=5
    )
    await moved(installation, group, Phase.GATHERING, step)
    await played(installation, group, PHONES + 20)
    async with installation.database.reading() as db:
        points = list(await db.exec(select(Contribution)))
    assert {point.column for point in points} == {ColumnKind.WORRIED_ABOUT}
    assert len(points) > 10
    assert [point.held_for for point in points] == [held_for(point.text or "") for point in points]
    places = [(point.participant_id, point.theme_id) for point in points]
    assert len(set(places)) == len(places), "nobody writes twice in one place"


def test_one_of_the_things_that_they_may_write_is_held() -> None:
    said = [text for texts in POINTS.values() for text in texts]
    assert len([text for text in said if held_for(text)]) == 1
    assert len(set(said)) == len(said)


async def test_they_are_done_after_a_while_and_write_no_more(installation: Installation, meeting: Meeting) -> None:
    group = await begun(installation, meeting)
    step = RunSheetStep(focus_group_id=group.id, position=0, kind=StepKind.THEME, column=ColumnKind.WORKING_WELL)
    await moved(installation, group, Phase.GATHERING, step)
    await played(installation, group, PHONES + 200)
    async with installation.database.reading() as db:
        done = list(await db.exec(select(Participant.is_done)))
    assert done == [True] * PHONES


async def test_they_vote_and_use_no_more_votes_than_there_are(installation: Installation, meeting: Meeting) -> None:
    group = await begun(installation, meeting)
    room = room_of(installation, group)
    await moved(installation, group, Phase.GATHERING)
    for _ in range(PHONES + 30):
        await room.take_turn()
    async with installation.database.writing() as db:
        points = list(await db.exec(select(Contribution).where(Contribution.column == ColumnKind.NEEDS_TO_HAPPEN)))
        for point in points[:2]:
            finding = await group_points(db, group.programme_id, point.theme_id, point.column, "A heading", [point.id])
            finding.focus_group_id = group.id
            db.add(finding)
    await moved(installation, group, Phase.PRIORITISING)
    for _ in range(150):
        await room.take_turn()
    async with installation.database.reading() as db:
        votes = Counter(await db.exec(select(PriorityVote.participant_id)))
    assert len(votes) == PHONES
    assert max(votes.values()) <= 2 * group.votes_each


async def test_they_answer_a_scale_once_each_time_it_is_asked(installation: Installation, meeting: Meeting) -> None:
    async with installation.database.writing() as db:
        words = ScaleWords("How well do we work together?", "Everybody alone", "Hand in hand")
        await set_scale(db, meeting.programme.id, None, words)
    group = await begun(installation, meeting)
    room = room_of(installation, group)
    await moved(installation, group, Phase.GATHERING)
    for _ in range(PHONES):
        await room.take_turn()
    for asking in range(1, 7):
        async with installation.database.writing() as db:
            await ask_room(db, await db.get_one(FocusGroup, group.id), None)
        for _ in range(PHONES + 5):
            await room.take_turn()
        async with installation.database.reading() as db:
            values = list(await db.exec(select(ScaleAnswer.value).where(ScaleAnswer.asking == asking)))
        assert len(values) == PHONES
        assert {0 <= value <= 10 for value in values} == {True}


async def test_beginning_one_reads_nothing_that_people_wrote(installation: Installation, meeting: Meeting) -> None:
    with count_queries(installation.database) as asked:
        await begun(installation, meeting)
    assert asked
    assert not [query for query in asked if "FROM contribution" in query or "FROM finding" in query]


async def test_nothing_of_it_remains(installation: Installation, meeting: Meeting) -> None:
    before = await all_rows(installation.database)
    group = await begun(installation, meeting)
    await moved(installation, group, Phase.GATHERING)
    await played(installation, group, PHONES + 10)
    assert await all_rows(installation.database) != before
    async with installation.database.writing() as db:
        assert await end_rehearsal(db, await db.get_one(FocusGroup, group.id)) == meeting.focus_group.id
    await compact_what_is_left(installation.database)  # what was typed goes from the files too, and the note of it
    assert await all_rows(installation.database) == before
    assert not await room_of(installation, group).take_turn()


async def test_a_real_group_is_not_ended_as_a_rehearsal(installation: Installation, meeting: Meeting) -> None:
    async with installation.database.writing() as db:
        assert await end_rehearsal(db, await db.get_one(FocusGroup, meeting.focus_group.id)) is None
    assert await counted(installation, Programme) == 1


async def test_beginning_again_goes_on_with_the_same(installation: Installation, meeting: Meeting) -> None:
    first, second = await begun(installation, meeting), await begun(installation, meeting)
    assert first.id == second.id
    async with installation.database.writing() as db:
        again = await begin_rehearsal(db, await db.get_one(FocusGroup, first.id), ADA)
    assert again.id == first.id


async def test_the_run_sheet_and_how_people_write_are_the_same(installation: Installation, meeting: Meeting) -> None:
    step = RunSheetStep(
        id=uuid4(),
        focus_group_id=meeting.focus_group.id,
        position=0,
        kind=StepKind.THEME,
        theme_id=meeting.themes[1].id,
        column=ColumnKind.NEEDS_TO_HAPPEN,
        minutes=7,
    )
    async with installation.database.writing() as db:
        stored = await db.get_one(FocusGroup, meeting.focus_group.id)
        stored.is_blind, stored.votes_each, stored.step_id = True, 5, step.id
        db.add_all([stored, step])
    group = await begun(installation, meeting)
    assert (group.is_blind, group.votes_each, group.phase, group.step_id) == (True, 5, Phase.DRAFT, None)
    async with installation.database.reading() as db:
        copied = (await db.exec(select(RunSheetStep).where(RunSheetStep.focus_group_id == group.id))).one()
    assert (copied.minutes, copied.column, copied.kind) == (7, step.column, step.kind)
    assert copied.theme_id not in {None, step.theme_id}


async def test_what_nobody_ended_goes_after_some_hours(installation: Installation, meeting: Meeting) -> None:
    group = await begun(installation, meeting)
    async with installation.database.writing() as db:
        assert await forget_old_rehearsals(db) == 0
        programme = await db.get_one(Programme, group.programme_id)
        programme.created_at = programme.created_at.replace(year=2025)
        db.add(programme)
        await db.flush()
        assert await forget_old_rehearsals(db) == 1
    assert await counted(installation, Programme) == 1
