"""The room moves on while somebody writes: what was on its way is kept, and the page says where the room is."""

import re
from uuid import uuid4

import pytest

from tests.pages.phone.conftest import Phone, set_group
from tests.pages.phone.follows.meeting import COLUMN, GROUPING, NEEDS, OWN, THEME, WELL, WORRIED, Room

pytestmark = pytest.mark.anyio


async def test_together_the_page_asks_one_column_and_shows_what_one_wrote_in_the_others(room: Room, ben: Phone) -> None:
    await room.go(THEME)
    await ben.join()
    await ben.add("Minutes come quickly.", column=WELL, place=0)
    await room.go(COLUMN)
    await ben.open("/now")
    shown = re.findall(rf'data-box="{room.meeting.themes[1].id}:(\w+)">', ben.html)
    assert shown == [WORRIED]
    await ben.open(ben.theme(0))
    assert ben.points() == ["Minutes come quickly."]
    assert not re.findall(r'data-box="[^"]+">', ben.html)
    assert "The room is now at" in ben.text
    assert f'href="{ben.link}/now">Go there' in ben.html


async def test_roaming_phones_have_every_box_whatever_the_step(room: Room, ben: Phone) -> None:
    await set_group(room.here, room.meeting, is_together=False)
    await room.go(COLUMN)
    await ben.join()
    assert ben.answer.url.path == f"{ben.link}/themes"
    key = re.search('data-key="([^"]+)"', ben.html)
    await room.go(THEME)
    await ben.open(ben.theme(1))
    assert len(re.findall(r'data-box="[^"]+">', ben.html)) == 3
    assert "data-moved hidden" in ben.html
    assert key
    assert f'data-key="{key[1]}"' in ben.html


async def test_what_was_on_its_way_is_saved_and_the_page_says_where_the_room_is(room: Room, ben: Phone) -> None:
    await room.go(THEME)
    await ben.join()
    await room.go(GROUPING)
    await ben.write({WELL: "Sent in the last second."})
    assert ben.answer.status_code == 200
    assert ben.points() == ["Sent in the last second."]
    assert "<strong>Saved</strong>" in ben.html
    assert "The room is now at: putting alike points together" in ben.text
    assert "<textarea" not in re.sub(r"<textarea[^>]*readonly.*?</textarea>", "", ben.html, flags=re.DOTALL)


async def test_what_comes_too_late_comes_back_and_goes_out_once_the_room_is_back(room: Room, ben: Phone) -> None:
    await room.go(THEME)
    await ben.join()
    await room.go(GROUPING)
    await room.end_grace()
    await ben.write({WELL: "A minute too late.", NEEDS: "And this."})
    assert ben.answer.status_code == 409
    assert ben.text.count("The room has moved on, so this could not be saved.") == 1
    assert (ben.box("text"), ben.box("text-2")) == ("A minute too late.", "And this.")
    assert f'{ben.link}/now">go to where the room is' in ben.html
    by_script = await Phone(ben.client, room.meeting).send_by_script(
        f"{ben.theme()}/contributions", column=WELL, text="By the script.", client_id=str(uuid4())
    )
    assert by_script.answer.status_code == 409
    assert "The room has moved on" in by_script.text
    await room.go(THEME)
    await ben.write({})
    assert ben.points() == ["A minute too late.", "And this."]


async def test_words_that_cannot_be_kept_come_back_in_their_boxes_during_the_grace(room: Room, ben: Phone) -> None:
    await room.go(THEME)
    await ben.join()
    await room.go(GROUPING)
    await ben.write({WELL: "x" * 40_001})
    assert ben.answer.status_code == 422
    assert ben.box(f"text-{WELL}") == "x" * 40_001
    assert re.findall(r'data-box="[^"]+:(\w+)"', ben.html) == [WELL]


async def test_late_points_are_let_in_where_the_switch_says_so(room: Room, ben: Phone) -> None:
    await set_group(room.here, room.meeting, takes_late_points=True)
    await room.go(THEME)
    await ben.join()
    await ben.add("Before.", column=WELL)
    await room.go(GROUPING)
    await room.end_grace()
    await ben.open("/now")
    assert "Points can still be added" in ben.text
    assert ben.points() == ["Before."]
    await ben.add("After.", column=WELL)
    assert ben.points() == ["Before.", "After."]
    assert "The room is now at" in ben.text


async def test_every_page_of_another_step_opens(room: Room, ben: Phone) -> None:
    await room.go(THEME)
    await ben.join()
    await ben.add("Kept.", column=WELL)
    point = f"/contributions/{ben.point_ids()[0]}"
    paths = ("/themes", ben.theme(), ben.theme(1), "/votes", "/scale", "/waiting", point, f"{point}/removal")
    for step in range(len(room.steps)):
        await room.go(step)
        for path in ("", *paths, f"{ben.theme()}/others", "/finish"):
            await ben.open(path)
            assert ben.answer.status_code == 200, (step, path)
        await ben.open(ben.theme())
        assert ben.points() == ["Kept."]


async def test_the_line_names_where_the_room_is_and_the_page_of_the_step_has_none(room: Room, ben: Phone) -> None:
    await room.go(COLUMN)
    await ben.join()
    assert "data-moved hidden" in ben.html
    await ben.open("/votes")
    question = "What are we worried about?"
    assert f"The room is now at: {room.meeting.themes[1].name}: {question} Go there" in ben.text
    await ben.open(f"{ben.theme(1)}/others")
    assert "data-moved hidden" in ben.html
    await ben.open(f"{ben.theme(0)}/others")
    assert f"The room is now at: {room.meeting.themes[1].name}" in ben.text
    await room.go(OWN)
    await ben.open("/scale")
    assert "The room is now at: Presentations . Go there" in ben.text
