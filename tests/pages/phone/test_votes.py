"""Priorities on a phone, by the page's own forms."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import Installation, Meeting
from tests.findings.of_a_room import add_findings, cover, finding_of, point_under, uncover
from tests.pages.phone.conftest import Phone, set_group
from workshop.focus_groups.models import FocusGroup, Phase
from workshop.focus_groups.reveals import reveal_themes
from workshop.programmes.models import ColumnKind

pytestmark = pytest.mark.anyio
PhoneIn = Callable[[Meeting], Phone]


def form_of(phone: Phone, button: str, finding: UUID) -> dict[str, str]:
    """The fields of the form whose button is “give” or “back” for the finding."""
    form = re.search(rf'<form(?:(?!</form>).)*id="{button}-{finding}"', phone.html, re.DOTALL)
    assert form, f"no {button} for {finding}"
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))


async def vote(phone: Phone, finding: UUID) -> Phone:
    return await phone.send("/votes", **form_of(phone, "give", finding))


async def take_back(phone: Phone, finding: UUID) -> Phone:
    return await phone.send("/votes/removal", **form_of(phone, "back", finding))


@pytest.fixture
async def findings(installation: Installation, meeting: Meeting, ben: Phone) -> list[UUID]:
    """Three of the first theme and one of the second, in a room that votes, with Ben in it."""
    await ben.join()
    made = await add_findings(installation, meeting, "Send papers early", "One named minute taker", "Book rooms")
    made += await add_findings(installation, meeting, "Ask the children", theme=1)
    await set_group(installation, meeting, phase=Phase.PRIORITISING)
    return made


async def test_votes_are_given_and_taken_back_and_what_is_left_is_said(ben: Phone, findings: list[UUID]) -> None:
    await ben.open("/votes")
    assert ben.text.count("3 of 3 votes left") == 2
    await vote(ben, findings[0])
    await vote(ben, findings[0])
    assert "1 of 3 votes left" in ben.text
    assert "2 votes of yours" in ben.text
    await vote(ben, findings[1])
    assert "0 of 3 votes left" in ben.text
    assert f'id="give-{findings[2]}"' not in ben.html
    assert "3 of 3 votes left" in ben.text
    assert f'id="give-{findings[3]}"' in ben.html
    await take_back(ben, findings[0])
    assert "1 of 3 votes left" in ben.text
    await vote(ben, findings[2])
    assert ben.text.count("1 vote of yours") == 3


async def test_two_taps_of_one_form_are_one_vote(ben: Phone, findings: list[UUID]) -> None:
    await ben.open("/votes")
    form = form_of(ben, "give", findings[0])
    await ben.send("/votes", **form)
    await ben.send("/votes", **form)
    assert "2 of 3 votes left" in ben.text
    back = form_of(ben, "back", findings[0])
    await ben.send("/votes/removal", **back)
    await ben.send("/votes/removal", **back)
    assert ben.text.count("3 of 3 votes left") == 2
    # A late retry of a vote that was taken back since.
    await ben.send("/votes", **form)
    assert ben.text.count("3 of 3 votes left") == 2


async def test_the_quota_holds_for_forms_that_were_open_before(ben: Phone, findings: list[UUID]) -> None:
    await ben.open("/votes")
    for _ in range(3):
        await ben.send("/votes", finding=str(findings[0]), client_id=str(uuid4()))
    await ben.send("/votes", finding=str(findings[1]), client_id=str(uuid4()))
    assert "You have given all your votes under this theme" in ben.text
    assert "0 of 3 votes left" in ben.text


async def test_a_script_gets_the_theme_alone(ben: Phone, findings: list[UUID]) -> None:
    await ben.open("/votes")
    await ben.send_by_script("/votes", **form_of(ben, "give", findings[0]))
    assert ben.answer.status_code == 200
    assert "<html" not in ben.html
    assert "2 of 3 votes left" in ben.text
    assert "Ask the children" not in ben.text
    for _ in range(2):
        await ben.send_by_script("/votes", finding=str(findings[0]), client_id=str(uuid4()))
    await ben.send_by_script("/votes", finding=str(findings[0]), client_id=str(uuid4()))
    assert ben.answer.status_code == 409
    assert "You have given all your votes" in ben.text


async def test_totals_are_hidden_until_they_are_shown_and_then_ties_are_ties(
    installation: Installation, meeting: Meeting, ben: Phone, phone_in: PhoneIn, findings: list[UUID]
) -> None:
    other = phone_in(meeting)
    await set_group(installation, meeting, phase=Phase.GATHERING)
    await other.join()
    await set_group(installation, meeting, phase=Phase.PRIORITISING)
    await other.open("/votes")
    await vote(other, findings[2])
    await vote(other, findings[2])
    await vote(other, findings[1])
    await ben.open("/votes")
    await vote(ben, findings[0])
    assert "altogether" not in ben.text
    assert re.findall(r'id="finding-([0-9a-f-]+)"', ben.html) == [str(each) for each in findings]
    await set_group(installation, meeting, are_totals_shown=True)
    await ben.open("/votes")
    in_order = [findings[2], findings[0], findings[1], findings[3]]
    assert re.findall(r'id="finding-([0-9a-f-]+)"', ben.html) == [str(each) for each in in_order]
    assert re.findall(r"<strong>Place ([^<]*)</strong> ·", ben.html) == ["1", "2 =", "2 ="]
    assert "2 votes altogether" in ben.text
    assert "0 votes altogether" in ben.text


async def test_nobody_votes_while_the_room_does_something_else(
    installation: Installation, meeting: Meeting, ben: Phone, findings: list[UUID]
) -> None:
    await ben.open("/votes")
    form = form_of(ben, "give", findings[0])
    await set_group(installation, meeting, phase=Phase.GROUPING)
    await ben.send("/votes", **form)
    assert "The room is not voting at the moment" in ben.text
    assert 'id="give-' not in ben.html
    await set_group(installation, meeting, phase=Phase.PRIORITISING)
    await ben.open("/votes")
    assert ben.text.count("3 of 3 votes left") == 2


async def test_only_what_the_room_may_read_of_its_own_is_voted_on(
    installation: Installation, meeting: Meeting, ben: Phone, findings: list[UUID]
) -> None:
    cases: list[tuple[dict[str, Any], dict[str, Any]]] = [
        ({"focus_group_id": None}, {}),
        ({"column": ColumnKind.WORRIED_ABOUT}, {}),
        ({}, {"is_hidden": True}),
        ({}, {"is_held": True}),
        ({}, {"text": None, "is_deleted": True}),
    ]
    added: list[str] = []
    async with installation.database.writing() as db:
        for of_finding, of_point in cases:
            hidden = finding_of(meeting, "Not to be voted on", place=9, **of_finding)
            db.add(hidden)
            await db.flush()
            db.add(point_under(hidden, meeting, **of_point))
            added.append(str(hidden.id))
    await ben.open("/votes")
    assert "Not to be voted on" not in ben.text
    for hidden_id in added:
        await ben.send("/votes", finding=hidden_id, client_id=str(uuid4()))
        assert "has been taken away meanwhile" in ben.text


async def test_votes_for_a_heading_that_is_covered_are_shown_without_its_words_and_can_be_taken_back(
    installation: Installation, ben: Phone, findings: list[UUID]
) -> None:
    await ben.open("/votes")
    for _ in range(3):
        await vote(ben, findings[0])
    await cover(installation, findings[0])
    await ben.open("/votes")
    assert "Send papers early" not in ben.text
    assert "A heading that is not shown at the moment. Your votes for it are kept. 3 votes of yours" in ben.text
    assert "0 of 3 votes left" in ben.text
    assert f'id="give-{findings[0]}"' not in ben.html
    await take_back(ben, findings[0])
    assert "2 votes of yours" in ben.text
    assert "1 of 3 votes left" in ben.text
    await vote(ben, findings[1])
    await uncover(installation, findings[0])
    await ben.open("/votes")
    assert "not shown at the moment" not in ben.text
    assert re.findall(r"(\d) votes? of yours", ben.text) == ["2", "1"]
    assert "0 of 3 votes left" in ben.text


async def test_a_covered_heading_without_one_s_own_votes_is_not_spoken_of(
    installation: Installation, meeting: Meeting, ben: Phone, findings: list[UUID]
) -> None:
    await cover(installation, findings[0])
    await cover(installation, findings[3])
    await ben.open("/votes")
    assert "not shown at the moment" not in ben.text
    assert meeting.themes[1].name not in ben.text


async def test_the_last_heading_of_a_theme_that_is_covered_still_gives_votes_back(
    installation: Installation, meeting: Meeting, ben: Phone, findings: list[UUID]
) -> None:
    await ben.open("/votes")
    await vote(ben, findings[3])
    await cover(installation, findings[3])
    await ben.open("/votes")
    assert meeting.themes[1].name in ben.text
    assert "2 of 3 votes left" in ben.text
    back = form_of(ben, "back", findings[3])
    await ben.send_by_script("/votes/removal", **back)
    assert ben.answer.status_code == 200
    assert "3 of 3 votes left" in ben.text
    assert "A heading that is not shown at the moment." in ben.text
    assert "of yours" not in ben.text


async def test_a_blind_room_votes_on_what_was_revealed(
    installation: Installation, meeting: Meeting, ben: Phone, findings: list[UUID]
) -> None:
    await set_group(installation, meeting, is_blind=True)
    await ben.open("/votes")
    assert "There is nothing to vote on yet" in ben.text
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        await reveal_themes(db, group, [meeting.themes[1].id])
    await ben.open("/votes")
    assert "Ask the children" in ben.text
    assert "Send papers early" not in ben.text


async def test_a_finding_that_has_gone_is_said_to_be(ben: Phone, findings: list[UUID]) -> None:
    await ben.open("/votes")
    await ben.send("/votes", finding=str(uuid4()), client_id=str(uuid4()))
    assert "has been taken away meanwhile" in ben.text
    await ben.send_by_script("/votes", finding="nonsense", client_id="")
    assert ben.answer.status_code == 409


async def test_a_phone_that_has_not_joined_goes_to_the_door(ben: Phone) -> None:
    for path in ("/votes", "/scale", f"{ben.theme()}/others"):
        assert "Where are you from?" in (await ben.open(path)).text
    assert "Where are you from?" in (await ben.send("/votes", finding=str(uuid4()), client_id=str(uuid4()))).text
