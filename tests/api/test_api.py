"""The JSON API: scoped like the token's owner, errors as problem details."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import uuid4

import httpx
import pytest

from tests.conftest import Meeting

pytestmark = pytest.mark.anyio
MachineOf = Callable[[str], httpx.AsyncClient]

FILE = {
    "format": "workshop-programme/1",
    "title": "Learning event",
    "purpose": "To learn.",
    "minimum_count": 5,
    "columns": [
        {"kind": "working_well", "question": "Strengths"},
        {"kind": "worried_about", "question": "Areas for development"},
        {"kind": "needs_to_happen", "question": "Next steps"},
    ],
    "themes": ["Neglect"],
    "agencies": [{"name": "Police"}],
    "focus_groups": [
        {
            "date": "2017-03-02",
            "mode": "in_person",
            "participants": [{"people": {"Police": 1}}],
            "contributions": [{"theme": "Neglect", "column": "needs_to_happen", "by": 0, "text": "Use the tool."}],
        }
    ],
    "findings": [],
    "recommendations": [],
}


async def test_a_programme_file_goes_in_and_comes_back(machine_of: MachineOf) -> None:
    cleo = machine_of("cleo")
    made = await cleo.post("/api/programmes", json=FILE)
    assert made.status_code == HTTPStatus.CREATED
    back = await cleo.get(f"/api/programmes/{made.json()['id']}/file")
    assert back.json() == FILE
    assert [programme["title"] for programme in (await cleo.get("/api/programmes")).json()] == ["Learning event"]
    again = await cleo.post("/api/programmes", json=FILE)
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert again.headers["content-type"] == "application/problem+json"


async def test_a_file_with_faults_is_refused_whole_and_each_is_named(machine_of: MachineOf) -> None:
    cleo = machine_of("cleo")
    refused = await cleo.post("/api/programmes", json=FILE | {"surprise": 1})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert any("surprise" in problem for problem in refused.json()["problems"])
    assert (await cleo.get("/api/programmes")).json() == []


async def test_a_point_from_the_room_is_stored_once(machine_of: MachineOf, meeting: Meeting) -> None:
    ada = machine_of("ada")
    path = f"/api/focus-groups/{meeting.focus_group.id}/contributions"
    point = {
        "client_id": str(uuid4()),
        "theme_id": str(meeting.themes[0].id),
        "column": "worried_about",
        "text": "Minutes come late.",
        "agency_id": str(meeting.agencies[1].id),
    }
    first, second = await ada.post(path, json=point), await ada.post(path, json=point)
    assert (first.status_code, first.json()) == (HTTPStatus.CREATED, second.json())
    listed = (await ada.get(path)).json()
    assert [(row["text"], row["agency"]) for row in listed] == [("Minutes come late.", None)]
    assert (await ada.get(path, params={"after": listed[0]["number"]})).json() == []
    other = await ada.post(path, json=point | {"text": "Other words."})
    assert (other.status_code, other.json()["field"]) == (HTTPStatus.UNPROCESSABLE_ENTITY, "text")
    empty = await ada.post(path, json=point | {"text": " \u0000 "})
    assert empty.status_code == HTTPStatus.BAD_REQUEST
    unknown = await ada.post(path, json=point | {"client_id": str(uuid4()), "theme_id": str(uuid4())})
    assert unknown.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.usefixtures("installation")
async def test_scope_is_the_owners(machine_of: MachineOf, meeting: Meeting) -> None:
    group, programme = f"/api/focus-groups/{meeting.focus_group.id}", f"/api/programmes/{meeting.programme.id}"
    assert (await machine_of("dov").get(group)).status_code == HTTPStatus.NOT_FOUND
    assert (await machine_of("dov").get("/api/programmes")).json() == []
    assert (await machine_of("vi").get(group)).status_code == HTTPStatus.FORBIDDEN
    assert (await machine_of("vi").get(f"{programme}/recommendations")).json() == []
    assert (await machine_of("ada").get(f"{programme}/file")).status_code == HTTPStatus.FORBIDDEN
    assert (await machine_of("ada").get(f"{programme}/focus-groups")).json()[0]["label"] == "North East"


async def test_the_owner_sees_when_a_token_was_last_used(
    machine_of: MachineOf, browser_of: Callable[..., httpx.AsyncClient]
) -> None:
    cleo = browser_of("cleo")
    assert "Never" in (await cleo.get("/account")).text
    for _ in range(2):
        assert (await machine_of("cleo").get("/api/programmes")).status_code == HTTPStatus.OK
    assert "Never" not in (await cleo.get("/account")).text


async def test_without_a_token_nobody_gets_in(browser_of: Callable[..., httpx.AsyncClient]) -> None:
    for client in (browser_of(), browser_of("cleo")):
        answer = await client.get("/api/programmes")
        assert (answer.status_code, answer.headers["www-authenticate"]) == (HTTPStatus.UNAUTHORIZED, "Bearer")
        assert answer.json()["status"] == HTTPStatus.UNAUTHORIZED
    document = (await browser_of().get("/api/openapi.json")).json()
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {
        "/api/programmes",
        "/api/programmes/{programme_id}",
        "/api/programmes/{programme_id}/file",
        "/api/programmes/{programme_id}/focus-groups",
        "/api/programmes/{programme_id}/recommendations",
        "/api/focus-groups/{focus_group_id}",
        "/api/focus-groups/{focus_group_id}/contributions",
    }
