"""Headings out of a group's own words, and what recurs across themes."""

from hypothesis import given
from hypothesis import strategies as st

from workshop.findings.headings import LONGEST_HEADING, proposed_heading
from workshop.findings.recurring import recurring
from workshop.findings.suggestions import Said
from workshop.text import LONGEST_TEXT


def test_the_heading_is_what_most_have_in_common() -> None:
    group = [
        "Minutes to be sent out in five days",
        "get the minutes out quicker, sometimes we have had the next meeting before they arrive",
        "Minutes, biscuits and a warm room",
        "please send the minutes sooner",
    ]
    assert proposed_heading(group) == "Send the minutes sooner"
    assert proposed_heading(list(reversed(group))) == "Send the minutes sooner"


def test_a_long_text_is_cut_at_a_clause() -> None:
    long = "Fathers are never invited to core groups, and nobody has ever asked them whether they would like to come"
    assert proposed_heading([long]) == "Fathers are never invited to core groups"
    assert proposed_heading([long + ".", "invite fathers to core groups"]) == "Invite fathers to core groups"
    assert proposed_heading(["word " * 50]).endswith("word…")


def test_no_words_make_no_heading() -> None:
    assert proposed_heading([]) == ""
    assert proposed_heading([" ", ""]) == ""
    assert proposed_heading(["🙂"]) == "🙂"
    assert proposed_heading(["..."]) == "..."


@given(st.lists(st.text(max_size=200), max_size=6))
def test_any_words_make_a_short_heading_of_one_line(texts: list[str]) -> None:
    heading = proposed_heading(texts)
    assert len(heading) <= LONGEST_HEADING + 2  # a capital may be two letters (ß, ﬃ)
    assert heading == " ".join(heading.split())
    assert bool(heading) == any(text.strip() for text in texts)
    assert proposed_heading(list(reversed(texts))) == heading


def test_a_point_of_forty_thousand_characters_makes_one_too() -> None:
    assert len(proposed_heading(["x" * LONGEST_TEXT])) <= LONGEST_HEADING


def test_points_that_recur_name_the_other_themes() -> None:
    points = [
        Said("Planning", "needs_to_happen", "More administrative support"),
        Said("Roles", "needs_to_happen", "Administrative support, more of it!"),
        Said("Outcome", "needs_to_happen", "more administrative support!"),
        Said("Roles", "worried_about", "More administrative support"),
        Said("Planning", "needs_to_happen", "Support more administration"),
        Said("Roles", "needs_to_happen", "Training"),
        Said("Planning", "needs_to_happen", "More training of a quite different sort"),
    ]
    found = recurring(points)
    assert found[0] == {"Roles", "Outcome"}
    assert found[1] == {"Planning", "Outcome"}
    assert found[2] == {"Planning", "Roles"}
    assert found[3] == found[5] == found[6] == frozenset()


@given(
    st.lists(
        st.builds(
            Said,
            st.sampled_from(["Planning", "Roles"]),
            st.sampled_from(["working_well", "worried_about"]),
            st.sampled_from(["Minutes sooner", "sooner: the MINUTES", "🙂", "", "Dads left out"])
            | st.text(max_size=20),
        ),
        max_size=12,
    )
)
def test_recurring_goes_both_ways_and_never_within_a_theme(points: list[Said]) -> None:
    found = recurring(points)
    assert len(found) == len(points)
    for point, themes in zip(points, found, strict=True):
        assert point.theme not in themes
        for theme in themes:
            back = [other for other, its in zip(points, found, strict=True) if point.theme in its]
            assert any(other.theme == theme and other.column == point.column for other in back)
