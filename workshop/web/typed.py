"""Reads what somebody typed, field by field: cleaned values, and an error beside each field that cannot be read."""

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from workshop.days import LONDON
from workshop.text import normalised
from workshop.web.filters import NOON

LINE, TEXT = 200, 5_000
_TIME = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*(?:([ap])\.?m\.?)?$", re.IGNORECASE)
Word = TypeVar("Word", bound=StrEnum)


class Typed:
    """Collects ``errors`` (field → sentence) while it reads. What is returned beside an error is not to be used."""

    def __init__(self) -> None:
        self.errors: dict[str, str] = {}

    def refuse(self, field: str, sentence: str) -> None:
        """Put an error beside ``field``, unless it has one."""
        self.errors.setdefault(field, sentence)

    def line(self, field: str, typed: str, *, missing: str = "", longest: int = LINE) -> str:
        """One line of text with single blanks. ``missing`` is the sentence for an empty field that must be filled."""
        return self._measured(field, " ".join(normalised(typed).split()), missing, longest)

    def text(self, field: str, typed: str, *, missing: str = "", longest: int = TEXT) -> str:
        """Text of several lines."""
        return self._measured(field, normalised(typed), missing, longest)

    def choice(self, field: str, typed: str, words: type[Word], missing: str) -> Word:
        """One of ``words``."""
        if typed in {word.value for word in words}:
            return words(typed)
        self.refuse(field, missing)
        return next(iter(words))

    def number(self, field: str, typed: str, lowest: int, highest: int) -> int:
        """A whole number within bounds."""
        digits = normalised(typed)
        if re.fullmatch(r"[0-9]{1,9}", digits) and lowest <= int(digits) <= highest:
            return int(digits)
        self.refuse(field, f"Enter a whole number from {lowest:,} to {highest:,}")
        return lowest

    def web_address(self, field: str, typed: str) -> str:
        """An address that begins with http:// or https://, or nothing."""
        address = normalised(typed)
        if address and not _is_web_address(address):
            self.refuse(field, "Enter a web address that begins with https:// or http://, like https://www.example.org")
        return address

    def email(self, field: str, typed: str, *, missing: str = "") -> str:
        """An e-mail address in lower case."""
        address = self.line(field, typed, missing=missing).lower()
        if address and not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
            self.refuse(field, "Enter an e-mail address in the right form, like name@example.org")
        return address

    def known(self, field: str, typed: str, known: Iterable[UUID], sentence: str) -> UUID | None:
        """One of the ``known`` ids, or nothing."""
        if not typed:
            return None
        found = next((each for each in known if str(each) == typed), None)
        if found is None:
            self.refuse(field, sentence)
        return found

    def day(self, field: str, parts: tuple[str, str, str], *, missing: str = "") -> dt.date | None:
        """A date from day, month and year as they were typed; nothing when all are empty."""
        day, month, year = (normalised(part) for part in parts)
        if not (day or month or year):
            if missing:
                self.refuse(field, missing)
            return None
        day_of = _date(day, month, year)
        if day_of is None:
            self.refuse(field, "Enter a real date, with day, month and year: 27 3 2026")
        return day_of

    def time(self, field: str, typed: str) -> dt.time | None:
        """A time of day (2:30pm, 14:30, 2pm), or nothing."""
        typed = normalised(typed)
        if not typed:
            return None
        time = _time(typed)
        if time is None:
            self.refuse(field, "Enter a time like 2:30pm or 14:30")
        return time

    def moment(self, field: str, day: dt.date | None, time: dt.time | None, otherwise: dt.time) -> dt.datetime | None:
        """A moment in London; ``otherwise`` is the time when a day alone was given. A time alone is an error."""
        if day is None:
            if time is not None:
                self.refuse(field, "Enter the day too")
            return None
        return dt.datetime.combine(day, time or otherwise, LONDON)

    def _measured(self, field: str, text: str, missing: str, longest: int) -> str:
        if not text and missing:
            self.refuse(field, missing)
        if len(text) > longest:
            self.refuse(field, f"This has {len(text):,} characters. Shorten it to {longest:,} or fewer.")
        return text


def read_answer(typed: str) -> bool | None:
    """Yes or no; None when it is neither."""
    return {"yes": True, "no": False}.get(typed)


def _date(day: str, month: str, year: str) -> dt.date | None:
    if not all(re.fullmatch(r"[0-9]{1,2}", part) for part in (day, month)) or not re.fullmatch(r"[12][0-9]{3}", year):
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _time(typed: str) -> dt.time | None:
    found = _TIME.match(typed)
    if found is None or not (found[2] or found[3]):
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if half == "p" else 0)
    try:
        return dt.time(hour, minute)
    except ValueError:
        return None


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"[\s<>\"]", address)
