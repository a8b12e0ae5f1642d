"""A long text is looked through for names before the database's turn to write is taken: nobody else waits for it."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting, make_meeting
from tests.pages.board.phones import NAMED, held, joined
from workshop.contributions import identifiers
from workshop.contributions.models import Contribution
from workshop.focus_groups.models import FocusGroup
from workshop.surveys.asking import ask_room
from workshop.surveys.models import ScaleAnswer
from workshop.surveys.taking_over import key_of
from workshop.surveys.writes import ScaleWords, set_scale

pytestmark = pytest.mark.anyio
LONG = "Minutes come late. " * 100
WITH_A_NAME = f"{LONG} Jayden’s mum said so."


@contextmanager
def nobody_looks() -> Iterator[None]:
    """Long texts wait to be looked through until the block ends."""
    has_begun, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        has_begun.set()
        go_on.wait()

    identifiers._aside.submit(wait)  # noqa: SLF001 (the thread in which it is done)
    has_begun.wait()
    try:
        yield
    finally:
        go_on.set()


async def until_it_waits_for_a_look(sending: asyncio.Task[httpx.Response]) -> None:
    while not sending.done() and not identifiers._aside._work_queue.qsize():  # noqa: ASYNC110, SLF001 (said nowhere else)
        await asyncio.sleep(0.01)
    assert not sending.done()


@pytest.fixture
async def meeting(installation_on_either: Installation) -> Meeting:
    """An open focus group on either database."""
    return await make_meeting(installation_on_either, "Northshire", "Core groups 2026", facilitator="ada@example.org")


@pytest.fixture
async def ada(installation_on_either: Installation) -> AsyncIterator[httpx.AsyncClient]:
    """Ada's browser."""
    here = installation_on_either
    transport = httpx.ASGITransport(app=here.app)  # type: ignore[arg-type]  # litestar's own ASGI types
    cookies = {"workshop": here.tokens["ada"]}
    async with httpx.AsyncClient(transport=transport, base_url="http://workshop.test", cookies=cookies) as browser:
        yield browser


async def answered(here: Installation, meeting: Meeting, words: str) -> tuple[UUID, str]:
    """A phone's answer to a scale about the first theme, with ``words``; its participant, and its page's address."""
    phone = await joined(here, meeting)
    theme = meeting.themes[0].id
    async with here.database.writing() as db:
        scale = await set_scale(db, meeting.programme.id, theme, ScaleWords("How well?", "Not at all", "Always"))
        await ask_room(db, await db.get_one(FocusGroup, meeting.focus_group.id, with_for_update=True), theme)
        answer = ScaleAnswer(
            scale_id=scale.id,
            focus_group_id=meeting.focus_group.id,
            asking=1,
            participant_id=phone.participant_id,
            value=6,
            one_higher=words,
        )
        db.add(answer)
    return phone.participant_id, f"/focus-groups/{meeting.focus_group.id}/scale/answers/{key_of(answer)}/contribution"


async def only_point(here: Installation) -> Contribution:
    async with here.database.reading() as db:
        return (await db.exec(select(Contribution))).one()


async def test_others_write_while_an_answer_that_is_taken_over_is_looked_through(
    installation_on_either: Installation, meeting: Meeting, ada: httpx.AsyncClient
) -> None:
    here = installation_on_either
    _, path = await answered(here, meeting, WITH_A_NAME)
    with nobody_looks():
        sending = asyncio.create_task(ada.post(path, data={"about": str(meeting.themes[0].id)}))
        await until_it_waits_for_a_look(sending)
        async with here.database.writing() as db:
            await db.get_one(FocusGroup, meeting.focus_group.id, with_for_update=True)
    assert (await sending).status_code == 303
    point = await only_point(here)
    assert (point.text, point.held_for) == (WITH_A_NAME, "name")


@pytest.mark.parametrize(("before", "after"), [(LONG, WITH_A_NAME), (WITH_A_NAME, LONG)])
async def test_an_answer_that_changes_meanwhile_is_taken_over_as_it_is_then(
    installation_on_either: Installation, meeting: Meeting, ada: httpx.AsyncClient, before: str, after: str
) -> None:
    here = installation_on_either
    participant, path = await answered(here, meeting, before)
    with nobody_looks():
        sending = asyncio.create_task(ada.post(path, data={"about": str(meeting.themes[0].id)}))
        await until_it_waits_for_a_look(sending)
        async with here.database.writing() as db:
            answer = (await db.exec(select(ScaleAnswer).where(ScaleAnswer.participant_id == participant))).one()
            answer.one_higher = after
            db.add(answer)
    assert (await sending).status_code == 303
    point = await only_point(here)
    assert (point.text, point.held_for) == (after, "name" if after == WITH_A_NAME else "")


async def test_others_write_while_a_facilitators_words_are_looked_through(
    installation_on_either: Installation, meeting: Meeting, ada: httpx.AsyncClient
) -> None:
    here = installation_on_either
    point = await held(await joined(here, meeting), NAMED)
    path = f"/focus-groups/{meeting.focus_group.id}/contributions/{point}/rewording"
    with nobody_looks():
        form = {"text": WITH_A_NAME, "based_on": NAMED, "concern": "no"}
        sending = asyncio.create_task(ada.post(path, data=form))
        await until_it_waits_for_a_look(sending)
        async with here.database.writing() as db:
            await db.get_one(FocusGroup, meeting.focus_group.id, with_for_update=True)
    assert (await sending).status_code == 303
    stored = await only_point(here)
    assert (stored.text, stored.held_for, stored.was_reworded) == (WITH_A_NAME, "name", True)
