"""Proposed groups: how near they come to what people put together, and what holds whatever people write."""

import random
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.findings.labelled import Agreement, Labelled, agreement, halves, labelled_points
from workshop.findings import suggestions
from workshop.findings.suggestions import THRESHOLD, Said, TooManyPoints, said_twice, suggested_groups
from workshop.findings.wording import same_words
from workshop.findings.worker import groups_suggested
from workshop.text import LONGEST_TEXT

TRIED = [round(0.02 * step, 2) for step in range(2, 18)]
WORDS = [
    "minutes",
    "late",
    "Notes",
    "dads",
    "father",
    "core group",
    "invite",
    "GP",
    "!",
    "🙂",
    "не",
    "",
    "\0",
    "e-mail",
]
texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join) | st.text(max_size=40)
said = st.builds(
    Said, st.sampled_from(["Planning", "Roles"]), st.sampled_from(["working_well", "needs_to_happen"]), texts
)
many = st.lists(said, max_size=14)
quietly = settings(deadline=None, max_examples=60)


def measured(points: list[Labelled], threshold: float = THRESHOLD) -> Agreement:
    return agreement(points, suggested_groups([point.said for point in points], threshold))


def test_the_labelled_points_are_as_many_as_they_should_be() -> None:
    points = labelled_points()
    assert len(points) >= 120
    assert len({(point.said.theme, point.finding) for point in points if point.finding}) >= 20
    assert len({point.said.theme for point in points}) == 4
    assert len({point.said.column for point in points}) == 3


def test_the_threshold_is_the_best_on_one_half_and_holds_on_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    tuning, other = halves()
    best = max(TRIED, key=lambda threshold: measured(tuning, threshold).f1)
    found = {"tuning half": measured(tuning), "other half": measured(other)}
    with capsys.disabled():
        sys.stdout.write(f"\nsuggested groups, threshold {THRESHOLD} (best on the tuning half: {best})\n")
        for name, half in found.items():
            figures = f"pair precision {half.precision:.2f}, recall {half.recall:.2f}, F1 {half.f1:.2f}"
            sys.stdout.write(f"  {name}: {figures}\n")
    assert best == THRESHOLD
    assert found["other half"].f1 >= 0.5


@quietly
@given(many)
def test_proposals_are_disjoint_and_stay_within_a_theme_and_column(points: list[Said]) -> None:
    groups = suggested_groups(points)
    members = [index for group in groups for index in group]
    assert len(members) == len(set(members))
    assert set(members) <= set(range(len(points)))
    for group in groups:
        assert len(group) >= 2
        assert group == sorted(group)
        assert len({(points[index].theme, points[index].column) for index in group}) == 1
    assert [len(group) for group in groups] == sorted((len(group) for group in groups), reverse=True)


@quietly
@given(many, st.randoms(use_true_random=False))
def test_the_order_of_the_points_makes_no_difference(points: list[Said], chance: random.Random) -> None:
    order = list(range(len(points)))
    chance.shuffle(order)
    shuffled = suggested_groups([points[index] for index in order])
    assert {frozenset(order[place] for place in group) for group in shuffled} == set(
        map(frozenset, suggested_groups(points))
    )
    assert suggested_groups(points) == suggested_groups(list(points))


@quietly
@given(many)
def test_the_same_words_are_always_together(points: list[Said]) -> None:
    together = {index: number for number, group in enumerate(suggested_groups(points)) for index in group}
    for group in said_twice(points):
        assert len({together[index] for index in group}) == 1
        assert len({same_words(points[index].text) for index in group}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Minutes  sooner!", "minutes\nSOONER"),
        ("don’t wait", "Don't wait."),
        ("e-mail, please", "Email please"),
        ("Café", "Cafe\u0301"),
        ("🙂 ", "🙂"),
    ],
)
def test_case_punctuation_and_spaces_are_no_difference(one: str, other: str) -> None:
    points = [Said("Planning", "needs_to_happen", one), Said("Planning", "needs_to_happen", other)]
    assert said_twice(points) == suggested_groups(points) == [[0, 1]]
    assert said_twice([points[0], points[1]._replace(theme="Roles")]) == []


def test_nothing_said_is_never_the_same() -> None:
    points = [Said("Planning", "needs_to_happen", text) for text in ("", " ", "\n", "🙂", "👍", "?", "!")]
    assert suggested_groups(points) == said_twice(points) == []


def test_texts_of_any_length_are_compared_in_their_time() -> None:
    longest = ["Minutes sooner. " * (LONGEST_TEXT // 16), "x" * LONGEST_TEXT, "e" + "\u0301" * (LONGEST_TEXT - 1)]
    points = [Said("Planning", "needs_to_happen", text) for text in [*longest, "minutes sooner"]]
    assert suggested_groups(points) == [[0, 3]]


def test_too_many_to_compare_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "MOST_POINTS", 2)
    points = [Said("Planning", "needs_to_happen", f"point {number}") for number in range(3)]
    with pytest.raises(TooManyPoints, match="too many to compare"):
        suggested_groups(points)


async def test_the_worker_proposes_the_same() -> None:
    points = [point.said for point in labelled_points()]
    assert await groups_suggested(points) == suggested_groups(points)
    assert await groups_suggested([]) == []
