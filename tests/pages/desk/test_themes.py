"""Themes: added, renamed, moved by buttons, and not taken away while people's words hang on them."""

from collections.abc import Callable

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting, make_meeting
from tests.pages.desk.people import join, write
from workshop.contributions.models import Contribution
from workshop.contributions.writes import delete_contribution
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.queries import participants_of_devices
from workshop.programmes.queries import themes_of
from workshop.text import token_hash

pytestmark = pytest.mark.anyio
Browser = Callable[..., httpx.AsyncClient]


async def names(here: Installation, meeting: Meeting) -> list[str]:
    async with here.database.reading() as db:
        return [theme.name for theme in await themes_of(db, meeting.programme.id)]


async def test_add_rename_and_tell_who_watches(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    cleo, path = browser_of("cleo"), f"/programmes/{meeting.programme.id}/themes"
    before = await names(installation, meeting)
    assert (await cleo.post(path, data={"name": "  Voice of  the child "})).status_code == 303
    assert (await cleo.post(f"{path}/{meeting.themes[0].id}", data={"name": "Before the meeting"})).status_code == 303
    assert await names(installation, meeting) == ["Before the meeting", *before[1:], "Voice of the child"]
    async with installation.database.reading() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
    assert group.phones_revision == meeting.focus_group.phones_revision + 2
    assert "Voice of the child" in (await cleo.get(path)).text


@pytest.mark.parametrize("name", ["", "roles and RESPONSIBILITIES"])
async def test_an_empty_or_repeated_name_is_refused_and_kept(
    installation: Installation, browser_of: Browser, meeting: Meeting, name: str
) -> None:
    cleo, path = browser_of("cleo"), f"/programmes/{meeting.programme.id}/themes"
    before = await names(installation, meeting)
    for answer in (
        await cleo.post(path, data={"name": name}),
        await cleo.post(f"{path}/{meeting.themes[0].id}", data={"name": name}),
    ):
        assert answer.status_code == 422
        assert f'value="{name}"' in answer.text
        assert 'href="#name"' in answer.text
    assert await names(installation, meeting) == before


async def test_a_theme_keeps_its_name_in_other_capitals(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    path = f"/programmes/{meeting.programme.id}/themes/{meeting.themes[2].id}"
    assert (await browser_of("cleo").post(path, data={"name": "ROLES and responsibilities"})).status_code == 303
    assert (await names(installation, meeting))[2] == "ROLES and responsibilities"


async def test_buttons_move_up_and_down_and_stop_at_the_ends(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    cleo, path = browser_of("cleo"), f"/programmes/{meeting.programme.id}/themes"
    first, second, third, fourth = await names(installation, meeting)

    async def move(theme: int, way: str) -> list[str]:
        await cleo.post(f"{path}/{meeting.themes[theme].id}/position", data={"move": way})
        return await names(installation, meeting)

    assert await move(0, "up") == [first, second, third, fourth]
    assert await move(0, "down") == [second, first, third, fourth]
    assert await move(3, "up") == [second, first, fourth, third]
    assert await move(2, "down") == [second, first, fourth, third]
    page = (await cleo.get(path)).text
    assert page.count('value="up"') == page.count('value="down"') == 3


async def test_an_empty_theme_goes_after_a_question(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    path = f"/programmes/{meeting.programme.id}/themes/{meeting.themes[1].id}/removal"
    assert "Remove “Engagement of children and families”?" in (await browser_of("cleo").get(path)).text
    assert len(await names(installation, meeting)) == 4
    assert (await browser_of("cleo").post(path)).status_code == 303
    assert len(await names(installation, meeting)) == 3
    assert (await browser_of("cleo").get(path)).status_code == 404


async def test_points_hold_their_theme_and_are_counted(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    device = await join(installation, meeting)
    await write(installation, meeting, device, "One.", "Two.", "Three.", theme=1)
    path = f"/programmes/{meeting.programme.id}/themes/{meeting.themes[1].id}/removal"
    assert "<li>3 points</li>" in (await browser_of("cleo").get(path)).text
    refusal = await browser_of("cleo").post(path)
    assert refusal.status_code == 422
    assert "cannot be removed: 3 points" in refusal.text
    assert len(await names(installation, meeting)) == 4


async def test_deleted_points_hold_nothing(installation: Installation, browser_of: Browser, meeting: Meeting) -> None:
    device = await join(installation, meeting)
    await write(installation, meeting, device, "One.", theme=1)
    async with installation.database.writing() as db:
        shown = meeting.focus_group.id, token_hash(device)
        participant = (await participants_of_devices(db, {shown}))[shown]
        point = (await db.exec(select(Contribution))).one()
        await delete_contribution(db, participant, point.id)
    path = f"/programmes/{meeting.programme.id}/themes/{meeting.themes[1].id}/removal"
    assert (await browser_of("cleo").post(path)).status_code == 303


async def test_the_only_theme_stays(installation: Installation, browser_of: Browser, meeting: Meeting) -> None:
    path = f"/programmes/{meeting.programme.id}/themes"
    for theme in meeting.themes[:3]:
        assert (await browser_of("cleo").post(f"{path}/{theme.id}/removal")).status_code == 303
    assert (await browser_of("cleo").post(f"{path}/{meeting.themes[3].id}/removal")).status_code == 422


async def test_a_theme_is_found_under_its_own_programme_alone(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    other = await make_meeting(installation, "Northshire", "Another")
    path = f"/programmes/{other.programme.id}/themes/{meeting.themes[0].id}"
    cleo = browser_of("cleo")
    assert (await cleo.get(path)).status_code == 404
    assert (await cleo.get(f"{path}/removal")).status_code == 404
    for resource in ("", "/position", "/removal"):
        answer = await cleo.post(path + resource, data={"name": "Mine", "move": "up"})
        assert answer.status_code == 404
    assert "Mine" not in await names(installation, meeting)
