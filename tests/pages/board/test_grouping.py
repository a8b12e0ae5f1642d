"""Grouping in the open: what a facilitator does on the page, and what two do at the same time."""

import asyncio
import datetime as dt
import re
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlmodel import col, select, update

from tests.conftest import Installation, Meeting, make_meeting
from tests.pages.board.phones import NEEDED, WORRIED, Phone, joined
from workshop.contributions.models import Contribution
from workshop.contributions.writes import hide_contribution
from workshop.findings.models import Finding
from workshop.findings.refusals import refuse_suggestion, refused_suggestions
from workshop.focus_groups.making import make_focus_group
from workshop.focus_groups.models import FocusGroup
from workshop.pages.board import grouping_view
from workshop.programmes.models import ColumnKind
from workshop.recommendations.models import Step
from workshop.recommendations.undo import recorded
from workshop.recommendations.writes import make_recommendation
from workshop.retention.removal import remove_focus_group

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]
SAID = [
    "Minutes within a week",
    "Send the minutes sooner",
    "minutes within a WEEK!",
    "Biscuits",
    "Fathers to be invited",
]


@pytest.fixture
async def phone(installation: Installation, meeting: Meeting) -> Phone:
    return await joined(installation, meeting)


@pytest.fixture
async def points(phone: Phone) -> list[UUID]:
    """What ``SAID`` says needs to happen, under the first theme."""
    return [await phone.write(text) for text in SAID]


class Page:
    """The grouping page of the first theme, in somebody's browser."""

    def __init__(self, client: httpx.AsyncClient, meeting: Meeting, column: str = "needs_to_happen") -> None:
        self.client = client
        self.path = f"/focus-groups/{meeting.focus_group.id}/grouping"
        self.query = {"theme": str(meeting.themes[0].id), "column": column}

    async def html(self, **query: str) -> str:
        answer = await self.client.get(self.path, params=self.query | query)
        assert answer.status_code == 200, answer.text
        return answer.text

    async def post(self, act: str, headers: dict[str, str] | None = None, **fields: Any) -> httpx.Response:
        return await self.client.post(f"{self.path}/{act}", data=self.query | fields, headers=headers or {})

    async def done(self, act: str, **fields: Any) -> None:
        answer = await self.post(act, **fields)
        assert answer.status_code == 303, answer.text

    async def undo(self, turn: str = "undo") -> None:
        number = re.search(
            r'name="step" value="(\d+)">\s*<button class="link-button" id="' + turn + '"', await self.html()
        )
        assert number
        await self.done(turn, step=number[1])


@pytest.fixture
def page(browser_of: BrowserOf, meeting: Meeting) -> Page:
    return Page(browser_of("ada"), meeting)


async def findings(here: Installation, meeting: Meeting) -> dict[str, list[str]]:
    """The room's headings in order, with their points' words in order of arrival."""
    async with here.database.reading() as db:
        query = select(Finding).where(Finding.focus_group_id == meeting.focus_group.id)
        made = {finding.id: finding.heading for finding in await db.exec(query.order_by(col(Finding.position)))}
        rows = await db.exec(select(Contribution).order_by(col(Contribution.number)))
        members = [(row.finding_id, row.text or "") for row in rows]
    return {heading: [text for finding, text in members if finding == id_] for id_, heading in made.items()}


async def id_of(here: Installation, heading: str) -> str:
    async with here.database.reading() as db:
        return str((await db.exec(select(Finding.id).where(Finding.heading == heading))).one())


def loose(html: str) -> list[str]:
    """The words of the points that can be ticked on the left."""
    return re.findall(r'for="p-[^"]*" dir="auto">([^<]*)</label>', html)


async def test_points_are_grouped_added_taken_out_merged_and_renamed(
    installation: Installation, meeting: Meeting, page: Page, points: list[UUID]
) -> None:
    assert loose(await page.html()) == SAID
    await page.done("findings", points=[str(points[0]), str(points[1])], heading=" Minutes  sooner ")
    assert await findings(installation, meeting) == {"Minutes sooner": SAID[:2]}
    minutes = await id_of(installation, "Minutes sooner")
    await page.done("added-points", points=str(points[2]), to=minutes)
    await page.done("added-points", points=str(points[3]), to=minutes)
    assert await findings(installation, meeting) == {"Minutes sooner": SAID[:4]}
    await page.done(f"findings/{minutes}/removed-points", points=str(points[3]))
    await page.done("findings", points=str(points[3]), heading="Comfort")
    await page.done("findings", points=str(points[4]))
    assert await findings(installation, meeting) == {
        "Minutes sooner": SAID[:3],
        "Comfort": ["Biscuits"],
        "Fathers to be invited": [SAID[4]],
    }
    assert loose(await page.html()) == []
    both = [await id_of(installation, heading) for heading in ("Comfort", "Minutes sooner")]
    await page.done("merged-findings", findings=both)
    assert await findings(installation, meeting) == {"Minutes sooner": SAID[:4], "Fathers to be invited": [SAID[4]]}
    await page.done(f"findings/{minutes}/heading", heading="Minutes in time", based_on="Minutes sooner")
    assert list(await findings(installation, meeting)) == ["Minutes in time", "Fathers to be invited"]


async def test_every_step_is_undone_and_done_again(
    installation: Installation, meeting: Meeting, page: Page, points: list[UUID]
) -> None:
    states = [await findings(installation, meeting)]

    async def step(act: str, **fields: Any) -> None:
        await page.done(act, **fields)
        states.append(await findings(installation, meeting))

    await step("findings", points=str(points[0]), heading="One")
    await step("findings", points=str(points[1]), heading="Two")
    one, two = await id_of(installation, "One"), await id_of(installation, "Two")
    await step("added-points", points=str(points[2]), to=one)
    await step(f"findings/{two}/heading", heading="Deux", based_on="Two")
    await step("merged-findings", findings=[one, two], heading="Both")
    await step(f"findings/{one}/removed-points", points=[str(point) for point in points[:3]])
    assert states[-1] == {}
    for state in reversed(states[:-1]):
        await page.undo()
        assert await findings(installation, meeting) == state
    for state in states[1:]:
        await page.undo("redo")
        assert await findings(installation, meeting) == state


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


