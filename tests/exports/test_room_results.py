"""Votes and practice scales in the workbook: where enough took part, and never with words of answers."""

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest

from tests.conftest import Installation, Meeting
from tests.exports.readers import sheets_of
from tests.findings.of_a_room import add_findings
from tests.pages.board.phones import joined
from tests.queries import count_queries
from workshop.exports.room_results import priority_rows, scale_rows
from workshop.findings.votes import cast_vote
from workshop.focus_groups.making import make_focus_group
from workshop.focus_groups.models import FocusGroup, Participant, Phase
from workshop.surveys.asking import ask_room
from workshop.surveys.queries import asked_now
from workshop.surveys.writes import Answer, ScaleWords, answer_scale, set_scale

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]


async def take_part(here: Installation, meeting: Meeting, devices: int) -> None:
    """So many devices vote for the second of two headings, the first of them for the first too, and answer a scale."""
    findings = await add_findings(here, meeting, "Send papers early", "One minute taker")
    async with here.database.writing() as db:
        await set_scale(db, meeting.programme.id, None, ScaleWords("How well?", "Not at all", "Always"))
        group = await db.get_one(FocusGroup, meeting.focus_group.id, with_for_update=True)
        await ask_room(db, group, None)
    phones = [await joined(here, meeting) for _ in range(devices)]
    for number, phone in enumerate(phones):
        async with here.database.writing() as db:
            group = await db.get_one(FocusGroup, meeting.focus_group.id)
            asked = await asked_now(db, group)
            assert asked is not None
            group.phase = Phase.PRIORITISING
            db.add(group)
            await db.flush()
            participant = await db.get_one(Participant, phone.participant_id)
            for finding in findings[0 if number == 0 else 1 :]:
                await cast_vote(db, participant, finding, uuid4())
            said = Answer(asked.scale.id, asked.asking, number, "Words of an answer", "More words")
            await answer_scale(db, participant, said)


async def workbook(browser_of: BrowserOf, meeting: Meeting) -> dict[str, list[dict[str, str]]]:
    answer = await browser_of("cleo").get(f"/programmes/{meeting.programme.id}/exports/xlsx")
    assert answer.status_code == 200, answer.text
    assert b"Words of an answer" not in answer.content
    return sheets_of(answer.content)


async def test_votes_and_spread_of_a_room_are_in_the_workbook(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    await take_part(installation, meeting, 5)
    # Nobody reads in a file what the room has not seen yet.
    hidden = [("", "Send papers early", "not shown"), ("", "One minute taker", "not shown")]
    sheets = await workbook(browser_of, meeting)
    assert [(row["Place"], row["Heading"], row["Votes"]) for row in sheets["Priorities"]] == hidden
    async with installation.database.writing() as db:
        (await db.get_one(FocusGroup, meeting.focus_group.id)).are_totals_shown = True
    sheets = await workbook(browser_of, meeting)
    assert [(row["Place"], row["Heading"], row["Votes"]) for row in sheets["Priorities"]] == [
        ("1", "One minute taker", "5"),
        ("2", "Send papers early", "1"),
    ]
    (row,) = sheets["Practice scale"]
    assert (row["The question"], row["Answers"], row["Median"], row["Lowest"], row["Highest"]) == (
        "How well?",
        "5",
        "2",
        "0",
        "4",
    )
    assert "Words of an answer" not in str(sheets)


async def test_with_fewer_than_the_minimum_nothing_is_told_but_that_they_were_asked(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    await take_part(installation, meeting, 4)
    sheets = await workbook(browser_of, meeting)
    assert [(row["Place"], row["Heading"], row["Votes"]) for row in sheets["Priorities"]] == [
        ("", "Send papers early", "not shown"),
        ("", "One minute taker", "not shown"),
    ]
    (row,) = sheets["Practice scale"]
    assert {row[name] for name in ("Answers", "Median", "Lowest", "Highest")} == {"not shown"}


async def test_a_programme_that_had_neither_has_no_such_sheets(browser_of: BrowserOf, meeting: Meeting) -> None:
    assert not {"Priorities", "Practice scale"} & set(await workbook(browser_of, meeting))


async def test_more_rooms_and_scales_ask_no_more_questions(installation: Installation, meeting: Meeting) -> None:
    await take_part(installation, meeting, 2)
    names = dict.fromkeys([*(theme.id for theme in meeting.themes), meeting.focus_group.id], "named")

    async def asked(groups: list[FocusGroup]) -> int:
        async with installation.database.reading() as db:
            with count_queries(installation.database) as queries:
                await priority_rows(db, groups, names, 5)
                await scale_rows(db, meeting.programme.id, groups, names, 5)
        return len(queries)

    async with installation.database.writing() as db:
        for theme in meeting.themes:
            await set_scale(db, meeting.programme.id, theme.id, ScaleWords("How well?", "Not at all", "Always"))
        others = [FocusGroup(programme_id=meeting.programme.id, date=meeting.focus_group.date) for _ in range(3)]
        for other in others:
            await make_focus_group(db, other)
    assert await asked([meeting.focus_group, *others]) == await asked([meeting.focus_group]) == 5
