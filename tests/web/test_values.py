"""Ids and numbers that pages send back: read, or counted as not sent, whatever was sent."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.web.values import MOST, read_id, read_ids, whole_number


@given(st.integers(min_value=0, max_value=MOST))
def test_a_number_is_read_up_to_the_most(number: int) -> None:
    assert whole_number(str(number)) == number
    assert whole_number(str(number), number) == number
    assert whole_number(str(number + 1), number) is None


@pytest.mark.parametrize("sent", ["", " 1", "-1", "+1", "1.0", "²", "٣", "many", "9" * 19, "1" * 10_000])
def test_what_is_no_number_is_none(sent: str) -> None:
    assert whole_number(sent) is None


@given(st.text())
def test_whatever_is_sent_is_an_id_or_none(sent: str) -> None:
    assert read_id(sent) is None or isinstance(read_id(sent), UUID)
    assert whole_number(sent) is None or sent.isdecimal()


def test_ticked_boxes_are_read_each_once() -> None:
    one, other = uuid4(), uuid4()
    assert read_ids(str(one)) == [one]
    assert read_ids([str(other), "x", str(one), str(other)]) == [other, one]
    assert read_ids("") == []
