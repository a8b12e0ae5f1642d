"""A concern's words stay until somebody has passed it on, whatever happens to the point."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.board.phones import NAMED
from tests.pages.phone.conftest import Phone
from tests.retention.due import date_passes
from tests.retention.files import bytes_of_files
from workshop.contributions.models import Concern, Contribution, OpenQuestion

BrowserOf = Callable[..., httpx.AsyncClient]
PASSED_ON = {"to": "Duty social worker", "day-day": "1", "day-month": "10", "day-year": "2020"}


async def concerns(here: Installation) -> list[Concern]:
    async with here.database.reading() as db:
        return list(await db.exec(select(Concern)))


async def raised(browser: httpx.AsyncClient, meeting: Meeting, point: UUID) -> None:
    """The facilitator rewords the point and says that it is a concern."""
    path = f"/focus-groups/{meeting.focus_group.id}/contributions/{point}/rewording"
    form = {"text": "A child was not seen", "based_on": NAMED, "concern": "yes", "then": "show"}
    answer = await browser.post(path, data=form)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/focus-groups/{meeting.focus_group.id}/concerns",
    )


async def test_a_concern_keeps_the_words_and_is_open_until_passed_on(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    ada, cleo = browser_of("ada"), browser_of("cleo")
    await raised(ada, meeting, point)
    (concern,) = await concerns(installation)
    assert (concern.words, concern.contribution_id, concern.passed_on_at) == (NAMED, point, None)
    page = f"/focus-groups/{meeting.focus_group.id}/concerns"
    assert NAMED in (await ada.get(page)).text
    programme = f"/programmes/{meeting.programme.id}"
    assert "Concerns to pass on (1)" in (await cleo.get(programme)).text
    assert NAMED in (await cleo.get(f"{programme}/concerns")).text
    path = f"{page}/{concern.id}/passing-on"
    for wrong in ({"to": ""}, {"day-day": ""}, {"day-year": "2999"}):
        assert (await ada.post(path, data=PASSED_ON | wrong)).status_code == 422
    assert (await ada.post(path, data=PASSED_ON)).status_code == 303
    (concern,) = await concerns(installation)
    assert (concern.passed_on_to, concern.words) == ("Duty social worker", NAMED)
    assert concern.passed_on_at
    assert concern.passed_on_at.date() == dt.date(2020, 10, 1)
    assert "Concerns to pass on (" not in (await cleo.get(programme)).text


async def test_who_is_not_in_charge_sees_no_concern(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    await raised(browser_of("ada"), meeting, point)
    (concern,) = await concerns(installation)
    page = f"/focus-groups/{meeting.focus_group.id}/concerns"
    for name, status in (("vi", 403), ("dov", 404)):
        assert (await browser_of(name).get(page)).status_code == status
        assert (await browser_of(name).get(f"{page}/{concern.id}/passing-on")).status_code == status
    assert (await browser_of("ada").get(f"/programmes/{meeting.programme.id}/concerns")).status_code == 403
    ada = browser_of("ada")
    for place in ("board", "projector"):
        assert NAMED not in (await ada.get(f"/focus-groups/{meeting.focus_group.id}/{place}")).text


async def test_an_open_concern_survives_the_date_and_goes_once_it_is_passed_on(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    ada, cleo = browser_of("ada"), browser_of("cleo")
    await raised(ada, meeting, point)
    await date_passes(installation, meeting)
    (concern,) = await concerns(installation)
    assert concern.words == NAMED
    html = (await cleo.get(f"/programmes/{meeting.programme.id}/retention")).text
    record = html[html.index("/deletion-records/") :].partition('"')[0]
    assert "The words of 1 concern about a child" in (await cleo.get(record)).text
    path = f"/focus-groups/{meeting.focus_group.id}/concerns/{concern.id}/passing-on"
    assert (await ada.post(path, data=PASSED_ON)).status_code == 303
    (concern,) = await concerns(installation)
    assert (concern.words, concern.passed_on_to) == (None, "Duty social worker")
    assert NAMED.encode() not in bytes_of_files(installation.settings.data_dir)


async def test_a_passed_on_concern_goes_with_the_groups_words(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    ada = browser_of("ada")
    await raised(ada, meeting, point)
    (concern,) = await concerns(installation)
    await ada.post(f"/focus-groups/{meeting.focus_group.id}/concerns/{concern.id}/passing-on", data=PASSED_ON)
    await date_passes(installation, meeting)
    (concern,) = await concerns(installation)
    assert (concern.words, concern.passed_on_to) == (None, "Duty social worker")


async def test_a_programme_with_an_open_concern_cannot_be_deleted(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    ada, cleo = browser_of("ada"), browser_of("cleo")
    await raised(ada, meeting, point)
    deletion = f"/programmes/{meeting.programme.id}/deletion"
    answer = await cleo.post(deletion, data={"title": meeting.programme.title})
    assert (answer.status_code, "has not been passed on yet" in answer.text) == (422, True)
    (concern,) = await concerns(installation)
    await ada.post(f"/focus-groups/{meeting.focus_group.id}/concerns/{concern.id}/passing-on", data=PASSED_ON)
    assert (await cleo.post(deletion, data={"title": meeting.programme.title})).status_code == 303
    assert await concerns(installation) == []


async def test_destroying_one_held_point_asks_first(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    cleo = browser_of("cleo")
    path = f"/focus-groups/{meeting.focus_group.id}/contributions/{point}/purge"
    assert "child who may be at risk?" in (await cleo.get(path)).text
    assert (await cleo.post(path, data={"confirmed": "yes"})).status_code == 422
    async with installation.database.reading() as db:
        assert (await db.get_one(Contribution, point)).text == NAMED
    assert (await cleo.post(path, data={"confirmed": "yes", "concern": "yes"})).status_code == 303
    async with installation.database.reading() as db:
        assert (await db.get_one(Contribution, point)).text is None
    assert [concern.words for concern in await concerns(installation)] == [NAMED]


async def test_a_concern_may_be_noted_without_changing_the_point_and_only_once(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    ada, path = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}/contributions/{point}/concerns"
    for _ in range(2):
        assert (await ada.post(path)).status_code == 303
    assert [concern.words for concern in await concerns(installation)] == [NAMED]


@pytest.mark.parametrize("cover", ["holding", "hiding"])
async def test_an_author_takes_their_words_back_and_an_open_concern_keeps_them(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, cover: str
) -> None:
    """Their own words are theirs to change and to withdraw at any time, without anybody being asked."""
    ada, ben = browser_of("ada"), Phone(browser_of(), meeting)
    said, group = "A child was left alone that night", f"/focus-groups/{meeting.focus_group.id}"
    await ben.join()
    await ben.add(said)
    (point,) = ben.point_ids()
    await ada.post(f"{group}/contributions/{point}/{cover}")
    assert (await ada.post(f"{group}/contributions/{point}/concerns")).status_code == 303
    await ben.open(f"/contributions/{point}")
    await ben.send(f"/contributions/{point}", text="Something else")
    assert ben.points() == ["Something else"]
    await ben.send(f"/contributions/{point}/removal")
    assert ben.points() == []
    assert [(concern.words, concern.passed_on_at) for concern in await concerns(installation)] == [(said, None)]
    page = (await ada.get(f"{group}/concerns")).text
    assert said in page
    assert "Something else" not in page
    async with installation.database.reading() as db:
        assert (await db.get_one(Contribution, point)).text is None


async def test_a_hidden_room_point_is_deleted_after_the_question_alone(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    form = {"theme": str(meeting.themes[0].id), "column": "worried_about", "text": "The note said so", "back": "room"}
    await ada.post(f"{group}/contributions", data=form)
    async with installation.database.reading() as db:
        point = (await db.exec(select(Contribution))).one().id
    await ada.post(f"{group}/contributions/{point}/hiding")
    answer = await ada.get(f"{group}/room/{point}")
    assert answer.headers["location"] == f"{group}/contributions/{point}/rewording"
    assert (await ada.post(f"{group}/room/{point}", data={"text": "Other words"})).status_code == 422
    assert (await ada.post(f"{group}/room/{point}/deletion")).status_code == 422
    assert (await ada.post(f"{group}/room/{point}/deletion", data={"concern": "yes"})).status_code == 303
    assert [concern.words for concern in await concerns(installation)] == ["The note said so"]


async def test_a_groups_words_go_after_its_held_points_were_looked_through(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    cleo, path = browser_of("cleo"), f"/focus-groups/{meeting.focus_group.id}/purge"
    html = (await cleo.get(path)).text
    assert "1 held or hidden point goes" in html
    assert NAMED in html
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    answer = await cleo.post(path, data={"confirmed": "yes", "seen": seen})
    assert (answer.status_code, "you have looked for a child" in answer.text) == (422, True)
    assert (await cleo.post(path, data={"confirmed": "yes", "seen": seen, "looked": "yes"})).status_code == 303
    async with installation.database.reading() as db:
        assert (await db.exec(select(OpenQuestion))).all() == []
