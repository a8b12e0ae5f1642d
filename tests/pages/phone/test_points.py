"""A point is saved once or comes back with its words: over HTTP, with and without the script's header."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import Phone, set_group
from tests.pages.phone.points import close, contributions, stored
from workshop.database import now
from workshop.facts import Refused
from workshop.focus_groups.models import Phase
from workshop.pages.phone.forms import PointForm, read_form
from workshop.text import LONGEST_TEXT, normalised

pytestmark = pytest.mark.anyio


async def test_without_script_the_theme_page_comes_back_with_saved_at_the_point(ben: Phone) -> None:
    await ben.join()
    await ben.open(ben.theme())
    fields = {"column": "working_well", "client_id": ben.form_id("working_well"), "text": "Minutes come quickly."}
    await ben.send(contributions(ben), **fields)
    assert [answer.status_code for answer in ben.answer.history] == [303]
    assert ben.points() == ["Minutes come quickly."]
    assert ben.html.count("<strong>Saved</strong>") == 1


async def test_with_script_the_answer_is_the_saved_point(ben: Phone) -> None:
    await ben.join()
    await ben.send_by_script(contributions(ben), column="working_well", client_id=str(uuid4()), text="<b>Quick</b>")
    assert ben.answer.status_code == 200
    assert ben.answer.headers["content-type"] == "text/html; charset=utf-8"
    assert ben.html.startswith('<li class="point"')
    assert ben.points() == ["<b>Quick</b>"]
    assert "no-store" in ben.answer.headers["cache-control"]


async def test_the_same_form_twice_and_in_parallel_is_one_point(installation: Installation, ben: Phone) -> None:
    await ben.join()
    await ben.open(ben.theme())
    fields = {"column": "working_well", "client_id": ben.form_id("working_well"), "text": "Minutes come quickly."}
    path = ben.link + contributions(ben)
    answers = await asyncio.gather(*(ben.client.post(path, data=fields) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert await stored(installation) == ["Minutes come quickly."]


async def test_every_form_of_every_page_has_an_id_of_its_own(ben: Phone) -> None:
    await ben.join()
    ids = set()
    for _ in range(2):
        await ben.open(ben.theme())
        ids |= {ben.form_id(column) for column in ("working_well", "worried_about", "needs_to_happen")}
    assert len(ids) == 6


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Write your point first"),
        (" \r\n\t ", "Write your point first"),
        ("x" * 40_001, "at most 40,000 characters"),
    ],
)
@pytest.mark.parametrize("way", ["send", "send_by_script"])
async def test_words_that_cannot_be_kept_come_back(
    installation: Installation, ben: Phone, text: str, reason: str, way: str
) -> None:
    await ben.join()
    fields = {"column": "worried_about", "client_id": str(uuid4()), "text": text}
    await getattr(ben, way)(contributions(ben), **fields)
    assert ben.answer.status_code == 422
    assert reason in ben.text
    if way == "send":
        assert "<title>Error: " in ben.html
        assert ben.box("text-worried_about") == text.replace("\r\n", "\n") or ben.box("text-worried_about") == text
        assert ben.form_id("worried_about") == fields["client_id"]
        assert 'href="#text-worried_about"' in ben.html
    assert await stored(installation) == []


async def test_the_longest_text_is_kept_whole(installation: Installation, ben: Phone) -> None:
    await ben.join()
    longest = "“" + "’" * (LONGEST_TEXT - 2) + "”"
    await ben.add(longest)
    assert await stored(installation) == [longest]


async def test_one_id_with_other_words_shows_both_and_keeps_both(installation: Installation, ben: Phone) -> None:
    await ben.join()
    client_id = str(uuid4())
    await ben.add("The chair is prepared.", client_id=client_id)
    await ben.add("The chair is never prepared.", client_id=client_id)
    assert ben.answer.status_code == 409
    assert "The chair is prepared." in ben.text
    assert ben.box("text") == "The chair is never prepared."
    assert ben.field("client_id") != client_id
    fields = {name: ben.field(name) for name in ("column", "client_id")}
    await ben.send(contributions(ben), text=ben.box("text"), **fields)
    assert ben.points() == ["The chair is prepared.", "The chair is never prepared."]
    await ben.send_by_script(contributions(ben), column="working_well", client_id=client_id, text="Third words.")
    assert ben.answer.status_code == 409
    assert "data-unsaved" in ben.html
    assert len(await stored(installation)) == 2


@pytest.mark.parametrize("way", ["send", "send_by_script"])
async def test_a_closed_group_gives_the_words_back(
    installation: Installation, meeting: Meeting, ben: Phone, way: str
) -> None:
    await ben.join()
    await ben.add("Said in time.")
    await close(installation, meeting)
    await getattr(ben, way)(contributions(ben), column="working_well", text="Said too late.")
    assert ben.answer.status_code == 409
    assert "closed" in ben.text
    if way == "send":
        assert ben.box("text") == "Said too late."
    await ben.open(ben.theme())
    assert ben.points() == ["Said in time."]
    assert 'name="text"' not in ben.html
    assert "Edit" not in ben.text
    await ben.open()
    assert "See what you wrote" in ben.text


@pytest.mark.parametrize("way", ["send", "send_by_script"])
async def test_an_expired_cookie_gives_the_words_back_and_the_way_in(ben: Phone, way: str) -> None:
    await ben.join()
    ben.client.cookies.clear()
    fields = {"column": "working_well", "client_id": str(uuid4()), "text": "Still mine."}
    await getattr(ben, way)(contributions(ben), **fields)
    assert ben.answer.status_code == 403
    assert "Join again" in ben.text
    if way == "send_by_script":
        return
    assert ben.box("text") == "Still mine."
    again = {name: ben.field(name) for name in ("column", "client_id")}
    text = ben.box("text")
    await ben.join()
    await ben.send(contributions(ben), text=text, **again)
    assert ben.points() == ["Still mine."]


async def test_a_theme_that_is_gone_gives_the_words_back(ben: Phone) -> None:
    await ben.join()
    await ben.send(f"/themes/{uuid4()}/contributions", column="working_well", text="About what was there.")
    assert ben.answer.status_code == 404
    assert ben.box("text") == "About what was there."


async def test_a_failing_database_gives_the_words_back(
    installation: Installation, meeting: Meeting, ben: Phone
) -> None:
    await ben.join()
    async with installation.database.writing() as db:
        await (await db.connection()).exec_driver_sql("ALTER TABLE contribution RENAME TO elsewhere")
    for way in ("send", "send_by_script"):
        await getattr(ben, way)(contributions(ben), column="working_well", text="Not lost.")
        assert ben.answer.status_code == 500
        assert "could not be saved" in ben.text
        if way == "send":
            assert ben.box("text") == "Not lost."
    async with installation.database.writing() as db:
        await (await db.connection()).exec_driver_sql("ALTER TABLE elsewhere RENAME TO contribution")


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"phase": Phase.DRAFT}, "has not opened yet"),
        ({"open_from": now() + timedelta(days=1)}, "has not opened yet"),
        ({"open_until": now() - timedelta(hours=1)}, "is closed"),
        ({"phase": Phase.CLOSED}, "is closed"),
        ({"phase": Phase.CLOSED, "archived_at": now()}, "is closed"),
        ({"phase": Phase.CLOSED, "purged_at": now()}, "words are deleted"),
    ],
)
async def test_a_group_that_is_not_open_says_why(
    installation: Installation, meeting: Meeting, ben: Phone, values: dict[str, Any], title: str
) -> None:
    await set_group(installation, meeting, **values)
    for path in ("", "/table"):
        await ben.open(path)
        assert ben.answer.status_code == 200
        assert title in ben.text
    await ben.send("", agency="unsaid")
    assert (ben.answer.status_code, title in ben.text) == (409, True)
    await ben.send("/table", unsaid="3")
    assert ben.answer.status_code == 409
    assert not ben.client.cookies


async def test_a_link_open_for_days_shuts_at_its_end(installation: Installation, meeting: Meeting, ben: Phone) -> None:
    await set_group(installation, meeting, open_until=now() + timedelta(days=3))
    await ben.join()
    await ben.add("In time.")
    await set_group(installation, meeting, open_until=now() - timedelta(seconds=1))
    await ben.send(contributions(ben), column="working_well", text="Too late.")
    assert ben.answer.status_code == 409


@given(st.text(max_size=200), st.uuids())
@rules(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_come_through_the_form_as_they_were_typed(text: str, client_id: UUID) -> None:
    from urllib.parse import urlencode  # noqa: PLC0415 (what a browser does, here alone)

    body = urlencode({"text": text, "column": "working_well", "client_id": str(client_id)}, errors="replace").encode()
    form = PointForm.sent(body)
    typed = text.encode(errors="replace").decode()
    assert (form.typed, form.text, form.client_id) == (typed, normalised(typed), client_id)


@pytest.mark.parametrize(
    "body", [b"", b"&&&", b"text=%ff%fe", b"a&b=c;d", b"=" * 1000, b"a=1&" * 1000, "text=ä".encode()]
)
def test_bytes_that_are_no_form_break_nothing(body: bytes) -> None:
    assert isinstance(read_form(body), dict)
    with pytest.raises(Refused):
        PointForm.sent(body).checked_column()
