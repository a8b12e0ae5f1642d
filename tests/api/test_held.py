"""What a machine sends is held when it seems to identify somebody; words that the room may not read are in no list."""

from collections.abc import Callable
from uuid import uuid4

import httpx

from tests.conftest import Installation, Meeting
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.reveals import cover_themes, reveal_themes

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


async def test_a_blind_groups_words_leave_once_their_theme_is_revealed(
    installation: Installation, machine_of: MachineOf, meeting: Meeting
) -> None:
    ada, path = machine_of("ada"), f"/api/focus-groups/{meeting.focus_group.id}/contributions"
    for theme, text in zip(meeting.themes, ("Minutes come late", "Nobody asks the child"), strict=False):
        point = {"client_id": str(uuid4()), "theme_id": str(theme.id), "column": "worried_about"}
        assert (await ada.post(path, json=point | {"text": text})).json()["text"] == text

    async def listed() -> list[str | None]:
        return [point["text"] for point in (await ada.get(path)).json()]

    assert await listed() == ["Minutes come late", "Nobody asks the child"]
    async with installation.database.writing() as db:
        (await db.get_one(FocusGroup, meeting.focus_group.id)).is_blind = True
    assert await listed() == [None, None]
    for change, expected in ((reveal_themes, [None, "Nobody asks the child"]), (cover_themes, [None, None])):
        async with installation.database.writing() as db:
            group = await db.get_one(FocusGroup, meeting.focus_group.id, with_for_update=True)
            await change(db, group, [meeting.themes[1].id])
        assert await listed() == expected
