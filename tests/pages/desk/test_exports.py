"""Cleo takes a programme out; what leaves follows the rules, and the log says that it left."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.conftest import Installation
from tests.exports.files import File, four_by_four_by_three
from tests.exports.readers import Table, sheets_of, table_of_csv, words_on
from workshop.exports.reading import read_programme_file
from workshop.exports.writes import import_programme

Browser = Callable[..., httpx.AsyncClient]
LONE = "I was the only one from probation"
KINDS = ["csv", "xlsx", "html", "json"]


def enquiry() -> File:
    """Group 0: five of the police, one of probation, two of housing and three of health; a hidden point; a table."""
    file = four_by_four_by_three()
    file["agencies"] += [{"name": "Probation"}, {"name": "Housing"}]
    group = file["focus_groups"][0]
    del group["attendance"]
    group["participants"] = [
        {"people": {"Police": 5}},
        {"people": {"Probation": 1}},
        {"people": {"Housing": 2}},
        {"people": {"Example NHS Trust": 3}},
    ]
    for point in group["contributions"]:
        point.pop("by", None)
        point.pop("agency", None)
    points = group["contributions"]
    points[2] |= {"by": 1, "text": LONE}
    points[5] |= {"by": 0, "text": "=Police words"}
    points[8] |= {"by": 2, "text": "Housing words", "hidden": True}
    alone = file["focus_groups"][1]
    del alone["attendance"]
    alone["participants"] = [{"people": {"Police": 5}}, {"people": {"Probation": 2}}]
    for point in alone["contributions"]:
        point.pop("agency", None)
        point["by"] = 1
    return file


@pytest.fixture
async def programme_id(installation: Installation) -> UUID:
    """The enquiry, imported into Northshire."""
    content = read_programme_file(json.dumps(enquiry()).encode())
    async with installation.database.writing() as db:
        return (await import_programme(db, installation.partnerships["Northshire"], content)).id


async def taken(browser: httpx.AsyncClient, programme_id: UUID, kind: str) -> bytes:
    answer = await browser.get(f"/programmes/{programme_id}/exports/{kind}")
    assert answer.status_code == 200
    return answer.content


def saying(rows: Table, column: str, text: str) -> dict[str, str]:
    return next(row for row in rows if row[column] == text)


async def test_the_page_offers_four_files_and_says_who_took_what(browser_of: Browser, programme_id: UUID) -> None:
    cleo = browser_of("cleo")
    before = (await cleo.get(f"/programmes/{programme_id}/exports")).text
    assert "Nothing has been taken out yet" in before
    for kind in KINDS:
        assert f'href="/programmes/{programme_id}/exports/{kind}"' in before
        await taken(cleo, programme_id, kind)
    after = (await cleo.get(f"/programmes/{programme_id}/exports")).text
    assert "Nothing has been taken out yet" not in after
    assert after.count('<span dir="auto">Cleo</span>') == 4


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("html", "text/html; charset=utf-8"),
        ("json", "application/json"),
    ],
)
async def test_a_file_is_sent_as_one(browser_of: Browser, programme_id: UUID, kind: str, media_type: str) -> None:
    answer = await browser_of("cleo").get(f"/programmes/{programme_id}/exports/{kind}")
    assert answer.headers["content-type"] == media_type
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="core-groups-')
    assert disposition.endswith(f".{kind}")
    assert answer.headers["cache-control"] == "no-store"


async def test_the_programme_file_is_complete(browser_of: Browser, programme_id: UUID) -> None:
    assert json.loads(await taken(browser_of("cleo"), programme_id, "json")) == enquiry()


@pytest.mark.parametrize("name", ["ada", "vi"])
async def test_only_coordinators_take_anything_out(browser_of: Browser, programme_id: UUID, name: str) -> None:
    for path in ("exports", "exports/json", "exports/csv"):
        answer = await browser_of(name).get(f"/programmes/{programme_id}/{path}")
        assert answer.status_code == 403
        assert LONE not in answer.text


async def test_another_partnership_finds_nothing(browser_of: Browser, programme_id: UUID) -> None:
    for path in ("exports", *(f"exports/{kind}" for kind in KINDS)):
        assert (await browser_of("dov").get(f"/programmes/{programme_id}/{path}")).status_code == 404
    assert (await browser_of("cleo").get(f"/programmes/{programme_id}/exports/pdf")).status_code == 404


async def test_an_only_attendee_is_named_beside_their_words_nowhere(browser_of: Browser, programme_id: UUID) -> None:
    """Probation has one person in the first group and two in the second, where nobody else is under the minimum."""
    cleo = browser_of("cleo")
    csv = table_of_csv(await taken(cleo, programme_id, "csv"))
    sheets = sheets_of(await taken(cleo, programme_id, "xlsx"))
    assert "Probation" not in {cell for row in csv for cell in row.values()}
    assert saying(csv, "Text", LONE)["Agencies"] == "Other agencies"
    for name, rows in sheets.items():
        if name not in {"Attendance", "Attendance rolled up"}:
            assert not any("Probation" in cell for row in rows for cell in row.values()), name
    assert saying(sheets["All points"], "Point", LONE)["Agency"] == "Other agencies"
    second = [row for row in sheets["All points"] if row["Focus group"] == "South West"]
    assert {row["Agency"] for row in second} == {""}
    assert saying(sheets["Attendance"], "Agency", "Probation")["Total"] == "3"
    page = (await taken(cleo, programme_id, "html")).decode()
    assert page.count("Probation") == 2  # in the attendance table, and where it is rolled up
    assert f'{LONE}</span> <span class="by" dir="auto">North East, Other agencies</span>' in page


async def test_five_people_of_an_agency_may_be_named(browser_of: Browser, programme_id: UUID) -> None:
    cleo = browser_of("cleo")
    row = saying(table_of_csv(await taken(cleo, programme_id, "csv")), "Text", "=Police words")
    assert (row["Agencies"], row["Focus groups"], row["Evidence for"]) == ("Police", "North East", "2")
    sheet = sheets_of(await taken(cleo, programme_id, "xlsx"))
    assert saying(sheet["Engagement"], "Point", "=Police words")["Agency"] == "Police"


async def test_hidden_points_are_in_the_programme_file_alone(browser_of: Browser, programme_id: UUID) -> None:
    cleo = browser_of("cleo")
    assert b"Housing words" in await taken(cleo, programme_id, "json")
    assert "Housing words" not in {row["Text"] for row in table_of_csv(await taken(cleo, programme_id, "csv"))}
    assert "Housing words" not in words_on(await taken(cleo, programme_id, "html"))
    for rows in sheets_of(await taken(cleo, programme_id, "xlsx")).values():
        assert "Housing words" not in {cell for row in rows for cell in row.values()}


async def test_every_recommendation_is_there_with_its_evidence(browser_of: Browser, programme_id: UUID) -> None:
    rows = sheets_of(await taken(browser_of("cleo"), programme_id, "xlsx"))["Recommendations"]
    assert [row["Theme"] for row in rows] == ["Administration", "Engagement", "Roles", "Outcome"]
    assert rows[1]["Focus groups"] == "North East\nSouth West\nNorth West\nSouth East"
    assert rows[1]["Headings"] == "Do this about Engagement"
    assert rows[1]["Points"] in {"4", "not shown"}


async def test_purged_words_are_marked(installation: Installation, browser_of: Browser) -> None:
    file: dict[str, Any] = enquiry() | {"title": "Later"}
    file["focus_groups"][2]["contributions"][0]["text"] = None
    async with installation.database.writing() as db:
        content = read_programme_file(json.dumps(file).encode())
        programme = await import_programme(db, installation.partnerships["Northshire"], content)
    rows = sheets_of(await taken(browser_of("cleo"), programme.id, "xlsx"))["All points"]
    assert [row["Note"] for row in rows].count("Words deleted") == 1


def test_the_server_does_without_pandas() -> None:
    check = "import sys, workshop.serving, workshop.exports.documents; assert 'pandas' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