async def test_hidden_and_held_points_are_neither_shown_nor_taken(
    installation: Installation, meeting: Meeting, page: Page, points: list[UUID]
) -> None:
    async with installation.database.writing() as db:
        await hide_contribution(db, meeting.focus_group.id, points[0])
        held = await db.get_one(Contribution, points[1])
        held.is_held = True
        db.add(held)
    html = await page.html()
    assert loose(html) == SAID[2:]
    assert "2 hidden or held points are left out" in html
    for point in points[:2]:
        answer = await page.post("findings", points=[str(point), str(points[2])], heading="X")
        assert answer.status_code == 409
    assert await findings(installation, meeting) == {}


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


async def test_what_is_missing_is_said_and_what_was_ticked_is_kept(page: Page, points: list[UUID]) -> None:
    nothing = await page.post("findings", heading="A heading")
    assert nothing.status_code == 422
    assert "Tick at least one point" in nothing.text
    assert 'value="A heading"' in nothing.text
    nowhere = await page.post("added-points", points=str(points[0]))
    assert nowhere.status_code == 422
    long = await page.post("findings", points=str(points[0]), heading="x" * 301)
    assert long.status_code == 422
    assert re.search(rf'value="{points[0]}"[^>]* checked', long.text)
    assert (await page.post("merged-findings")).status_code == 422


async def test_the_same_words_are_offered_at_once_and_others_when_asked(
    installation: Installation, meeting: Meeting, page: Page, points: list[UUID]
) -> None:
    html = await page.html()
    assert "The same words: 2 points" in html
    assert "Suggestion: " not in html
    await page.done("suggestions")
    html = await page.html(suggest="yes")
    assert "Suggestion: 3 points" in html
    proposed = re.search(r'id="s-(\w+)-form".*?</form>', html[html.index("Suggestion: 3") :], re.DOTALL)
    assert proposed
    members = re.findall(r'name="points" value="([^"]+)"', proposed[0])
    assert set(members) == {str(point) for point in points[:3]}
    assert await findings(installation, meeting) == {}

    await page.done("refused-suggestions", points=members, suggest="yes")
    assert "Suggestion: 3 points" not in await page.html(suggest="yes")
    await page.done("suggestions")
    assert "Suggestion: 3 points" not in await page.html(suggest="yes")
    await page.done("offered-again", suggest="yes")
    assert "Suggestion: 3 points" in await page.html(suggest="yes")

    # Changed: one member ticked off, another heading.
    await page.done("findings", points=members[:2], heading="In a week", suggest="yes")
    assert await findings(installation, meeting) == {"In a week": SAID[:2]}
    assert "Suggestion: 3 points" not in await page.html(suggest="yes")


async def test_a_refusal_goes_with_its_group(installation: Installation, meeting: Meeting) -> None:
    async with installation.database.writing() as db:
        group = await make_focus_group(db, FocusGroup(programme_id=meeting.programme.id, date=dt.date(2026, 11, 21)))
        await refuse_suggestion(db, group.id, [uuid4(), uuid4()])
        await refuse_suggestion(db, meeting.focus_group.id, [uuid4(), uuid4()])
        await remove_focus_group(db, group)
    async with installation.database.reading() as db:
        assert not await refused_suggestions(db, group.id)
        assert await refused_suggestions(db, meeting.focus_group.id)


async def test_a_long_column_shows_its_first_points_and_the_others_follow(
    page: Page, points: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping_view, "MOST_SHOWN", 2)
    html = await page.html()
    assert loose(html) == SAID[:2]
    assert "5 points not grouped yet" in html
    assert "The first 2 are shown" in html
    await page.done("findings", points=str(points[0]))
    assert loose(await page.html()) == SAID[1:3]


async def test_without_a_worker_nothing_is_suggested_and_the_page_stays(
    page: Page, points: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    refused = await page.post("suggestions")
    assert refused.status_code == 422
    assert "Nothing could be suggested this time" in refused.text
    assert loose(refused.text) == SAID
    assert loose(await page.html(suggest="yes")) == SAID


async def test_points_that_recur_under_another_theme_are_marked(meeting: Meeting, page: Page, phone: Phone) -> None:
    await phone.write("More administrative support")
    await phone.write("More administrative support, please", theme=1)
    html = await page.html()
    assert re.search(rf"Recurs</strong> also under <span[^>]*>{meeting.themes[1].name}</span>", html)


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


async def test_htmx_gets_partials_and_no_redirect(page: Page, points: list[UUID]) -> None:
    answer = await page.post("findings", headers={"HX-Request": "true"}, points=str(points[0]), heading="At once")
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith("<hx-partial")
    assert "Grouped 1 point under “At once”." in answer.text
    late = await page.post("findings", headers={"HX-Request": "true"}, points=str(points[0]), heading="Again")
    assert late.status_code == 409
    assert "data-said" in late.text


async def test_a_theme_that_is_not_there_is_not_found(page: Page, meeting: Meeting) -> None:
    other = await page.client.get(page.path, params={"theme": str(meeting.focus_group.id)})
    assert other.status_code == 404
    assert (await page.client.get(page.path, params={"column": "weather"})).status_code == 404
    assert (await page.client.get(page.path)).status_code == 200


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
