"""The invitation to a focus group: words for a chat, and an iCalendar file that says exactly what it was given."""

import datetime as dt
import re
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workshop.exports.invitation import Invitation, calendar_file, chat_text
from workshop.focus_groups.models import FocusGroup
from workshop.programmes import privacy
from workshop.programmes.models import Programme
from workshop.text import normalised

local = dt.datetime.fromisoformat
LONDON = ZoneInfo("Europe/London")
AT = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cs"])).map(normalised)
LINES = TEXTS.map(lambda text: " ".join(text.splitlines()))


def invitation(
    code: str = "ABC 123", length: dt.timedelta = dt.timedelta(hours=2), purpose: str = "", **group: Any
) -> Invitation:
    values: dict[str, Any] = {"programme_id": uuid4(), "label": "North East", "date": dt.date(2026, 11, 20)} | group
    programme = Programme(
        partnership_id=uuid4(),
        title=values.pop("title", "Core groups"),
        purpose=purpose,
        safeguarding_contacts=values.pop("contacts", "Front door: 01632 960 100"),
    )
    link, address = "https://workshop.example/j/abc", "workshop.example"
    return Invitation(FocusGroup(**values), programme, link, address, code, length)


def part_of(file: bytes, name: str) -> Any:
    import icalendar

    [part] = icalendar.Calendar.from_ical(file).walk(name)
    return part


def event_of(file: bytes) -> Any:
    return part_of(file, "VEVENT")


def text_of(file: bytes, name: str) -> str:
    """A TEXT value as RFC 5545 has it read: unfolded (3.1), then unescaped (3.3.11)."""
    unfolded = re.sub(r"\r\n[ \t]", "", file.decode())
    [value] = re.findall(rf"^{name}:(.*?)\r$", unfolded, re.MULTILINE | re.DOTALL)
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value, flags=re.DOTALL)


def test_the_chat_text_has_link_code_and_who_sees_what() -> None:
    wanted = invitation()
    text = chat_text(wanted)
    assert text.startswith("Core groups: North East\n")
    assert "https://workshop.example/j/abc" in text
    assert "workshop.example and type in the code ABC 123" in text
    for sentence in privacy.who_sees_what(wanted.programme, is_blind=False):
        assert sentence in text
    assert "Please write no names of children or families. This is not a referral." in text
    assert text.endswith("Front door: 01632 960 100\nIf a child is in immediate danger, call 999.")
    assert "code" not in chat_text(invitation(code=""))
    assert "your safeguarding lead" in chat_text(invitation(contacts=""))


def test_a_meeting_at_a_time_is_in_london_and_as_long_as_planned() -> None:
    wanted = invitation(starts_at=dt.time(14, 30), length=dt.timedelta(minutes=150), place="Town Hall, room 2")
    event = event_of(calendar_file(wanted, AT))
    assert event["dtstart"].dt == dt.datetime(2026, 11, 20, 14, 30, tzinfo=LONDON)
    assert event["dtstart"].params["TZID"] == "Europe/London"
    assert event["duration"].dt == dt.timedelta(minutes=150)
    assert event["dtstamp"].dt == AT
    assert event["summary"] == "Core groups: North East"
    assert event["location"] == "Town Hall, room 2"
    assert "url" not in event
    assert "https://workshop.example/j/abc" in event["description"]
    assert "ABC 123" not in event["description"]  # a code changes whenever a group is opened


def test_a_meeting_without_a_time_takes_the_whole_day() -> None:
    file = calendar_file(invitation(), AT)
    event = event_of(file)
    assert event["dtstart"].dt == dt.date(2026, 11, 20)
    assert "duration" not in event
    assert b"VTIMEZONE" not in file


def test_a_video_calls_link_is_where_it_is_and_its_address() -> None:
    event = event_of(calendar_file(invitation(meeting_link="https://meet.example/x?y=1,2;z"), AT))
    assert event["url"] == "https://meet.example/x?y=1,2;z"
    assert event["location"] == "https://meet.example/x?y=1,2;z"
    assert "Meeting: https://meet.example/x?y=1,2;z" in event["description"]
    both = event_of(calendar_file(invitation(meeting_link="https://meet.example", place="Town Hall"), AT))
    assert (both["location"], both["url"]) == ("Town Hall", "https://meet.example")
    dialled = event_of(calendar_file(invitation(meeting_link="Dial 01632 960 555"), AT))
    assert dialled["location"] == "Dial 01632 960 555"
    assert "url" not in dialled


def test_the_entry_keeps_its_uid_when_the_meeting_is_moved() -> None:
    group_id = UUID("5b1a2b6e-8a7f-4a52-9a3e-6f0c5d1b2a34")
    first = event_of(calendar_file(invitation(id=group_id), AT))
    moved = invitation(id=group_id, date=dt.date(2026, 12, 4), label="Moved")
    assert first["uid"] == event_of(calendar_file(moved, AT))["uid"] == str(group_id)


@given(st.datetimes(local("1997-01-01"), local("2037-12-31")))
@example(local("2026-03-29T02:30"))
@example(local("2026-10-25T03:00"))
def test_its_time_zone_agrees_with_the_time_zone_database(moment: dt.datetime) -> None:
    file = calendar_file(invitation(date=moment.date(), starts_at=moment.time().replace(microsecond=0)), AT)
    zone = part_of(file, "VTIMEZONE")
    here = moment.replace(tzinfo=LONDON)
    is_there_once = here.replace(fold=0).utcoffset() == here.replace(fold=1).utcoffset()
    if is_there_once:
        assert moment.replace(tzinfo=zone.to_tz(lookup_tzid=False)).utcoffset() == here.utcoffset()


@given(LINES, LINES, LINES, TEXTS, LINES)
@example("END:VEVENT", "a\\Nb", "x;y,z", "BEGIN:VALARM\nEND:VALARM\n\\", "https://x.example\r\nATTACH:y")
def test_any_words_come_back_and_none_is_a_property(
    title: str, label: str, place: str, purpose: str, meeting_link: str
) -> None:
    wanted = invitation(title=title, label=label, place=place, purpose=purpose, meeting_link=meeting_link)
    file = calendar_file(wanted, AT)
    assert text_of(file, "SUMMARY") == wanted.title
    if place or meeting_link:
        assert text_of(file, "LOCATION") == (place or meeting_link).replace("\r\n", "\n")
    assert text_of(file, "DESCRIPTION").startswith(f"{purpose}\n\n" if purpose else "")
    event = event_of(file)
    assert set(event) <= {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "LOCATION", "URL"}
    assert not event.subcomponents
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://x.example/\r\nATTENDEE:y", "https://x y"])
def test_what_is_no_web_address_is_no_url(link: str) -> None:
    assert "url" not in event_of(calendar_file(invitation(meeting_link=link), AT))
