"""Which agency may stand beside words, and which counts of a published table must not be shown.

Both rules are those of the product's privacy notice (docs/privacy.md): below the programme's minimum count of people
nobody but the coordinator sees words beside an agency, and a published breakdown of what was said hides every count
under the minimum together with all from which it could be worked out.
"""

import heapq
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

OTHER_AGENCIES = "Other agencies"
FEWEST_OTHERS = 2

Place = tuple[str | None, str | None]  # (row, column); None stands for the total of that direction

# What hiding one more count costs: few counts before many, then small before large; a total only when nothing else
# helps, since a table without its totals says least.
INNER, TOTAL, GRAND_TOTAL = 10**6, 10**9, 10**12


def labels_in_group(people: Mapping[str, int], minimum: int) -> dict[str, str | None]:
    """What may stand beside the words of each agency in one focus group.

    ``people``: agency → its people in the group. Gives agency → itself when it has the minimum of people; else
    “Other agencies” when those under the minimum are at least two agencies and together at least the minimum; else
    None: no label at all.
    """
    few = {agency: count for agency, count in people.items() if count < minimum}
    present = [count for count in few.values() if count > 0]
    others = OTHER_AGENCIES if len(present) >= FEWEST_OTHERS and sum(present) >= minimum else None
    return {agency: others if agency in few else agency for agency in people}


@dataclass(frozen=True, slots=True)
class Cell:
    """A count of a published table; show no digit of it when it ``is_hidden``."""

    count: int
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class SuppressedTable:
    """A table that may be published with its totals."""

    cells: dict[tuple[str, str], Cell]
    row_totals: dict[str, Cell]
    column_totals: dict[str, Cell]
    total: Cell


def suppress(
    table: Mapping[tuple[str, str], int], minimum: int, people: Mapping[Place, int] | None = None
) -> SuppressedTable:
    """The table with every small count hidden, and with it enough others that none can be worked out.

    ``table``: (row, column) → the count to be shown (0 where absent). ``people``: (row, column) → how many people are
    behind that count, ``None`` in place of a row or column for a total's; without it, or where it has nothing, a
    count is its own size (points of whom nobody is known). A total whose people are not given has at least its
    largest cell's. Sizes of 1 to ``minimum`` - 1 are hidden; 0 is shown.

    Why nothing can be worked out: rows, columns and totals are the nodes of a network and counts its edges, since
    each count stands in exactly two sums with opposite signs. A reader who knows every sum and that a hidden count is
    1 or more can tell one exactly if and only if no cycle of hidden counts passes through it along which one may be
    added (always) or taken (from 2 up) alternately. So for each hidden count without such a cycle the cheapest one is
    closed; hiding more never breaks a cycle that is there.
    """
    counts = _with_totals(table)
    sizes = _sizes(counts, people)
    hidden = {place for place, count in counts.items() if count > 0 and sizes[place] < minimum}
    for place in sorted(hidden, key=lambda place: (counts[place], str(place))):
        hidden |= _cycle_through(place, counts, hidden)
    cells = {place: Cell(count, place in hidden) for place, count in counts.items()}
    return SuppressedTable(
        cells={(row, column): cell for (row, column), cell in cells.items() if row is not None and column is not None},
        row_totals={row: cell for (row, column), cell in cells.items() if row is not None and column is None},
        column_totals={column: cell for (row, column), cell in cells.items() if row is None and column is not None},
        total=cells[None, None],
    )


def _with_totals(table: Mapping[tuple[str, str], int]) -> dict[Place, int]:
    rows = list(dict.fromkeys(row for row, _ in table))
    columns = list(dict.fromkeys(column for _, column in table))
    counts: dict[Place, int] = {(row, column): table.get((row, column), 0) for row in rows for column in columns}
    for row in rows:
        counts[row, None] = sum(counts[row, column] for column in columns)
    for column in columns:
        counts[None, column] = sum(counts[row, column] for row in rows)
    counts[None, None] = sum(table.values())
    return counts


def _sizes(counts: Mapping[Place, int], people: Mapping[Place, int] | None) -> dict[Place, int]:
    if people is None:
        return dict(counts)
    sizes = {place: people.get(place, 0) or count for place, count in counts.items() if None not in place}
    for row, column in counts:
        if row is None or column is None:
            parts = [size for (r, c), size in sizes.items() if row in {None, r} and column in {None, c}]
            sizes[row, column] = people.get((row, column), 0) or max(parts, default=0)
    return sizes


# A node is the sum of a row or of a column; (“row”, None) is the sum of the column totals.
Node = tuple[str, str | None]


def _ends(place: Place) -> tuple[Node, Node]:
    """From where to where one more of this count flows, so that each sum stays true around a cycle."""
    row, column = place
    ends = ("row", row), ("column", column)
    return ends if (row is None) is (column is None) else (ends[1], ends[0])


def _cycle_through(place: Place, counts: Mapping[Place, int], hidden: set[Place]) -> set[Place]:
    """The counts of the cheapest cycle through ``place``: adding one to it, or taking one from it."""
    start, end = _ends(place)
    found = [_cheapest_path(end, start, place, counts, hidden)]
    if counts[place] > 1:
        found.append(_cheapest_path(start, end, place, counts, hidden))
    return min(found, key=lambda path: path[0])[1]


def _cheapest_path(
    start: Node, goal: Node, without: Place, counts: Mapping[Place, int], hidden: set[Place]
) -> tuple[int, set[Place]]:
    """Dijkstra's, over what is hidden (free) and what could be; no way at all costs more than anything."""
    ways = _ways(without, counts, hidden)
    best: dict[Node, int] = {}
    tried = itertools.count()  # so that equal costs never compare nodes
    waiting: list[tuple[int, int, Node, frozenset[Place]]] = [(0, next(tried), start, frozenset())]
    while waiting:
        cost, _, node, path = heapq.heappop(waiting)
        if node == goal:
            return cost, set(path)
        if node in best:
            continue
        best[node] = cost
        for head, place, price in ways.get(node, []):
            heapq.heappush(waiting, (cost + price, next(tried), head, path | {place}))
    return GRAND_TOTAL**2, set()


def _ways(without: Place, counts: Mapping[Place, int], hidden: set[Place]) -> dict[Node, list[tuple[Node, Place, int]]]:
    ways: dict[Node, list[tuple[Node, Place, int]]] = {}
    for place, count in counts.items():
        if place != without:
            price = 0 if place in hidden else _price(place, count)
            for tail, head in _directions(place, count):
                ways.setdefault(tail, []).append((head, place, price))
    return ways


def _directions(place: Place, count: int) -> Iterator[tuple[Node, Node]]:
    tail, head = _ends(place)
    if count > 0:
        yield tail, head
    if count > 1:
        yield head, tail


def _price(place: Place, count: int) -> int:
    if place == (None, None):
        return GRAND_TOTAL + count
    return (TOTAL if None in place else INNER) + count
