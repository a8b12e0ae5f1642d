"""Grouping in the open: what a facilitator does on the page, step by step and back."""

import re
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import Installation, Meeting
from tests.pages.board.grouping.page import SAID, Page, findings, id_of, loose
from workshop.contributions.models import Contribution
from workshop.contributions.writes import hide_contribution

pytestmark = pytest.mark.anyio


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
