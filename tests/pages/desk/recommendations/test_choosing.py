"""From ticked points and headings to recommendations, by plain forms: nothing that was ticked or typed is lost."""

from uuid import uuid4

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation
from tests.pages.desk.browsing import Clean, form, text_of
from tests.pages.desk.recommendations.acts import at, made, points_of, words
from tests.recommendations.gathered import Gathered
from workshop.findings.models import Finding
from workshop.programmes.models import ColumnKind

pytestmark = pytest.mark.anyio


async def test_from_ticked_points_to_a_recommendation_with_its_evidence(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    theme = gathered.meeting.themes[0]
    page = await cleo.get(f"/programmes/{gathered.programme_id}/themes/{theme.id}/points")
    assert page.text.count('type="checkbox" name="points"') == 8
    assert "GP practice 1, Hospital trust 2, preferred not to say 1" in page.text
    assert "from the room: Housing" in page.text
    needs = gathered.needs()
    await made(installation, cleo, gathered, "Send minutes within five days.", [needs[0], needs[1], needs[2], needs[7]])
    shown = text_of((await cleo.get(at(gathered))).text)
    # Phone (1) and table (4) of one group; the other group's point is from the room and nobody's.
    assert "5 people, 4 points from 2 focus groups: North East, South East" in shown
    assert "Police (1 person), Health (3 people: GP practice 1 person, Hospital trust 2 people)" in shown
    assert "Housing (1 point from the room)" in shown
    assert "What needs to happen? 4 points not yet used of 8" in shown
    left = await cleo.get(f"/programmes/{gathered.programme_id}/themes/{theme.id}/points")
    assert left.text.count('type="checkbox" name="points"') == 4
    everything = await cleo.get(f"/programmes/{gathered.programme_id}/themes/{theme.id}/points?show=all")
    assert everything.text.count('type="checkbox" name="points"') == 8


async def test_refused_forms_keep_ticks_and_words(cleo: httpx.AsyncClient, gathered: Gathered) -> None:
    theme, point = gathered.meeting.themes[0], gathered.needs()[0]
    sent = {"theme": theme.id, "heading": "Minutes", "points": [point]}
    answer = await cleo.post(at(gathered), data=form(sent))
    assert answer.status_code == 422
    assert "Write the recommendation" in answer.text
    assert 'value="Minutes"' in answer.text
    assert answer.text.count(" checked") == 1
    nothing = await cleo.post(at(gathered), data=form({"theme": theme.id, "text": "Send them"}))
    assert nothing.status_code == 422
    # In the summary, and beside the points that could have been ticked.
    assert nothing.text.count("Choose at least one point or heading") == 2
    assert 'href="#points"' in nothing.text
    foreign = await cleo.post(at(gathered), data=form({**sent, "text": "Send them", "points": [uuid4()]}))
    assert foreign.status_code == 422
    other = gathered.points[1, ColumnKind.NEEDS_TO_HAPPEN][0]
    answer = await cleo.post(at(gathered), data=form({**sent, "text": "Send them", "points": [point, other]}))
    assert answer.status_code == 422


async def test_points_of_any_column_go_under_a_heading_and_out_again(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    theme = gathered.meeting.themes[0]
    worries = gathered.points[0, ColumnKind.WORRIED_ABOUT]
    findings = f"/programmes/{gathered.programme_id}/findings"
    sent = {"theme": theme.id, "column": "worried_about", "heading": "Late minutes", "points": worries[:3]}
    answer = await cleo.post(findings, data=form(sent))
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("points?column=worried_about")
    assert "Late minutes" in (await cleo.get(at(gathered))).text
    async with installation.database.reading() as db:
        finding = (await db.exec(select(Finding))).one()
    target = {"target": f"finding:{finding.id}", "points": worries[3:4]}
    assert (await cleo.post(f"{findings}/additions", data=form({**sent, **target}))).status_code == 303
    page = await cleo.get(f"{findings}/{finding.id}")
    assert page.text.count('type="checkbox" name="points"') == 4
    reworded = {"heading": "Minutes come late", "based_on": "Late minutes"}
    assert (await cleo.post(f"{findings}/{finding.id}", data=reworded)).status_code == 303
    split = {"split_heading": "Minutes are wrong", "points": worries[:1]}
    assert (await cleo.post(f"{findings}/{finding.id}/split", data=form(split))).status_code == 303
    empty = await cleo.post(f"{findings}/{finding.id}/removed-points", data={})
    assert empty.status_code == 422
    refused = await cleo.post(f"{findings}/{finding.id}/deletion")
    assert refused.status_code == 409
    out = {"points": worries[1:4]}
    assert (await cleo.post(f"{findings}/{finding.id}/removed-points", data=form(out))).status_code == 303
    assert (await cleo.post(f"{findings}/{finding.id}/deletion")).status_code == 303
    async with installation.database.reading() as db:
        assert [each.heading for each in await db.exec(select(Finding))] == ["Minutes are wrong"]


async def test_points_and_headings_are_added_to_a_recommendation(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    needs, theme = gathered.needs(), gathered.meeting.themes[0]
    first = await made(installation, cleo, gathered, "Send minutes.", needs[:1])
    add = f"/programmes/{gathered.programme_id}/findings/additions"
    sent = {"theme": theme.id, "target": f"recommendation:{first}"}
    assert (await cleo.post(add, data=form({**sent, "points": needs[1:2]}))).status_code == 303
    heading = {"heading": "Templates", "points": needs[2:4]}
    assert (await cleo.post(add, data=form({**sent, **heading}))).status_code == 303
    assert await points_of(installation, first) == set(needs[:4])
    for wrong in ({"target": ""}, {"target": f"recommendation:{first}"}):
        assert (await cleo.post(add, data=form({**sent, **wrong}))).status_code == 422
    async with installation.database.reading() as db:
        templates = (await db.exec(select(Finding).where(Finding.heading == "Templates"))).one()
    made_of_heading = {"theme": theme.id, "text": "Use one template.", "findings": [templates.id]}
    assert (await cleo.post(at(gathered), data=form(made_of_heading))).status_code == 303
    assert "Use one template." in await words(installation)


async def test_search_group_and_agency_filter_the_points(cleo: httpx.AsyncClient, gathered: Gathered) -> None:
    theme = gathered.meeting.themes[0]
    agencies = {agency.name: agency.id for agency in gathered.meeting.agencies}
    path = f"/programmes/{gathered.programme_id}/themes/{theme.id}/points"
    for query, count in (
        ({"q": "SOUTH east"}, 4),
        ({"group": str(gathered.focus_groups[0].id)}, 4),
        ({"agency": str(agencies["Housing"])}, 2),
        ({"agency": str(agencies["GP practice"]), "q": "north"}, 1),
        ({"q": "no such words"}, 0),
    ):
        page = await cleo.get(path, params=query)
        assert page.text.count('type="checkbox" name="points"') == count, query
    assert (await cleo.get(path, params={"column": "nonsense"})).status_code == 404


async def test_words_come_back_as_they_were_written(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    odd = "<script>alert(1)</script> “così” & 'so' 🙂 مرحبا"
    one = await made(installation, cleo, gathered, odd, gathered.needs()[:1])
    for path in ("", f"/{one}", f"/{one}/evidence"):
        page = (await cleo.get(at(gathered, path))).text
        assert "<script>alert" not in page
        assert odd in Clean.text(page)
