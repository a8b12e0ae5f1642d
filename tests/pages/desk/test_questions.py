"""Held and hidden points that nobody answered for outlive their date, on the coordinator's page alone."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.board.phones import Phone, held, joined
from tests.retention.due import date_passes
from tests.retention.files import bytes_of_files
from workshop.contributions.models import Concern, Contribution, OpenQuestion
from workshop.contributions.writes import edit_contribution, hide_contribution
from workshop.focus_groups.models import Participant

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]
HELD = "Held: Jayden was not seen for a week"
HIDDEN = "Hidden: a swear word about the chair"
SHOWN = "Minutes arrive too late"


@pytest.fixture
async def phone(installation: Installation, meeting: Meeting) -> Phone:
    """Ben, with a held point, a hidden one and one that the room may read."""
    ben = await joined(installation, meeting)
    await held(ben, HELD)
    hidden = await ben.write(HIDDEN)
    await ben.write(SHOWN)
    async with installation.database.writing() as db:
        await hide_contribution(db, meeting.focus_group.id, hidden)
    return ben


async def kept(here: Installation) -> dict[str, UUID]:
    """The words that were kept past their date, and their ids."""
    async with here.database.reading() as db:
        return {question.words: question.id for question in await db.exec(select(OpenQuestion))}


async def concerns(here: Installation) -> list[str | None]:
    async with here.database.reading() as db:
        return [concern.words for concern in await db.exec(select(Concern))]


async def point_with(here: Installation, words: str) -> Contribution:
    async with here.database.reading() as db:
        return (await db.exec(select(Contribution).where(Contribution.text == words))).one()


def questions_of(meeting: Meeting) -> str:
    return f"/focus-groups/{meeting.focus_group.id}/questions"


def seen_on(html: str) -> str:
    """The hidden field that says what the page has shown."""
    return html.partition('name="seen" value="')[2].partition('"')[0]


async def answered(browser: httpx.AsyncClient, meeting: Meeting, **fields: str) -> httpx.Response:
    """The page, and its form with these fields."""
    seen = seen_on((await browser.get(questions_of(meeting))).text)
    return await browser.post(questions_of(meeting), data={"seen": seen} | fields)


async def test_the_date_keeps_their_words_alone_and_unlinked(
    installation: Installation, meeting: Meeting, phone: Phone
) -> None:
    record = await date_passes(installation, meeting)
    assert set(await kept(installation)) == {HELD, HIDDEN}
    assert (record.counts["kept"], record.counts["points"], record.counts["covered"]) == (2, 1, 0)
    files = bytes_of_files(installation.settings.data_dir)
    assert (files.count(HELD.encode()), files.count(HIDDEN.encode()), files.count(SHOWN.encode())) == (1, 1, 0)
    async with installation.database.reading() as db:
        assert all(point.text is None for point in await db.exec(select(Contribution)))
        [participant] = await db.exec(select(Participant))
        rows = [question.model_dump() for question in await db.exec(select(OpenQuestion))]
    assert [set(row) for row in rows] == [{"id", "focus_group_id", "words", "kept_on"}] * 2
    assert participant.token_hash is None
    assert {row["kept_on"] for row in rows} == {dt.datetime.now(dt.UTC).date()}


async def test_the_coordinator_is_told_at_the_desk_and_nobody_else_sees_them(
    installation: Installation, meeting: Meeting, phone: Phone, browser_of: BrowserOf
) -> None:
    record = await date_passes(installation, meeting)
    cleo, ada, programme = browser_of("cleo"), browser_of("ada"), f"/programmes/{meeting.programme.id}"
    assert "2 held or hidden points are kept past their date." in (await cleo.get(programme)).text
    assert "were held or hidden when the words of" in (await cleo.get(f"{programme}/concerns")).text
    assert "2 held or hidden points are kept</strong>" in (await cleo.get(f"{programme}/retention")).text
    assert "The words of 2 points that were held or hidden" in (await cleo.get(f"/deletion-records/{record.id}")).text
    page = (await cleo.get(questions_of(meeting))).text
    assert HELD in page
    assert HIDDEN in page
    for name, status in (("ada", 403), ("vi", 403), ("dov", 404)):
        assert (await browser_of(name).get(questions_of(meeting))).status_code == status
        assert (await browser_of(name).post(questions_of(meeting), data={})).status_code == status
    assert "kept past" not in (await ada.get(programme)).text
    group = f"/focus-groups/{meeting.focus_group.id}"
    elsewhere = [f"{group}/{place}" for place in ("board", "projector", "grouping", "concerns")]
    elsewhere += [f"{programme}/recommendations", *(f"{programme}/exports/{kind}" for kind in ("csv", "json", "html"))]
    for path in elsewhere:
        answer = await cleo.get(path)
        assert answer.status_code == httpx.codes.OK, path
        assert "Jayden" not in answer.text, path
        assert "swear word" not in answer.text, path


async def test_no_destroys_the_words_after_a_tick_and_leaves_a_record(
    installation: Installation, meeting: Meeting, phone: Phone, browser_of: BrowserOf
) -> None:
    await date_passes(installation, meeting)
    cleo, names = browser_of("cleo"), await kept(installation)
    no = {f"answer-{names[HIDDEN]}": "no"}
    refused = await answered(cleo, meeting, **no)
    assert (refused.status_code, "nobody can bring them back" in refused.text) == (422, True)
    assert 'value="no" checked' in refused.text
    assert set(await kept(installation)) == {HELD, HIDDEN}
    assert (await answered(cleo, meeting, **no, confirmed="yes")).status_code == 303
    assert set(await kept(installation)) == {HELD}
    assert await concerns(installation) == []
    files = bytes_of_files(installation.settings.data_dir)
    assert HIDDEN.encode() not in files
    assert HELD.encode() in files
    html = (await cleo.get(f"/programmes/{meeting.programme.id}/retention")).text
    record = (await cleo.get(html[html.index("/deletion-records/") :].partition('"')[0])).text
    assert "The words of 1 held or hidden point that had been kept past the date" in record
    assert "until their date" not in record


async def test_yes_makes_a_concern_whose_words_go_once_it_is_passed_on(
    installation: Installation, meeting: Meeting, phone: Phone, browser_of: BrowserOf
) -> None:
    await date_passes(installation, meeting)
    cleo, ada, names = browser_of("cleo"), browser_of("ada"), await kept(installation)
    assert (await answered(cleo, meeting, **{f"answer-{names[HELD]}": "yes"})).status_code == 303
    assert set(await kept(installation)) == {HIDDEN}
    assert await concerns(installation) == [HELD]
    group = f"/focus-groups/{meeting.focus_group.id}"
    html = (await ada.get(f"{group}/concerns")).text
    assert HELD in html
    path = html[html.index(f"{group}/concerns/") :].partition('"')[0]
    passed_on = {"to": "Duty social worker", "day-day": "1", "day-month": "10", "day-year": "2020"}
    assert (await ada.post(path, data=passed_on)).status_code == 303
    assert await concerns(installation) == [None]
    assert HELD.encode() not in bytes_of_files(installation.settings.data_dir)


async def test_one_button_answers_no_for_all_after_a_tick_but_not_over_a_yes(
    installation: Installation, meeting: Meeting, phone: Phone, browser_of: BrowserOf
) -> None:
    await date_passes(installation, meeting)
    cleo, names = browser_of("cleo"), await kept(installation)
    assert (await answered(cleo, meeting, every="no")).status_code == 422
    contradicted = await answered(cleo, meeting, **{f"answer-{names[HELD]}": "yes"}, every="no", confirmed="yes")
    assert (contradicted.status_code, "You have answered Yes here" in contradicted.text) == (422, True)
    assert set(await kept(installation)) == {HELD, HIDDEN}
    done = await answered(cleo, meeting, every="no", confirmed="yes")
    assert done.headers["location"] == f"/programmes/{meeting.programme.id}/concerns"
    assert await kept(installation) == {}
    files = bytes_of_files(installation.settings.data_dir)
    assert HELD.encode() not in files
    assert HIDDEN.encode() not in files
    assert "kept past" not in (await cleo.get(f"/programmes/{meeting.programme.id}")).text


async def test_nothing_answered_is_asked_again(
    installation: Installation, meeting: Meeting, phone: Phone, browser_of: BrowserOf
) -> None:
    await date_passes(installation, meeting)
    answer = await answered(browser_of("cleo"), meeting)
    assert (answer.status_code, "Answer for at least one point" in answer.text) == (422, True)


async def test_the_pages_say_so_before_the_date_and_what_is_answered_then_is_not_kept(
    installation: Installation, meeting: Meeting, phone: Phone, browser_of: BrowserOf
) -> None:
    cleo, programme = browser_of("cleo"), f"/programmes/{meeting.programme.id}"
    assert "2 held or hidden points still need an answer" in (await cleo.get(f"{programme}/retention")).text
    assert "2 held or hidden points still need an answer" in (await cleo.get(f"{programme}/concerns")).text
    names = {words: (await point_with(installation, words)).id for words in (HELD, HIDDEN)}
    answers = {f"answer-{names[HELD]}": "yes", f"answer-{names[HIDDEN]}": "no"}
    assert (await answered(cleo, meeting, **answers)).status_code == 303
    assert (await point_with(installation, HIDDEN)).is_hidden
    assert await concerns(installation) == [HELD]
    assert "still need" not in (await cleo.get(f"{programme}/retention")).text
    record = await date_passes(installation, meeting)
    assert await kept(installation) == {}
    assert (record.counts["kept"], record.counts["covered"], record.counts["open_concerns"]) == (0, 2, 1)


async def test_what_the_facilitator_answered_for_is_not_asked_again(
    installation: Installation, meeting: Meeting, phone: Phone, browser_of: BrowserOf
) -> None:
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    reworded, noted = await point_with(installation, HELD), await point_with(installation, HIDDEN)
    form = {"text": "A child was not seen", "based_on": HELD, "concern": "no", "then": "keep"}
    assert (await ada.post(f"{group}/contributions/{reworded.id}/rewording", data=form)).status_code == 303
    assert (await ada.post(f"{group}/contributions/{noted.id}/concerns")).status_code == 303
    await date_passes(installation, meeting)
    assert await kept(installation) == {}
    assert await concerns(installation) == [HIDDEN]


async def test_words_that_their_author_changed_since_are_asked_about_again(
    installation: Installation, meeting: Meeting, phone: Phone, browser_of: BrowserOf
) -> None:
    cleo, point = browser_of("cleo"), await point_with(installation, HIDDEN)
    seen = seen_on((await cleo.get(questions_of(meeting))).text)

    async def rewritten(words: str) -> None:
        async with installation.database.writing() as db:
            ben = await db.get_one(Participant, phone.participant_id)
            await edit_contribution(db, ben, point.id, words, installation.settings.key)

    await rewritten("Other words")
    answer = {f"answer-{point.id}": "no", "seen": seen}
    refused = await cleo.post(questions_of(meeting), data=answer)
    assert (refused.status_code, "Other words" in refused.text) == (422, True)
    assert (await answered(cleo, meeting, **{f"answer-{point.id}": "no"})).status_code == 303
    await rewritten("Yet other words")
    await date_passes(installation, meeting)
    # What was answered for is not kept; what its author took back before anybody had answered is.
    assert set(await kept(installation)) == {HIDDEN, HELD, "Yet other words"}


async def test_deleting_a_groups_words_now_keeps_what_was_held_after_the_page_was_shown(
    installation: Installation, meeting: Meeting, phone: Phone, browser_of: BrowserOf
) -> None:
    cleo, path = browser_of("cleo"), f"/focus-groups/{meeting.focus_group.id}/purge"
    seen = seen_on((await cleo.get(path)).text)
    late = "Another child, said while somebody read"
    await held(phone, late)
    answer = await cleo.post(path, data={"confirmed": "yes", "looked": "yes", "seen": seen})
    assert answer.status_code == 303
    assert set(await kept(installation)) == {late}
    assert HELD.encode() not in bytes_of_files(installation.settings.data_dir)


@pytest.mark.parametrize("when", ["before the date", "after it"])
async def test_a_programme_is_not_deleted_while_somebody_has_to_answer(
    installation: Installation, meeting: Meeting, phone: Phone, browser_of: BrowserOf, when: str
) -> None:
    if when == "after it":
        await date_passes(installation, meeting)
    cleo, path = browser_of("cleo"), f"/programmes/{meeting.programme.id}/deletion"
    said = "Nobody has said of 2 held or hidden points whether they tell of a child"
    assert said in (await cleo.get(path)).text
    refused = await cleo.post(path, data={"title": meeting.programme.title})
    assert (refused.status_code, said in refused.text) == (422, True)
    assert (await answered(cleo, meeting, every="no", confirmed="yes")).status_code == 303
    assert (await cleo.post(path, data={"title": meeting.programme.title})).status_code == 303
    files = bytes_of_files(installation.settings.data_dir)
    assert HELD.encode() not in files
