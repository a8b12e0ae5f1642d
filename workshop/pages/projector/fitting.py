"""How much fits on a screen that is read from the back of a room, so that nobody has to scroll it."""

import textwrap
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


# At 1280 × 720 in letters of 28 px: what is left between a title of one line and the foot, and what the edges of a list
# and its last line (“and 12 more”) take of it. The stylesheet's sizes grow with the screen: as much fits any other.
LINES, ROUND_A_LIST = 15.4, 2.1
TITLE, TITLE_LINE = 36, 1.5
# Around an item, and what stands below it in smaller letters.
AROUND, META = 0.8, 0.8


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """What of a list is shown, which begins with the newest; ``more``: how many come after it."""

    items: Sequence[Item]
    number: int
    more: int


def lines_under(title: str, subtitle: str = "", *, heading_lines: int = 1) -> float:
    """How many lines a list has on the screen under its page's title and subtitle, and its own heading."""
    above = (lines_of(title, TITLE, 2) - 1) * TITLE_LINE + (1 if subtitle else 0)
    return LINES - above - heading_lines - ROUND_A_LIST


def page_of(
    items: Sequence[Item], number: int, lines: float, height: Callable[[Item], float], *, columns: int = 1
) -> Page[Item]:
    """The page of that number, from 1; the last one when there are fewer. Every item is on exactly one page.

    A page has as many items as fit into ``columns`` of so many ``lines``, in order, and one at least. ``height``: how
    many lines an item takes with all that is around it.
    """
    start, current = 0, 1
    while True:
        end = _end_of_page(items, start, lines, height, columns)
        if current >= number or end >= len(items):
            return Page(items[start:end], current, len(items) - end)
        start, current = end, current + 1


def lines_of(text: str, characters: int, longest: int) -> int:
    """How many lines the text takes in lines of so many characters; wide ones (Chinese, emoji) count twice.

    Never more than ``longest``: there the stylesheet cuts it.
    """
    most = characters * longest  # what is longer is cut anyway: a text of 40,000 characters is not looked through
    shown = "".join(_as_wide_as(character) for character in text[:most])
    lines = sum(len(textwrap.wrap(paragraph, characters)) or 1 for paragraph in shown.splitlines()[:longest])
    return min(max(lines, 1), longest)


def _as_wide_as(character: str) -> str:
    return character * 2 if unicodedata.east_asian_width(character) in "WF" else character


def _end_of_page(items: Sequence[Item], start: int, lines: float, height: Callable[[Item], float], columns: int) -> int:
    end = start
    for _ in range(columns):
        left, first = lines, end
        while end < len(items):
            left -= height(items[end])
            if left < 0 and end > first:
                break
            end += 1
    return end
