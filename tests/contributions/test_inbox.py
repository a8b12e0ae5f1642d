"""The inbox stores each submission once, answers retries alike, and refuses by name."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, delete, select

from tests.conftest import Installation, Meeting
from workshop.contributions.inbox import Inbox
from workshop.contributions.models import Contribution
from workshop.contributions.point_ids import CROWD
from workshop.contributions.submissions import MOST_POINTS, NotJoined, SameIdOtherWords, Submission
from workshop.contributions.writes import delete_contribution
from workshop.database import Hints
from workshop.facts import NotFound
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.focus_groups.writes import MOST_DEVICES, FocusGroupClosed, close_focus_group, join_focus_group
from workshop.programmes.models import ColumnKind, Theme
from workshop.text import token_hash

pytestmark = pytest.mark.anyio


@pytest.fixture
def inbox(installation: Installation) -> Inbox:
    return installation.app.state.inbox  # type: ignore[no-any-return]  # State is untyped


@pytest.fixture
async def ben(installation: Installation, meeting: Meeting) -> Participant:
    async with installation.database.writing() as db:
        return await join_focus_group(
            db, meeting.focus_group.id, client_id=uuid4(), token="ben", people={meeting.agencies[1].id: 1}, unsaid=0
        )


def submission(meeting: Meeting, text: str, client_id: UUID | None = None, token: str = "ben") -> Submission:
    return Submission(
        focus_group_id=meeting.focus_group.id,
        token_hash=token_hash(token),
        theme_id=meeting.themes[0].id,
        column=ColumnKind.WORKING_WELL,
        client_id=client_id or uuid4(),
        text=text,
    )


async def stored(here: Installation) -> list[Contribution]:
    async with here.database.reading() as db:
        return list(await db.exec(select(Contribution)))


@pytest.mark.usefixtures("ben")
async def test_fifty_parallel_posts_of_one_id_are_one_row(
    installation: Installation, meeting: Meeting, inbox: Inbox
) -> None:
    sent = submission(meeting, "Minutes come quickly now.")
    answers = await asyncio.gather(*(inbox.add(sent) for _ in range(50)))
    assert len({answer.contribution_id for answer in answers}) == 1
    assert sum(answer.is_new for answer in answers) == 1
    assert len(await stored(installation)) == 1


async def join(here: Installation, meeting: Meeting, token: str) -> None:
    async with here.database.writing() as db:
        await join_focus_group(db, meeting.focus_group.id, client_id=uuid4(), token=token, people={}, unsaid=1)


def halves(points: list[Contribution]) -> int:
    """How many different halves their ids begin with."""
    return len({point.id.bytes[:8] for point in points})


async def test_ids_do_not_tell_that_points_came_together_unless_a_crowd_sent_them(
    installation: Installation, meeting: Meeting, inbox: Inbox
) -> None:
    devices = [f"phone {number}" for number in range(CROWD)]
    for token in devices:
        await join(installation, meeting, token)
    # One form without scripts brings the words of three boxes at once, and the next device's with them.
    await asyncio.gather(
        *(inbox.add(submission(meeting, f"Point {number}", token=devices[number % 2])) for number in range(6))
    )
    points = await stored(installation)
    assert len({point.revision for point in points}) == 1
    assert halves(points) == len(points) == 6
    await asyncio.gather(*(inbox.add(submission(meeting, f"Of {token}", token=token)) for token in devices))
    crowd = [point for point in await stored(installation) if point.id not in {each.id for each in points}]
    assert (len(crowd), halves(crowd)) == (CROWD, 1)


@pytest.mark.usefixtures("ben")
async def test_same_words_from_two_tabs_are_one_contribution(
    installation: Installation, meeting: Meeting, inbox: Inbox
) -> None:
    first = await inbox.add(submission(meeting, "Minutes come quickly now."))
    second = await inbox.add(submission(meeting, "Minutes come quickly now."))
    assert second.contribution_id == first.contribution_id
    assert len(await stored(installation)) == 1


@pytest.mark.usefixtures("ben")
async def test_same_id_with_other_words_gives_both(meeting: Meeting, inbox: Inbox) -> None:
    sent = submission(meeting, "Minutes come quickly now.")
    await inbox.add(sent)
    with pytest.raises(SameIdOtherWords) as refusal:
        await inbox.add(submission(meeting, "They never come.", sent.client_id))
    assert refusal.value.stored == "Minutes come quickly now."


async def test_late_retry_of_a_deleted_point_revives_nothing(
    installation: Installation, meeting: Meeting, inbox: Inbox, ben: Participant
) -> None:
    sent = submission(meeting, "Minutes come quickly now.")
    saved = await inbox.add(sent)
    async with installation.database.writing() as db:
        await delete_contribution(db, ben, saved.contribution_id)
    again = await inbox.add(sent)
    assert (again.contribution_id, again.text, again.is_new) == (saved.contribution_id, None, False)


@pytest.mark.usefixtures("ben")
async def test_closed_group_refuses_what_is_new_and_acknowledges_a_retry(
    installation: Installation, meeting: Meeting, inbox: Inbox
) -> None:
    sent = submission(meeting, "Minutes come quickly now.")
    saved = await inbox.add(sent)
    async with installation.database.writing() as db:
        focus_group = await db.get(FocusGroup, meeting.focus_group.id)
        assert focus_group is not None
        await close_focus_group(db, focus_group)
    assert (await inbox.add(sent)).contribution_id == saved.contribution_id
    with pytest.raises(FocusGroupClosed):
        await inbox.add(submission(meeting, "One more thing."))


@pytest.mark.usefixtures("ben")
async def test_a_theme_that_another_process_removed_is_refused_by_name(
    installation: Installation, meeting: Meeting, inbox: Inbox
) -> None:
    await inbox.add(submission(meeting, "Minutes come quickly now."))
    gone = meeting.themes[3].id
    async with installation.database.writing() as db:
        await db.exec(delete(Theme).where(col(Theme.id) == gone))
    with pytest.raises(NotFound):
        await inbox.add(replace(submission(meeting, "Nobody asks for this any more."), theme_id=gone))
    assert (await inbox.add(submission(meeting, "The next one is saved."))).is_new


@pytest.mark.usefixtures("ben")
async def test_one_bad_submission_harms_no_other(installation: Installation, meeting: Meeting, inbox: Inbox) -> None:
    good = [submission(meeting, f"Point {number} of many.") for number in range(20)]
    stranger = submission(meeting, "Not one of us.", token="nobody")
    elsewhere = Submission(
        good[0].focus_group_id, good[0].token_hash, uuid4(), ColumnKind.WORRIED_ABOUT, uuid4(), "No such theme."
    )
    answers = await asyncio.gather(*(inbox.add(sent) for sent in [*good, stranger, elsewhere]), return_exceptions=True)
    assert isinstance(answers[-2], NotJoined)
    assert isinstance(answers[-1], NotFound)
    assert sorted(row.text or "" for row in await stored(installation)) == sorted(sent.text for sent in good)
    assert len({row.number for row in await stored(installation)}) == len(good)


@pytest.mark.usefixtures("ben")
async def test_what_is_refused_or_comes_again_wakes_no_board(
    installation: Installation, meeting: Meeting, inbox: Inbox
) -> None:
    async def group() -> FocusGroup:
        async with installation.database.reading() as db:
            return await db.get_one(FocusGroup, meeting.focus_group.id)

    told: list[Hints] = []
    installation.database.after_commit.append(told.append)
    sent = submission(meeting, "Minutes come quickly now.")
    await inbox.add(sent)
    before = await group()
    await inbox.add(sent)
    with pytest.raises(NotJoined):
        await inbox.add(submission(meeting, "Not one of us.", token="nobody"))
    after = await group()
    assert (after.board_revision, after.projector_revision) == (before.board_revision, before.projector_revision)
    assert after.last_number == before.last_number == 1
    assert len(told) == 1
    await asyncio.gather(
        inbox.add(submission(meeting, "One more.")),
        inbox.add(submission(meeting, "Not one of us.", token="nobody")),
        return_exceptions=True,
    )
    assert (await group()).board_revision == before.board_revision + 1


async def test_a_link_brings_so_many_devices_and_points_and_no_more(
    installation: Installation, meeting: Meeting, inbox: Inbox, ben: Participant
) -> None:
    sent = submission(meeting, "Minutes come quickly now.")
    first = await inbox.add(sent)
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        group.last_number, group.last_participant = MOST_POINTS, MOST_DEVICES
        db.add(group)
    with pytest.raises(FocusGroupClosed, match="as many points as it can"):
        await inbox.add(submission(meeting, "One too many."))
    assert (await inbox.add(sent)).contribution_id == first.contribution_id
    with pytest.raises(FocusGroupClosed):
        async with installation.database.writing() as db:
            await join_focus_group(db, meeting.focus_group.id, client_id=uuid4(), token="cy", people={}, unsaid=1)
    async with installation.database.writing() as db:
        again = await join_focus_group(
            db, meeting.focus_group.id, client_id=ben.client_id, token="ben", people={}, unsaid=1
        )
    assert again.id == ben.id
