"""The list with its evidence: coordinators read all of it, others headings and suppressed counts, strangers nothing."""

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import event

from tests.conftest import Installation
from tests.pages.desk.browsing import form, text_of
from tests.pages.desk.recommendations.acts import at, made, words
from tests.recommendations.gathered import Gathered, gather
from workshop.contributions.models import Contribution
from workshop.contributions.room import RoomPoint, add_from_room
from workshop.programmes.models import ColumnKind, Programme

pytestmark = pytest.mark.anyio
Browsers = Callable[..., httpx.AsyncClient]


async def test_headings_in_no_recommendation_are_waiting(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    needs, theme = gathered.needs(), gathered.meeting.themes[0].id
    await made(installation, cleo, gathered, "Send minutes within five days.", [needs[0]])
    assert "in no recommendation yet" not in (await cleo.get(at(gathered))).text
    sent = {"theme": theme, "heading": "Dates", "points": needs[1:3]}
    assert (await cleo.post(f"/programmes/{gathered.programme_id}/findings", data=form(sent))).status_code == 303
    shown = text_of((await cleo.get(at(gathered))).text)
    assert "What needs to happen? 5 points not yet used of 8, and 1 heading in no recommendation yet" in shown


async def test_points_from_the_room_are_no_people(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    group, theme = gathered.meeting.focus_group, gathered.meeting.themes[0].id
    async with installation.database.writing() as db:
        typed = RoomPoint(uuid4(), theme, ColumnKind.NEEDS_TO_HAPPEN, None, "From a flip chart.")
        point = await add_from_room(db, group.id, typed, installation.settings.key)
    one = await made(installation, cleo, gathered, "Read the flip charts.", [point.id])
    for page in (at(gathered), at(gathered, f"/{one}")):
        shown = text_of((await cleo.get(page)).text)
        assert "1 point from 1 focus group" in shown
        assert "0 people" not in shown


async def test_the_words_are_one_click_away(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    needs = gathered.needs()
    made_id = await made(installation, cleo, gathered, "Send minutes.", [needs[0], needs[7]])
    listed = await cleo.get(at(gathered))
    assert "Point 9 of" not in listed.text
    assert at(gathered, f"/{made_id}/evidence") in listed.text
    page = await cleo.get(at(gathered, f"/{made_id}/evidence"))
    assert "<h1" in page.text
    part = await cleo.get(at(gathered, f"/{made_id}/evidence"), headers={"HX-Request": "true"})
    for answer in (page, part):
        assert "Point 9 of North East" in answer.text
        assert "Police" in answer.text
        assert "Only coordinators see this" in answer.text
    assert "<h1" not in part.text


async def test_a_hidden_point_is_no_evidence_until_it_is_restored(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    needs = gathered.needs()
    await made(installation, cleo, gathered, "Send minutes.", needs[:2])
    await made(installation, cleo, gathered, "Hold them on time.", needs[2:3])
    for is_hidden, count in ((True, 1), (False, 2)):
        async with installation.database.writing() as db:
            for point_id in (needs[0], needs[4]):
                point = await db.get(Contribution, point_id)
                assert point is not None
                point.is_hidden = is_hidden
                db.add(point)
        shown = text_of((await cleo.get(at(gathered))).text)
        assert f"1 person, {count} point" in shown
        theme = {"theme": gathered.meeting.themes[0].id, "text": "No", "points": needs[4]}
        assert (await cleo.post(at(gathered), data=form(theme))).status_code == (422 if is_hidden else 303)


async def test_the_list_takes_the_same_queries_for_one_row_and_for_many(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    async def queries() -> int:
        seen: list[str] = []

        def note(*arguments: object) -> None:
            seen.append(str(arguments[2]))

        engine = installation.database.reader.sync_engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            assert (await cleo.get(at(gathered))).status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return sum(each.lstrip().upper().startswith(("SELECT", "WITH")) for each in seen)

    await made(installation, cleo, gathered, "First", gathered.needs()[:1])
    one = await queries()
    for place in range(1, 4):
        await made(installation, cleo, gathered, f"Another {place}", gathered.needs()[place : place + 1])
    assert await queries() == one
    assert one <= 15


@pytest.mark.parametrize("who", ["vi", "ada"])
async def test_others_see_headings_and_suppressed_counts_and_no_words(
    installation: Installation, cleo: httpx.AsyncClient, browser_of: Browsers, gathered: Gathered, who: str
) -> None:
    needs = gathered.needs()
    few = await made(installation, cleo, gathered, "Heard from one person.", needs[:1])
    await made(installation, cleo, gathered, "Heard from many.", [*needs[1:3], *needs[4:7]])
    shown = await browser_of(who).get(at(gathered))
    assert shown.status_code == 200
    assert "Heard from one person." in shown.text
    assert "Point " not in shown.text
    assert "Police" not in shown.text
    assert "Undo" not in shown.text
    text = text_of(shown.text)
    assert "Heard from one person. Behind it: count not shown" in text
    assert (await browser_of(who).get(at(gathered, f"/{few}/evidence"))).status_code == 403
    assert (await browser_of(who).post(at(gathered, "/undo"), data={"step": "1"})).status_code == 403
    theme = gathered.meeting.themes[0]
    points = await browser_of(who).get(f"/programmes/{gathered.programme_id}/themes/{theme.id}/points")
    assert points.status_code == 403


async def test_a_larger_count_is_shown_to_viewers(
    installation: Installation, cleo: httpx.AsyncClient, browser_of: Browsers, gathered: Gathered
) -> None:
    async with installation.database.writing() as db:
        programme = await db.get(Programme, gathered.programme_id)
        assert programme is not None
        programme.minimum_count = 2
        db.add(programme)
    needs = gathered.needs()
    await made(installation, cleo, gathered, "Heard from many.", [needs[2], needs[6]])
    text = text_of((await browser_of("vi").get(at(gathered))).text)
    assert "Heard from many. Behind it: 8 people, 2 points. North East: 1 point; South East: 1 point" in text


async def test_dov_of_another_partnership_finds_nothing(
    installation: Installation, cleo: httpx.AsyncClient, browser_of: Browsers, gathered: Gathered
) -> None:
    one = await made(installation, cleo, gathered, "Send minutes.", gathered.needs()[:1])
    dov = browser_of("dov")
    for path in ("", f"/{one}", f"/{one}/evidence", f"/{one}/merger?other={one}"):
        assert (await dov.get(at(gathered, path))).status_code == 404
    for path in ("", "/undo", "/redo", "/layout", f"/{one}", f"/{one}/position", f"/{one}/omission"):
        assert (await dov.post(at(gathered, path), data={})).status_code == 404
    own = await gather(installation, "Southshire", "Southshire's")
    foreign = at(own, f"/{one}")
    for path in ("", "/evidence", f"/merger?other={one}"):
        assert (await dov.get(foreign + path)).status_code == 404
    for path in ("", "/position", "/theme", "/omission", "/reinstatement", "/split", "/deletion", "/merger"):
        sent = {"text": "x", "split_text": "x", "reason": "x", "other": str(one), "move": "up"}
        assert (await dov.post(foreign + path, data=sent)).status_code == 404, path
    stolen = {"theme": own.meeting.themes[0].id, "text": "Mine", "points": gathered.needs()[1:2]}
    assert (await dov.post(at(own), data=form(stolen))).status_code == 422
    assert await words(installation) == ["Send minutes."]
