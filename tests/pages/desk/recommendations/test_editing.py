"""Every act on a recommendation that is there, by the buttons of a browser without scripts."""

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation
from tests.pages.desk.browsing import form
from tests.pages.desk.recommendations.acts import at, made, points_of, words
from tests.recommendations.gathered import Gathered
from workshop.findings.models import Finding
from workshop.programmes.models import ColumnKind

pytestmark = pytest.mark.anyio
Browsers = Callable[..., httpx.AsyncClient]


async def test_wording_is_saved_only_over_what_was_seen(
    installation: Installation, cleo: httpx.AsyncClient, browser_of: Browsers, gathered: Gathered
) -> None:
    one = await made(installation, cleo, gathered, "Send minutes.", gathered.needs()[:1])
    seen = {"based_on": "Send minutes.\r\n"}
    assert (await cleo.post(at(gathered, f"/{one}"), data={"text": "Send minutes soon.", **seen})).status_code == 303
    late = await browser_of("addy").post(at(gathered, f"/{one}"), data={"text": "Minutes within a week.", **seen})
    assert late.status_code == 409
    assert "Send minutes soon." in late.text
    assert ">\nMinutes within a week.</textarea>" in late.text
    assert 'name="based_on" value="Send minutes soon."' in late.text
    assert await words(installation) == ["Send minutes soon."]
    assert (await cleo.post(at(gathered, f"/{one}"), data={"text": " ", "based_on": "x"})).status_code == 422


