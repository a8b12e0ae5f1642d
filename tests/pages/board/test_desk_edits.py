"""What a coordinator does at the desk to a heading that a room has made: its board and its big screen follow."""

import asyncio
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.board.grouping.page import SAID, Page, findings, id_of
from tests.pages.board.phones import joined
from workshop.contributions.models import Contribution
from workshop.focus_groups.models import Audience, FocusGroup, Phase, Projected
from workshop.live import Hub

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]
MADE = "Minutes sooner"
REWORDED = "Minutes within a week of the meeting"


class Desk:
    """Cleo at the desk, beside the room."""

    def __init__(self, client: httpx.AsyncClient, meeting: Meeting) -> None:
        self.client = client
        self.path = f"/programmes/{meeting.programme.id}"

    async def post(self, act: str, **fields: str | list[str]) -> httpx.Response:
        return await self.client.post(f"{self.path}/{act}", data=fields)

    async def done(self, act: str, **fields: str | list[str]) -> None:
        assert (await self.post(act, **fields)).status_code == 303


@pytest.fixture
async def desk(browser_of: BrowserOf, meeting: Meeting) -> Desk:
    return Desk(browser_of("cleo"), meeting)


@pytest.fixture
async def room(installation: Installation, browser_of: BrowserOf, meeting: Meeting) -> Page:
    """Ada's grouping page, with one heading over the first two points; the room votes on it."""
    phone = await joined(installation, meeting)
    points = [str(await phone.write(text)) for text in SAID]
    page = Page(browser_of("ada"), meeting)
    await page.done("findings", points=points[:2], heading=MADE)
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        group.phase, group.projected = Phase.PRIORITISING, Projected.FINDINGS
        db.add(group)
    return page


async def listeners(here: Installation, meeting: Meeting) -> list[AsyncIterator[bytes]]:
    """The streams of a board, a projector and a phone that have all that there is."""
    hub: Hub = here.app.state.hub
    async with here.database.reading() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
    streams: list[AsyncIterator[bytes]] = []
    for audience in Audience:
        revision: int = getattr(group, f"{audience}_revision")
        stream = hub.frames(group.id, audience, revision, revision)
        await anext(stream)
        streams.append(stream)
    return streams


async def all_hear(streams: list[AsyncIterator[bytes]]) -> None:
    async with asyncio.timeout(5):
        for stream in streams:
            while not (await anext(stream)).startswith(b"event: changed"):
                pass


async def test_the_room_sees_what_the_desk_does_and_undoes(
    installation: Installation, meeting: Meeting, room: Page, desk: Desk
) -> None:
    finding_id = await id_of(installation, MADE)
    streams = await listeners(installation, meeting)

    async def screens() -> list[str]:
        addresses = (f"{room.path}/changes", f"{room.path.removesuffix('grouping')}projector/changes")
        return [(await room.client.get(each, params=room.query | {"since": "0"})).text for each in addresses]

    assert all(MADE in screen for screen in await screens())
    await desk.done(f"findings/{finding_id}", heading=REWORDED, based_on=MADE)
    await all_hear(streams)
    assert all(REWORDED in screen for screen in await screens())
    await desk.done("recommendations/undo", step="2")
    await all_hear(streams)
    assert all(MADE in screen and REWORDED not in screen for screen in await screens())
    await desk.done("recommendations/redo", step="2")
    await all_hear(streams)
    assert all(REWORDED in screen for screen in await screens())
    async with installation.database.reading() as db:
        first = (await db.exec(select(Contribution.id).where(Contribution.text == SAID[0]))).one()
    await desk.done(f"findings/{finding_id}/split", points=str(first), split_heading="Of the desk")
    await all_hear(streams)
    assert await findings(installation, meeting) == {REWORDED: SAID[1:2]}
    assert "under headings made at the desk" in (await screens())[0]


async def test_of_two_who_reword_a_heading_at_desk_and_in_the_room_the_later_is_shown_both(
    installation: Installation, meeting: Meeting, room: Page, desk: Desk
) -> None:
    finding_id = await id_of(installation, MADE)
    await desk.done(f"findings/{finding_id}", heading="Cleo’s words", based_on=MADE)
    late = await room.post(f"findings/{finding_id}/heading", heading="Ada’s words", based_on=MADE)
    assert late.status_code == 409
    assert "It now reads:" in late.text
    assert 'name="based_on" value="Cleo’s words"' in late.text
    assert 'value="Ada’s words"' in late.text
    await room.done(f"findings/{finding_id}/heading", heading="Ada’s words", based_on="Cleo’s words")
    late = await desk.post(f"findings/{finding_id}", heading="Cleo’s later words", based_on="Cleo’s words")
    assert late.status_code == 409
    assert "Both wordings are below" in late.text
    assert "Ada’s words" in late.text
    assert "Cleo’s later words" in late.text
    assert list(await findings(installation, meeting)) == ["Ada’s words"]
