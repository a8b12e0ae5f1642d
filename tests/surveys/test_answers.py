"""Answers and “me too” of many at once, on both databases: each once, none lost."""

import asyncio

import pytest
from sqlmodel import select

from tests.conftest import Installation, make_meeting
from tests.pages.board.phones import joined
from workshop.contributions.me_too import people_who_said_so, say_me_too
from workshop.contributions.models import MeToo
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.surveys.asking import ask_room
from workshop.surveys.models import PracticeScale, ScaleAnswer
from workshop.surveys.queries import asked_now, scales_of
from workshop.surveys.writes import Answer, ScaleWords, answer_scale, set_scale

pytestmark = pytest.mark.anyio
WORDS = ScaleWords("How well do they work?", "Nobody comes", "The family says it is theirs")


async def test_the_same_answer_many_times_is_one_and_everybodys_is_kept(installation_on_either: Installation) -> None:
    here = installation_on_either
    meeting = await make_meeting(here, "Northshire", "Core groups 2026", facilitator="ada@example.org")
    async with here.database.writing() as db:
        scale = await set_scale(db, meeting.programme.id, None, WORDS)
        await ask_room(db, await db.get_one(FocusGroup, meeting.focus_group.id, with_for_update=True), None)
    phones = [await joined(here, meeting) for _ in range(5)]

    async def answer(participant_id: object, value: int) -> None:
        async with here.database.writing() as db:
            participant = await db.get_one(Participant, participant_id)
            await answer_scale(db, participant, Answer(scale.id, 1, value, "Because."))

    times = [answer(phone.participant_id, place) for place, phone in enumerate(phones) for _ in range(4)]
    await asyncio.gather(*times)
    async with here.database.reading() as db:
        stored = list(await db.exec(select(ScaleAnswer)))
        asked = await asked_now(db, await db.get_one(FocusGroup, meeting.focus_group.id))
    assert sorted(each.value for each in stored) == [0, 1, 2, 3, 4]
    assert {each.asking for each in stored} == {1}
    assert asked is not None
    assert asked.asking == 1


async def test_two_who_set_the_same_scale_make_one(installation_on_either: Installation) -> None:
    here = installation_on_either
    meeting = await make_meeting(here, "Northshire", "Core groups 2026")
    themes = [None, meeting.themes[0].id]

    async def set_words(place: int) -> None:
        async with here.database.writing() as db:
            await set_scale(db, meeting.programme.id, themes[place % 2], WORDS)

    await asyncio.gather(*(set_words(place) for place in range(10)))
    async with here.database.reading() as db:
        assert [scale.theme_id for scale in await scales_of(db, meeting.programme.id)] == themes
        assert len(list(await db.exec(select(PracticeScale)))) == 2


async def test_me_too_of_many_at_once_is_said_once_each(installation_on_either: Installation) -> None:
    here = installation_on_either
    meeting = await make_meeting(here, "Northshire", "Core groups 2026")
    async with here.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        group.has_me_too = True
        db.add(group)
    point = await (await joined(here, meeting)).write("Minutes come three weeks late.")
    phones = [await joined(here, meeting, {"Police": 2}) for _ in range(4)]

    async def say(participant_id: object) -> None:
        async with here.database.writing() as db:
            await say_me_too(db, await db.get_one(Participant, participant_id), point)

    await asyncio.gather(*(say(phone.participant_id) for phone in phones for _ in range(5)))
    async with here.database.reading() as db:
        assert len(list(await db.exec(select(MeToo)))) == 4
        assert await people_who_said_so(db, meeting.focus_group.id) == {point: 8}
