"""How much fits on a screen: everything is on one page, and no page is fuller than it may be."""

from hypothesis import given
from hypothesis import strategies as st

from workshop.pages.projector.fitting import MORE, lines_of, lines_under, page_of

HEIGHTS = st.lists(st.floats(0.5, 20), max_size=60)


@given(HEIGHTS, st.floats(1, 30), st.integers(1, 3))
def test_every_item_is_on_one_page_in_its_order(heights: list[float], lines: float, columns: int) -> None:
    seen: list[int] = []
    number = 0
    while True:
        number += 1
        page = page_of(range(len(heights)), number, lines, lambda item: heights[item], columns=columns)
        assert page.number == number
        seen += page.items
        assert page.more == len(heights) - len(seen)
        if not page.more:
            break
        assert page.items
    assert seen == list(range(len(heights)))
    beyond = page_of(range(len(heights)), number + 5, lines, lambda item: heights[item], columns=columns)
    assert beyond == page


@given(HEIGHTS, st.floats(1, 30))
def test_a_page_is_never_fuller_than_the_screen_but_for_one_item_that_is(heights: list[float], lines: float) -> None:
    page = page_of(heights, 1, lines, lambda height: height)
    room = lines if page.more else lines + MORE
    assert sum(page.items) <= room + 1e-6 or len(page.items) == 1


def test_a_list_that_just_fits_needs_no_line_that_says_how_many_more_there_are() -> None:
    assert page_of([5, 5, 1], 1, 10, lambda height: height).more == 0
    assert page_of([5, 5, 1.5], 1, 10, lambda height: height).more == 1


@given(st.text(), st.floats(3, 40), st.integers(1, 12))
def test_lines_are_between_one_and_the_longest(text: str, width: float, longest: int) -> None:
    assert 1 <= lines_of(text, width, longest) <= lines_of(text, width, longest, is_bold=True) <= longest


def test_lines_of_words_as_they_break() -> None:
    assert lines_of("Minutes come too late", 10, 9) == 2
    assert lines_of("Minutes come too late", 13, 9) == 1
    assert lines_of("Minutes\n\ncome", 10, 9) == 3
    assert lines_of("x" * 100, 10, 9) == 7
    assert lines_of("Ill " * 10, 10, 9) < lines_of("WWW " * 10, 10, 9)
    assert lines_of("会" * 20, 25, 9) == 1
    assert lines_of("会" * 21, 25, 9) == 2
    assert lines_of("word " * 10_000, 10, 9) == 9
    assert lines_of("é" * 10, 6.3, 9) == lines_of("e" * 10, 6.3, 9) == 1
    assert lines_of("Minutes come too late", 12.5, 9, is_bold=True) == 2


def test_a_longer_head_leaves_less_below() -> None:
    assert lines_under("Short") > lines_under("Short", "With a subtitle") > lines_under("Long " * 12, "With a subtitle")
    assert lines_under("Long " * 50, "And so on", heading_lines=3) > 5
