"""A programme goes when its title was typed: with all its rows, and leaving a record with counts."""

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel
from sqlmodel import select as rows_of

from tests.conftest import Installation, Meeting, make_meeting
from tests.pages.desk.people import join, write
from workshop.contributions.models import Contribution
from workshop.exports.models import ExportRecord
from workshop.findings.models import Finding
from workshop.focus_groups.attendance import record_attendance
from workshop.programmes.models import ColumnKind, Programme
from workshop.recommendations.models import Recommendation, RecommendationFinding, Step
from workshop.retention.models import DeletionRecord
from workshop.retention.programmes import tables_of_programmes

pytestmark = pytest.mark.anyio
Browser = Callable[..., httpx.AsyncClient]


async def fill(here: Installation, meeting: Meeting) -> None:
    """Let every table that belongs to programmes have a row of this one."""
    await write(here, meeting, await join(here, meeting, people=2), "Minutes within a day.", "Ring before you write.")
    programme, theme = meeting.programme.id, meeting.themes[0].id
    async with here.database.writing() as db:
        await record_attendance(db, meeting.focus_group.id, {meeting.agencies[0].id: 2})
        finding = Finding(
            programme_id=programme, theme_id=theme, column=ColumnKind.NEEDS_TO_HAPPEN, heading="Minutes", position=0
        )
        recommendation = Recommendation(programme_id=programme, theme_id=theme, text="Send minutes", position=0)
        db.add_all([finding, recommendation])
        await db.flush()
        db.add_all(
            [
                Finding(
                    programme_id=programme,
                    theme_id=theme,
                    column=ColumnKind.NEEDS_TO_HAPPEN,
                    heading="Under it",
                    position=1,
                    parent_id=finding.id,
                    focus_group_id=meeting.focus_group.id,
                ),
                RecommendationFinding(recommendation_id=recommendation.id, finding_id=finding.id, position=0),
                Step(programme_id=programme, number=1, verb="worded"),
                ExportRecord(programme_id=programme, kind="csv"),
            ]
        )


async def rows(here: Installation) -> dict[str, int]:
    async with here.database.reading() as db:
        connection = await db.connection()
        return {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in SQLModel.metadata.sorted_tables
        }


async def test_every_row_of_the_programme_goes_and_none_of_another(
    installation: Installation, browser_of: Browser
) -> None:
    kept = await make_meeting(installation, "Northshire", "Kept")
    await fill(installation, kept)
    before = await rows(installation)
    gone = await make_meeting(installation, "Northshire", "Core groups 2026", facilitator="ada@example.org")
    await fill(installation, gone)
    belonging = {table.name for table in tables_of_programmes()}
    assert {"programme", "focus_group", "contribution", "step", "export_record", "attendance"} <= belonging
    assert not belonging & {"account", "membership", "partnership", "deletion_record"}
    async with installation.database.writing() as db:
        later = await db.get_one(Programme, kept.programme.id)
        later.previous_id = gone.programme.id
        db.add(later)
    path = f"/programmes/{gone.programme.id}/deletion"
    page = (await browser_of("cleo").get(path)).text
    assert "<li>2 points and the link to 1 device</li>" in page
    answer = await browser_of("cleo").post(path, data={"title": "Core groups 2026"})
    assert answer.status_code == 303
    assert await rows(installation) == before | {"deletion_record": 1}
    record_page = await browser_of("cleo").get(answer.headers["location"])
    assert record_page.status_code == 200
    assert "Core groups 2026" in record_page.text
    assert "1 focus group, 2 findings, 1 recommendation and the log of 1 export" in record_page.text
    assert "Nothing of the programme but this record" in record_page.text
    async with installation.database.reading() as db:
        record = (await db.exec(rows_of(DeletionRecord))).one()
        assert (await db.get_one(Programme, kept.programme.id)).previous_id is None
    counts = {name: record.counts[name] for name in ("focus_groups", "devices", "points", "recommendations")}
    assert counts == {"focus_groups": 1, "devices": 1, "points": 2, "recommendations": 1}
    assert "Ring before" not in str(record.counts)
    assert record.partnership_id == installation.partnerships["Northshire"]


@pytest.mark.parametrize("typed", ["", "core groups 2026", "Core groups 2025"])
async def test_another_title_deletes_nothing(
    installation: Installation, browser_of: Browser, meeting: Meeting, typed: str
) -> None:
    path = f"/programmes/{meeting.programme.id}/deletion"
    answer = await browser_of("cleo").post(path, data={"title": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert (await browser_of("cleo").get(f"/programmes/{meeting.programme.id}")).status_code == 200


async def test_what_has_to_be_done_first_is_said_without_a_button_that_would_be_refused(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    path = f"/programmes/{meeting.programme.id}/deletion"
    await write(installation, meeting, await join(installation, meeting), "She sleeps in the bath.")
    async with installation.database.writing() as db:
        (await db.exec(rows_of(Contribution))).one().is_held = True
    asked = (await browser_of("cleo").get(path)).text
    refused = await browser_of("cleo").post(path, data={"title": meeting.programme.title})
    assert refused.status_code == 422
    for page in (asked, refused.text):
        assert "This programme cannot be deleted yet" in page
        assert "1 held or hidden point" in page
        assert "Delete it for good" not in page
        assert f'href="/programmes/{meeting.programme.id}/concerns"' in page


def test_every_table_has_a_way_to_its_programme_that_a_row_cannot_lack() -> None:
    """A way over a column that may be null would leave rows behind."""
    for table in tables_of_programmes():
        if table.name == "programme":
            continue
        ways = [key for key in table.foreign_keys if not key.parent.nullable]
        assert ways, f"{table.name} belongs to a programme, but only perhaps"


async def test_a_link_to_a_programme_that_is_gone_is_not_found(browser_of: Browser) -> None:
    assert (await browser_of("cleo").get(f"/programmes/{uuid4()}")).status_code == 404
