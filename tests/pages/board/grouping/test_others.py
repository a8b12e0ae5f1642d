"""Two facilitators, other rooms and the desk at the same time: nobody loses anything or takes what is not theirs."""

import asyncio
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlmodel import col, select, update

from tests.conftest import Installation, Meeting, make_meeting
from tests.pages.board.grouping.page import SAID, Page, findings, id_of, loose
from tests.pages.board.phones import NEEDED, WORRIED, joined
from workshop.contributions.models import Contribution
from workshop.findings.models import Finding
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import ColumnKind
from workshop.recommendations.models import Step
from workshop.recommendations.undo import recorded
from workshop.recommendations.writes import make_recommendation

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]


async def test_a_room_undoes_its_own_steps_and_nobody_elses(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, page: Page, points: list[UUID]
) -> None:
    await page.done("findings", points=str(points[0]), heading="Here")
    async with installation.database.writing() as db, recorded(db, meeting.programme.id, "made one", None):
        desk = await make_recommendation(
            db, meeting.programme.id, None, "Do it", [UUID(await id_of(installation, "Here"))]
        )
    assert "Undo: grouped points" in await page.html()
    # The desk built on it: it stays.
    answer = await page.post("undo", step="1")
    assert answer.status_code == 409
    assert "changed elsewhere since" in answer.text
    desk_page = await browser_of("cleo").get(f"/programmes/{meeting.programme.id}/recommendations")
    assert "made one" in desk_page.text
    assert "grouped points" not in desk_page.text
    assert (
        "Here" in (await browser_of("cleo").get(f"/programmes/{meeting.programme.id}/recommendations/{desk.id}")).text
    )


async def test_two_who_take_the_same_point_lose_nothing(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, page: Page, points: list[UUID]
) -> None:
    other = Page(browser_of("cleo"), meeting)
    await page.done("findings", points=[str(points[0]), str(points[1])], heading="Ada's")
    late = await other.post("findings", points=[str(points[1]), str(points[2])], heading="Cleo's")
    assert late.status_code == 409
    assert "put under a heading meanwhile" in late.text
    assert re.search(rf'value="{points[2]}"[^>]* checked', late.text)
    assert 'value="Cleo&#39;s"' in late.text
    assert await findings(installation, meeting) == {"Ada's": SAID[:2]}


async def test_concurrent_headings_are_both_shown(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, page: Page, points: list[UUID]
) -> None:
    await page.done("findings", points=str(points[0]), heading="First words")
    path = f"findings/{await id_of(installation, 'First words')}/heading"
    await page.done(path, heading="Ada’s words", based_on="First words")
    late = await Page(browser_of("cleo"), meeting).post(path, heading="Cleo’s words", based_on="First words")
    assert late.status_code == 409
    assert "It now reads:" in late.text
    assert "Ada’s words" in late.text
    assert 'value="Cleo’s words"' in late.text
    assert 'name="based_on" value="Ada’s words"' in late.text
    assert list(await findings(installation, meeting)) == ["Ada’s words"]


async def test_words_for_a_heading_that_was_merged_meanwhile_are_given_back(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, page: Page, points: list[UUID]
) -> None:
    for number, name in enumerate(("One", "Two", "Three")):
        await page.done("findings", points=str(points[number]), heading=name)
    one, two, three = [await id_of(installation, name) for name in ("One", "Two", "Three")]
    await Page(browser_of("cleo"), meeting).done("merged-findings", findings=[one, two])
    late = await page.post(f"findings/{two}/heading", heading="Ada’s words", based_on="Two")
    assert late.status_code == 404
    assert 'You had written: <span class="words" dir="auto">Ada’s words</span>' in late.text
    # Where there is still a box for them they stand in it, once.
    late = await page.post("merged-findings", findings=[two, three], heading="Ada’s words")
    assert late.status_code == 404
    assert 'value="Ada’s words"' in late.text
    assert "You had written" not in late.text


async def test_a_suggestion_of_which_somebody_took_a_point_keeps_its_words_and_ticks(
    browser_of: BrowserOf, meeting: Meeting, page: Page, points: list[UUID]
) -> None:
    await page.done("suggestions")
    html = await page.html(suggest="yes")
    keys = dict(re.findall(r'id="s-(\w+)-title">(Suggestion|The same words)', html))
    key = next(key for key, kind in keys.items() if kind == "Suggestion")
    cleo = Page(browser_of("cleo"), meeting)
    await cleo.done("findings", points=str(points[2]), heading="Cleo's")
    chosen: dict[str, Any] = {"points": [str(points[0]), str(points[2])], "heading": "Ada’s words", "suggest": "yes"}
    late = await page.post("findings", key=key, **chosen)
    assert late.status_code == 409
    assert re.search(rf'id="s-{key}-heading"[^>]*value="Ada’s words"', late.text)
    assert re.search(rf'id="s-{key}-{points[0]}" checked', late.text)
    assert not re.search(rf'id="s-{key}-{points[1]}" checked', late.text)
    # Once it has gone altogether they are with the points themselves.
    await cleo.done("findings", points=str(points[1]), heading="Cleo's too")
    late = await page.post("findings", key=key, **chosen)
    assert late.status_code == 409
    assert re.search(r'id="heading"[^>]*value="Ada’s words"', late.text)
    assert re.search(rf'id="p-{points[0]}" checked', late.text)


