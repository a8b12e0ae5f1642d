"""When the date passes, raw words and device links are gone from pages, undo steps and every file's bytes."""

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from sqlmodel import col, select

from tests.conftest import Installation, Meeting, make_meeting
from tests.retention.due import closed
from tests.retention.files import bytes_of_files, postgres_file
from tests.rows import tables_with
from workshop.contributions.inbox import Inbox
from workshop.contributions.models import Contribution
from workshop.contributions.room import RoomPoint, add_from_room
from workshop.contributions.submissions import Submission
from workshop.database import now
from workshop.days import london_day
from workshop.findings.models import Finding
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.focus_groups.writes import join_focus_group
from workshop.programmes.models import ColumnKind
from workshop.recommendations.models import Step
from workshop.retention.models import BackupRecord, DeletionRecord
from workshop.retention.queries import due_on
from workshop.retention.schedule import purge_what_is_due
from workshop.text import token_hash

pytestmark = pytest.mark.anyio

CANARY = "The canary sang of kestrels at teatime"
BrowserOf = Callable[..., httpx.AsyncClient]


async def written(here: Installation, meeting: Meeting, text: str = CANARY) -> Contribution:
    """A point of Ben's, in a finding, with an undo step that repeats its words."""
    inbox: Inbox = here.app.state.inbox
    async with here.database.writing() as db:
        people = {meeting.agencies[1].id: 1}
        await join_focus_group(
            db, meeting.focus_group.id, client_id=uuid4(), token=f"ben {text}", people=people, unsaid=0
        )
    saved = await inbox.add(
        Submission(
            meeting.focus_group.id,
            token_hash(f"ben {text}"),
            meeting.themes[0].id,
            ColumnKind.NEEDS_TO_HAPPEN,
            uuid4(),
            text,
        )
    )
    async with here.database.writing() as db:
        finding = Finding(
            programme_id=meeting.programme.id,
            theme_id=meeting.themes[0].id,
            column=ColumnKind.NEEDS_TO_HAPPEN,
            heading="Listen to birds",
            position=0,
        )
        db.add(finding)
        await db.flush()
        point = (await db.exec(select(Contribution).where(Contribution.id == saved.contribution_id))).one()
        point.finding_id = finding.id
        before = {"heading": text}
        change = {"table": "finding", "key": {"id": str(finding.id)}, "before": before, "after": before}
        db.add_all([point, Step(programme_id=meeting.programme.id, number=len(text), verb="renamed", changes=[change])])
    return point


async def test_words_go_from_tables_steps_and_files_and_counts_stay(
    installation: Installation, meeting: Meeting
) -> None:
    point = await written(installation, meeting)
    async with installation.database.writing() as db:
        longer_ago = meeting.focus_group.created_at - dt.timedelta(hours=1)
        db.add_all([BackupRecord(file_name="before.zip"), BackupRecord(file_name="empty.zip", made_at=longer_ago)])
    assert CANARY.encode() in bytes_of_files(installation.settings.data_dir)
    await closed(installation, meeting, days_ago=90)

    [record] = await purge_what_is_due(installation.database)

    assert CANARY.encode() not in bytes_of_files(installation.settings.data_dir)
    assert (record.counts["points"], record.counts["devices"], record.counts["undo_steps"]) == (1, 1, 1)
    assert [backup["file_name"] for backup in record.counts["backups"]] == ["before.zip"]
    async with installation.database.reading() as db:
        stored = (await db.exec(select(Contribution).where(Contribution.id == point.id))).one()
        ben = (await db.exec(select(Participant))).one()
        finding = (await db.exec(select(Finding))).one()
        kept = (await db.exec(select(DeletionRecord))).one()
    assert (stored.text, stored.words, stored.first_words, stored.created_at) == (None, None, None, None)
    assert (stored.finding_id, stored.participant_id) == (finding.id, ben.id)
    assert stored.client_id != point.client_id
    assert (ben.token_hash, ben.joined_at, finding.heading) == (None, None, "Listen to birds")
    assert kept.compacted_at is not None


async def test_on_either_database_no_table_holds_the_words_and_the_files_are_rewritten(
    installation_on_either: Installation,
) -> None:
    here = installation_on_either
    meeting = await make_meeting(here, "Northshire", "Core groups 2026", "ada@example.org")
    await written(here, meeting)
    await closed(here, meeting, days_ago=90)
    before = await postgres_file(here, "contribution")
    [record] = await purge_what_is_due(here.database)
    assert record.counts["points"] == 1
    assert await tables_with(here.database, CANARY) == set()
    if not here.database.is_sqlite:
        # VACUUM FULL writes the table into a new file: the old one, with the dead rows, is gone.
        assert await postgres_file(here, "contribution") != before


async def test_the_day_before_nothing_goes(installation: Installation, meeting: Meeting) -> None:
    await written(installation, meeting)
    await closed(installation, meeting, days_ago=89)
    assert await purge_what_is_due(installation.database) == []
    assert CANARY.encode() in bytes_of_files(installation.settings.data_dir)


