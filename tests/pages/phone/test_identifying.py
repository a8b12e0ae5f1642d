"""Words that seem to identify somebody: asked about, kept, and held when they are sent all the same."""

import re
from collections.abc import Callable
from html import unescape

from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import Phone
from workshop.accounts.models import Account
from workshop.contributions.models import Contribution
from workshop.contributions.moderation import reword_contribution
from workshop.contributions.writes import hide_contribution

PhoneIn = Callable[[Meeting], Phone]
NAMED = "Jayden’s mum (07700 900123) was not told"
CLEAN = "A mum was not told"


def mark_in(html: str, attribute: str) -> str:
    """The mark behind the button “Send it all the same”."""
    found = re.search(rf'{attribute}="([0-9a-f,]{{32,}})"', html)
    assert found
    return found[1]


async def stored(here: Installation) -> list[Contribution]:
    async with here.database.reading() as db:
        return list(await db.exec(select(Contribution)))


async def test_without_a_script_one_is_shown_the_words_and_may_change_them(
    installation: Installation, ben: Phone
) -> None:
    await ben.join()
    await ben.add(NAMED)
    assert ben.answer.status_code == 422
    assert await stored(installation) == []
    assert '<mark class="found">Jayden</mark>' in ben.html
    assert '<mark class="found">07700 900123</mark>' in ben.html
    assert "it seems to hold a person’s name and a phone number" in ben.text
    assert ben.box("text") == NAMED
    sent = {"column": ben.field("column"), "client_id": ben.field("client_id"), "text": CLEAN}
    await ben.send(f"{ben.theme()}/contributions", **sent)
    assert ben.points() == [CLEAN]
    (point,) = await stored(installation)
    assert (point.is_held, point.held_for) == (False, "")
    assert str(point.client_id) == sent["client_id"]


async def test_what_is_sent_all_the_same_is_held_and_its_writer_is_told(installation: Installation, ben: Phone) -> None:
    await ben.join()
    await ben.add(NAMED)
    mark = mark_in(ben.html, 'name="sure" value')
    sent = {"column": ben.field("column"), "client_id": ben.field("client_id"), "text": NAMED, "sure": mark}
    for _ in range(2):
        await ben.send(f"{ben.theme()}/contributions", **sent)
        assert ben.points() == [NAMED]
        assert "Only the facilitator sees this" in ben.text
    (point,) = await stored(installation)
    assert (point.is_held, point.held_for) == (True, "name,phone")


async def test_other_words_are_asked_about_anew(installation: Installation, ben: Phone) -> None:
    await ben.join()
    await ben.add(NAMED)
    mark = mark_in(ben.html, 'name="sure" value')
    await ben.add(f"{NAMED} again", sure=mark)
    assert ben.answer.status_code == 422
    await ben.add(NAMED, sure="0" * 32)
    assert ben.answer.status_code == 422
    assert await stored(installation) == []


async def test_the_script_gets_the_words_marked_and_two_buttons(installation: Installation, ben: Phone) -> None:
    await ben.join()
    await ben.open(ben.theme())
    sent = {"column": "working_well", "client_id": ben.form_id("working_well"), "text": NAMED}
    await ben.send_by_script(f"{ben.theme()}/contributions", **sent)
    assert (ben.answer.status_code, "data-unsaved" in ben.html) == (422, True)
    assert 'data-sure=""' in ben.html
    await ben.send_by_script(f"{ben.theme()}/contributions", **sent, sure=mark_in(ben.html, "data-sure"))
    assert (ben.answer.status_code, "data-point" in ben.html) == (200, True)
    assert "Only the facilitator sees this" in ben.html
    assert [str(point.client_id) for point in await stored(installation)] == [sent["client_id"]]


async def test_of_several_boxes_the_harmless_is_saved_and_each_other_is_asked_about(
    installation: Installation, ben: Phone
) -> None:
    await ben.join()
    await ben.open(ben.theme())
    await ben.write({"working_well": CLEAN, "worried_about": NAMED, "needs_to_happen": "Ask Mrs Smith at gu1 1aa"})
    assert [point.text for point in await stored(installation)] == [CLEAN]
    assert ben.answer.status_code == 422
    marks = mark_in(ben.html, 'name="sure" value')
    assert len(marks.split(",")) == 2
    sent = {name: re.findall(rf'name="{name}" value="([^"]*)"', ben.html) for name in ("column", "client_id")}
    texts = [unescape(words) for words in re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", ben.html, re.DOTALL)]
    assert len(texts) == 2
    data = {"column": sent["column"], "client_id": sent["client_id"], "text": texts, "sure": marks}
    ben.answer = await ben.client.post(f"{ben.link}{ben.theme()}/contributions", data=data, follow_redirects=True)
    assert ben.answer.status_code == 200
    assert sorted(point.is_held for point in await stored(installation)) == [False, True, True]


async def test_editing_asks_holds_and_lets_go_with_the_reason(installation: Installation, ben: Phone) -> None:
    await ben.join()
    await ben.add(CLEAN)
    point = f"/contributions/{ben.point_ids()[0]}"
    await ben.send(point, text=NAMED)
    assert ben.answer.status_code == 422
    assert (await stored(installation))[0].text == CLEAN
    await ben.send(point, text=NAMED, sure=mark_in(ben.html, 'name="sure" value'))
    assert [(each.text, each.is_held) for each in await stored(installation)] == [(NAMED, True)]
    await ben.send(point, text=CLEAN)
    assert [(each.text, each.is_held, each.held_for) for each in await stored(installation)] == [(CLEAN, False, "")]


async def test_what_a_facilitator_holds_stays_held_when_its_writer_edits_it(
    installation: Installation, ben: Phone
) -> None:
    await ben.join()
    await ben.add(CLEAN)
    async with installation.database.writing() as db:
        point = (await db.exec(select(Contribution))).one()
        point.is_held = True
        db.add(point)
    await ben.send(f"/contributions/{ben.point_ids()[0]}", text="Something else")
    assert [(each.text, each.is_held) for each in await stored(installation)] == [("Something else", True)]


async def test_a_held_point_is_on_no_other_phone(
    installation: Installation, ben: Phone, phone_in: PhoneIn, meeting: Meeting
) -> None:
    await ben.join()
    await ben.add(NAMED)
    await ben.add(NAMED, sure=mark_in(ben.html, 'name="sure" value'))
    await ben.add("A harmless point")
    other = phone_in(meeting)
    await other.join()
    await other.open(f"{other.theme()}/others")
    assert "A harmless point" in other.html
    assert "Jayden" not in other.html


async def test_the_writer_sees_that_a_facilitator_changed_the_words(
    installation: Installation, ben: Phone, meeting: Meeting
) -> None:
    await ben.join()
    await ben.add(CLEAN)
    async with installation.database.writing() as db:
        point = (await db.exec(select(Contribution))).one()
        await hide_contribution(db, meeting.focus_group.id, point.id)
        account = (await db.exec(select(Account))).first()
        assert account
        new = "A parent was not told"
        await reword_contribution(
            db, meeting.focus_group.id, point.id, new, based_on=CLEAN, is_concern=False, account_id=account.id
        )
    await ben.open(ben.theme())
    assert ben.points() == ["A parent was not told"]
    assert "The facilitator has changed these words." in ben.text
    # A late retry of what was sent first is answered, and brings nothing back.
    (point,) = await stored(installation)
    sent = {"column": point.column.value, "client_id": str(point.client_id), "text": CLEAN}
    await ben.send(f"{ben.theme()}/contributions", **sent)
    assert ben.points() == ["A parent was not told"]
    assert len(await stored(installation)) == 1
