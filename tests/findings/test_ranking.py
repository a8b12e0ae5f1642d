"""Ties are ties."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workshop.findings.ranking import ranked

VOTES = st.dictionaries(st.integers(), st.integers(0, 6), max_size=30)


def test_those_with_as_many_votes_share_a_rank_and_the_next_is_left_out() -> None:
    placed = ranked({"a": 1, "b": 4, "c": 2, "d": 2, "e": 0, "f": 1})
    assert [(each.key, each.place) for each in placed] == [
        ("b", "1"),
        ("c", "2 ="),
        ("d", "2 ="),
        ("a", "4 ="),
        ("f", "4 ="),
        ("e", ""),
    ]


def test_without_votes_nobody_has_a_place() -> None:
    assert [each.place for each in ranked({"a": 0, "b": 0})] == ["", ""]


@given(VOTES)
def test_a_rank_counts_those_with_more_votes(votes: dict[int, int]) -> None:
    placed = ranked(votes)
    assert [each.votes for each in placed] == sorted(votes.values(), reverse=True)
    assert {each.key: each.votes for each in placed} == votes
    for each in placed:
        more = sum(count > each.votes for count in votes.values())
        assert each.rank == (more + 1 if each.votes else None)
        assert each.is_tied == (each.votes > 0 and list(votes.values()).count(each.votes) > 1)


@given(VOTES)
def test_those_that_tie_keep_their_order(votes: dict[int, int]) -> None:
    placed = ranked(votes)
    order = list(votes)
    for earlier, later in pairwise(placed):
        assert earlier.votes > later.votes or order.index(earlier.key) < order.index(later.key)
