"""What somebody changed in rows of an import that did not fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workshop.contributions.import_rows import PointRow, Problem


@dataclass(frozen=True, slots=True)
class Mend:
    """For the row of ``key``: the words to put in place of the file's; empty ones change nothing.

    ``is_person_left_out``: with it goes every other point of its person.
    """

    key: str
    theme: str = ""
    column: str = ""
    agency: str = ""
    text: str = ""
    is_left_out: bool = False
    is_person_left_out: bool = False


@dataclass(frozen=True, slots=True)
class WordMend:
    """For every row that has ``word`` as its theme, column or agency: what it means, or that it is left out."""

    problem: Problem
    word: str
    meant: str = ""
    is_left_out: bool = False


def mended(rows: Sequence[PointRow], mends: Iterable[Mend], words: Iterable[WordMend]) -> list[PointRow]:
    """The rows with the changes made, in the same order. A person's agency is changed in all of the person's rows."""
    by_key = {mend.key: mend for mend in mends}
    by_word = {(mend.problem, mend.word): mend for mend in words}
    agencies = {
        row.person: by_key[row.key].agency
        for row in rows
        if row.person is not None and row.key in by_key and by_key[row.key].agency
    }
    people_out = {row.person for row in rows if row.key in by_key and by_key[row.key].is_person_left_out} - {None}
    changed: list[PointRow] = []
    for row in rows:
        now = _with_words(row, by_word)
        if row.person in agencies:
            now = replace(now, agency=agencies[row.person])
        if row.person in people_out:
            now = replace(now, is_left_out=True)
        if mend := by_key.get(row.key):
            given: dict[str, Any] = {
                name: getattr(mend, name) for name in ("theme", "column", "agency", "text") if getattr(mend, name)
            }
            now = replace(now, **given, is_left_out=now.is_left_out or mend.is_left_out)
        changed.append(now)
    return changed


def _with_words(row: PointRow, by_word: dict[tuple[Problem, str], WordMend]) -> PointRow:
    for problem in (Problem.THEME, Problem.COLUMN, Problem.AGENCY):
        mend = by_word.get((problem, getattr(row, problem)))
        if mend is not None:
            given: dict[str, Any] = {problem.value: mend.meant} if mend.meant else {}
            row = replace(row, **given, is_left_out=row.is_left_out or mend.is_left_out)
    return row
