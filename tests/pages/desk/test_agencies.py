"""Agencies: one meaning a name, whatever its capitals, and nobody's agency is taken away."""

from collections.abc import Callable

import httpx
import pytest

from tests.conftest import Installation, Meeting, make_meeting
from tests.pages.desk.browsing import fields_of
from tests.pages.desk.people import join
from workshop.focus_groups.attendance import record_attendance
from workshop.focus_groups.models import Attendance
from workshop.programmes.models import Agency
from workshop.programmes.queries import agencies_of

pytestmark = pytest.mark.anyio
Browser = Callable[..., httpx.AsyncClient]
POLICE = 1


async def agencies(here: Installation, meeting: Meeting) -> dict[str, Agency]:
    async with here.database.reading() as db:
        return {agency.name: agency for agency in await agencies_of(db, meeting.programme.id)}


async def test_add_and_change(installation: Installation, browser_of: Browser, meeting: Meeting) -> None:
    cleo, path = browser_of("cleo"), f"/programmes/{meeting.programme.id}/agencies"
    new = {"name": "Dental service", "parent": "HEALTH", "aliases": "Dentists, dentists, The clinic,"}
    assert (await cleo.post(path, data=new)).status_code == 303
    dental = (await agencies(installation, meeting))["Dental service"]
    assert (dental.parent, dental.aliases) == ("Health", ["Dentists", "The clinic"])
    form = fields_of((await cleo.get(f"{path}/{dental.id}")).text)
    assert form == {"name": "Dental service", "parent": "Health", "aliases": "Dentists, The clinic"}
    changed = {"name": "dental SERVICE", "parent": "", "aliases": "Dental service"}
    assert (await cleo.post(f"{path}/{dental.id}", data=changed)).status_code == 303
    dental = (await agencies(installation, meeting))["dental SERVICE"]
    assert (dental.parent, dental.aliases) == (None, [])
    assert "dental SERVICE" in (await cleo.get(path)).text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "pOLICE"}, "name"),
        ({"name": "the constabulary"}, "name"),
        ({"name": "New one", "aliases": "Something, HOUSING"}, "aliases"),
        ({"name": "New one", "aliases": "The Constabulary"}, "aliases"),
    ],
)
async def test_a_name_or_alias_means_one_agency(
    installation: Installation, browser_of: Browser, meeting: Meeting, typed: dict[str, str], field: str
) -> None:
    cleo, path = browser_of("cleo"), f"/programmes/{meeting.programme.id}/agencies"
    police = {"name": "Police", "aliases": "The Constabulary"}
    await cleo.post(f"{path}/{meeting.agencies[POLICE].id}", data=police)
    before = set(await agencies(installation, meeting))
    sent = {"name": "", "parent": "Some parent", "aliases": ""} | typed
    probation = next(agency.id for agency in meeting.agencies if agency.name == "Probation")
    for answer in (await cleo.post(path, data=sent), await cleo.post(f"{path}/{probation}", data=sent)):
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text
        assert fields_of(answer.text) == sent
    assert set(await agencies(installation, meeting)) == before


async def test_an_agency_of_nobody_goes(installation: Installation, browser_of: Browser, meeting: Meeting) -> None:
    async with installation.database.writing() as db:
        # It was put right by hand that nobody came; the device that said so has chosen another since.
        db.add(Attendance(focus_group_id=meeting.focus_group.id, agency_id=meeting.agencies[POLICE].id, people=0))
    path = f"/programmes/{meeting.programme.id}/agencies/{meeting.agencies[POLICE].id}/removal"
    assert "Remove “Police”?" in (await browser_of("cleo").get(path)).text
    assert (await browser_of("cleo").post(path)).status_code == 303
    assert "Police" not in await agencies(installation, meeting)


async def test_people_hold_their_agency_and_are_counted(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    await join(installation, meeting, agency=POLICE, people=3)
    async with installation.database.writing() as db:
        await record_attendance(db, meeting.focus_group.id, {meeting.agencies[POLICE].id: 4})
    path = f"/programmes/{meeting.programme.id}/agencies/{meeting.agencies[POLICE].id}/removal"
    page = (await browser_of("cleo").get(path)).text
    assert "<li>3 people who joined</li>" in page
    assert "<li>4 people counted as attending</li>" in page
    assert (await browser_of("cleo").post(path)).status_code == 422
    assert "Police" in await agencies(installation, meeting)


async def test_an_agency_is_found_under_its_own_programme_alone(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    other = await make_meeting(installation, "Northshire", "Another")
    path = f"/programmes/{other.programme.id}/agencies/{meeting.agencies[0].id}"
    for resource in ("", "/removal"):
        assert (await browser_of("cleo").get(path + resource)).status_code == 404
        assert (await browser_of("cleo").post(path + resource, data={"name": "Mine"})).status_code == 404
