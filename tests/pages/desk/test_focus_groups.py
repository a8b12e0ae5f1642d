"""Focus groups: added by whoever runs them, changed, counted, and removed while nobody has joined."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.desk.browsing import fields_of
from tests.pages.desk.people import join, write
from workshop.exports.gathering import report_of
from workshop.focus_groups.attendance import attendance_of
from workshop.focus_groups.models import FocusGroup, Mode, Phase
from workshop.focus_groups.writes import close_focus_group

pytestmark = pytest.mark.anyio
Browser = Callable[..., httpx.AsyncClient]
FORM = {
    "label": "South West",
    "date-day": "3",
    "date-month": "12",
    "date-year": "2026",
    "starts": "2:30pm",
    "mode": "hybrid",
    "place": "Town hall",
    "meeting_link": "https://example.org/meet",
    "facilitator": "Somebody.Else@example.org",
    "open_from-day": "1",
    "open_from-month": "7",
    "open_from-year": "2026",
    "open_from_time": "9am",
    "open_until-day": "4",
    "open_until-month": "12",
    "open_until-year": "2026",
    "open_until_time": "",
}


async def groups(here: Installation) -> dict[str | None, FocusGroup]:
    async with here.database.reading() as db:
        return {group.label: group for group in await db.exec(select(FocusGroup))}


async def change_phase(here: Installation, focus_group_id: UUID, **values: object) -> None:
    async with here.database.writing() as db:
        group = await db.get_one(FocusGroup, focus_group_id)
        for name, value in values.items():
            setattr(group, name, value)
        db.add(group)


async def test_a_coordinator_adds_one_for_anybody(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    path = f"/programmes/{meeting.programme.id}/focus-groups/new"
    page = (await browser_of("cleo").get(path)).text
    assert '<option value="ada@example.org">' in page
    assert "dov@example.org" not in page
    assert (await browser_of("cleo").post(path, data=FORM)).status_code == 303
    made = (await groups(installation))["South West"]
    assert (made.date, made.starts_at, made.mode) == (dt.date(2026, 12, 3), dt.time(14, 30), Mode.HYBRID)
    assert made.facilitator_email == "somebody.else@example.org"
    assert (made.position, made.phase, made.join_code) == (1, Phase.DRAFT, None)
    # British summer time is an hour ahead of UTC; the end of a day is its last minute.
    assert made.open_from == dt.datetime(2026, 7, 1, 8, 0, tzinfo=dt.UTC)
    assert made.open_until == dt.datetime(2026, 12, 4, 23, 59, tzinfo=dt.UTC)


async def test_a_facilitator_adds_only_ones_own(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    path = f"/programmes/{meeting.programme.id}/focus-groups/new"
    assert 'name="facilitator"' not in (await browser_of("ada").get(path)).text
    assert (await browser_of("ada").post(path, data=FORM)).status_code == 303
    made = (await groups(installation))["South West"]
    assert made.facilitator_email == "ada@example.org"
    answer = await browser_of("ada").post(f"/focus-groups/{made.id}/details", data=FORM | {"label": "Mine"})
    assert answer.status_code == 303
    assert (await groups(installation))["Mine"].facilitator_email == "ada@example.org"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"date-day": "31", "date-month": "2"}, "date"),
        ({"date-day": "", "date-month": "", "date-year": ""}, "date"),
        ({"date-year": "26"}, "date"),
        ({"starts": "half past two"}, "starts"),
        ({"starts": "2"}, "starts"),
        ({"meeting_link": "javascript:alert(1)"}, "meeting_link"),
        ({"facilitator": "nobody"}, "facilitator"),
        ({"open_until-month": "13"}, "open_until"),
        ({"open_until_time": "25:00"}, "open_until_time"),
        ({"open_until-year": "2025"}, "open_until"),
        ({"open_from-day": "", "open_from-month": "", "open_from-year": ""}, "open_from"),
        ({"label": "x" * 201}, "label"),
    ],
)
async def test_what_is_wrong_is_said_and_every_word_kept(
    installation: Installation, browser_of: Browser, meeting: Meeting, changed: dict[str, str], field: str
) -> None:
    sent = FORM | changed
    for path in (
        f"/programmes/{meeting.programme.id}/focus-groups/new",
        f"/focus-groups/{meeting.focus_group.id}/details",
    ):
        answer = await browser_of("cleo").post(path, data=sent)
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}"' in answer.text
        assert fields_of(answer.text) == sent
    assert list(await groups(installation)) == ["North East"]


async def test_details_come_back_as_they_were_typed_and_watchers_are_told(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    path = f"/focus-groups/{meeting.focus_group.id}/details"
    assert (await browser_of("cleo").post(path, data=FORM)).status_code == 303
    form = fields_of((await browser_of("cleo").get(path)).text)
    as_shown = {"starts": "2:30pm", "open_from_time": "9am", "open_until_time": "11:59pm"}
    assert form == FORM | as_shown | {"facilitator": "somebody.else@example.org"}
    group = (await groups(installation))["South West"]
    assert group.phones_revision == meeting.focus_group.phones_revision + 1
    assert (group.phase, group.join_token) == (Phase.GATHERING, meeting.focus_group.join_token)


async def test_the_overview_says_what_to_do_next(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    ada, path = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"

    async def page() -> str:
        return (await ada.get(path)).text

    shown = await page()
    assert f"http://workshop.test/j/{meeting.focus_group.join_token}" in shown
    assert "Now: people write" in shown
    assert f'href="{path}/join-screen"' in shown
    await change_phase(installation, meeting.focus_group.id, open_from=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
    assert "Next: wait" in await page()
    past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    await change_phase(installation, meeting.focus_group.id, open_from=None, open_until=past)
    assert "Next: close it, or give people more time" in await page()
    async with installation.database.writing() as db:
        await close_focus_group(db, await db.get_one(FocusGroup, meeting.focus_group.id))
    assert "Next: add what was said or written on paper" in await page()
    await change_phase(installation, meeting.focus_group.id, phase=Phase.DRAFT)
    assert "Next: open it" in await page()
    await change_phase(installation, meeting.focus_group.id, phase=Phase.CLOSED, purged_at=past)
    assert "Nothing to do" in await page()


async def test_attendance_is_kept_shown_and_taken_back(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    await join(installation, meeting, agency=1, people=3)
    ada, path = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}/attendance"
    care, police, education = (f"people-{agency.id}" for agency in meeting.agencies[:3])
    assert "3 people joined on a device" in (await ada.get(path)).text
    sent = {care: "6", police: " 4 ", education: "0", "people-unknown": "9"}
    assert (await ada.post(path, data=sent)).status_code == 303
    async with installation.database.reading() as db:
        counted = await attendance_of(db, meeting.focus_group.id)
    assert counted == {meeting.agencies[0].id: 6, meeting.agencies[1].id: 4}
    page = (await ada.get(path)).text
    assert "10 people from 2 agencies" in page
    assert fields_of(page)[care] == "6"
    assert "10 people counted by hand" in (await ada.get(f"/focus-groups/{meeting.focus_group.id}")).text
    assert (await ada.post(path, data={})).status_code == 303
    async with installation.database.reading() as db:
        assert await attendance_of(db, meeting.focus_group.id) == {}


async def test_what_a_device_said_wrongly_is_put_right_by_hand(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    for agency in range(3):
        await join(installation, meeting, agency=agency)
    ada, path = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}/attendance"
    care, police, education = meeting.agencies[:3]
    # Somebody of Education had chosen Police; Children's Social Care is left as the devices say.
    saved = await ada.post(path, data={f"people-{police.id}": "0", f"people-{education.id}": "2"})
    assert "Attendance is saved: 3 in all" in (await ada.get(saved.headers["location"])).text
    async with installation.database.reading() as db:
        report = await report_of(db, meeting.programme)
    assert [(row.agency, row.total) for row in report.attendance.rows] == [(care.name, 1), (education.name, 2)]
    assert fields_of((await ada.get(path)).text)[f"people-{police.id}"] == "0"


@pytest.mark.parametrize("typed", ["six", "-1", "201", "2.5"])
async def test_attendance_is_a_whole_number(
    installation: Installation, browser_of: Browser, meeting: Meeting, typed: str
) -> None:
    path = f"/focus-groups/{meeting.focus_group.id}/attendance"
    field = f"people-{meeting.agencies[0].id}"
    answer = await browser_of("ada").post(path, data={field: typed, f"people-{meeting.agencies[1].id}": "4"})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    kept = fields_of(answer.text)
    assert (kept[field], kept[f"people-{meeting.agencies[1].id}"]) == (typed, "4")


async def test_a_group_goes_while_nobody_has_joined(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    path = f"/focus-groups/{meeting.focus_group.id}"
    await browser_of("ada").post(f"{path}/attendance", data={f"people-{meeting.agencies[0].id}": "2"})
    assert "Remove “North East”?" in (await browser_of("ada").get(f"{path}/removal")).text
    assert (await browser_of("ada").post(f"{path}/removal")).status_code == 303
    assert await groups(installation) == {}


async def test_people_and_points_hold_their_group(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    await write(installation, meeting, await join(installation, meeting), "One.", "Two.")
    path = f"/focus-groups/{meeting.focus_group.id}/removal"
    page = (await browser_of("ada").get(path)).text
    assert "<li>1 device that joined</li>" in page
    assert "<li>2 points</li>" in page
    refusal = await browser_of("ada").post(path)
    assert refusal.status_code == 422
    assert list(await groups(installation)) == ["North East"]


async def test_one_without_a_label_has_one_name_on_desk_and_board_and_in_documents(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    await change_phase(installation, meeting.focus_group.id, label=None)
    ada, name = browser_of("ada"), "Focus group on 20 November 2026"
    for page in ("", "/board", "/priorities", "/join-screen", "/rehearsal"):
        assert name in (await ada.get(f"/focus-groups/{meeting.focus_group.id}{page}")).text
    async with installation.database.reading() as db:
        assert (await report_of(db, meeting.programme)).attendance.focus_groups == (name,)
