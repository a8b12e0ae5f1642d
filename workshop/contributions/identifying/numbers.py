"""Numbers that stand for one person or household: NHS numbers, telephone numbers, postcodes, references."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# However odd a text, check digits and numbering plans are asked so often at most; afterwards the shape decides.
MOST_LOOKED_UP = 100
NHS_DIGITS = 10
NHS_GROUPS = [3, 3, 4]
# What somebody puts between the groups is not up to us: commas, bars, tabs, new lines. A sum of money is none.
_RUN = re.compile(r"(?<![\d£$€])(?<!\d[.,])[+(]{0,2}\d(?:[^A-Za-z0-9+£$€%]{0,5}\d){8,}")
_USUAL = re.compile(r"[ .\-()/_]{0,3}")
# With anything unusual between them, shorter groups are a list: '7, 5, 6, 8', '09:30, 10:45'.
SHORTEST_GROUP = 3
# The pattern alone: which areas there are changes, and one that does not exist may be a slip.
_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])(?P<out>[A-Z]{1,2}\d(?:\d|[A-HJKMNPRSTUVWXY])?)"
    r"[^A-Za-z0-9]{0,5}(?P<in>\d[ABD-HJLNP-UW-Z]{2})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# In capitals also with a blank before the digits or between all of it, and with O, I or l where a digit belongs.
_ODD_POSTCODE = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"(?P<out>[A-Z]{1,2} ?[\dOIl](?:[\dOIl]|[A-HJKMNPRSTUVWXY])?)[ -]{0,3}(?P<in>[\dOIl][ABD-HJLNP-UW-Z]{2})"
    r"|[A-Z][ .](?:[A-Z][ .])?\d[ .](?:[\dA-Z][ .])?[ .]{0,2}\d[ .][ABD-HJLNP-UW-Z][ .][ABD-HJLNP-UW-Z]"
    r")(?![A-Za-z0-9])"
)
_WORDS = frozenset({"OLD", "OUR", "OUT", "OFF", "ONE", "ODD", "OWN", "OWE", "ILL", "ITS", "IDS", "INN"})
# 'S47 1st' and 'Y6 2hr' have a postcode's shape.
_MEASURED = re.compile(r"1st|2nd|3rd|[04-9]th|\d(?:hrs?|yr|ft|lb|pt)")
_PRACTICE = re.compile(r"[a-z]\d{1,2}|ks\d", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mob|ring|call|text|fax|whatsapp)\b[.:]?"
    r"(?: (?:me|us|her|him|them|mum|dad|no|number|on|is|at)\b[.:]?){0,3} ?(?P<found>\d{3,5}[ -]?\d{3,4})(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """Digits with nothing but separators between them.

    ``places``: where each stands in the text; ``begins``: which ones are the first of a group; ``odd``: which of these
    have something before them that seldom stands inside a number.
    """

    digits: str
    places: list[int]
    begins: list[int]
    has_plus: bool
    odd: frozenset[int]


def nhs_numbers(runs: list[Run]) -> Iterator[tuple[int, int]]:
    """Ten digits whose last one checks the others (modulus 11, NHS Data Dictionary)."""
    asked = 0
    for run in runs:
        last = -1
        for begin in run.begins:
            end = begin + NHS_DIGITS
            digits = run.digits[begin:end]
            if begin < last or len(digits) < NHS_DIGITS or not _ends_a_group(run, end):
                continue
            if _groups(run, begin, end) not in (None, NHS_GROUPS):
                continue
            asked += 1
            if not _is_counting(digits) and (asked > MOST_LOOKED_UP or _is_nhs_number(digits)):
                last = end
                yield run.places[begin], run.places[end - 1] + 1


def phone_numbers(text: str, runs: list[Run]) -> Iterator[tuple[int, int]]:
    """Telephone numbers of the United Kingdom, of elsewhere when they begin with + or 00, and short ones to call."""
    asked = 0
    for run in runs:
        last = -1
        for begin in run.begins:
            if begin < last:
                continue
            for end in _possible_ends(run, begin):
                asked += 1
                if _is_phone_number(run, begin, end, is_asked=asked <= MOST_LOOKED_UP):
                    last = end
                    yield run.places[begin], run.places[end - 1] + 1
                    break
    for found in _CALLED.finditer(text):
        yield found.span("found")


def postcodes(text: str) -> Iterator[tuple[int, int]]:
    """Whole postcodes (outward and inward code, BS 7666); a district alone is an area, not a household."""
    for found in _POSTCODE.finditer(text):
        between = text[found.end("out") : found.start("in")]
        is_list = between.strip(" \t.-") != ""
        is_measure = _MEASURED.fullmatch(found["in"]) and (is_list or _PRACTICE.fullmatch(found["out"]))
        if not is_measure:
            yield found.span()
    for found in _ODD_POSTCODE.finditer(text):
        if not found["out"] or _is_odd_postcode(found["out"], found["in"]):
            yield found.span()


def digit_runs(text: str) -> list[Run]:
    """Where at least nine digits follow one another."""
    runs = []
    for found in _RUN.finditer(text):
        start = found.start()
        places = [start + at for at, character in enumerate(found[0]) if character.isdigit()]
        begins = [at for at, place in enumerate(places) if at == 0 or places[at - 1] != place - 1]
        odd = (at for at in begins[1:] if not _USUAL.fullmatch(text, places[at - 1] + 1, places[at]))
        runs.append(Run("".join(text[place] for place in places), places, begins, "+" in found[0][:2], frozenset(odd)))
    return runs


def _is_odd_postcode(outward: str, inward: str) -> bool:
    if _MEASURED.fullmatch(inward.lower()) or inward in _WORDS:
        return False
    if inward[0] in "OI" and " " in outward:
        return False
    # 'GUI 1AA', but not 'TO 1AA' and not 'A I 1AA'.
    is_spelt = len(outward) > 2 and " " not in outward and inward[0].isdigit()  # noqa: PLR2004 (one letter too many)
    return is_spelt or any(character.isdigit() for character in outward)


def _groups(run: Run, begin: int, end: int) -> list[int] | None:
    """How long its groups are when something odd stands between them, nothing when nothing does."""
    if run.odd.isdisjoint(range(begin + 1, end)):
        return None
    begins = (at for at in range(begin + 1, end) if _begins_a_group(run, at))
    return [after - at for at, after in pairwise([begin, *begins, end])]


def _ends_a_group(run: Run, end: int) -> bool:
    return end == len(run.digits) or _begins_a_group(run, end)


def _begins_a_group(run: Run, at: int) -> bool:
    return at == 0 or run.places[at] != run.places[at - 1] + 1


def _possible_ends(run: Run, begin: int) -> list[int]:
    is_foreign = (run.has_plus and begin == 0) or run.digits.startswith("00", begin)
    if is_foreign:
        lengths = range(16, 8, -1)
    elif run.digits[begin] == "0" and run.digits[begin + 1 : begin + 2] in {*"1235789"}:
        lengths = range(11, 9, -1)
    elif run.digits[begin] == "7":
        lengths = range(10, 9, -1)
    elif run.digits.startswith("447", begin):
        lengths = range(12, 11, -1)
    else:
        return []
    ends = (begin + length for length in lengths)
    return [end for end in ends if end <= len(run.digits) and _ends_a_group(run, end) and not _is_list(run, begin, end)]


def _is_list(run: Run, begin: int, end: int) -> bool:
    groups = _groups(run, begin, end)
    return groups is not None and min(groups) < SHORTEST_GROUP


def _is_phone_number(run: Run, begin: int, end: int, *, is_asked: bool) -> bool:
    digits = run.digits[begin:end]
    if _is_counting(digits):
        return False
    if (run.has_plus and begin == 0) or digits.startswith("447"):
        return not is_asked or _is_in_a_plan("+" + digits, is_possible_enough=True)
    # Numbers that are kept free for stories are in no plan, but they are grouped as telephone numbers are; a date
    # with a time after it is not.
    first = next((at for at in range(begin + 1, end) if _begins_a_group(run, at)), end) - begin
    is_grouped = first > 2 or all(_begins_a_group(run, at) for at in range(begin, end))  # noqa: PLR2004
    return not is_asked or _is_in_a_plan(digits, is_possible_enough=is_grouped)


def _is_counting(digits: str) -> bool:
    """Whether it is a scale from 0 to 10: that passes for an NHS number, and for a telephone number."""
    return digits in "012345678910" or digits in "109876543210"


def _is_nhs_number(digits: str) -> bool:
    from stdnum.gb import nhs  # noqa: PLC0415 (slow to import, and few texts hold ten digits)

    return bool(nhs.is_valid(digits))


@lru_cache(maxsize=1024)
def _is_in_a_plan(digits: str, *, is_possible_enough: bool) -> bool:
    import phonenumbers  # noqa: PLC0415 (slow to import, and few texts hold ten digits)

    try:
        number = phonenumbers.parse(digits, "GB")
    except phonenumbers.NumberParseException:
        return False
    if is_possible_enough:
        return phonenumbers.is_possible_number(number)
    return phonenumbers.is_valid_number(number)
