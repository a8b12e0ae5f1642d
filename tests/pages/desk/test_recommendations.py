"""Every act on the recommendations, by the buttons and plain forms that a browser without scripts has."""

from collections.abc import Callable
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import event
from sqlmodel import col, select

from tests.conftest import Installation
from tests.pages.desk.browsing import Clean, form, text_of
from tests.recommendations.gathered import Gathered, gather
from workshop.contributions.models import Contribution
from workshop.findings.models import Finding
from workshop.programmes.models import ColumnKind, Programme
from workshop.recommendations.models import Recommendation, RecommendationFinding

pytestmark = pytest.mark.anyio
Browsers = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def gathered(installation: Installation) -> Gathered:
    return await gather(installation)


@pytest.fixture
def cleo(browser_of: Browsers) -> httpx.AsyncClient:
    return browser_of("cleo")


def at(gathered: Gathered, path: str = "") -> str:
    return f"/programmes/{gathered.programme_id}/recommendations{path}"


async def made(
    here: Installation, cleo: httpx.AsyncClient, gathered: Gathered, text: str, points: list[UUID], theme: int = 0
) -> UUID:
    """A recommendation over ``points``, made by the form; its id."""
    sent = {"theme": gathered.meeting.themes[theme].id, "text": text, "points": points}
    answer = await cleo.post(at(gathered), data=form(sent))
    assert answer.status_code == 303, answer.text
    async with here.database.reading() as db:
        return (await db.exec(select(Recommendation.id).where(Recommendation.text == text))).one()


async def words(here: Installation) -> list[str]:
    """The listed recommendations' words, in order."""
    async with here.database.reading() as db:
        query = select(Recommendation).order_by(col(Recommendation.position))
        return [each.text for each in await db.exec(query) if each.left_out is None]


async def points_of(here: Installation, recommendation_id: UUID) -> set[UUID]:
    async with here.database.reading() as db:
        query = (
            select(Contribution.id)
            .join(RecommendationFinding, col(RecommendationFinding.finding_id) == col(Contribution.finding_id))
            .where(RecommendationFinding.recommendation_id == recommendation_id)
        )
        return set(await db.exec(query))


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
    assert "Choose at least one point or heading" in nothing.text
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
    assert (await cleo.post(path, data={"reason": " "})).status_code == 422
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
    assert one <= 14


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


async def test_words_come_back_as_they_were_written(
    installation: Installation, cleo: httpx.AsyncClient, gathered: Gathered
) -> None:
    odd = "<script>alert(1)</script> “così” & 'so' 🙂 مرحبا"
    one = await made(installation, cleo, gathered, odd, gathered.needs()[:1])
    for path in ("", f"/{one}", f"/{one}/evidence"):
        page = (await cleo.get(at(gathered, path))).text
        assert "<script>alert" not in page
        assert odd in Clean.text(page)
