"""How dates, numbers and telephone numbers read."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from workshop.web.filters import NaiveDatetime, is_web_address, number, plural, tel_links, uk_date, uk_datetime, uk_time


def test_dates_and_times_are_londons() -> None:
    assert uk_date(date(2017, 3, 3)) == "3 March 2017"
    assert uk_datetime(datetime(2017, 3, 3, 14, 30, tzinfo=UTC)) == "3 March 2017, 2:30pm"
    assert uk_datetime(datetime(2017, 6, 30, 23, 5, tzinfo=UTC)) == "1 July 2017, 12:05am"
    assert uk_date(datetime(2017, 6, 30, 23, 5, tzinfo=UTC)) == "1 July 2017"
    assert uk_time(datetime(2017, 1, 1, 12, 0, tzinfo=UTC)) == "12pm"


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(NaiveDatetime):
        uk_time(datetime(2017, 1, 1, 12, 0))  # noqa: DTZ001 (the mistake itself)


def test_numbers_and_plurals() -> None:
    assert number(1234) == "1,234"
    assert plural(1, "point") == "1 point"
    assert plural(0, "point") == "0 points"
    assert plural(1234, "agency", "agencies") == "1,234 agencies"


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("0300 470 9100", "03004709100"),
        ("(01483) 517898", "01483517898"),
        ("01483-517-898", "01483517898"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("Childline 0800 1111.", "08001111"),
        ("116 123", "116123"),
        ("999", "999"),
        ("police on 101, any time", "101"),
    ],
)
def test_telephone_numbers_can_be_dialled(text: str, dialled: str) -> None:
    assert f'href="tel:{dialled}"' in tel_links(text)


@pytest.mark.parametrize("text", ["2017-03-02", "101 High Street", "9am-5pm", "24/7", "3 March 2017", "A0123456789"])
def test_other_numbers_are_left_alone(text: str) -> None:
    assert tel_links(text) == escape(text)


@given(st.text(alphabet=st.sampled_from("0123456789+-() <>&\n\"'aé"), max_size=60))
def test_links_add_nothing_to_the_words(text: str) -> None:
    assert tel_links(text).striptags() == escape(text).striptags()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//host", "words", ""]
)
def test_what_is_no_web_address_is_no_link(address: str) -> None:
    assert not is_web_address(address)
    assert is_web_address("HTTPS://example.org/privacy")
