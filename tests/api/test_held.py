"""What a machine sends is held when it seems to identify somebody, and held or hidden words leave by no list."""

from collections.abc import Callable
from uuid import uuid4

import httpx

from tests.conftest import Meeting

MachineOf = Callable[[str], httpx.AsyncClient]
NAMED = "Jayden’s mum was not told"


async def test_a_point_that_names_somebody_is_held_and_the_answer_says_why(
    machine_of: MachineOf, meeting: Meeting
) -> None:
    ada, path = machine_of("ada"), f"/api/focus-groups/{meeting.focus_group.id}/contributions"
    point = {"client_id": str(uuid4()), "theme_id": str(meeting.themes[0].id), "column": "worried_about"}
    for _ in range(2):
        answer = await ada.post(path, json=point | {"text": NAMED})
        assert answer.status_code == 201
        added = answer.json()
        assert (added["is_held"], added["text"]) == (True, NAMED)
        assert "held until a facilitator has looked" in added["note"]
        assert "a person’s name" in added["note"]
    (listed,) = (await ada.get(path)).json()
    assert (listed["is_held"], listed["text"], listed["note"]) == (True, None, None)


async def test_a_harmless_point_is_neither_held_nor_noted(machine_of: MachineOf, meeting: Meeting) -> None:
    ada, path = machine_of("ada"), f"/api/focus-groups/{meeting.focus_group.id}/contributions"
    point = {"client_id": str(uuid4()), "theme_id": str(meeting.themes[0].id), "column": "worried_about"}
    added = (await ada.post(path, json=point | {"text": "Nobody was told"})).json()
    assert (added["is_held"], added["note"]) == (False, None)
    assert (await ada.get(path)).json()[0]["text"] == "Nobody was told"