async def test_a_group_that_is_open_is_not_due(installation: Installation, meeting: Meeting) -> None:
    await written(installation, meeting)
    async with installation.database.writing() as db:
        group = (await db.exec(select(FocusGroup).where(FocusGroup.id == meeting.focus_group.id))).one()
        group.last_open_on = dt.date(2020, 1, 1)
        db.add(group)
    assert await purge_what_is_due(installation.database) == []


async def test_words_typed_into_a_group_that_never_opened_have_a_date_too(
    installation: Installation, meeting: Meeting
) -> None:
    async with installation.database.writing() as db:
        draft = FocusGroup(programme_id=meeting.programme.id, date=dt.date(2020, 1, 1))
        db.add(draft)
        await db.flush()
        assert due_on(draft, 90) is None
        point = RoomPoint(uuid4(), meeting.themes[0].id, ColumnKind.WORKING_WELL, None, CANARY)
        await add_from_room(db, draft.id, point, installation.settings.key)
        today = london_day(now())
        assert due_on(draft, 90) == today + dt.timedelta(days=90)
        draft.last_open_on = today - dt.timedelta(days=90)
        db.add(draft)
    [record] = await purge_what_is_due(installation.database)
    assert record.counts["points"] == 1


async def test_a_coordinator_deletes_a_group_at_once_and_gets_the_record(
    installation: Installation, meeting: Meeting, browser_of: BrowserOf
) -> None:
    await written(installation, meeting)
    cleo = browser_of("cleo")
    path = f"/focus-groups/{meeting.focus_group.id}/purge"
    asked = await cleo.get(path)
    assert "1 point" in asked.text
    unticked = await cleo.post(path, data={})
    assert (unticked.status_code, "Tick the box" in unticked.text) == (422, True)
    assert CANARY.encode() in bytes_of_files(installation.settings.data_dir)

    done = await cleo.post(path, data={"confirmed": "yes"}, follow_redirects=True)

    assert "Deletion record" in done.text
    assert "The words of 1 point" in done.text
    assert CANARY.encode() not in bytes_of_files(installation.settings.data_dir)
    assert "Deleted on" in (await cleo.get(f"/programmes/{meeting.programme.id}/retention")).text
    again = await cleo.post(path, data={"confirmed": "yes"}, follow_redirects=True)
    assert "deleted already" in again.text


async def test_a_coordinator_deletes_one_point_and_the_others_stay(
    installation: Installation, meeting: Meeting, browser_of: BrowserOf
) -> None:
    point = await written(installation, meeting)
    other = await written(installation, meeting, "Another song altogether")
    cleo = browser_of("cleo")
    path = f"/focus-groups/{meeting.focus_group.id}/contributions/{point.id}/purge"
    assert CANARY in (await cleo.get(path)).text
    assert (await cleo.post(path, data={})).status_code == httpx.codes.UNPROCESSABLE_ENTITY
    done = await cleo.post(path, data={"confirmed": "yes"}, follow_redirects=True)
    assert "The words of 1 point" in done.text
    assert CANARY.encode() not in bytes_of_files(installation.settings.data_dir)
    async with installation.database.reading() as db:
        kept = (await db.exec(select(Contribution).where(col(Contribution.text).is_not(None)))).all()
    assert [row.id for row in kept] == [other.id]
    assert (await cleo.get(path)).status_code == httpx.codes.NOT_FOUND


async def test_a_heading_in_the_words_of_a_deleted_point_goes_with_them(
    installation: Installation, meeting: Meeting, browser_of: BrowserOf
) -> None:
    point = await written(installation, meeting)
    async with installation.database.writing() as db:
        finding = await db.get_one(Finding, point.finding_id)
        finding.heading = CANARY
        db.add(finding)
    path = f"/focus-groups/{meeting.focus_group.id}/contributions/{point.id}/purge"
    assert (await browser_of("cleo").post(path, data={"confirmed": "yes"})).status_code == httpx.codes.SEE_OTHER
    async with installation.database.reading() as db:
        finding = await db.get_one(Finding, point.finding_id)
    assert finding.heading
    assert CANARY not in finding.heading
    assert CANARY.encode() not in bytes_of_files(installation.settings.data_dir)


async def test_nobody_below_a_coordinator_deletes_words(
    installation: Installation, meeting: Meeting, browser_of: BrowserOf
) -> None:
    point = await written(installation, meeting)
    for path in (
        f"/focus-groups/{meeting.focus_group.id}/purge",
        f"/focus-groups/{meeting.focus_group.id}/contributions/{point.id}/purge",
    ):
        assert (await browser_of("ada").post(path, data={"confirmed": "yes"})).status_code == httpx.codes.FORBIDDEN
        assert (await browser_of("dov").post(path, data={"confirmed": "yes"})).status_code == httpx.codes.NOT_FOUND
    assert CANARY.encode() in bytes_of_files(installation.settings.data_dir)
