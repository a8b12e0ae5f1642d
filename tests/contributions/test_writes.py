"""An author's edits beside what a facilitator does to the same point, on both databases."""

import asyncio
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting, make_meeting
from tests.waiting import until_it_waits
from workshop.accounts.models import Account
from workshop.contributions.models import Contribution
from workshop.contributions.moderation import reword_contribution
from workshop.contributions.questions import open_questions
from workshop.contributions.submissions import Submission
from workshop.contributions.writes import edit_contribution
from workshop.focus_groups.models import Participant
from workshop.focus_groups.writes import join_focus_group
from workshop.programmes.models import ColumnKind
from workshop.text import token_hash

pytestmark = pytest.mark.anyio


async def test_an_edit_that_waits_for_a_facilitators_rewording_takes_its_place_as_a_whole(
    installation_on_either: Installation,
) -> None:
    here = installation_on_either
    meeting = await make_meeting(here, "Northshire", "Core groups 2026")
    ben, point = await _held_point(here, meeting, "Ring Priya on 01632 960 417.")
    async with here.database.reading() as db:
        ada = (await db.exec(select(Account.id).where(Account.email == "ada@example.org"))).one()

    async def edit() -> None:
        async with here.database.writing() as db:
            await edit_contribution(db, ben, point, "Somebody should pick up the phone.", here.settings.key)

    async with here.database.writing() as db:
        await reword_contribution(
            db,
            meeting.focus_group.id,
            point,
            "Ring the duty line.",
            based_on="Ring Priya on 01632 960 417.",
            is_concern=False,
            account_id=ada,
        )
        editing = asyncio.create_task(edit())
        await until_it_waits(here.database)
    await editing
    async with here.database.reading() as db:
        stored = await db.get_one(Contribution, point)
    assert stored.text == "Somebody should pick up the phone."
    assert not stored.was_reworded  # these words are the author's own
    assert stored.answered_at is None  # nobody has been asked of them


async def test_a_held_point_that_is_saved_unchanged_stays_as_it_is(
    installation: Installation, meeting: Meeting
) -> None:
    words = "Ring Priya on 01632 960 417."
    ben, point = await _held_point(installation, meeting, words)
    async with installation.database.reading() as db:
        before = await db.get_one(Contribution, point)
    async with installation.database.writing() as db:
        await edit_contribution(db, ben, point, words, installation.settings.key, held_for="phone")
    async with installation.database.reading() as db:
        assert await db.get_one(Contribution, point) == before
        assert await open_questions(db, meeting.focus_group.id) == []  # nothing was taken back


async def _held_point(here: Installation, meeting: Meeting, words: str) -> tuple[Participant, UUID]:
    async with here.database.writing() as db:
        ben = await join_focus_group(db, meeting.focus_group.id, client_id=uuid4(), token="ben", people={}, unsaid=1)
    saved = await here.app.state.inbox.add(
        Submission(
            meeting.focus_group.id,
            token_hash("ben"),
            meeting.themes[0].id,
            ColumnKind.WORRIED_ABOUT,
            uuid4(),
            words,
            held_for="phone",
        )
    )
    return ben, saved.contribution_id
