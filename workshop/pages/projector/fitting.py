"""How much fits on a screen that is read from the back of a room, so that nobody has to scroll it."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


# At 1280 × 720 in letters of 28 px: what is left between a title of one line and the foot, what the edges of a list and
# its last line (“and 12 more”) take of it, and that line alone. The stylesheet's sizes grow with the screen: as much
# fits any other.
LINES, ROUND_A_LIST, MORE = 15.35, 1.97, 1.0
TITLE, TITLE_LINE, TITLE_LINES = 22.0, 1.5, 2
# Around an item, and what stands below it in smaller letters.
AROUND, META = 0.6, 0.82
# How wide letters are, in hundredths of their size: those of DejaVu Sans, since what other systems have is narrower.
_WIDTHS = {
    letter: hundredths
    for hundredths, letters in {
        28: "'ijl",
        30: "IJ",
        32: " ,.’‘·",
        34: "/:;|\\",
        36: "f-",
        39: "()[]t",
        41: "r!",
        46: '"',
        50: "*_`–",
        52: "sz“”",
        55: "?cL",
        58: "Fk",
        60: "vxyP",
        62: "TYaoe",
        64: "ESbdghnpqu$0123456789{}£",
        68: "KAV",
        70: "BRXZC",
        75: "UHN",
        79: "DG&OQ",
        84: "w#+<=>^~",
        87: "M",
        97: "m%",
        100: "W@—…",
    }.items()
    for letter in letters
}
_UNKNOWN, _WIDE, _BOLD = 90, 125, 1.15


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """What of a list is shown, which begins with the newest; ``more``: how many come after it."""

    items: Sequence[Item]
    number: int
    more: int


def lines_under(title: str, subtitle: str = "", *, heading_lines: int = 1) -> float:
    """How many lines a list has on the screen under its page's title and subtitle, and its own heading."""
    above = (lines_of(title, TITLE, TITLE_LINES, is_bold=True) - 1) * TITLE_LINE + (1 if subtitle else 0)
    return LINES - above - heading_lines - ROUND_A_LIST


def page_of(
    items: Sequence[Item], number: int, lines: float, height: Callable[[Item], float], *, columns: int = 1
) -> Page[Item]:
    """The page of that number, from 1; the last one when there are fewer. Every item is on exactly one page.

    A page has as many items as fit into ``columns`` of so many ``lines``, in order, and one at least; where all fit,
    they have the room of the line that says how many more there are. ``height``: how many lines an item takes with all
    that is around it.
    """
    if _end_of_page(items, 0, lines + MORE, height, columns) >= len(items):
        return Page(items, 1, 0)
    start, current = 0, 1
    while True:
        end = _end_of_page(items, start, lines, height, columns)
        if current >= number or end >= len(items):
            return Page(items[start:end], current, len(items) - end)
        start, current = end, current + 1


def lines_of(text: str, width: float, longest: int, *, is_bold: bool = False) -> int:
    """How many lines the text takes where a line is ``width`` times as wide as its letters' size.

    Never more than ``longest``: there the stylesheet cuts it.
    """
    room = 100 * (width / _BOLD if is_bold else width)
    most = int(room * longest / min(_WIDTHS.values())) + 1  # the rest is cut: not all of 40,000 characters are read
    lines = sum(_lines_of_paragraph(paragraph, room) for paragraph in text[:most].splitlines()[:longest])
    return min(max(lines, 1), longest)


def _lines_of_paragraph(text: str, room: float) -> int:
    """As a browser breaks it: between words, and within a word that is longer than a line."""
    lines, left = 1, room
    for place, word in enumerate(text.expandtabs().split(" ")):
        letters = [_width_of(letter) for letter in word]
        space = _WIDTHS[" "] if place else 0
        if space + sum(letters) <= left:
            left -= space + sum(letters)
            continue
        lines, left = lines + (1 if place else 0), room
        for letter in letters:
            if letter > left:
                lines, left = lines + 1, room
            left -= letter
    return lines


def _width_of(letter: str) -> int:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE
    if unicodedata.category(letter) in {"Mn", "Cf"}:
        return 0
    return _WIDTHS.get(unicodedata.normalize("NFD", letter)[0], _UNKNOWN)


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
