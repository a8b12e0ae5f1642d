"""What others than coordinators see of the numbers: nothing small, not by taking one line's off another's either."""

import itertools
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from workshop.findings.evidence import Point, Voice
from workshop.programmes.models import ColumnKind
from workshop.recommendations.published import overlapping_lines

MINIMUM = 5
GROUPS = [uuid4(), uuid4()]
LINES = [uuid4() for _ in range(4)]
HEADINGS = "abcd"


def point_of(group: UUID) -> Point:
    """A point by a participant of its own, who speaks for one."""
    return Point(uuid4(), group, uuid4(), ColumnKind.NEEDS_TO_HAPPEN, uuid4(), None, None, 1)


def heading_of(*counts: int) -> list[Point]:
    """As many points in each group."""
    return [point_of(group) for group, count in zip(GROUPS, counts, strict=False) for _ in range(count)]


def voices_of(lines: dict[UUID, list[Point]]) -> dict[UUID, Voice]:
    """Everybody speaks for one."""
    points = itertools.chain.from_iterable(lines.values())
    return {point.participant_id: Voice(unsaid=1) for point in points if point.participant_id}


def test_two_recommendations_do_not_tell_the_heading_that_only_one_has() -> None:
    few, many, others = heading_of(2), heading_of(9), heading_of(6)
    lines = {LINES[0]: few + many, LINES[1]: many, LINES[2]: others}
    assert overlapping_lines(lines, voices_of(lines), MINIMUM) == {LINES[0]}
    lines = {LINES[0]: heading_of(6) + many, LINES[1]: many, LINES[2]: others}
    assert overlapping_lines(lines, voices_of(lines), MINIMUM) == set()


def test_what_is_many_altogether_may_be_few_in_a_group() -> None:
    spread, many = heading_of(4, 4), heading_of(9, 9)
    lines = {LINES[0]: spread + many, LINES[1]: many}
    assert overlapping_lines(lines, voices_of(lines), MINIMUM) == {LINES[0]}


@given(
    st.dictionaries(st.sampled_from(HEADINGS), st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=1),
    st.lists(st.sets(st.sampled_from(HEADINGS), min_size=1), min_size=1, max_size=4),
)
def test_no_difference_of_two_lines_that_are_shown_is_small(
    counts: dict[str, tuple[int, int]], named: list[set[str]]
) -> None:
    headings = {name: heading_of(*counts.get(name, (0, 0))) for name in HEADINGS}
    lines = {
        line: [point for name in sorted(names) for point in headings[name]]
        for line, names in zip(LINES, named, strict=False)
    }
    shown = lines.keys() - overlapping_lines(lines, voices_of(lines), MINIMUM)
    for one, other in itertools.permutations(shown, 2):
        mine, theirs = ({point.id: point for point in lines[line]} for line in (one, other))
        if mine.keys() & theirs.keys():
            for group in GROUPS:
                for ids in (mine.keys() - theirs.keys(), mine.keys() & theirs.keys()):
                    size = sum((mine[each]).focus_group_id == group for each in ids)
                    assert not 0 < size < MINIMUM
