"""Priorities and the practice scale on the big screen: nothing before it is shown, and never whose it is."""

import re
from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest

from tests.conftest import Installation, Meeting
from tests.findings.of_a_room import add_findings
from tests.pages.board.phones import joined
from tests.pages.projector.screen import screen
from tests.pages.projector.stage import Facilitator
from workshop.findings.votes import cast_vote, show_totals
from workshop.focus_groups.models import FocusGroup, Participant, Projected, StepKind
from workshop.focus_groups.run_sheet import NewStep
from workshop.surveys.asking import ask_room
from workshop.surveys.queries import asked_now
from workshop.surveys.writes import Answer, ScaleWords, answer_scale, set_scale

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]
WORDS = ScaleWords("How well do they work?", "Nobody comes", "The family says it is theirs")


async def test_headings_are_shown_in_their_order_and_by_votes_once_totals_are(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    findings = await add_findings(installation, meeting, "Send papers early", "One minute taker", "Book rooms")
    await add_findings(installation, meeting, "Ask the children", theme=1)
    phone = await joined(installation, meeting)
    await facilitator.go_to(NewStep(StepKind.PRIORITIES))
    async with installation.database.writing() as db:
        participant = await db.get_one(Participant, phone.participant_id)
        for finding in (findings[1], findings[1], findings[2]):
            await cast_vote(db, participant, finding, uuid4())
    ada = browser_of("ada")
    words = await screen(ada, meeting)
    assert words.index("Send papers early") < words.index("One minute taker") < words.index("Book rooms")
    assert "3 votes for each phone under each theme" in words
    assert "Place" not in words
    assert not re.search(r"One minute taker \d", words)

    await facilitator.change(lambda db, group: show_totals(db, group, is_shown=True))
    words = await screen(ada, meeting)
    assert words.index("1 One minute taker 2") < words.index("2 Book rooms 1") < words.index("– Send papers early 0")
    assert meeting.themes[1].name in words
    assert "Ask the children" in words

    await facilitator.project(Projected.PRIORITIES, theme=1)
    words = await screen(ada, meeting)
    assert "Ask the children" in words
    assert "One minute taker" not in words


async def test_what_a_blind_room_has_not_revealed_is_not_on_the_screen(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    await add_findings(installation, meeting, "Send papers early")
    await facilitator.write_blind()
    await facilitator.go_to(NewStep(StepKind.PRIORITIES))
    words = await screen(browser_of("ada"), meeting)
    assert "Send papers early" not in words
    assert "There are no headings to vote on yet" in words


async def answered(here: Installation, meeting: Meeting, values: list[int]) -> None:
    """So many more phones answer what is asked now."""
    for value in values:
        phone = await joined(here, meeting)
        async with here.database.writing() as db:
            asked = await asked_now(db, await db.get_one(FocusGroup, meeting.focus_group.id))
            assert asked is not None
            participant = await db.get_one(Participant, phone.participant_id)
            said = Answer(asked.scale.id, asked.asking, value, f"Because of {value}", "Words of one alone")
            await answer_scale(db, participant, said)


async def test_the_spread_is_on_the_screen_only_when_it_is_put_there_and_without_words(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    async with installation.database.writing() as db:
        await set_scale(db, meeting.programme.id, None, WORDS)
    await facilitator.go_to(NewStep(StepKind.SCALE))
    ada = browser_of("ada")
    await answered(installation, meeting, [4, 7])
    words = await screen(ada, meeting)
    assert "How well do they work?" in words
    assert "Nobody comes" in words
    assert "2 of 2 phones or computers have answered" in words
    await facilitator.project(Projected.SCALE)
    words = await screen(ada, meeting)
    assert "From 3 answers on the spread is shown" in words
    assert "median" not in words
    await answered(installation, meeting, [8])
    words = await screen(ada, meeting)
    assert "3 answers: median 7, from 4 to 8" in words
    assert "Because of" not in words
    assert "Words of one alone" not in words

    # Asked again: the next step shows how many have answered, then both stand side by side.
    await facilitator.change(lambda db, group: ask_room(db, group, None))
    words = await screen(ada, meeting)
    assert "median" not in words
    assert "0 of 3 phones or computers have answered" in words
    await answered(installation, meeting, [9, 9, 10])
    await facilitator.project(Projected.SCALE)
    words = await screen(ada, meeting)
    assert words.index("First asking") < words.index("3 answers: median 7") < words.index("Second asking")
    assert "3 answers: median 9, from 9 to 10" in words


async def test_a_scale_without_words_shows_the_step(
    browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    await facilitator.go_to(NewStep(StepKind.SCALE, title="Where are we?"))
    words = await screen(browser_of("ada"), meeting)
    assert "Where are we?" in words
    assert "The question from 0 to 10 comes in a moment." in words
