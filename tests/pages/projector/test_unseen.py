"""What the big screen never shows: words that are not released, agencies of few, messages for the facilitator."""

from collections.abc import Callable

import httpx

from tests.conftest import Installation, Meeting
from tests.pages.board.phones import joined
from tests.pages.projector.screen import changes, projector, screen, since
from tests.pages.projector.stage import Facilitator
from workshop.contributions.writes import hide_contribution, restore_contribution
from workshop.focus_groups.models import Projected, StepKind
from workshop.focus_groups.run_sheet import NewStep

BrowserOf = Callable[..., httpx.AsyncClient]


async def test_a_message_for_the_facilitator_is_not_shown_to_the_room_and_waits(
    browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada = browser_of("ada")
    answer = await ada.post(f"/focus-groups/{meeting.focus_group.id}/opening")
    assert answer.status_code == 303
    assert "People join with the code" not in (await ada.get(projector(meeting))).text
    assert "People join with the code" in (await ada.get(answer.headers["location"])).text


async def test_before_the_reveal_there_is_a_number_and_no_word_anywhere(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    await facilitator.write_blind()
    await facilitator.go_to_theme()
    phone, ada = await joined(installation, meeting), browser_of("ada")
    mark = since((await ada.get(projector(meeting))).text)
    secret = await phone.write("Unheard-of words")
    await facilitator.put_together("A heading of unheard-of words", [secret])

    async def all_bytes() -> bytes:
        answers = b""
        for shown in (Projected.STEP, *set(Projected) - {Projected.STEP}):
            await facilitator.project(shown, 0)
            answers += (await ada.get(projector(meeting))).content
            answers += (await changes(ada, meeting, mark)).content
        return answers

    before = await all_bytes()
    assert b"nheard-of" not in before
    assert str(secret).encode() not in before
    await facilitator.project(Projected.POINTS, 0)
    assert "1 point not revealed yet" in await screen(ada, meeting)
    assert "What needs to happen? 1 point " in await screen(ada, meeting)
    await facilitator.reveal()
    assert "Unheard-of words" in await screen(ada, meeting)
    assert "not revealed" not in await screen(ada, meeting)
    await facilitator.cover()
    assert b"nheard-of" not in await all_bytes()


async def test_what_is_hidden_or_held_goes_and_is_counted(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    phone, ada = await joined(installation, meeting), browser_of("ada")
    group = meeting.focus_group.id
    points = [await phone.write(f"Criticism {name}") for name in ("one", "two", "three")]
    await phone.write("Elsewhere", theme=1)
    await facilitator.go_to_theme()
    assert "No points hidden" in await screen(ada, meeting)
    await facilitator.change(lambda db, _: hide_contribution(db, group, points[0]))
    await facilitator.hold(points[1])
    for shown in (Projected.STEP, Projected.FINDINGS, Projected.JOIN, Projected.SCALE):
        await facilitator.project(shown, 0)
        words = await screen(ada, meeting)
        assert "2 points hidden" in words
        assert "Criticism one" not in words
        assert "Criticism two" not in words
    await facilitator.project(Projected.POINTS, 1)
    assert "No points hidden" in await screen(ada, meeting)
    await facilitator.project(Projected.POINTS, 0)
    await facilitator.change(lambda db, _: restore_contribution(db, group, points[0]))
    words = await screen(ada, meeting)
    assert "1 point hidden" in words
    assert "Criticism one" in words


async def test_an_agency_stands_beside_words_only_as_on_the_board(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    await (await joined(installation, meeting, {"Police": 5})).write("Said by one of many")
    await (await joined(installation, meeting, {"Housing": 1})).write("Said by one alone")
    await facilitator.go_to_theme()
    words = await screen(browser_of("ada"), meeting)
    assert "Said by one of many Police" in words
    assert "Housing" not in words


async def test_findings_have_counts_and_hidden_points_no_heading(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    phone, ada = await joined(installation, meeting), browser_of("ada")
    points = [await phone.write(f"Late minutes {number}") for number in range(3)]
    named = await phone.write("Names a family")
    desk = await phone.write("Sorted at the desk")
    await phone.write("Left over")
    await facilitator.put_together("Minutes in time", points)
    await facilitator.put_together("A heading of a family’s name", [named])
    await facilitator.put_together("The coordinator’s own heading", [desk], is_rooms_own=False)
    await facilitator.change(lambda db, group: hide_contribution(db, group.id, named))
    await facilitator.go_to(NewStep(StepKind.GROUPING, 10, meeting.themes[0].id))
    words = await screen(ada, meeting)
    assert "Minutes in time 3 points" in words
    assert "1 heading " in words
    assert "family’s name" not in words
    assert "coordinator’s own" not in words
    assert "Not under a heading yet 2" in words
    assert words.index("Left over") < words.index("Sorted at the desk")
    assert "Late minutes" not in words
    assert "1 point hidden" in words
