"""Hiding a point, and showing it again."""

from collections.abc import Callable
from uuid import uuid4

import httpx

from tests.conftest import Installation, Meeting, make_meeting
from tests.pages.board.phones import joined
from tests.pages.board.running import stored
from workshop.contributions.models import Contribution
from workshop.contributions.writes import delete_contribution
from workshop.focus_groups.models import Participant

BrowserOf = Callable[..., httpx.AsyncClient]
HTMX = {"HX-Request": "true"}


async def test_a_hidden_points_words_are_folded_away_and_come_back(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    point = await (await joined(installation, meeting)).write("A family’s name")
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    answer = await ada.post(f"{group}/contributions/{point}/hiding")
    theme = meeting.themes[0].id
    assert (answer.status_code, answer.headers["location"]) == (303, f"{group}/board?theme={theme}#p-{point}")
    html = (await ada.get(f"{group}/board")).text
    assert 'class="point point--hidden"' in html
    assert "and 1 hidden point" in html
    folded = html[html.index("<details><summary") :]
    assert "A family’s name" in folded[: folded.index("</details>")]
    assert html.count("A family’s name") == 1

    answer = await ada.post(f"{group}/contributions/{point}/showing", headers=HTMX)
    assert answer.status_code == 200
    assert f'hx-target="#p-{point}" hx-swap="outerHTML"' in answer.text
    assert "point--hidden" not in answer.text
    assert "point--hidden" not in (await ada.get(f"{group}/board")).text


async def test_hiding_twice_is_one_change_and_is_told_once(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    point = await (await joined(installation, meeting)).write("Words")
    ada = browser_of("ada")
    before = await stored(installation, meeting)
    for _ in range(2):
        await ada.post(f"/focus-groups/{meeting.focus_group.id}/contributions/{point}/hiding")
    after = await stored(installation, meeting)
    assert after.board_revision == before.board_revision + 1
    # Phones, too: one may be showing it among what others said.
    assert after.phones_revision == before.phones_revision + 1


async def test_nobody_hides_what_is_not_in_their_focus_group(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    other = await make_meeting(installation, "Northshire", "Another enquiry", facilitator="ada@example.org")
    foreign = await make_meeting(installation, "Southshire", "Another enquiry")
    point = await (await joined(installation, meeting)).write("Words")
    for name, through, contribution in (
        ("ada", other, point),
        ("ada", foreign, point),
        ("dov", meeting, point),
        ("dov", foreign, point),
        ("ada", meeting, uuid4()),
    ):
        for verb in ("hiding", "showing"):
            url = f"/focus-groups/{through.focus_group.id}/contributions/{contribution}/{verb}"
            assert (await browser_of(name).post(url)).status_code == 404
    assert (
        await browser_of("vi").post(f"/focus-groups/{meeting.focus_group.id}/contributions/{point}/hiding")
    ).status_code == 403
    async with installation.database.reading() as db:
        assert not (await db.get_one(Contribution, point)).is_hidden


async def test_a_point_that_its_author_has_deleted_cannot_be_hidden(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    phone = await joined(installation, meeting)
    point = await phone.write("Words")
    async with installation.database.writing() as db:
        await delete_contribution(db, await db.get_one(Participant, phone.participant_id), point)
    url = f"/focus-groups/{meeting.focus_group.id}/contributions/{point}/hiding"
    assert (await browser_of("ada").post(url)).status_code == 404
