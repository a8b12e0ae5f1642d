"""Archiving by hand: nothing in the database's files links a point to a device any more, and the words stay."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID, uuid4

import httpx
import pytest
from sqlmodel import col, select

from tests.conftest import Installation, Meeting, make_meeting
from tests.queries import count_queries
from tests.retention.files import bytes_of_files
from workshop.contributions.inbox import Inbox
from workshop.contributions.models import Contribution
from workshop.contributions.submissions import Submission
from workshop.findings.models import Finding, PriorityVote
from workshop.findings.votes import forget_votes
from workshop.findings.writes import group_points
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.focus_groups.tables import set_tables
from workshop.focus_groups.writes import close_focus_group, join_focus_group
from workshop.programmes.models import ColumnKind
from workshop.recommendations.models import Step
from workshop.recommendations.undo import recorded, undo_last_step
from workshop.retention.archiving import cut_links_to_devices
from workshop.retention.models import DeletionRecord
from workshop.text import keyed_hash, token_hash

pytestmark = pytest.mark.anyio

WORDS = "Minutes should reach everybody within five days."
BrowserOf = Callable[..., httpx.AsyncClient]


async def written(here: Installation, meeting: Meeting, tokens: list[str]) -> list[Contribution]:
    """One point and one vote of each device."""
    inbox: Inbox = here.app.state.inbox
    theme, column = meeting.themes[0].id, ColumnKind.NEEDS_TO_HAPPEN
    points: list[UUID] = []
    voters: list[UUID] = []
    for token in tokens:
        async with here.database.writing() as db:
            who = await join_focus_group(
                db, meeting.focus_group.id, client_id=uuid4(), token=token, people={}, unsaid=1
            )
        voters.append(who.id)
        text = f"{WORDS} Says {token}."
        saved = await inbox.add(Submission(meeting.focus_group.id, token_hash(token), theme, column, uuid4(), text))
        points.append(saved.contribution_id)
    async with here.database.writing() as db:
        finding = await group_points(db, meeting.programme.id, theme, column, "Minutes", points)
        await db.flush()
        db.add_all(PriorityVote(participant_id=who, client_id=uuid4(), finding_id=finding.id) for who in voters)
    async with here.database.reading() as db:
        return list(await db.exec(select(Contribution).order_by(col(Contribution.number))))


async def test_no_file_links_a_point_to_a_device_and_the_words_stay(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    tokens = [f"phone {number}" for number in range(6)]
    points = await written(installation, meeting, tokens)
    async with installation.database.reading() as db:
        votes = list(await db.exec(select(PriorityVote)))
        forms = [each.client_id for each in [*points, *votes, *await db.exec(select(Participant))]]
    key = installation.settings.key
    links = [token_hash(token) for token in tokens] + [form.hex.encode() for form in forms]
    # What a person typed first can be tried out by whoever has the key: once as it was sent, once as it stands.
    first = [keyed_hash(key, each.text or "") for each in points]
    before = bytes_of_files(installation.settings.data_dir)
    assert all(link in before for link in links)
    async with installation.database.writing() as db:
        await close_focus_group(db, await db.get_one(FocusGroup, meeting.focus_group.id))

    answer = await browser_of("ada").post(f"/focus-groups/{meeting.focus_group.id}/archive")

    assert answer.status_code == 303
    after = bytes_of_files(installation.settings.data_dir)
    assert [link for link in links if link in after] == []
    assert WORDS.encode() in after
    async with installation.database.reading() as db:
        kept = list(await db.exec(select(Contribution).order_by(col(Contribution.number))))
        people = list(await db.exec(select(Participant)))
        record = (await db.exec(select(DeletionRecord))).one()
    assert [each.participant_id for each in kept] == [each.participant_id for each in points]
    assert [each.first_words for each in kept] == [None] * len(kept)
    assert [each.words for each in kept] == first
    times = [each.created_at for each in kept] + [each.joined_at for each in people]
    assert {moment.time() for moment in times if moment} == {dt.time()}
    assert sorted(each.number for each in people) == list(range(1, len(people) + 1))
    assert (record.counts["devices"], record.compacted_at is not None) == (len(tokens), True)


async def test_a_group_that_is_not_closed_is_not_archived(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada, path = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}/archive"
    await written(installation, meeting, ["phone"])
    assert "not closed yet" in (await ada.get(path)).text
    answer = await ada.post(path)
    assert "Close it first" in (await ada.get(answer.headers["location"])).text
    async with installation.database.reading() as db:
        assert (await db.exec(select(Participant.token_hash))).one() == token_hash("phone")


async def test_archiving_twice_does_nothing_more(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada, path = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}/archive"
    await written(installation, meeting, ["phone"])
    async with installation.database.writing() as db:
        await close_focus_group(db, await db.get_one(FocusGroup, meeting.focus_group.id))
    for _ in range(2):
        assert (await ada.post(path)).status_code == 303
    assert (await ada.get(path)).status_code == 303
    async with installation.database.reading() as db:
        assert len(list(await db.exec(select(DeletionRecord)))) == 1
    page = (await ada.get(f"/focus-groups/{meeting.focus_group.id}")).text
    assert "Archived" in page
    assert "Open it again" not in page


async def test_neither_tables_nor_undo_steps_tell_of_a_device_afterwards(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    form = uuid4()
    await written(installation, meeting, ["phone"])
    async with installation.database.writing() as db:
        await set_tables(db, await db.get_one(FocusGroup, meeting.focus_group.id), 2)
        who = (await db.exec(select(Participant))).one()
        who.table_number = 2
        place = meeting.themes[0].id, ColumnKind.NEEDS_TO_HAPPEN
        finding = Finding(
            programme_id=meeting.programme.id, theme_id=place[0], column=place[1], heading="Gone", position=9
        )
        db.add_all([who, finding])
        await db.flush()
        db.add(PriorityVote(participant_id=who.id, client_id=form, finding_id=finding.id))
        await db.flush()
        async with recorded(db, meeting.programme.id, "took a heading away", None):
            await forget_votes(db, finding.id)
            await db.delete(finding)
    async with installation.database.reading() as db:
        assert str(form) in str((await db.exec(select(Step))).one().changes)
    async with installation.database.writing() as db:
        await close_focus_group(db, await db.get_one(FocusGroup, meeting.focus_group.id))

    await browser_of("ada").post(f"/focus-groups/{meeting.focus_group.id}/archive")

    assert str(form).encode() not in bytes_of_files(installation.settings.data_dir)
    async with installation.database.writing() as db:
        assert (await db.exec(select(Participant.table_number))).one() is None
        assert await undo_last_step(db, meeting.programme.id) == "took a heading away"
        assert len(list(await db.exec(select(Finding).where(Finding.heading == "Gone")))) == 1


async def test_as_many_updates_for_many_points_and_votes_as_for_few(
    installation: Installation, meeting: Meeting
) -> None:
    other = await make_meeting(installation, "Northshire", "Core groups 2027")
    counted = []
    for group, devices in ((meeting, 2), (other, 6)):
        await written(installation, group, [f"{devices} and {number}" for number in range(devices)])
        async with installation.database.writing() as db:
            with count_queries(installation.database, "UPDATE") as updates:
                await cut_links_to_devices(db, group.focus_group.id)
        counted.append(len(updates))
    assert counted[0] == counted[1]
