"""Paper notes are typed in by the facilitator."""

import asyncio
from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest

from tests.conftest import Installation
from tests.pages.room.conftest import Room, field
from workshop.database import now
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.writes import close_focus_group


def note(room: Room, **changes: str) -> dict[str, str]:
    sent = {
        "theme": str(room.meeting.themes[0].id),
        "column": "worried_about",
        "agency": "",
        "text": "Papers arrive on the day",
        "client_id": str(uuid4()),
        "back": "room",
    }
    return sent | changes


async def test_a_note_is_saved_and_theme_and_column_stay_chosen(room: Room) -> None:
    police = next(agency for agency in room.meeting.agencies if agency.name == "Police")
    answer = await room.ada.post(f"{room.path}/contributions", data=note(room, agency=str(police.id)))
    assert answer.status_code == 303
    shown = (await room.ada.get(answer.headers["location"])).text
    assert "Papers arrive on the day" in shown
    assert f'value="{room.meeting.themes[0].id}" selected' in shown
    assert 'value="worried_about" checked' in shown
    (point,) = await room.points()
    assert (point.text, point.number, point.agency_id, point.participant_id) == (
        "Papers arrive on the day",
        1,
        police.id,
        None,
    )


async def test_the_same_form_posted_often_and_at_once_is_one_point(room: Room) -> None:
    sent = note(room)
    answers = await asyncio.gather(*(room.ada.post(f"{room.path}/contributions", data=sent) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {303}
    assert len(await room.points()) == 1


async def test_the_same_form_with_other_words_loses_neither(room: Room) -> None:
    sent = note(room)
    await room.ada.post(f"{room.path}/contributions", data=sent)
    answer = await room.ada.post(f"{room.path}/contributions", data=sent | {"text": "Too few chairs"})
    assert answer.status_code == 422
    assert "Too few chairs</textarea>" in answer.text
    again = sent | {"text": "Too few chairs", "client_id": field(answer.text, "client_id")}
    assert (await room.ada.post(f"{room.path}/contributions", data=again)).status_code == 303
    assert [point.text for point in await room.points()] == ["Papers arrive on the day", "Too few chairs"]


async def test_without_a_script_the_board_of_the_theme_comes_back(room: Room) -> None:
    answer = await room.ada.post(f"{room.path}/contributions", data=note(room, back=""))
    board = await room.ada.get(answer.headers["location"])
    assert board.status_code == 200
    assert "Papers arrive on the day" in board.text
    assert room.meeting.themes[0].name in board.text


async def test_htmx_gets_the_form_emptied_and_the_list(room: Room) -> None:
    answer = await room.ada.post(f"{room.path}/contributions", data=note(room), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Saved: " in answer.text
    form, _, listed = answer.text.partition("<hx-partial")
    assert "Papers arrive on the day</textarea>" not in form
    assert "Papers arrive on the day" in listed
    refused = await room.ada.post(
        f"{room.path}/contributions", data=note(room, text=" "), headers={"HX-Request": "true"}
    )
    assert refused.status_code == 422
    assert "Write the point first" in refused.text
    assert "<html" not in refused.text


async def test_on_the_board_the_form_stays_the_boards(room: Room) -> None:
    headers = {"HX-Request": "true"}
    theme = f'name="theme" value="{room.meeting.themes[0].id}"'
    for text, status in (("Papers arrive on the day", 200), ("", 422)):
        sent = note(room, back="", text=text)
        answer = await room.ada.post(f"{room.path}/contributions", data=sent, headers=headers)
        assert answer.status_code == status
        assert theme in answer.text
        assert 'name="back"' not in answer.text
        assert "hx-partial" not in answer.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": ""}, "Write the point first"),
        ({"text": "x" * 40_001}, "40,001 characters"),
        ({"theme": ""}, "Choose a theme"),
        ({"theme": str(uuid4())}, "no longer part of the programme"),
        ({"column": "other"}, "Choose a column"),
        ({"agency": str(uuid4())}, "no longer part of the programme"),
    ],
)
async def test_what_does_not_fit_is_said_and_the_words_are_kept(room: Room, changes: dict[str, str], said: str) -> None:
    answer = await room.ada.post(f"{room.path}/contributions", data=note(room, **changes))
    assert answer.status_code == 422
    assert said in answer.text
    assert changes.get("text", "Papers arrive on the day") in answer.text
    assert await room.points() == []


async def test_a_note_is_edited_and_deleted(room: Room) -> None:
    await room.ada.post(f"{room.path}/contributions", data=note(room))
    (point,) = await room.points()
    before = point.revision
    assert "Papers arrive on the day</textarea>" in (await room.ada.get(f"{room.path}/room/{point.id}")).text
    assert (await room.ada.post(f"{room.path}/room/{point.id}", data={"text": ""})).status_code == 422
    await room.ada.post(f"{room.path}/room/{point.id}", data={"text": "Papers arrive late"})
    (point,) = await room.points()
    assert point.text == "Papers arrive late"
    assert point.revision > before
    assert "Papers arrive late" in (await room.ada.get(f"{room.path}/room/{point.id}/deletion")).text
    assert (await room.ada.post(f"{room.path}/room/{point.id}/deletion")).status_code == 303
    (point,) = await room.points()
    assert (point.text, point.is_deleted) == (None, True)
    assert (await room.ada.get(f"{room.path}/room/{point.id}")).status_code == 404


async def test_a_late_retry_revives_nothing(room: Room) -> None:
    sent = note(room)
    await room.ada.post(f"{room.path}/contributions", data=sent)
    (point,) = await room.points()
    await room.ada.post(f"{room.path}/room/{point.id}/deletion")
    await room.ada.post(f"{room.path}/contributions", data=sent)
    assert [point.text for point in await room.points()] == [None]


async def test_paper_comes_later_than_the_closing_but_not_than_the_deletion(
    room: Room, installation: Installation
) -> None:
    async with installation.database.writing() as db:
        await close_focus_group(db, await db.get_one(FocusGroup, room.meeting.focus_group.id))
    assert (await room.ada.post(f"{room.path}/contributions", data=note(room))).status_code == 303
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, room.meeting.focus_group.id)
        group.purged_at = now()
        db.add(group)
    assert (await room.ada.post(f"{room.path}/contributions", data=note(room))).status_code == 409
    assert (await room.ada.get(f"{room.path}/room")).status_code == 409
    assert (await room.ada.get(f"{room.path}/import")).status_code == 409
    assert len(await room.points()) == 1


