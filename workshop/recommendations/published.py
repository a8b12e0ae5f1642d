"""What others than a coordinator see of the numbers: a suppressed table, from which every line is read.

Its rows are the recommendations of a theme (or the findings beside them) and, unseen, the points that are in none; its
columns are the focus groups. A line shows its points by group and, where its total may be shown, its people.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from workshop.findings.evidence import Point, Voice
from workshop.programmes.suppression import Place, suppress

THE_REST = "the rest"


@dataclass(frozen=True, slots=True)
class Published:
    """A line's numbers; None where one is not shown. ``focus_groups``: id → points, for those that have any."""

    points: int | None
    people: int | None
    focus_groups: tuple[tuple[UUID, int | None], ...]


NOT_SHOWN = Published(points=None, people=None, focus_groups=())


def published_counts(
    lines: Mapping[UUID, Iterable[Point]],
    everything: Iterable[Point],
    voices: Mapping[UUID, Voice],
    focus_groups: Sequence[UUID],
    minimum: int,
) -> dict[UUID, Published]:
    """``lines``: id → its points; ``everything``: all points that could be in a line; ``focus_groups`` in order."""
    rows = {str(line): list(points) for line, points in lines.items()}
    taken = {point.id for points in rows.values() for point in points}
    rows[THE_REST] = [point for point in everything if point.id not in taken]
    table: dict[tuple[str, str], int] = {}
    people: dict[Place, int] = {}
    for row, points in rows.items():
        people[row, None] = _people(points, voices)
        for group in focus_groups:
            within = [point for point in points if point.focus_group_id == group]
            table[row, str(group)] = len(within)
            people[row, str(group)] = _people(within, voices)
    shown = suppress(table, minimum, people)
    published: dict[UUID, Published] = {}
    for line in lines:
        total = shown.row_totals.get(str(line))
        cells = [(group, shown.cells[str(line), str(group)]) for group in focus_groups]
        is_hidden = total is not None and total.is_hidden
        published[line] = Published(
            points=None if is_hidden else (total.count if total else 0),
            people=None if is_hidden else people[str(line), None],
            focus_groups=tuple((group, None if cell.is_hidden else cell.count) for group, cell in cells if cell.count),
        )
    return published


def overlapping_lines(
    lines: Mapping[UUID, Iterable[Point]], voices: Mapping[UUID, Voice], minimum: int
) -> frozenset[UUID]:
    """The lines whose numbers would tell too small a number when those of lines with the same points are taken off.

    A table's proof holds for rows that share nothing, but one heading may stand behind several recommendations. Lines
    that overlap come apart into pieces: the points that exactly these lines share, group by group. Where no piece is
    under the ``minimum``, no sum or difference of their numbers is one; else all lines with such a piece go.
    """
    lines_of: dict[UUID, set[UUID]] = {}
    known: dict[UUID, Point] = {}
    for line, points in lines.items():
        for point in points:
            known[point.id] = point
            lines_of.setdefault(point.id, set()).add(line)
    overlapping = {line for sharing in lines_of.values() if len(sharing) > 1 for line in sharing}
    pieces: dict[tuple[frozenset[UUID], UUID], list[Point]] = {}
    for point_id, sharing in lines_of.items():
        if sharing <= overlapping:
            piece = frozenset(sharing), known[point_id].focus_group_id
            pieces.setdefault(piece, []).append(known[point_id])
    small = (sharing for (sharing, _), points in pieces.items() if (_people(points, voices) or len(points)) < minimum)
    return frozenset().union(*small)


def _people(points: Iterable[Point], voices: Mapping[UUID, Voice]) -> int:
    heard = {point.participant_id for point in points if point.participant_id}
    return sum(voices.get(participant_id, Voice()).count for participant_id in heard)
