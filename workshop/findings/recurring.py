"""Points that recur across themes: said under one theme, and in much the same words under another.

A facilitator sees them marked, as Solihull's group work marks what recurs across its topics. It is worked out for every
page, so it compares stems only; groups within a column are what suggestions.py is for.
"""

from collections.abc import Sequence

from workshop.findings.suggestions import Said
from workshop.findings.wording import same_words, stems, telling

# Of the stems of both, how many they share.
MUCH_THE_SAME = 0.6
# Two points that both say "training" need not say the same.
FEWEST_STEMS = 2
# A word that so many points have tells none of them from another, and would compare everything with everything.
MOST_WITH_A_STEM = 200


def recurring(points: Sequence[Said]) -> list[frozenset[str]]:
    """For each point the other themes under which, in the same column, somebody says it too; mostly none."""
    keys = [same_words(point.text) for point in points]
    said = [frozenset(telling(stems(point.text))) for point in points]
    holders: dict[tuple[str, str], list[int]] = {}
    for index, point in enumerate(points):
        for mark in (f"={keys[index]}", *said[index]) if keys[index] else ():
            holders.setdefault((point.column, mark), []).append(index)
    found: list[set[str]] = [set() for _ in points]
    # Two long points share many stems, and are compared at the first of them only.
    compared: set[tuple[int, int]] = set()
    for (_, mark), indices in holders.items():
        if mark.startswith("="):
            _mark(points, indices, found)
        elif len(indices) <= MOST_WITH_A_STEM:
            for place, first in enumerate(indices):
                for second in indices[place + 1 :]:
                    if points[first].theme == points[second].theme or (first, second) in compared:
                        continue
                    compared.add((first, second))
                    if _are_alike(said[first], said[second]):
                        found[first].add(points[second].theme)
                        found[second].add(points[first].theme)
    return [frozenset(themes) for themes in found]


def _mark(points: Sequence[Said], indices: Sequence[int], found: list[set[str]]) -> None:
    themes = {points[index].theme for index in indices}
    for index in indices:
        found[index] |= themes - {points[index].theme}


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if min(len(one), len(other)) < FEWEST_STEMS:
        return False
    return len(one & other) >= MUCH_THE_SAME * len(one | other)
