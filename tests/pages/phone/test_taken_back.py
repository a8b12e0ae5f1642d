"""What a writer changes or deletes while it is held or hidden: its words wait, unlinked, for somebody's answer."""

from collections.abc import Callable
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import Phone
from tests.retention.files import bytes_of_files
from workshop.contributions.models import Concern, OpenQuestion
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Programme
from workshop.retention.models import DeletionRecord
from workshop.retention.schedule import compact_what_is_left

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]
NAMED = "Jayden Smith was not seen for a week"
WAITS = "changed or deleted by whoever wrote it"


@pytest.fixture
async def point(ben: Phone) -> str:
    """The address of a point that seems to name somebody, and was sent all the same."""
    await ben.join()
    await ben.add(NAMED)
    mark = ben.html.partition('name="sure" value="')[2].partition('"')[0]
    await ben.add(NAMED, sure=mark)
    (point_id,) = ben.point_ids()
    assert "Only the facilitator sees this" in ben.text
    return f"/contributions/{point_id}"


async def kept(here: Installation) -> dict[str, UUID]:
    async with here.database.reading() as db:
        return {question.words: question.id for question in await db.exec(select(OpenQuestion))}


async def answered(browser: httpx.AsyncClient, page: str, word: str, **fields: str) -> httpx.Response:
    """Ada's answer to the one question on the page."""
    html = (await browser.get(page)).text
    name = html.partition('name="answer-')[2].partition('"')[0]
    seen = html.partition('name="seen" value="')[2].partition('"')[0]
    return await browser.post(page, data={f"answer-{name}": word, "seen": seen, **fields})


@pytest.mark.parametrize("act", ["change", "delete"])
async def test_held_words_wait_for_an_answer_when_their_writer_takes_them_back(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, ben: Phone, point: str, act: str
) -> None:
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    assert WAITS not in (await ada.get(f"{group}/board")).text
    if act == "change":
        await ben.open(point)
        assert "The words as they were are kept, with no link to you" in ben.text
        await ben.send(point, text="A child was not seen for a week")
        assert ben.points() == ["A child was not seen for a week"]
    else:
        await ben.open(f"{point}/removal")
        assert "they are kept, with no link to you" in ben.text
        await ben.send(f"{point}/removal")
        assert "Your point has been deleted." in ben.text
    assert NAMED not in ben.html
    board = (await ada.get(f"{group}/board")).text
    assert (WAITS in board, NAMED in board) == (True, False)
    assert WAITS in (await ada.get(f"{group}/closure")).text
    assert NAMED in (await ada.get(f"{group}/taken-back")).text
    async with installation.database.reading() as db:
        (question,) = (await db.exec(select(OpenQuestion))).all()
    assert set(question.model_dump()) == {"id", "focus_group_id", "words", "kept_on"}
    assert point.rpartition("/")[2] not in question.model_dump_json()


async def test_yes_makes_a_concern_of_them(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, ben: Phone, point: str
) -> None:
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    await ben.send(f"{point}/removal")
    answer = await answered(ada, f"{group}/taken-back", "yes")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{group}/concerns")
    assert NAMED in (await ada.get(f"{group}/concerns")).text
    async with installation.database.reading() as db:
        assert [(each.words, each.contribution_id) for each in await db.exec(select(Concern))] == [(NAMED, None)]
    assert await kept(installation) == {}
    assert WAITS not in (await ada.get(f"{group}/board")).text


async def test_no_destroys_them_once_that_was_confirmed(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, ben: Phone, point: str
) -> None:
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    await ben.send(f"{point}/removal")
    answer = await answered(ada, f"{group}/taken-back", "no")
    assert (answer.status_code, "Tick the box" in answer.text) == (422, True)
    assert set(await kept(installation)) == {NAMED}
    answer = await answered(ada, f"{group}/taken-back", "no", confirmed="yes")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{group}/board")
    assert await kept(installation) == {}
    assert WAITS not in (await ada.get(f"{group}/board")).text
    async with installation.database.reading() as db:
        (record,) = (await db.exec(select(DeletionRecord))).all()
    assert record.counts["questions"] == 1
    await compact_what_is_left(installation.database)
    assert NAMED.encode() not in bytes_of_files(installation.settings.data_dir)


