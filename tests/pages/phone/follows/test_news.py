"""What a phone is told, by its stream and its pages: numbers, and never others’ words before they are revealed."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable

import pytest
from sqlmodel import col, select

from tests.conftest import Meeting
from tests.pages.phone.conftest import COLUMNS, Phone, set_group
from tests.pages.phone.follows.meeting import THEME, WELL, Room
from tests.queries import count_queries
from tests.routes import ROUTES, at
from workshop.contributions.models import Contribution
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.reveals import reveal_themes
from workshop.pages.phone.stream import _numbers

pytestmark = pytest.mark.anyio
PhoneIn = Callable[[Meeting], Phone]


async def test_a_room_of_phones_asks_the_database_once(room: Room, ben: Phone) -> None:
    await room.go(THEME)
    with count_queries(room.here.database) as asked:
        answers = await asyncio.gather(*(ben.client.get(f"{ben.link}/standing") for _ in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({re.sub(r'data-left="\d+"', "", answer.text) for answer in answers}) == 1
    assert len([query for query in asked if "FROM run_sheet_step" in query]) <= 2
    assert not [query for query in asked if "FROM participant" in query]


async def test_nobody_who_has_not_joined_gets_a_stream_or_a_page_of_the_room(room: Room, ben: Phone) -> None:
    assert (await ben.client.get(f"{ben.link}/stream")).status_code == 403
    for path in ("/now", "/waiting"):
        await ben.open(path)
        assert "Where are you from?" in ben.text
    await ben.send("/done", step="")
    assert "Where are you from?" in ben.text
    assert (await ben.client.get("/j/AAAAAAAAAAAAAAAAAAAAAA/standing")).status_code == 404


def listened(room: Room) -> AsyncIterator[bytes]:
    state = room.here.app.state
    return _numbers(state.hub, state.links, room.meeting.focus_group.join_token, room.meeting.focus_group.id)


async def test_the_stream_says_a_number_at_once_and_one_for_each_change_and_ends_with_the_server(room: Room) -> None:
    stream = listened(room)
    assert await anext(stream) == b"retry: 2000\n\n"
    first = (await room.stored()).phones_revision
    assert await anext(stream) == f"event: changed\nid: {first}\ndata: {first}\n\n".encode()
    await room.go(THEME)
    async with asyncio.timeout(5):
        assert f"data: {(await room.stored()).phones_revision}\n".encode() in await anext(stream)
    room.here.app.state.hub.end_streams()
    async with asyncio.timeout(5):
        assert [frame async for frame in stream] == []


async def test_a_point_wakes_no_phone(room: Room, ben: Phone, phone_in: PhoneIn) -> None:
    await room.go(THEME)
    await ben.join()
    before = (await room.stored()).phones_revision
    ada = phone_in(room.meeting)
    await ada.join()
    await ada.add("Somebody else's.", column=WELL)
    assert (await room.stored()).phones_revision == before


async def test_the_first_page_says_who_in_the_room_can_read_ones_words(room: Room, ben: Phone) -> None:
    await ben.open()
    assert "Everybody else in the focus group can read them too, on phones and on the big screen." in ben.text
    await set_group(room.here, room.meeting, is_blind=True)
    await ben.open()
    assert "Nobody else in the focus group can read them until a facilitator shows them to everybody" in ben.text
    assert "can read them too" not in ben.text
    assert "kept until they have been passed on" in ben.text
    assert "held back or hidden until somebody has said whether they do" in ben.text
    assert len(ben.answer.content) < 25_000


SECRETS = ["Unsagbares hinter dem Vorhang", "Ungesehenes unter dem Teppich", "Verborgenes im Keller"]


async def test_no_byte_sent_to_a_phone_holds_others_words_before_they_are_revealed(
    room: Room, ben: Phone, phone_in: PhoneIn
) -> None:
    """Every page, fragment and stream that a participant of a blind group can ask for."""
    await set_group(room.here, room.meeting, is_blind=True, has_me_too=True, takes_late_points=True)
    await room.go(THEME)
    other = phone_in(room.meeting)
    await other.join()
    for secret, column in zip(SECRETS, COLUMNS, strict=True):
        await other.add(secret, column=column)
    await ben.join()
    await ben.add("My own words.", column=WELL)
    sent = await everything_sent(room, ben)
    assert b"My own words." in sent
    for word in (word for secret in SECRETS for word in secret.split() if len(word) > 4):
        assert word.encode() not in sent, word
    # The test can fail: once it is revealed, the words are there.
    async with room.here.database.writing() as db:
        group = await db.get_one(FocusGroup, room.meeting.focus_group.id)
        await reveal_themes(db, group, [room.meeting.themes[0].id])
    await hide(room, SECRETS[2])
    sent = await everything_sent(room, ben)
    assert SECRETS[0].encode() in sent
    assert b"You can now read what others wrote" in sent
    assert SECRETS[2].encode() not in sent


async def hide(room: Room, text: str) -> None:
    async with room.here.database.writing() as db:
        point = (await db.exec(select(Contribution).where(Contribution.text == text))).one()
        point.is_hidden = True
        db.add(point)


async def everything_sent(room: Room, phone: Phone) -> bytes:
    """All that a phone is sent: by pages at every step, by its stream, and when it lays hands on others’ points."""
    stream = listened(room)
    sent = [await anext(stream)]
    await phone.open(phone.theme())
    [own] = phone.point_ids()
    async with room.here.database.reading() as db:
        others = [str(each) for each in await db.exec(select(Contribution.id).where(col(Contribution.id) != own))]

    def keep() -> None:
        sent.extend([*(name + value for name, value in phone.answer.headers.raw), phone.answer.content])

    for step in (*range(len(room.steps)), THEME):
        await room.go(step)
        async with asyncio.timeout(5):
            sent.append(await anext(stream))
        for path in addresses(phone, "GET", [str(own)]):
            await phone.open(path)
            keep()
        await phone.send_by_script(f"{phone.theme()}/contributions", column=WELL, text="My own words.", client_id="")
        keep()
        for path in addresses(phone, "POST", others):
            for way in (phone.send, phone.send_by_script):
                await way(path.removeprefix(phone.link), text="Mine now.", confirmed="yes")
                keep()
    return b"".join(sent)


def addresses(phone: Phone, method: str, points: list[str]) -> list[str]:
    """Every page of a phone, as the app itself lists them, for each theme and point; or every act on a point."""
    found: list[str] = []
    for route in ROUTES:
        is_phones = route.path.startswith("/j/{join_token:str}") and route.name != "phone.stream"
        if not is_phones or route.method != method or (method == "POST" and "contribution_id" not in route.parameters):
            continue
        known = {"join_token": phone.meeting.focus_group.join_token}
        found += [
            at(route, known | {"theme_id": str(theme.id), "contribution_id": point})
            for theme in phone.meeting.themes
            for point in points
        ]
    return list(dict.fromkeys(found))
