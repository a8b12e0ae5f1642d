"""A held point is the facilitator's alone: released, reworded, hidden; others never read it."""

import re
from collections.abc import Callable
from uuid import UUID

import httpx

from tests.conftest import Installation, Meeting
from tests.pages.board.phones import NAMED, held, joined
from workshop.contributions.concerns import raise_concern
from workshop.contributions.identifiers import MOST_MARKED
from workshop.contributions.models import Contribution
from workshop.focus_groups.models import FocusGroup
from workshop.pages.board.view import LONG

BrowserOf = Callable[..., httpx.AsyncClient]
HTMX = {"HX-Request": "true"}


async def point_of(here: Installation, point: UUID) -> Contribution:
    async with here.database.reading() as db:
        return await db.get_one(Contribution, point)


async def test_a_board_of_long_held_points_is_whole_too(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    """Long texts are marked in a thread, where the page is rendered as a whole and where its news are."""
    ada, board = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}/board"
    phone = await joined(installation, meeting)
    since = re.search(r'name="since" value="([^"]*)"', (await ada.get(board)).text)
    assert since
    text = f"{NAMED}, and so on. " * (LONG // len(NAMED))
    point = await held(phone, text)
    query = {"theme": str(meeting.themes[0].id), "since": since[1]}
    for answer in (await ada.get(board), await ada.get(f"{board}/changes", params=query)):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/html")
        assert f'id="p-{point}"' in answer.text
        assert answer.text.count('<mark class="found">Jayden</mark>') == MOST_MARKED


async def test_the_board_folds_a_held_point_and_says_what_was_found(
    browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    html = (await browser_of("ada").get(f"/focus-groups/{meeting.focus_group.id}/board")).text
    item = html[html.index(f'id="p-{point}"') :]
    item = item[: item.index("</li>")]
    assert "<details><summary" in item
    assert "It looks as if it holds a person’s name." in item
    assert '<mark class="found">Jayden</mark>' in item
    assert [f"{verb}</a>" in item or f">{verb}<" in item for verb in ("Release", "Hide", "Edit")] == [True, True, True]
    assert "and 1 held point" in html
    assert re.search(r'id="count-worried_about">0<', html)


async def test_whoever_closes_is_told_of_what_is_held_and_of_concerns(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    ada, path = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}/closure"
    asked = (await ada.get(path)).text
    assert "1 point is still held." in asked
    assert "not passed on yet" not in asked
    async with installation.database.writing() as db:
        stored = await db.get_one(Contribution, point)
        await raise_concern(db, stored, None)
        stored.is_hidden = True
    asked = (await ada.get(path)).text
    assert "1 concern is not passed on yet." in asked
    assert "still held" not in asked


async def test_ordinary_words_that_are_held_or_hidden_by_hand_can_be_read_and_reworded(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ordinary = await held(await joined(installation, meeting), "Minutes come late.")
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    for verb in ("holding", "hiding"):
        await ada.post(f"{group}/contributions/{ordinary}/{verb}")
        for path in (f"{group}/board", f"{group}/contributions/{ordinary}/rewording"):
            answer = await ada.get(path)
            assert answer.status_code == 200
            assert "Minutes come late." in answer.text
            assert "It looks as if" not in answer.text


async def test_releasing_and_holding_change_it_once_each(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    ada, path = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}/contributions/{point}"
    for verb, is_held in (("release", False), ("release", False), ("holding", True), ("holding", True)):
        answer = await ada.post(f"{path}/{verb}", headers=HTMX)
        assert answer.status_code == 200
        assert ("point--held" in answer.text) is is_held
        assert (await point_of(installation, point)).is_held is is_held
    # A phone may be showing it, and the projector: each change is news to all, and nothing else is.
    async with installation.database.reading() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
    before = meeting.focus_group
    assert group.phones_revision == before.phones_revision + 2
    assert group.projector_revision >= before.projector_revision + 2


async def test_rewording_asks_first_destroys_the_words_and_tells_the_writer(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    ada, path = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}/contributions/{point}/rewording"
    assert "child who may be at risk" in (await ada.get(path)).text
    words = {"text": "A child has not been seen for a week", "then": "show", "based_on": NAMED}
    answer = await ada.post(path, data=words)
    assert (answer.status_code, words["text"] in answer.text) == (422, True)
    assert "Say whether this point tells of a child" in answer.text
    assert (await point_of(installation, point)).text == NAMED
    answer = await ada.post(path, data=words | {"concern": "no"})
    assert answer.status_code == 303
    after = await point_of(installation, point)
    assert (after.text, after.is_held, after.was_reworded) == (words["text"], False, True)
    database = installation.settings.data_dir / "workshop.sqlite3"
    if database.exists():
        async with installation.database.reading() as db:
            rows = (await (await db.connection()).exec_driver_sql("SELECT text FROM contribution")).all()
        assert NAMED not in str(rows)
    html = (await ada.get(f"/focus-groups/{meeting.focus_group.id}/concerns")).text
    assert "There are none" in html


async def test_a_held_point_that_was_hidden_is_shown_once_it_is_reworded_to_be(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    ada, path = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}/contributions/{point}"
    await ada.post(f"{path}/hiding")
    assert "Save and restore" in (await ada.get(f"{path}/rewording")).text
    words = {"text": "A child has not been seen for a week", "based_on": NAMED, "concern": "no", "then": "show"}
    assert (await ada.post(f"{path}/rewording", data=words)).status_code == 303
    after = await point_of(installation, point)
    assert (after.text, after.is_hidden, after.is_held) == (words["text"], False, False)


async def test_a_released_point_is_nobodys_to_reword(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    ada, path = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}/contributions/{point}"
    await ada.post(f"{path}/release")
    answer = await ada.post(f"{path}/rewording", data={"text": "Mine now", "concern": "no", "based_on": NAMED})
    assert answer.status_code == 409
    assert (await point_of(installation, point)).text == NAMED


async def test_equal_words_of_one_person_do_not_tell_that_they_are_one_persons(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    phone = await joined(installation, meeting)
    first, second = await held(phone), await held(phone, f"{NAMED}!")
    ada = browser_of("ada")
    for point, words in ((first, NAMED), (second, f"{NAMED}!")):
        path = f"/focus-groups/{meeting.focus_group.id}/contributions/{point}/rewording"
        form = {"text": "A child has not been seen", "concern": "no", "then": "show", "based_on": words}
        answer = await ada.post(path, data=form)
        assert answer.status_code == 303


async def test_nobody_else_reads_or_touches_a_held_point(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    path = f"/focus-groups/{meeting.focus_group.id}/contributions/{point}"
    for name, status in (("vi", 403), ("dov", 404)):
        for verb in ("release", "holding"):
            assert (await browser_of(name).post(f"{path}/{verb}")).status_code == status
        assert (await browser_of(name).get(f"{path}/rewording")).status_code == status
    ada = browser_of("ada")
    projector = await ada.get(f"/focus-groups/{meeting.focus_group.id}/projector")
    assert "Jayden" not in projector.text
    assert "Jayden" not in (await browser_of("vi").get(f"/programmes/{meeting.programme.id}/recommendations")).text


async def test_words_that_their_writer_changed_meanwhile_are_not_overwritten_unread(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, point: UUID
) -> None:
    async with installation.database.writing() as db:
        changed = await db.get_one(Contribution, point)
        changed.text = "Amy has not been seen at all"
        db.add(changed)
    path = f"/focus-groups/{meeting.focus_group.id}/contributions/{point}/rewording"
    form = {"text": "A child has not been seen", "concern": "no", "based_on": NAMED}
    answer = await browser_of("ada").post(path, data=form)
    assert (answer.status_code, "has changed the words meanwhile" in answer.text) == (422, True)
    assert (await point_of(installation, point)).text == "Amy has not been seen at all"
