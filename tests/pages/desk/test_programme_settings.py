"""Changing a programme: promises only get better, answers keep their question, and those who watch are told."""

from collections.abc import Callable
from html import unescape

import httpx
import pytest

from tests.conftest import Installation, Meeting, make_meeting
from tests.pages.desk.browsing import fields_of
from tests.pages.desk.people import join
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Programme
from workshop.programmes.queries import columns_of

pytestmark = pytest.mark.anyio
Browser = Callable[..., httpx.AsyncClient]
PRIVACY = {
    "controller": "Northshire Council",
    "privacy_notice_url": "https://example.org/privacy",
    "safeguarding_contacts": "Front door: 01632 960 100",
    "retention_days": "90",
    "minimum_count": "5",
}


async def stored(here: Installation, meeting: Meeting) -> tuple[Programme, FocusGroup]:
    async with here.database.reading() as db:
        return await db.get_one(Programme, meeting.programme.id), await db.get_one(FocusGroup, meeting.focus_group.id)


@pytest.mark.parametrize("changed", [{"retention_days": "91"}, {"minimum_count": "4"}])
async def test_before_anybody_joined_promises_may_change(
    installation: Installation, browser_of: Browser, meeting: Meeting, changed: dict[str, str]
) -> None:
    answer = await browser_of("cleo").post(f"/programmes/{meeting.programme.id}/privacy", data=PRIVACY | changed)
    assert answer.status_code == 303
    programme, group = await stored(installation, meeting)
    assert {field: str(getattr(programme, field)) for field in changed} == changed
    assert group.phones_revision == meeting.focus_group.phones_revision + 1
    assert group.board_revision == meeting.focus_group.board_revision + 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"retention_days": "91"}, "this can only fall. Enter 90 or fewer."),
        ({"minimum_count": "4"}, "this can only rise. Enter 5 or more."),
    ],
)
async def test_once_anybody_joined_promises_are_only_kept_better(
    installation: Installation, browser_of: Browser, meeting: Meeting, changed: dict[str, str], sentence: str
) -> None:
    await join(installation, meeting)
    path = f"/programmes/{meeting.programme.id}/privacy"
    assert "so this can only fall" in (await browser_of("cleo").get(path)).text
    sent = PRIVACY | {"controller": "Somebody else"} | changed
    answer = await browser_of("cleo").post(path, data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert fields_of(answer.text) == sent
    programme, _ = await stored(installation, meeting)
    assert (programme.retention_days, programme.minimum_count, programme.controller) == (90, 5, "Northshire Council")
    better = {"retention_days": "30", "minimum_count": "6"}
    assert (await browser_of("cleo").post(path, data=PRIVACY | better)).status_code == 303
    programme, _ = await stored(installation, meeting)
    assert (programme.retention_days, programme.minimum_count) == (30, 6)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("retention_days", ""),
        ("retention_days", "0"),
        ("retention_days", "3651"),
        ("retention_days", "٣٠"),
        ("minimum_count", "2"),
        ("minimum_count", "21"),
        ("minimum_count", "5.5"),
        ("privacy_notice_url", "ftp://example.org"),
    ],
)
async def test_impossible_values_are_refused_and_kept(
    browser_of: Browser, meeting: Meeting, field: str, typed: str
) -> None:
    sent = PRIVACY | {field: typed}
    answer = await browser_of("cleo").post(f"/programmes/{meeting.programme.id}/privacy", data=sent)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert fields_of(answer.text) == sent


