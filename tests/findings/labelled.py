"""Points of our own words, each with the finding that people put it in, and how near proposals come to that."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from workshop.findings.suggestions import Said

FILE = Path(__file__).with_name("labelled_points.csv")
# Two themes in which the threshold was looked for, and two others in which it is measured.
TUNING_THEMES = ("Core groups: administration", "Unborn children and babies")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A point, and the finding it belongs to: empty for one that stands alone."""

    said: Said
    finding: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of all pairs of points: how many of the proposed ones belong together, how many that do were proposed."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def labelled_points() -> list[Labelled]:
    """All of them."""
    with FILE.open(newline="") as file:
        return [
            Labelled(Said(row["theme"], row["column"], row["text"]), row["finding"]) for row in csv.DictReader(file)
        ]


def halves() -> tuple[list[Labelled], list[Labelled]]:
    """The tuning half and the other."""
    points = labelled_points()
    return (
        [point for point in points if point.said.theme in TUNING_THEMES],
        [point for point in points if point.said.theme not in TUNING_THEMES],
    )


def agreement(points: Sequence[Labelled], groups: Iterable[Sequence[int]]) -> Agreement:
    """Compare ``groups`` of indices with the findings that the points are labelled with."""
    findings: dict[tuple[str, str, str], list[int]] = {}
    for index, point in enumerate(points):
        if point.finding:
            findings.setdefault((point.said.theme, point.said.column, point.finding), []).append(index)
    wanted = {pair for members in findings.values() for pair in combinations(members, 2)}
    proposed = {pair for group in groups for pair in combinations(sorted(group), 2)}
    right = len(wanted & proposed)
    return Agreement(right / len(proposed) if proposed else 1.0, right / len(wanted))
