"""What a meeting's database holds, beside what its devices were told: nothing lost or twice, nobody over the quota."""

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.bench.phones import VOTES, Phone


@dataclass(frozen=True, slots=True)
class Kept:
    """How many ``points`` and ``votes`` there are; and numbers of things that should not be."""

    points: int
    votes: int
    lost: int
    doubled: int
    strangers: int
    votes_wrong: int
    over_quota: int
    answers_wrong: int
    devices_wrong: int


class Records:
    """The database file of a running server, to be read."""

    def __init__(self, data_dir: Path) -> None:
        self._file = data_dir / "workshop.sqlite3"

    def rows(self, query: str, *values: object) -> list[Any]:
        """Of any query."""
        with contextlib.closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)) as database:
            return database.execute(query, values).fetchall()

    def revisions(self) -> dict[str, int]:
        """Audience → newest revision."""
        names = ("board", "projector", "phones")
        columns = ", ".join(f"{name}_revision" for name in names)
        return dict(zip(names, self.rows(f"SELECT {columns} FROM focus_group")[0], strict=True))  # noqa: S608 (ours)

    def revisions_of_points(self) -> dict[UUID, int]:
        """Client id → the board's revision of its last change."""
        return {UUID(each): revision for each, revision in self.rows("SELECT client_id, revision FROM contribution")}

    def step(self) -> tuple[str, UUID | None]:
        """Kind and theme of the present step."""
        query = (
            "SELECT kind, run_sheet_step.theme_id FROM run_sheet_step"
            " JOIN focus_group ON focus_group.step_id = run_sheet_step.id"
        )
        kind, theme_id = self.rows(query)[0]
        return kind, UUID(theme_id) if theme_id else None

    def done(self) -> int:
        """How many devices have said that they are done."""
        return int(self.rows("SELECT count(*) FROM participant WHERE is_done")[0][0])

    def sizes_of_headings(self) -> list[int]:
        """How many points each of the room's findings has."""
        query = (
            "SELECT count(contribution.id) FROM finding LEFT JOIN contribution ON finding_id = finding.id"
            " WHERE finding.focus_group_id IS NOT NULL GROUP BY finding.id"
        )
        return [count for (count,) in self.rows(query)]


def compared(records: Records, phones: Sequence[Phone]) -> Kept:
    """The database beside the devices."""
    points = records.rows("SELECT client_id, participant_id, text FROM contribution WHERE participant_id IS NOT NULL")
    stored = {UUID(client_id): text for client_id, _, text in points}
    told = {client_id: text for phone in phones for client_id, text in phone.points.items()}
    writer = {UUID(client_id): participant_id for client_id, participant_id, _ in points}
    votes = {
        UUID(client_id): (UUID(finding_id), not is_taken_back)
        for client_id, finding_id, is_taken_back in records.rows(
            "SELECT client_id, finding_id, is_taken_back FROM priority_vote"
        )
    }
    given = {each: vote for phone in phones for each, vote in phone.votes.items()}
    quota = Counter(
        (participant_id, theme_id)
        for participant_id, theme_id in records.rows(
            "SELECT participant_id, finding.theme_id FROM priority_vote"
            " JOIN finding ON finding.id = finding_id WHERE NOT is_taken_back"
        )
    )
    answers = [value for (value,) in records.rows("SELECT value FROM scale_answer")]
    expected = [phone.answer for phone in phones if phone.answer is not None]
    writers = [{writer.get(each) for each in phone.points} for phone in phones]
    return Kept(
        points=len(stored),
        votes=sum(counts for _, counts in votes.values()),
        lost=sum(stored.get(client_id) != text for client_id, text in told.items()),
        doubled=len(points) - len(stored) + len(stored.keys() - told.keys()),
        strangers=sum(len(each) > 1 for each in writers) + _shared(writers),
        votes_wrong=sum(votes.get(each) != given.get(each) for each in votes.keys() | given.keys()),
        over_quota=sum(count > VOTES for count in quota.values()),
        answers_wrong=sum((Counter(answers) - Counter(expected)).values())
        + sum((Counter(expected) - Counter(answers)).values()),
        devices_wrong=abs(int(records.rows("SELECT count(*) FROM participant")[0][0]) - len(phones)),
    )


def _shared(sets: Iterable[set[str | None]]) -> int:
    """How many members are in more than one set."""
    return sum(count > 1 for count in Counter(_members(sets)).values())


def _members(sets: Iterable[set[str | None]]) -> Iterator[str | None]:
    for each in sets:
        yield from each