async def test_an_answered_question_is_reworded_but_not_taken_away(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    path = f"/programmes/{meeting.programme.id}/details"
    form = {"title": "Core groups 2026", "purpose": "", "group_word": "focus group"}
    asked = form | {"eligibility_question": "Been to a core group?", "asks_role": "yes"}
    assert (await browser_of("cleo").post(path, data=asked)).status_code == 303
    await join(installation, meeting, eligibility="yes")
    refusal = await browser_of("cleo").post(path, data=form | {"eligibility_question": " "})
    assert refusal.status_code == 422
    assert "1 person has answered this question" in refusal.text
    other = form | {"eligibility_question": "Been to one in the last six months?"}
    assert (await browser_of("cleo").post(path, data=other)).status_code == 303
    programme, _ = await stored(installation, meeting)
    assert programme.eligibility_question == "Been to one in the last six months?"
    assert programme.asks_role is False


async def test_a_title_that_is_taken_is_refused_and_ones_own_is_not(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    await make_meeting(installation, "Northshire", "Core groups 2025")
    path = f"/programmes/{meeting.programme.id}/details"
    form = {"title": "Core groups 2026", "purpose": "Why", "group_word": "workshop"}
    assert (await browser_of("cleo").post(path, data=form)).status_code == 303
    refusal = await browser_of("cleo").post(path, data=form | {"title": "Core groups 2025"})
    assert refusal.status_code == 422
    assert "There is a programme called “Core groups 2025” already" in refusal.text
    assert fields_of(refusal.text)["title"] == "Core groups 2025"


async def test_rounds_do_not_go_in_circles_nor_abroad(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    later = await make_meeting(installation, "Northshire", "Core groups 2027")
    foreign = await make_meeting(installation, "Southshire", "Theirs")
    cleo = browser_of("cleo")

    async def put(programme: Programme, before: Programme) -> httpx.Response:
        form = {"title": programme.title, "group_word": "focus group", "previous": str(before.id)}
        return await cleo.post(f"/programmes/{programme.id}/details", data=form)

    assert (await put(later.programme, meeting.programme)).status_code == 303
    circle = await put(meeting.programme, later.programme)
    assert circle.status_code == 422
    assert "That programme comes after this one" in circle.text
    assert (await put(meeting.programme, meeting.programme)).status_code == 422
    assert (await put(meeting.programme, foreign.programme)).status_code == 422
    assert "Theirs" not in (await cleo.get(f"/programmes/{meeting.programme.id}/details")).text


async def test_questions_change_their_words_and_keep_their_kinds(
    installation: Installation, browser_of: Browser, meeting: Meeting
) -> None:
    path = f"/programmes/{meeting.programme.id}/columns"
    cleo = browser_of("cleo")
    assert fields_of((await cleo.get(path)).text)["framework"] == "signs_of_safety"
    assert (await cleo.post(path, data={"framework": "strengths"})).status_code == 303
    assert fields_of((await cleo.get(path)).text)["working_well"] == "Strengths"
    own = {"framework": "own", "working_well": "Helps?", "worried_about": "Hinders?", "needs_to_happen": " "}
    refusal = await cleo.post(path, data=own)
    assert refusal.status_code == 422
    assert 'href="#needs_to_happen"' in refusal.text
    assert "Enter the question about what needs to happen" in refusal.text
    assert fields_of(refusal.text) == own
    assert (await cleo.post(path, data=own | {"needs_to_happen": "Next?"})).status_code == 303
    assert fields_of((await cleo.get(path)).text)["framework"] == "own"
    async with installation.database.reading() as db:
        found = [(column.kind.value, column.question) for column in await columns_of(db, meeting.programme.id)]
    assert found == [("working_well", "Helps?"), ("worried_about", "Hinders?"), ("needs_to_happen", "Next?")]
    assert (await cleo.post(path, data={"framework": "seven habits"})).status_code == 422


async def test_own_words_typed_beside_another_choice_are_not_lost(browser_of: Browser, meeting: Meeting) -> None:
    path = f"/programmes/{meeting.programme.id}/columns"
    form = fields_of((await browser_of("cleo").get(path)).text) | {"needs_to_happen": "What next?"}
    refusal = await browser_of("cleo").post(path, data=form)
    assert refusal.status_code == 422
    assert "You changed the words below" in refusal.text
    assert fields_of(refusal.text) == form
    assert (await browser_of("cleo").post(path, data=form | {"framework": "own"})).status_code == 303
    back = fields_of((await browser_of("cleo").get(path)).text) | {"framework": "strengths"}
    assert (await browser_of("cleo").post(path, data=back)).status_code == 303


async def test_markup_in_a_title_is_words(browser_of: Browser, meeting: Meeting) -> None:
    path = f"/programmes/{meeting.programme.id}"
    title = "<script>alert('x')</script> & “co”"
    form = {"title": title, "group_word": "focus group"}
    assert (await browser_of("cleo").post(f"{path}/details", data=form)).status_code == 303
    page = (await browser_of("cleo").get(path)).text
    assert "<script>alert" not in page
    assert title in unescape(page)
