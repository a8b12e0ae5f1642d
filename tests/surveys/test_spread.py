"""The spread of a practice scale."""

import statistics
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workshop.surveys.spread import FEWEST_SHOWN, ROOM, plot_of, spread_of

VALUES = st.lists(st.integers(0, 10), min_size=1, max_size=300)


def test_the_median_of_an_even_number_lies_between_two() -> None:
    spread = spread_of([3, 4, 7, 10])
    assert spread is not None
    assert spread.shown_median == "5.5"
    assert (spread.lowest, spread.highest, spread.answers) == (3, 10, 4)


def test_a_whole_median_has_no_point() -> None:
    spread = spread_of([6, 6])
    assert spread is not None
    assert spread.shown_median == "6"


def test_with_fewer_answers_than_wanted_there_is_no_spread() -> None:
    assert spread_of([]) is None
    assert spread_of([1, 2], FEWEST_SHOWN) is None
    assert spread_of([1, 2, 3], FEWEST_SHOWN) is not None


@given(VALUES)
def test_every_answer_is_one_dot_and_nothing_else_is(values: list[int]) -> None:
    spread = spread_of(values)
    assert spread is not None
    assert sum(count for _, count in spread.counts) == len(values) == len(spread.dots) == spread.answers
    assert [value for value, _ in spread.counts] == list(range(11))
    assert sorted(dot.value for dot in spread.dots) == sorted(values)
    assert spread.lowest <= spread.median <= spread.highest
    assert spread.median == statistics.median(values)


@given(VALUES)
def test_the_order_of_answers_tells_nothing(values: list[int]) -> None:
    assert spread_of(values) == spread_of(sorted(values, reverse=True))


@given(VALUES, st.integers(0, 400))
def test_no_dot_lies_on_another_or_outside(values: list[int], tallest: int) -> None:
    spread = spread_of(values)
    assert spread is not None
    plot = plot_of(spread, tallest)
    across, up = plot.radius
    assert len(set(plot.dots)) == len(values)
    for x, y in plot.dots:
        assert across <= x <= plot.width - across
        assert y - up >= 0
        assert y + up <= plot.floor <= ROOM + 1e-9
    by_place: dict[float, list[float]] = {}
    for x, y in plot.dots:
        by_place.setdefault(x, []).append(y)
    for heights in by_place.values():
        in_order = sorted(heights)
        assert all(above - below >= 2 * up for below, above in pairwise(in_order))
    assert plot.lowest <= plot.median <= plot.highest
