"""Dates with a day or a year in words: 'the third of April two thousand and twelve', '21st June twenty fifteen'."""

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = ["january", "february", "march", "april", "may", "june"]
_MONTHS += ["july", "august", "september", "october", "november", "december"]
_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"]
_ONES += ["fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS = {word: number for number, word in enumerate(_ONES, 1)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
    "twentieth": 20,
    "thirtieth": 30,
} | {f"{word}th": number for word, number in _NUMBERS.items() if number in {4, 6, 7, 10, 11, *range(13, 20)}}
_FEW = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_DAY = rf"(?:(?:twenty|thirty)[ -])?(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
_YEAR = (
    rf"two[ -]thousand(?:[ -]and)?(?:[ -](?:{_FEW}))?(?:[ -](?:{_FEW}))?"
    rf"|(?:nineteen|twenty)[ -](?:oh[ -])?(?:{_FEW})(?:[ -](?:{_FEW}))?"
)
_SPELT = re.compile(
    rf"\b(?P<day>{_DAY}|\d{{1,2}}(?:st|nd|rd|th)?)(?: day)?(?: of)? (?P<month>{'|'.join(_MONTHS)})\b"
    rf"(?:,? (?:in )?(?P<year>(?:19|20)\d\d|{_YEAR})\b)?",
    re.IGNORECASE,
)
# A date with a day or a year in words has one of these, and one of those; most texts do not, which is seen at once.
_OF_DAYS_OR_YEARS = ("th ", "first ", "second ", "third ", "twenty", "nineteen", "thousand")
_OF_MONTHS = ("uary", "march", "april", "may", "june", "july", "august", "ber")


def may_be_spelt(lower: str) -> bool:
    """Whether ``lower``, a text in lower case, can hold one at all: most cannot, and everybody waits."""
    return any(map(lower.__contains__, _OF_DAYS_OR_YEARS)) and any(map(lower.__contains__, _OF_MONTHS))


def spelt_dates(text: str) -> Iterator[tuple[re.Match[str], date | None]]:
    """Where one stands, and when it is: nothing without a year. Those all in figures are found elsewhere."""
    for found in _SPELT.finditer(text):
        day, year = found["day"].lower(), found["year"]
        if day[0].isdigit() and (year is None or year.isdigit()):
            continue
        if year is None:
            yield found, None
            continue
        try:
            yield found, date(_year(year.lower()), _MONTHS.index(found["month"].lower()) + 1, _day(day))
        except ValueError:
            continue


def _day(words: str) -> int:
    if words[0].isdigit():
        return int(re.sub(r"\D", "", words))
    parts = re.split("[ -]", words)
    return sum(_ORDINALS.get(part, 0) or _NUMBERS[part] for part in parts)


def _year(words: str) -> int:
    if words.isdigit():
        return int(words)
    first, *rest = re.split("[ -]", words)
    within = sum(_NUMBERS.get(part, 0) for part in rest)
    return within + (2000 if first == "two" else 100 * _NUMBERS[first])