async def test_order_by_buttons_within_a_theme(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    ids = {}
    for place, text in enumerate("ABC"):
        ids[text] = await made(installation, cleo, gathered, text, gathered.needs()[place : place + 1])
        other = gathered.points[1, ColumnKind.NEEDS_TO_HAPPEN][place : place + 1]
        await made(installation, cleo, gathered, text.lower(), other, theme=1)
    for text, to, order in (("C", "up", "ACB"), ("C", "top", "CAB"), ("C", "down", "ACB"), ("A", "up", "ACB")):
        answer = await cleo.post(at(gathered, f"/{ids[text]}/position"), data={"move": to})
        assert answer.headers["location"].endswith(f"#r-{ids[text]}")
        listed = await words(installation)
        assert "".join(each for each in listed if each.isupper()) == order
        assert "".join(each for each in listed if each.islower()) == "abc"
    page = await cleo.get(at(gathered))
    assert page.text.index(">A<") < page.text.index(">C<") < page.text.index(">B<") < page.text.index(">a<")


async def test_theme_and_flat_list(installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered) -> None:
    one = await made(installation, cleo, gathered, "Send minutes.", gathered.needs()[:1])
    for theme, shown in ((gathered.meeting.themes[2].id, None), ("", "Under no theme")):
        answer = await cleo.post(at(gathered, f"/{one}/theme"), data={"theme": str(theme)})
        assert answer.status_code == 303
        if shown:
            assert shown in (await cleo.get(at(gathered))).text
    assert (await cleo.post(at(gathered, f"/{one}/theme"), data={"theme": str(uuid4())})).status_code == 409
    assert (await cleo.post(at(gathered, "/layout"), data={"flat": "yes"})).status_code == 303
    page = await cleo.get(at(gathered))
    assert "All recommendations" in page.text
    assert "Undo: listed all recommendations as one" in page.text
    assert (await cleo.post(at(gathered, "/undo"), data={"step": "4"})).status_code == 303
    assert "All recommendations" not in (await cleo.get(at(gathered))).text


async def test_merging_joins_the_evidence_under_new_words(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    needs = gathered.needs()
    one = await made(installation, cleo, gathered, "Send minutes.", needs[:2])
    other = await made(installation, cleo, gathered, "Minutes in a week.", needs[2:4])
    merger = at(gathered, f"/{one}/merger")
    assert (await cleo.get(merger, params={"other": ""})).status_code == 303
    page = await cleo.get(merger, params={"other": str(other)})
    assert "Send minutes.\n\nMinutes in a week.</textarea>" in page.text
    sent = {"other": str(other), "based_on": "Send minutes.", "other_based_on": "Minutes in a fortnight."}
    stale = await cleo.post(merger, data={**sent, "text": "Send minutes in a week."})
    assert stale.status_code == 409
    assert ">\nSend minutes in a week.</textarea>" in stale.text
    assert 'name="other_based_on" value="Minutes in a week."' in stale.text
    sent["other_based_on"] = "Minutes in a week."
    assert (await cleo.post(merger, data={**sent, "text": ""})).status_code == 422
    assert (await cleo.post(merger, data={**sent, "text": "Send minutes in a week."})).status_code == 303
    assert await words(installation) == ["Send minutes in a week."]
    assert await points_of(installation, one) == set(needs[:4])
    await cleo.post(at(gathered, "/undo"), data={"step": "3"})
    assert await words(installation) == ["Send minutes.", "Minutes in a week."]
    assert await points_of(installation, other) == set(needs[2:4])


async def test_splitting_by_headings_and_by_points(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    needs, theme = gathered.needs(), gathered.meeting.themes[0]
    one = await made(installation, cleo, gathered, "Send minutes.", needs[:3])
    path = at(gathered, f"/{one}/split")
    everything = await cleo.post(path, data=form({"split_text": "New", "points": needs[:3]}))
    assert everything.status_code == 422
    assert "Leave at least one" in everything.text
    assert (await cleo.post(path, data=form({"split_text": "", "points": needs[:1]}))).status_code == 422
    assert (await cleo.post(path, data=form({"split_text": "New", "points": needs[4:5]}))).status_code == 422
    assert (await cleo.post(path, data=form({"split_text": "Write well.", "points": needs[:1]}))).status_code == 303
    assert await words(installation) == ["Send minutes.", "Write well."]
    assert await points_of(installation, one) == set(needs[1:3])
    heading = {"theme": theme.id, "target": f"recommendation:{one}", "heading": "Templates", "points": needs[5:6]}
    await cleo.post(f"/programmes/{gathered.programme_id}/findings/additions", data=form(heading))
    async with installation.database.reading() as db:
        templates = (await db.exec(select(Finding).where(Finding.heading == "Templates"))).one()
    split = {"split_text": "Use a template.", "findings": [templates.id]}
    assert (await cleo.post(path, data=form(split))).status_code == 303
    assert await words(installation) == ["Send minutes.", "Use a template.", "Write well."]


async def test_leaving_out_needs_a_reason_and_can_be_taken_back(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    one = await made(installation, cleo, gathered, "Send minutes.", gathered.needs()[:1])
    path = at(gathered, f"/{one}/omission")
    refusal = await cleo.post(path, data={"reason": " "})
    assert refusal.status_code == 422
    assert f'value="{gathered.meeting.themes[0].id}" selected' in refusal.text
    assert (await cleo.post(path, data={"reason": "Done already since May"})).status_code == 303
    assert await words(installation) == []
    page = await cleo.get(at(gathered))
    assert "Done already since May" in page.text.partition('id="left-out"')[2]
    assert (await cleo.post(at(gathered, f"/{one}/reinstatement"))).status_code == 303
    assert await words(installation) == ["Send minutes."]


async def test_only_an_empty_recommendation_is_deleted(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    one = await made(installation, cleo, gathered, "Send minutes.", gathered.needs()[:1])
    assert (await cleo.post(at(gathered, f"/{one}/deletion"))).status_code == 409
    async with installation.database.reading() as db:
        finding = (await db.exec(select(Finding))).one()
    out = f"/programmes/{gathered.programme_id}/findings/{finding.id}/removed-points"
    await cleo.post(out, data=form({"points": gathered.needs()[:1]}))
    assert "Delete this recommendation" in (await cleo.get(at(gathered, f"/{one}"))).text
    assert (await cleo.post(at(gathered, f"/{one}/deletion"))).status_code == 303
    assert await words(installation) == []


async def test_undo_and_do_again_by_buttons(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    assert "Undo:" not in (await cleo.get(at(gathered))).text
    await made(installation, cleo, gathered, "Send minutes.", gathered.needs()[:1])
    page = await cleo.get(at(gathered))
    assert "Undo: made a recommendation" in page.text
    assert 'by <span dir="auto">Cleo</span>' in page.text
    stale = await cleo.post(at(gathered, "/undo"), data={"step": "7"})
    assert stale.status_code == 303
    assert await words(installation) == ["Send minutes."]
    await cleo.post(at(gathered, "/undo"), data={"step": "1"})
    assert await words(installation) == []
    assert "Do again: made a recommendation" in (await cleo.get(at(gathered))).text
    await cleo.post(at(gathered, "/redo"), data={"step": "1"})
    assert await words(installation) == ["Send minutes."]