async def test_points_under_headings_of_the_desk_are_not_said_to_be_missing(
    installation: Installation, meeting: Meeting, page: Page, points: list[UUID]
) -> None:
    async with installation.database.writing() as db:
        desks = Finding(
            programme_id=meeting.programme.id,
            theme_id=meeting.themes[0].id,
            column=ColumnKind.NEEDS_TO_HAPPEN,
            heading="Of the desk",
            position=0,
        )
        db.add(desks)
        await db.flush()  # its id is a foreign key of the points
        await db.exec(update(Contribution).where(col(Contribution.id).in_(points)).values(finding_id=desks.id))
    html = await page.html()
    assert "5 points are under headings made at the desk" in html
    assert "There are no points here yet" not in html


async def test_other_rooms_points_and_headings_are_not_to_be_had(
    installation: Installation, meeting: Meeting, page: Page, points: list[UUID]
) -> None:
    elsewhere = await make_meeting(installation, "Northshire", "Elsewhere")
    foreign = await (await joined(installation, elsewhere)).write("Not yours")
    worried = await (await joined(installation, meeting)).write("Another column", WORRIED)
    for point in (foreign, worried):
        assert (await page.post("findings", points=str(point), heading="X")).status_code == 409
    async with installation.database.writing() as db:
        finding = Finding(
            programme_id=meeting.programme.id,
            theme_id=meeting.themes[0].id,
            column=NEEDED,
            heading="The desk's",
            position=0,
        )
        db.add(finding)
    assert (await page.post("added-points", points=str(points[0]), to=str(finding.id))).status_code == 404
    assert (await page.post(f"findings/{finding.id}/heading", heading="X", based_on="X")).status_code == 404


async def test_others_hear_of_it_and_fetch_it(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, page: Page, points: list[UUID]
) -> None:
    other = Page(browser_of("cleo"), meeting)
    seen = re.search(r'name="since" value="([^"]*)"', await other.html())
    assert seen
    params = other.query | {"since": seen[1]}
    assert (await other.client.get(f"{other.path}/changes", params=params)).status_code == 204
    before = await revisions(installation, meeting)
    await page.done("findings", points=str(points[0]), heading="News")
    after = await revisions(installation, meeting)
    assert [later - earlier for earlier, later in zip(before, after, strict=True)] == [1, 1, 0]
    answer = await other.client.get(f"{other.path}/changes", params=params)
    assert "News" in answer.text
    assert '<hx-partial hx-target="#grouping" hx-swap="innerMorph">' in answer.text


async def test_points_of_a_room_that_are_under_the_desks_headings_are_counted(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, page: Page, points: list[UUID]
) -> None:
    answer = await browser_of("cleo").post(
        f"/programmes/{meeting.programme.id}/findings",
        data=page.query | {"heading": "The desk's", "points": str(points[0])},
    )
    assert answer.status_code == 303
    html = await page.html()
    assert "1 point is under headings made at the desk" in html
    assert loose(html) == SAID[1:]


async def revisions(here: Installation, meeting: Meeting) -> list[int]:
    async with here.database.reading() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
    return [group.board_revision, group.projector_revision, group.phones_revision]


async def test_many_hands_lose_nothing_on_either_database(installation_on_either: Installation) -> None:
    """Thirty at once take points from the same heap: each point ends under one heading, and each step can be undone."""
    here = installation_on_either
    meeting = await make_meeting(here, "Northshire", "Many hands", "ada@example.org")
    phone = await joined(here, meeting)
    points = [await phone.write(f"Point {number}") for number in range(10)]
    transport = httpx.ASGITransport(app=here.app)  # type: ignore[arg-type]  # litestar's own ASGI types
    cookies = {"workshop": here.tokens["ada"]}
    async with httpx.AsyncClient(transport=transport, base_url="http://workshop.test", cookies=cookies) as client:
        page = Page(client, meeting)
        pairs = [(points[i], points[(i + step) % 10]) for i in range(10) for step in (1, 2, 3)]
        answers = await asyncio.gather(
            *(
                page.post("findings", points=[str(one), str(other)], heading=f"Heading {number}")
                for number, (one, other) in enumerate(pairs)
            )
        )
        made = [f"Heading {number}" for number, answer in enumerate(answers) if answer.status_code == 303]
        assert {answer.status_code for answer in answers} == {303, 409}
        stored = await findings(here, meeting)
        assert sorted(stored) == sorted(made)
        assert all(len(members) == 2 for members in stored.values())
        async with here.database.reading() as db:
            steps = list(await db.exec(select(Step.number).order_by(col(Step.number))))
        assert steps == list(range(1, len(made) + 1))
        for _ in made:
            await page.undo()
        assert await findings(here, meeting) == {}
