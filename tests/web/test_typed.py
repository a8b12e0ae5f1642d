"""What somebody typed is read as it was meant, or has an error beside it: never a crash, never a guess."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.focus_groups.models import Mode
from workshop.web.filters import uk_time
from workshop.web.typed import Typed

ANYTHING = st.text()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2:30pm", dt.time(14, 30)),
        ("2.30 PM", dt.time(14, 30)),
        ("14:30", dt.time(14, 30)),
        ("9am", dt.time(9)),
        ("12am", dt.time(0)),
        ("12 p.m.", dt.time(12)),
        ("00:00", dt.time(0)),
        ("", None),
    ],
)
def test_times_as_people_type_them(typed: str, expected: dt.time | None) -> None:
    reading = Typed()
    assert reading.time("at", typed) == expected
    assert reading.errors == {}


@pytest.mark.parametrize("typed", ["2", "14", "13pm", "0am", "24:00", "9:60", "noon", "2:3", "-1:30", "2m", "2:30m"])
def test_a_time_that_could_be_another_is_refused(typed: str) -> None:
    reading = Typed()
    assert reading.time("at", typed) is None
    assert "at" in reading.errors


@given(st.times().map(lambda time: time.replace(second=0, microsecond=0, fold=0)))
def test_a_shown_time_reads_back(time: dt.time) -> None:
    assert Typed().time("at", uk_time(time)) == time


@given(st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(2999, 12, 31)))
def test_a_day_reads_back(day: dt.date) -> None:
    assert Typed().day("on", (str(day.day), str(day.month), str(day.year))) == day


@given(ANYTHING, ANYTHING, ANYTHING)
def test_anything_typed_gets_a_value_or_an_error(first: str, second: str, third: str) -> None:
    reading = Typed()
    day = reading.day("day", (first, second, third), missing="Enter it")
    assert (day is None) is ("day" in reading.errors)
    reading.time("time", first)
    address = reading.web_address("address", second)
    assert not address or "address" in reading.errors or address.startswith(("http://", "https://", "HTTP"))
    assert 1 <= reading.number("number", third, 1, 9) <= 9
    assert "\n" not in reading.line("line", first)
    reading.email("email", second)
    reading.choice("mode", third, Mode, "Choose")


@pytest.mark.parametrize(
    ("typed", "is_read"),
    [
        ("https://example.org/privacy?x=1#y", True),
        ("HTTPS://EXAMPLE.ORG", True),
        ("", True),
        ("example.org", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://exa mple.org", False),
        ('https://example.org/"onclick="', False),
        ("http://[::1", False),
        ("data:text/html,x", False),
    ],
)
def test_a_link_leads_to_the_web(typed: str, *, is_read: bool) -> None:
    reading = Typed()
    reading.web_address("link", typed)
    assert (not reading.errors) is is_read


def test_a_moment_is_in_london_and_needs_a_day() -> None:
    reading = Typed()
    summer = reading.moment("until", dt.date(2026, 7, 1), None, dt.time(23, 59))
    assert summer is not None
    assert summer.astimezone(dt.UTC) == dt.datetime(2026, 7, 1, 22, 59, tzinfo=dt.UTC)
    assert reading.moment("from", None, dt.time(9), dt.time(0)) is None
    assert reading.errors == {"from": "Enter the day too"}
