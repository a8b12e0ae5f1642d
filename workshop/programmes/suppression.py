"""Which agency may stand beside words, and which counts of a published table must not be shown.

Both rules are those of the product's privacy notice (docs/privacy.md): below the programme's minimum count of people
nobody but the coordinator sees words beside an agency, and a published breakdown of what was said hides every count
under the minimum together with all from which it could be worked out.
"""

import heapq
import itertools
from collections import deque
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
    network, safe = _Network(counts), set[Place]()
    for place in sorted(hidden, key=lambda place: (counts[place], str(place))):
        if place not in safe:
            # Whatever is on a cycle with it is as safe as it is: one search serves several counts.
            cycle = network.cycle_through(place, hidden)
            hidden |= cycle
            safe |= cycle
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


class _Network:
    """The sums as nodes, the counts as ways between them."""

    def __init__(self, counts: Mapping[Place, int]) -> None:
        self._counts = counts
        self._ways: dict[Node, list[tuple[Node, Place]]] = {}
        for place, count in counts.items():
            for tail, head in _directions(place, count):
                self._ways.setdefault(tail, []).append((head, place))

    def cycle_through(self, place: Place, hidden: set[Place]) -> set[Place]:
        """The counts of the cheapest cycle through ``place``: adding one to it, or taking one from it."""
        start, end = _ends(place)
        routes = [(end, start), (start, end)][: min(self._counts[place], 2)]
        for begin, goal in routes:
            if free := self._free_path(begin, goal, place, hidden):
                return {place, *free}
        cheapest = min((self._cheapest_path(*route, place, hidden) for route in routes), key=lambda found: found[0])
        return {place, *cheapest[1]}

    def _free_path(self, start: Node, goal: Node, without: Place, hidden: set[Place]) -> list[Place]:
        """A way over what is hidden already, the one with the fewest counts; empty when there is none."""
        came_by: dict[Node, tuple[Node, Place]] = {}
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            for head, place in self._ways.get(node, []):
                if place in hidden and place != without and head not in came_by and head != start:
                    came_by[head] = (node, place)
                    if head == goal:
                        return _way_back(start, goal, came_by)
                    waiting.append(head)
        return []

    def _cheapest_path(self, start: Node, goal: Node, without: Place, hidden: set[Place]) -> tuple[int, list[Place]]:
        """Dijkstra's, over what is hidden (free) and what could be; no way at all costs more than anything."""
        costs = {start: 0}
        came_by: dict[Node, tuple[Node, Place]] = {}
        order = itertools.count()  # so that equal costs never compare nodes
        waiting = [(0, next(order), start)]
        while waiting:
            cost, _, node = heapq.heappop(waiting)
            if node == goal:
                return cost, _way_back(start, goal, came_by)
            for head, place in self._ways.get(node, []):
                price = cost + (0 if place in hidden else _price(place, self._counts[place]))
                if place != without and price < costs.get(head, price + 1):
                    costs[head] = price
                    came_by[head] = (node, place)
                    heapq.heappush(waiting, (price, next(order), head))
        return GRAND_TOTAL**2, []


def _way_back(start: Node, goal: Node, came_by: Mapping[Node, tuple[Node, Place]]) -> list[Place]:
    path, node = [], goal
    while node != start:
        node, place = came_by[node]
        path.append(place)
    return path


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
