"""On either database: what nobody answered for is kept, unlinked, and answered once; a rehearsal is not asked about."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from tests.conftest import Installation, Meeting, make_meeting
from tests.retention.files import postgres_file
from tests.rows import tables_with
from workshop.accounts.models import Account
from workshop.contributions.models import Concern, Contribution, OpenQuestion
from workshop.contributions.moderation import hold_contribution, reword_contribution
from workshop.contributions.questions import open_questions_by_group, unanswered_by_group
from workshop.contributions.room import RoomPoint, add_from_room
from workshop.contributions.writes import hide_contribution
from workshop.programmes.models import ColumnKind, Programme
from workshop.retention.programmes import ConcernsOpen, delete_programme
from workshop.retention.questions import answer_questions
from workshop.retention.removal import what_holds_focus_group
from workshop.retention.schedule import compact_what_is_left
from workshop.retention.writes import DATE_PASSED, purge_focus_group

pytestmark = pytest.mark.anyio
WORDS = ("Somebody saw bruises", "Rude about the chair", "Answered for already")


async def with_points(here: Installation) -> tuple[Meeting, UUID]:
    """A meeting with a held point, a hidden one, and one that was held and reworded after the question; an account."""
    meeting = await make_meeting(here, "Northshire", "Core groups 2026", facilitator="ada@example.org")
    group, theme = meeting.focus_group.id, meeting.themes[0].id
    async with here.database.writing() as db:
        account = (await db.exec(select(Account).where(Account.email == "cleo@example.org"))).one().id
        points = []
        for words in WORDS:
            point = RoomPoint(uuid4(), theme, ColumnKind.WORRIED_ABOUT, None, words)
            points.append((await add_from_room(db, group, point, here.settings.key)).id)
        held, hidden, reworded = points
        await hold_contribution(db, group, held)
        await hide_contribution(db, group, hidden)
        await hold_contribution(db, group, reworded)
        await reword_contribution(
            db, group, reworded, "In other words", based_on=WORDS[2], is_concern=False, account_id=account
        )
    return meeting, account


async def test_kept_by_the_date_then_answered(installation_on_either: Installation) -> None:
    here = installation_on_either
    meeting, account = await with_points(here)
    group, programme = meeting.focus_group.id, meeting.programme.id
    async with here.database.writing() as db:
        assert await unanswered_by_group(db, programme) == {group: 2}
        record = await purge_focus_group(db, group, reason=DATE_PASSED)
        assert record is not None
        assert (record.counts["kept"], record.counts["covered"], record.counts["points"]) == (2, 1, 1)
    assert [await tables_with(here.database, words) for words in WORDS] == [{"open_question"}, {"open_question"}, set()]
    async with here.database.writing() as db:
        assert await unanswered_by_group(db, programme) == {}
        assert await open_questions_by_group(db, programme) == {group: 2}
        assert "2 kept points that nobody has answered for" in await what_holds_focus_group(db, group)
        with pytest.raises(ConcernsOpen, match="2 held or hidden points"):
            await delete_programme(db, await db.get_one(Programme, programme))
        ids = {question.words: question.id for question in await db.exec(select(OpenQuestion))}
    before = await postgres_file(here, "open_question")
    answers = {ids[WORDS[0]]: True, ids[WORDS[1]]: False, uuid4(): False}
    async with here.database.writing() as db:
        came_to = await answer_questions(db, group, answers, seen=0, account_id=account)
        assert (came_to.concerns, came_to.others, came_to.missed) == (1, 1, 1)
        assert came_to.record is not None
        assert came_to.record.counts["questions"] == 1
    await compact_what_is_left(here.database)
    assert [await tables_with(here.database, words) for words in WORDS] == [{"concern"}, set(), set()]
    if not here.database.is_sqlite:
        assert await postgres_file(here, "open_question") != before
    async with here.database.reading() as db:
        [concern] = await db.exec(select(Concern))
    assert (concern.contribution_id, concern.raised_by, concern.passed_on_at) == (None, account, None)


async def test_answered_twice_by_two_people_it_counts_once(installation: Installation) -> None:
    meeting, account = await with_points(installation)
    group = meeting.focus_group.id
    async with installation.database.writing() as db:
        await purge_focus_group(db, group, reason=DATE_PASSED)
        answers = {question.id: False for question in await db.exec(select(OpenQuestion))}
    for came in ((2, 0), (0, 2)):
        async with installation.database.writing() as db:
            came_to = await answer_questions(db, group, answers, seen=0, account_id=account)
        assert (came_to.others, came_to.missed) == came
        assert (came_to.record is not None) == bool(came[0])


async def test_not_even_the_order_of_the_rows_tells_who_came_first(installation: Installation) -> None:
    meeting = await make_meeting(installation, "Northshire", "Core groups 2026")
    words = [f"Held as number {number}" for number in range(15)]
    async with installation.database.writing() as db:
        for each in words:
            point = RoomPoint(uuid4(), meeting.themes[0].id, ColumnKind.WORRIED_ABOUT, None, each, "name")
            await add_from_room(db, meeting.focus_group.id, point, installation.settings.key)
        await purge_focus_group(db, meeting.focus_group.id, reason=DATE_PASSED)
    async with installation.database.reader.connect() as connection:
        stored = list((await connection.execute(text("SELECT words FROM open_question ORDER BY rowid"))).scalars())
    assert sorted(stored) == sorted(words)
    assert stored != words


async def test_a_rehearsals_words_go_unasked(installation: Installation) -> None:
    meeting, _ = await with_points(installation)
    async with installation.database.writing() as db:
        programme = await db.get_one(Programme, meeting.programme.id)
        programme.rehearsal_of = uuid4()
        db.add(programme)
    async with installation.database.writing() as db:
        await purge_focus_group(db, meeting.focus_group.id, reason=DATE_PASSED)
        assert (await db.exec(select(OpenQuestion))).all() == []
        assert (await db.exec(select(Contribution).where(col(Contribution.text).is_not(None)))).all() == []
