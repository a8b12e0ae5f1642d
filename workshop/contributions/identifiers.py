"""Words by which a person could be identified: phones warn of them, and a facilitator sees them first.

A warning is a help, never a proof: docs/privacy.md states how much is found, and how often it alarms for nothing.
"""

import asyncio
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from workshop.contributions.identifying import addresses, birth_dates, numbers, people, references, spelt_dates
from workshop.contributions.identifying.look_alikes import as_read
from workshop.database import now
from workshop.days import london_day
from workshop.facts import Refused
from workshop.text import keyed_hash

Found = TypeVar("Found")


class IdentifierKind(StrEnum):
    """What words seem to be; the value is stored."""

    NAME = "name"
    NHS_NUMBER = "nhs_number"
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    BIRTH_DATE = "birth_date"
    REFERENCE = "reference"


IN_WORDS = {
    IdentifierKind.NAME: "a person’s name",
    IdentifierKind.NHS_NUMBER: "an NHS number",
    IdentifierKind.PHONE: "a phone number",
    IdentifierKind.EMAIL: "an e-mail address",
    IdentifierKind.POSTCODE: "a postcode",
    IdentifierKind.BIRTH_DATE: "a date of birth",
    IdentifierKind.REFERENCE: "a case reference",
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """Words in a text, from ``start`` up to ``end``, and what they seem to be."""

    start: int
    end: int
    kind: IdentifierKind


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; ``meaning`` says in words what it seems to be, nothing when it is ordinary."""

    text: str
    meaning: str = ""


class LooksIdentifying(Refused):
    """Words that seem to identify somebody, sent by somebody who has not been asked about just these words.

    ``mark``: sent back with the same words it says that they are meant; it fits no others. ``parts``: as ``parts_of``.
    """

    def __init__(self, text: str, found: list[Identifier], mark: str) -> None:
        names = [IN_WORDS[kind] for kind in _kinds(found)]
        seems = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
        super().__init__(f"Look at this once more: it seems to hold {seems}.", "text")
        self.parts = _parts(text, found)
        self.mark = mark


@dataclass(frozen=True, slots=True)
class LookedThrough:
    """A text, and why a point with it is held, empty when nothing was found."""

    text: str
    held_for: str


# Of a text made of nothing else, so many are told apart: a page of thousands of marks would hold everybody up.
MOST_MARKED = 200
# Whatever it holds, so short a text is read in some milliseconds; longer ones take turns in one thread.
QUICKLY_CHECKED = 1_000
_aside = ThreadPoolExecutor(1, thread_name_prefix="identifying")
_DIGIT = re.compile(r"[0-9]")
_REFERENCE_DIGITS = re.compile(r"[0-9][A-Za-z0-9/ -]?[0-9][A-Za-z0-9/ -]?[0-9]")
# An address has one of these; 'at' alone is in every other point.
_OF_ADDRESSES = ("@", "dot", ".com", ".co", ".org", ".net", ".uk", ".gov", ".ie", "gmail", "hotmail", "yahoo", "icloud")
# A letter O, l or I among digits reads as a digit.
_NUMBER = re.compile(r"(?<![A-Za-z0-9])[\doOlI]*\d[\doOlI]*(?![A-Za-z0-9])")
_AS_DIGITS = str.maketrans("oOlI", "0011")


def identifiers_in(text: str, today: date | None = None) -> list[Identifier]:
    """The words of ``text`` that seem to identify somebody, in order, none over another."""
    plain, places = as_read(text)
    found: list[Identifier] = []
    taken = bytearray(len(plain))
    for kind, spans in _looked_for(plain, today):
        for start, end in spans:
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Identifier(places[start], places[end - 1] + 1, kind))
    return sorted(found, key=lambda identifier: identifier.start)


def kinds_in(text: str) -> list[IdentifierKind]:
    """The kinds of what ``text`` seems to hold, each once, in order of first appearance."""
    return _kinds(identifiers_in(text))


def held_for(text: str) -> str:
    """Why a point with this text is held, as ``contribution.held_for`` keeps it; empty when nothing was found."""
    return ",".join(kinds_in(text))


def checked(text: str, marks: str, key: bytes) -> str:
    """Why a point with this text is to be held: empty when nothing was found.

    Raises LooksIdentifying when something was and ``marks`` (those that were sent back, separated by commas) holds
    none of just these words. ``key`` keys the marks.
    """
    # Looked for once: a text of the longest takes a fifth of a second.
    found = identifiers_in(text)
    if found:
        mark = keyed_hash(key, f"meant\n{text}").hex()
        if mark not in marks.split(","):
            raise LooksIdentifying(text, found, mark)
    return ",".join(_kinds(found))


async def checked_aside(text: str, marks: str, key: bytes) -> str:
    """``checked``, a long text in a thread: nobody else waits for what somebody has pasted in."""
    return await _in_turn(checked, text, marks, key)


async def kinds_in_aside(text: str) -> list[IdentifierKind]:
    """``kinds_in``, a long text in a thread as well."""
    return await _in_turn(kinds_in, text)


async def looked_through_aside(text: str) -> LookedThrough:
    """``held_for`` beforehand: whoever holds the database's turn to write keeps everybody else waiting."""
    return LookedThrough(text, await _in_turn(held_for, text))


async def _in_turn(look: Callable[..., Found], text: str, *more: object) -> Found:
    if len(text) <= QUICKLY_CHECKED:
        return look(text, *more)
    return await asyncio.get_running_loop().run_in_executor(_aside, look, text, *more)


def parts_of(text: str) -> list[Part]:
    """The whole text in pieces: what was found (the first ``MOST_MARKED`` of it), and what is between."""
    return _parts(text, identifiers_in(text))


def _kinds(found: list[Identifier]) -> list[IdentifierKind]:
    return list(dict.fromkeys(identifier.kind for identifier in found))


def _parts(text: str, identifiers: list[Identifier]) -> list[Part]:
    parts: list[Part] = []
    end = 0
    for found in identifiers[:MOST_MARKED]:
        if found.start > end:
            parts.append(Part(text[end : found.start]))
        parts.append(Part(text[found.start : found.end], IN_WORDS[found.kind]))
        end = found.end
    return [*parts, Part(text[end:])] if end < len(text) else parts


def _looked_for(plain: str, today: date | None) -> Iterator[tuple[IdentifierKind, Iterator[tuple[int, int]]]]:
    """The surest first: what one of them has taken, no later one takes again."""
    lower = plain.lower()
    if any(part in lower for part in _OF_ADDRESSES):
        yield IdentifierKind.EMAIL, addresses.addresses(plain)
    if _DIGIT.search(plain):
        numeric = _NUMBER.sub(lambda number: number[0].translate(_AS_DIGITS), plain)
        runs = numbers.digit_runs(numeric)
        yield IdentifierKind.NHS_NUMBER, numbers.nhs_numbers(runs)
        yield IdentifierKind.BIRTH_DATE, birth_dates.birth_dates(numeric, today or london_day(now()))
        yield IdentifierKind.PHONE, numbers.phone_numbers(numeric, runs)
        yield IdentifierKind.POSTCODE, numbers.postcodes(plain)
        if _REFERENCE_DIGITS.search(numeric):
            yield IdentifierKind.REFERENCE, references.references(numeric)
    elif spelt_dates.may_be_spelt(lower):
        yield IdentifierKind.BIRTH_DATE, birth_dates.birth_dates(plain, today or london_day(now()))
    yield IdentifierKind.NAME, people.names(plain, lower)
