"""Headings in words that the room may not read stand in no results: viewers' pages, workbook, page to print, CSV."""

from collections.abc import Callable

import httpx
import pytest

from tests.conftest import Installation, Meeting
from tests.pages.board.phones import WORRIED, joined
from tests.pages.projector.stage import Facilitator
from workshop.contributions.moderation import hold_contribution, release_contribution
from workshop.findings.in_room import group_in_room
from workshop.findings.released import WITHHELD
from workshop.focus_groups.writes import close_focus_group

BrowserOf = Callable[..., httpx.AsyncClient]
WORDS = "Nobody told the school nurse"


@pytest.fixture
async def facilitator(installation: Installation, meeting: Meeting) -> Facilitator:
    return Facilitator(installation, meeting)


async def results(browser_of: BrowserOf, meeting: Meeting) -> dict[str, str]:
    """What those read who are not in the room: the list's page for others, and what a coordinator hands on."""
    programme = f"/programmes/{meeting.programme.id}"
    read = {name: (await browser_of(name).get(f"{programme}/recommendations")).text for name in ("vi", "ada")}
    for kind in ("html", "csv"):
        read[kind] = (await browser_of("cleo").get(f"{programme}/exports/{kind}")).text
    return read


async def test_a_heading_goes_with_the_held_point_in_whose_words_it_is(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    phone = await joined(installation, meeting)
    point = await phone.write(WORDS, WORRIED)
    other = await phone.write("Health hears of it last", WORRIED)
    place = (meeting.themes[0].id, WORRIED)
    await facilitator.change(lambda db, group: group_in_room(db, group, place, WORDS, [point, other]))
    assert [name for name, text in (await results(browser_of, meeting)).items() if WORDS in text] == [
        "vi",
        "ada",
        "html",
        "csv",
    ]
    await facilitator.change(lambda db, group: hold_contribution(db, group.id, point))
    read = await results(browser_of, meeting)
    assert [name for name, text in read.items() if WORDS in text] == []
    # The other point is still said, under a heading that nobody reads.
    assert WITHHELD in read["html"]
    assert WITHHELD in read["csv"]
    assert "Health hears of it last" in read["csv"]
    # Whoever coordinates goes on working with it.
    list_of_all = await browser_of("cleo").get(f"/programmes/{meeting.programme.id}/recommendations")
    assert WORDS in list_of_all.text
    await facilitator.change(lambda db, group: release_contribution(db, group.id, point))
    assert all(WORDS in text for text in (await results(browser_of, meeting)).values())


async def test_a_blind_rooms_heading_is_nobody_elses_before_the_reveal(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, facilitator: Facilitator
) -> None:
    phone = await joined(installation, meeting)
    points = [await phone.write(WORDS, WORRIED)]
    await facilitator.write_blind()
    place = (meeting.themes[0].id, WORRIED)
    await facilitator.change(lambda db, group: group_in_room(db, group, place, "", points))

    async def is_read() -> bool:
        page = await browser_of("vi").get(f"/programmes/{meeting.programme.id}/recommendations")
        assert page.status_code == 200
        return WORDS in page.text

    assert not await is_read()
    await facilitator.reveal()
    assert await is_read()
    await facilitator.cover()
    assert not await is_read()
    # Once the meeting is over, what was said in it is what it found.
    await facilitator.change(close_focus_group)
    assert await is_read()