async def test_a_board_that_is_open_hears_of_it_and_of_the_answer(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, ben: Phone, point: str
) -> None:
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    theme = {"theme": str(meeting.themes[0].id)}

    async def what_changed(since: str) -> str:
        return (await ada.get(f"{group}/board/changes", params=theme | {"since": since})).text

    def seen(html: str) -> str:
        return html.partition('name="since" value="')[2].partition('"')[0]

    before = seen((await ada.get(f"{group}/board", params=theme)).text)
    await ben.send(f"{point}/removal")
    news = await what_changed(before)
    assert WAITS in news
    await answered(ada, f"{group}/taken-back", "no", confirmed="yes")
    news = await what_changed(seen(news))
    assert 'hx-target="#head"' in news
    assert WAITS not in news


async def test_what_the_facilitator_hid_waits_too(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, ben: Phone
) -> None:
    await ben.join()
    await ben.add("A child was not seen for a week")
    (point_id,) = ben.point_ids()
    group = f"/focus-groups/{meeting.focus_group.id}"
    await browser_of("ada").post(f"{group}/contributions/{point_id}/hiding")
    await ben.send(f"/contributions/{point_id}/removal")
    assert set(await kept(installation)) == {"A child was not seen for a week"}


async def test_what_the_room_could_read_goes_at_once(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, ben: Phone, point: str
) -> None:
    group = f"/focus-groups/{meeting.focus_group.id}"
    await browser_of("ada").post(f"{group}{point}/release")
    await ben.send(f"{point}/removal")
    await ben.add("Minutes arrive too late")
    (point_id,) = ben.point_ids()
    await ben.send(f"/contributions/{point_id}", text="Minutes arrive late")
    assert await kept(installation) == {}


async def test_nobody_is_asked_twice(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, ben: Phone, point: str
) -> None:
    cleo, group = browser_of("cleo"), f"/focus-groups/{meeting.focus_group.id}"
    await answered(cleo, f"{group}/questions", "no")
    await ben.send(f"{point}/removal")
    assert await kept(installation) == {}


async def test_a_coordinator_is_asked_of_all_at_once_and_the_programme_stays_until_then(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, ben: Phone, point: str
) -> None:
    cleo, group = browser_of("cleo"), f"/focus-groups/{meeting.focus_group.id}"
    programme = f"/programmes/{meeting.programme.id}"
    await ben.send(f"{point}/removal")
    assert "1 held or hidden point still needs an answer" in (await cleo.get(f"{programme}/concerns")).text
    deletion = (await cleo.get(f"{programme}/deletion")).text
    assert "Nobody has said of 1 held or hidden point" in deletion
    html = (await cleo.get(f"{group}/questions")).text
    assert NAMED in html
    assert (await answered(cleo, f"{group}/questions", "no")).status_code == 422
    assert (await answered(cleo, f"{group}/questions", "no", confirmed="yes")).status_code == 303
    assert await kept(installation) == {}


async def test_past_the_date_a_coordinator_alone_reads_them(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, ben: Phone, point: str
) -> None:
    cleo, group = browser_of("cleo"), f"/focus-groups/{meeting.focus_group.id}"
    await ben.send(f"{point}/removal")
    assert (await cleo.post(f"{group}/purge", data={"confirmed": "yes", "looked": "yes"})).status_code == 303
    assert NAMED in (await cleo.get(f"{group}/questions")).text
    taken_back = await browser_of("ada").get(f"{group}/taken-back")
    assert (taken_back.status_code, NAMED in taken_back.text) == (200, False)
    assert WAITS not in (await browser_of("ada").get(f"{group}/board")).text


async def test_a_rehearsals_words_are_make_believe(
    installation: Installation, meeting: Meeting, ben: Phone, point: str
) -> None:
    async with installation.database.writing() as db:
        programme = await db.get_one(Programme, meeting.programme.id)
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        programme.rehearsal_of = group.id
    await ben.open(point)
    assert "kept, with no link to you" not in ben.text
    await ben.send(f"{point}/removal")
    assert await kept(installation) == {}
