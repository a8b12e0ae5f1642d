"""The whole way of a practitioner without JavaScript, from the QR code to the thank-you."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import COLUMNS, Phone, set_group
from workshop.contributions.models import Contribution
from workshop.database import now
from workshop.focus_groups.models import Participant
from workshop.focus_groups.queries import people_of_participants
from workshop.programmes.models import Programme

pytestmark = pytest.mark.anyio
PhoneIn = Callable[[Meeting], Phone]
LAST = datetime(9999, 12, 31, tzinfo=UTC)


async def participants(here: Installation) -> list[Participant]:
    async with here.database.reading() as db:
        return list(await db.exec(select(Participant)))


async def test_from_the_link_to_the_thank_you(installation: Installation, meeting: Meeting, ben: Phone) -> None:
    await ben.open()
    assert ben.answer.status_code == 200
    await ben.send("", client_id=ben.field("client_id"), agency=str(meeting.agencies[1].id))
    assert "Choose a theme" in ben.html
    assert ben.text.count("Nothing yet") == len(meeting.themes)
    for column in COLUMNS:
        await ben.add(f"Something that is about {column}.", column=column)
        assert "Saved" in ben.html
    assert ben.points() == [f"Something that is about {column}." for column in COLUMNS]
    await ben.open("/themes")
    assert "3 points" in ben.text
    await ben.open("/finish")
    assert "Finish and clear this phone?" in ben.text
    await ben.send("/finish")
    assert "Thank you" in ben.text
    assert "What happens next" in ben.text
    await ben.open("/themes")
    assert "Where are you from?" in ben.text
    async with installation.database.reading() as db:
        stored = list(await db.exec(select(Contribution)))
    assert len(stored) == 3


async def test_first_page_says_everything_before_anything_is_chosen(
    installation: Installation, meeting: Meeting, ben: Phone
) -> None:
    await set_group(installation, meeting, label="North East")
    await ben.open()
    before = ben.text[: ben.text.index("Where are you from?")]
    for said in (
        meeting.programme.purpose,
        "Northshire Council",
        "privacy notice",
        "at least 5 people",
        "coordinators see everything",
        "90 days after",
        "no names of children or families",
        "This is not a referral",
        "01632 960 100",
    ):
        assert said in before
    assert "only person here from your agency" in ben.text
    assert "anonym" not in ben.text.lower()


async def test_first_page_is_light_and_needs_no_script(ben: Phone) -> None:
    await ben.open()
    assert "<script" not in ben.html
    assert len(ben.answer.content) < 25_000
    assert ben.html.count('<link rel="stylesheet"') == 1


async def test_nobody_gets_in_by_a_wrong_link(ben: Phone) -> None:
    answer = await ben.client.get("/j/AAAAAAAAAAAAAAAAAAAAAA")
    assert answer.status_code == 404


async def test_no_agency_chosen_keeps_the_other_answers(
    installation: Installation, meeting: Meeting, ben: Phone
) -> None:
    async with installation.database.writing() as db:
        programme = await db.get(Programme, meeting.programme.id)
        assert programme is not None
        programme.asks_role, programme.eligibility_question = (
            True,
            "Did you attend a core group in the last six months?",
        )
    await ben.open()
    assert "Are you a practitioner or a manager?" in ben.text
    client_id = ben.field("client_id")
    await ben.send("", client_id=client_id, role="manager", eligibility="yes")
    assert ben.answer.status_code == 422
    assert "<title>Error: " in ben.html
    assert ben.field("client_id") == client_id
    assert ben.html.count(" checked") == 2
    await ben.send("", client_id=client_id, role="manager", eligibility="yes", agency="unsaid")
    [participant] = await participants(installation)
    assert (participant.role, participant.eligibility, participant.unsaid) == ("manager", "yes", 1)


async def test_answers_that_nobody_asked_for_are_not_kept(installation: Installation, ben: Phone) -> None:
    await ben.send("", agency="unsaid", role="manager", eligibility="yes")
    [participant] = await participants(installation)
    assert (participant.role, participant.eligibility) == (None, None)


async def test_a_place_is_kept_for_a_month_after_the_link_ends_however_late_that_is(
    installation: Installation, meeting: Meeting, ben: Phone
) -> None:
    await ben.open()
    for open_until, days in ((None, 30), (now() + timedelta(days=5, minutes=1), 35), (LAST, 2_000_000)):
        await set_group(installation, meeting, open_until=open_until)
        installation.database.changes_for_phones += 1
        answer = await ben.client.post(ben.link, data={"client_id": ben.field("client_id"), "agency": "unsaid"})
        assert answer.status_code == 303
        kept = re.search(r"Max-Age=(\d+)", answer.headers["set-cookie"])
        assert kept
        whole_days = int(kept[1]) // 86_400
        assert whole_days > days if open_until is LAST else whole_days == days


async def test_a_double_tap_on_start_joins_once(installation: Installation, ben: Phone) -> None:
    await ben.open()
    client_id = ben.field("client_id")
    first = await ben.client.post(ben.link, data={"client_id": client_id, "agency": "unsaid"})
    second = await ben.client.post(ben.link, data={"client_id": client_id, "agency": "unsaid"})
    assert first.status_code == second.status_code == 303
    assert first.headers["set-cookie"].split(";")[0] == second.headers["set-cookie"].split(";")[0]
    assert len(await participants(installation)) == 1


async def test_going_back_and_choosing_again_changes_where_one_is_from(
    installation: Installation, meeting: Meeting, ben: Phone
) -> None:
    await ben.join(str(meeting.agencies[0].id))
    await ben.open("?change=yes")
    assert "Change where you are from" in ben.html
    assert ben.html.count(" checked") == 1
    await ben.send("", client_id=ben.field("client_id"), agency=str(meeting.agencies[2].id))
    async with installation.database.reading() as db:
        people = await people_of_participants(db, meeting.focus_group.id)
    assert list(people.values()) == [{meeting.agencies[2].id: 1}]


async def test_another_person_takes_over_a_shared_phone(installation: Installation, ben: Phone) -> None:
    await ben.join()
    await ben.add("Ben's own words.")
    await ben.open()
    assert "You have joined on this phone" in ben.text
    await ben.open("?another=yes")
    await ben.send("", client_id=ben.field("client_id"))
    assert "Choose where you are from" in ben.text
    assert "Somebody else is joining on this phone" in ben.text
    await ben.send("", client_id=ben.field("client_id"), agency="unsaid")
    assert "data-clear" in ben.html
    await ben.open(ben.theme())
    assert ben.points() == []
    assert len(await participants(installation)) == 2


async def test_a_table_says_how_many_people_of_which_agencies(
    installation: Installation, meeting: Meeting, ben: Phone
) -> None:
    await ben.open("/table")
    police, health = (f"people-{meeting.agencies[place].id}" for place in (1, 4))
    client_id = ben.field("client_id")
    await ben.send("/table", client_id=client_id, **{police: "two", health: "4"})
    assert ben.answer.status_code == 422
    assert 'value="two"' in ben.html
    assert 'value="4"' in ben.html
    await ben.send("/table", client_id=client_id, **{police: "2", health: "4"}, unsaid="1")
    assert "Choose a theme" in ben.text
    [participant] = await participants(installation)
    async with installation.database.reading() as db:
        people = await people_of_participants(db, meeting.focus_group.id)
    assert people == {participant.id: {meeting.agencies[1].id: 2, meeting.agencies[4].id: 4}}
    assert participant.unsaid == 1
    await ben.open("/table")
    assert 'value="4"' in ben.html
    assert ben.field("client_id") == client_id


@pytest.mark.parametrize("typed", ["", "0", "201", "-1", "1e2", "٣", "9" * 5000])
async def test_a_table_of_nobody_or_of_too_many_is_refused(
    installation: Installation, meeting: Meeting, ben: Phone, typed: str
) -> None:
    await ben.send("/table", **{f"people-{meeting.agencies[1].id}": typed})
    assert ben.answer.status_code == 422
    assert not await participants(installation)


async def test_cookie_of_one_group_opens_no_other(installation: Installation, ben: Phone, phone_in: PhoneIn) -> None:
    from tests.conftest import make_meeting  # noqa: PLC0415 (a second meeting is wanted here alone)

    other = await make_meeting(installation, "Northshire", "Core groups 2027")
    await ben.join()
    [cookie] = ben.client.cookies.jar
    elsewhere = phone_in(other)
    elsewhere.client.cookies.set(f"place-{other.focus_group.id.hex[:8]}", cookie.value or "")
    await elsewhere.open("/themes")
    assert "Where are you from?" in elsewhere.text
    await elsewhere.send(f"{elsewhere.theme()}/contributions", column="working_well", text="Not one of you.")
    assert elsewhere.answer.status_code == 403


async def test_safeguarding_contacts_are_on_every_page(ben: Phone) -> None:
    await ben.open("/table")
    assert "01632 960 100" in ben.text
    await ben.join()
    await ben.add("One point.")
    point = f"/contributions/{ben.point_ids()[0]}"
    for path in (
        "",
        "?another=yes",
        "/themes",
        ben.theme(),
        point,
        f"{point}/removal",
        "/finish",
        "/finish?cleared=yes",
    ):
        await ben.open(path)
        assert ben.answer.status_code == 200
        assert "01632 960 100" in ben.text, path
