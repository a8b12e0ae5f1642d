"""Once somebody has joined, the minimum only rises and the deletion only comes nearer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.programmes.promises import PromiseBroken, refuse_later_deletion, refuse_lower_minimum

COUNTS = st.integers(1, 4000)


@given(COUNTS, COUNTS)
def test_before_anybody_joined_nothing_is_promised(before: int, after: int) -> None:
    refuse_lower_minimum(before, after, has_anyone_joined=False)
    refuse_later_deletion(before, after, has_anyone_joined=False)


@given(COUNTS, COUNTS)
def test_afterwards_a_promise_is_kept_or_bettered(before: int, after: int) -> None:
    for rule, is_worse in ((refuse_lower_minimum, after < before), (refuse_later_deletion, after > before)):
        if is_worse:
            with pytest.raises(PromiseBroken):
                rule(before, after, has_anyone_joined=True)
        else:
            rule(before, after, has_anyone_joined=True)