async def test_strangers_find_nothing_and_viewers_may_not(
    room: Room, browser_of: Callable[..., httpx.AsyncClient]
) -> None:
    await room.ada.post(f"{room.path}/contributions", data=note(room))
    (point,) = await room.points()
    for name, status in (("dov", 404), ("vi", 403), (None, 303)):
        stranger = browser_of(name)
        for path in ("room", f"room/{point.id}", f"room/{point.id}/deletion", "import", "sheets", "sheets.pdf"):
            assert (await stranger.get(f"{room.path}/{path}")).status_code == status, (name, path)
        for path in ("contributions", f"room/{point.id}", f"room/{point.id}/deletion", "import"):
            files = {"file": ("x.csv", b"x")} if path == "import" else None
            answer = await stranger.post(f"{room.path}/{path}", data=None if files else note(room), files=files)
            assert answer.status_code == status, (name, path)
    (point,) = await room.points()
    assert point.text == "Papers arrive on the day"


async def test_a_participants_point_is_not_the_rooms_to_change(room: Room, installation: Installation) -> None:
    await room.upload(b"What is working well? - Planning and outcome\nClear plans\n")
    (waiting,) = await room.pending()
    mapped = {"uses": f"{room.meeting.themes[3].id}:working_well"}
    await room.ada.post(f"{room.path}/imports/{waiting.id}/columns", data=mapped)
    await room.ada.post(f"{room.path}/imports/{waiting.id}")
    (point,) = await room.points()
    assert point.participant_id is not None
    assert (await room.ada.get(f"{room.path}/room/{point.id}")).status_code == 404
    assert (await room.ada.post(f"{room.path}/room/{point.id}", data={"text": "x"})).status_code == 404
