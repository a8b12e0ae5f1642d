"""How answers from 0 to 10 are spread: median, range, and where each dot of the plot stands. Never who gave which."""

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

LOWEST, HIGHEST = 0, 10
# With fewer answers everybody who gave one could work out the others'.
FEWEST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot of the plot: over which value, and the how-manieth from below (0 is the lowest)."""

    value: int
    height: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The answers in numbers; ``counts`` has every value from 0 to 10."""

    answers: int
    median: float
    lowest: int
    highest: int
    counts: tuple[tuple[int, int], ...]

    @property
    def dots(self) -> list[Dot]:
        """One for each answer, those of one value above each other."""
        return [Dot(value, height) for value, count in self.counts for height in range(count)]

    @property
    def tallest(self) -> int:
        """How many answers the most frequent value has."""
        return max(count for _, count in self.counts)

    @property
    def shown_median(self) -> str:
        """“6”, “6.5”."""
        return f"{self.median:g}"


def spread_of(values: Iterable[int], fewest: int = 1) -> Spread | None:
    """The spread of ``values`` (each from 0 to 10); None when there are fewer than ``fewest``, or none at all."""
    in_order = sorted(values)
    if len(in_order) < max(fewest, 1):
        return None
    counted = Counter(in_order)
    return Spread(
        answers=len(in_order),
        median=statistics.median(in_order),
        lowest=in_order[0],
        highest=in_order[-1],
        counts=tuple((value, counted[value]) for value in range(LOWEST, HIGHEST + 1)),
    )


# The plot in units of its own: a place for each value, dots that touch neither those beside nor those below.
PLACE, ROW, MARGIN, ROOM, FEWEST_ROWS = 40, 36, 20, 252, 5


@dataclass(frozen=True, slots=True)
class Plot:
    """A spread as a dot plot: ``dots`` are the centres (x, y), y downwards; the axis lies at ``floor``."""

    dots: tuple[tuple[float, float], ...]
    width: int
    floor: float
    radius: tuple[float, float]
    median: float
    lowest: float
    highest: float


def plot_of(spread: Spread, tallest: int = 0) -> Plot:
    """Where everything stands. ``tallest``: of several plots side by side the most answers of one value."""
    rows = max(spread.tallest, tallest, FEWEST_ROWS)
    row = min(ROW, ROOM / rows)
    floor = row * rows
    return Plot(
        dots=tuple((place_of(dot.value), floor - row * (dot.height + 0.5)) for dot in spread.dots),
        width=PLACE * HIGHEST + 2 * MARGIN,
        floor=floor,
        radius=(ROW * 0.42, row * 0.42),
        median=place_of(spread.median),
        lowest=place_of(spread.lowest),
        highest=place_of(spread.highest),
    )


def place_of(value: float) -> float:
    """Where a value stands on the axis."""
    return MARGIN + PLACE * value
