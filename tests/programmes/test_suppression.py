"""Small counts stay small secrets: nobody works one out, and no label points at a few people."""

import itertools
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.programmes.suppression import (
    OTHER_AGENCIES,
    SuppressedTable,
    labels_in_group,
    suppress,
)

MINIMUM = 5
groups = st.dictionaries(st.sampled_from(["Police", "Housing", "Health", "Probation", "Education"]), st.integers(0, 9))
names = ("a", "b", "c")


@st.composite
def tables(draw: st.DrawFn) -> dict[tuple[str, str], int]:
    rows = names[: draw(st.integers(1, 3))]
    columns = names[: draw(st.integers(1, 3))]
    return {(row, column): draw(st.integers(0, 7)) for row in rows for column in columns}


@given(groups, st.integers(1, 8))
def test_a_label_stands_for_at_least_the_minimum_of_people(people: dict[str, int], minimum: int) -> None:
    labels = labels_in_group(people, minimum)
    assert set(labels) == set(people)
    for label in set(labels.values()) - {None}:
        behind = [agency for agency, given_label in labels.items() if given_label == label and people[agency]]
        assert sum(people[agency] for agency in behind) >= minimum
        assert behind == [label] or (label == OTHER_AGENCIES and len(behind) > 1)


def test_an_agency_is_itself_in_the_pot_or_nameless() -> None:
    assert labels_in_group({"Police": 5, "Housing": 4, "Probation": 1}, MINIMUM) == {
        "Police": "Police",
        "Housing": OTHER_AGENCIES,
        "Probation": OTHER_AGENCIES,
    }
    assert labels_in_group({"Police": 5, "Housing": 4}, MINIMUM) == {"Police": "Police", "Housing": None}
    assert labels_in_group({"Housing": 2, "Probation": 1}, MINIMUM) == {"Housing": None, "Probation": None}
    assert labels_in_group({"Housing": 4, "Probation": 0}, 4) == {"Housing": "Housing", "Probation": None}


@given(tables(), st.integers(1, 7))
def test_small_counts_are_hidden_and_nothing_is_where_there_is_nothing(
    table: dict[tuple[str, str], int], minimum: int
) -> None:
    shown = suppress(table, minimum)
    for place, count in table.items():
        cell = shown.cells[place]
        assert cell.count == count
        if count == 0:
            assert not cell.is_hidden
        elif count < minimum:
            assert cell.is_hidden


@settings(max_examples=300, deadline=None)
@given(tables())
def test_no_hidden_count_can_be_worked_out(table: dict[tuple[str, str], int]) -> None:
    """A reader tries every table that agrees with what is shown: two of them must differ in each hidden count."""
    shown = suppress(table, MINIMUM)
    for place, others in _what_else_it_could_be(shown).items():
        assert others, place


def test_a_lone_small_count_takes_three_more_with_it_and_leaves_the_totals() -> None:
    table = {(row, column): 9 for row in names for column in names} | {("a", "a"): 2}
    shown = suppress(table, MINIMUM)
    hidden = {place for place, cell in shown.cells.items() if cell.is_hidden}
    assert len(hidden) == 4
    assert not any(cell.is_hidden for cell in [*shown.row_totals.values(), *shown.column_totals.values(), shown.total])


def test_four_ones_are_not_given_away_by_their_totals() -> None:
    """Zeros are shown, so a reader knows that a hidden count is at least one: two ones with the sum two are known."""
    table = {(row, column): 1 for row in "ab" for column in "ab"} | {("c", "a"): 9, ("c", "b"): 9}
    for place, others in _what_else_it_could_be(suppress(table, 2)).items():
        assert others, place


def test_people_decide_where_they_are_known() -> None:
    """Thirty points by three people are three people's."""
    table = {("Police", "worries"): 30, ("Housing", "worries"): 40, ("Police", "next"): 20, ("Housing", "next"): 25}
    people: dict[tuple[str | None, str | None], int] = {("Police", "worries"): 3, ("Housing", "worries"): 8}
    shown = suppress(table, MINIMUM, people)
    assert shown.cells["Police", "worries"].is_hidden
    assert shown.cells["Housing", "next"].is_hidden  # the last corner of what would give it away
    assert not shown.total.is_hidden


def test_an_empty_table_is_empty() -> None:
    assert suppress({}, MINIMUM).cells == {}
    assert suppress({("a", "a"): 0}, MINIMUM).total.count == 0


def _what_else_it_could_be(shown: SuppressedTable) -> dict[tuple[str, str] | str, set[int]]:
    """For each hidden count (a total: by its name) the other values it has in tables that the reader cannot rule out.

    Inner counts a little above and below the true ones are tried out in full: a cycle changes each by one.
    """
    truth = _seen(shown, {place: cell.count for place, cell in shown.cells.items()})
    unseen = {place for place, cell in shown.cells.items() if cell.is_hidden}
    others: dict[tuple[str, str] | str, set[int]] = {place: set() for place in unseen}
    totals = {name: cell for name, cell in _totals(shown) if cell}
    others |= {name: set() for name in totals}
    order = sorted(unseen)
    for steps in itertools.product((-1, 0, 1), repeat=len(order)):
        tried = {place: cell.count for place, cell in shown.cells.items()}
        for place, step in zip(order, steps, strict=True):
            tried[place] += step
        if any(tried[place] < 1 for place in order) or _seen(shown, tried) != truth:
            continue
        for place in order:
            others[place] |= {tried[place]} - {shown.cells[place].count}
        sums = _sums(tried)
        for name in totals:
            others[name] |= {sums[name]} - {_sums({p: c.count for p, c in shown.cells.items()})[name]}
    return others


def _sums(counts: dict[tuple[str, str], int]) -> dict[str, int]:
    sums: dict[str, int] = {"all": sum(counts.values())}
    for (row, column), count in counts.items():
        sums[f"row {row}"] = sums.get(f"row {row}", 0) + count
        sums[f"column {column}"] = sums.get(f"column {column}", 0) + count
    return sums


def _totals(shown: SuppressedTable) -> Iterator[tuple[str, bool]]:
    yield "all", shown.total.is_hidden
    for row, cell in shown.row_totals.items():
        yield f"row {row}", cell.is_hidden
    for column, cell in shown.column_totals.items():
        yield f"column {column}", cell.is_hidden


def _seen(shown: SuppressedTable, counts: dict[tuple[str, str], int]) -> dict[str, int]:
    """What a reader would see of these counts: shown totals, and of a hidden one whether it is at least one."""
    sums = _sums(counts)
    return {name: min(sums[name], 1) if is_hidden else sums[name] for name, is_hidden in _totals(shown)}
