"""What a facilitator types in or imports is warned of, and not held: they are looking at it."""

import re
from collections.abc import Callable

import httpx
from sqlmodel import select

from tests.conftest import Installation, Meeting
from workshop.contributions.models import Contribution

BrowserOf = Callable[..., httpx.AsyncClient]
NAMED = "Jayden’s mum was not told"
HTMX = {"HX-Request": "true"}


async def stored(here: Installation) -> list[tuple[str | None, bool]]:
    async with here.database.reading() as db:
        return [(point.text, point.is_held) for point in await db.exec(select(Contribution))]


async def test_typing_in_is_asked_about_and_saved_all_the_same(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    form = {"theme": str(meeting.themes[0].id), "column": "worried_about", "text": NAMED, "back": "room"}
    by_script = await ada.post(f"{group}/contributions", data=form, headers=HTMX)
    answer = await ada.post(f"{group}/contributions", data=form)
    for asked in (by_script, answer):
        assert asked.status_code == 422
        assert '<mark class="found">Jayden</mark>' in asked.text
    assert await stored(installation) == []
    sure = re.search(r'name="sure"[^>]*value="([0-9a-f]{32})"|value="([0-9a-f]{32})"[^>]*name="sure"', answer.text)
    assert sure
    await ada.post(f"{group}/contributions", data=form | {"sure": sure[1] or sure[2]})
    assert await stored(installation) == [(NAMED, False)]


async def test_other_words_for_a_room_point_are_asked_about(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    form = {"theme": str(meeting.themes[0].id), "column": "worried_about", "text": "A mum was not told", "back": "room"}
    await ada.post(f"{group}/contributions", data=form)
    async with installation.database.reading() as db:
        point = (await db.exec(select(Contribution))).one().id
    answer = await ada.post(f"{group}/room/{point}", data={"text": NAMED})
    assert (answer.status_code, "Save it all the same" in answer.text) == (422, True)
    assert await stored(installation) == [("A mum was not told", False)]


async def test_the_preview_of_an_import_marks_what_seems_to_identify_somebody(
    browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    theme = meeting.themes[0].name
    rows = f"theme,column,text\r\n{theme},working well,{NAMED}\r\n{theme},working well,Fine\r\n"
    file = {"file": ("points.csv", rows.encode(), "text/csv")}
    answer = await ada.post(f"{group}/import", files=file, follow_redirects=True)
    assert answer.status_code == 200
    assert "1 point seems to identify somebody" in answer.text
    assert '<mark class="found">Jayden</mark>' in answer.text
