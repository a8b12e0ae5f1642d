"""In which order findings stand once the votes are counted, ties as ties."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Placed(Generic[Key]):
    """Where one stands. ``rank`` is none without a vote; ``is_tied``: others have the same rank."""

    key: Key
    votes: int
    rank: int | None
    is_tied: bool

    @property
    def place(self) -> str:
        """“1”, “2 =” where several share it, nothing without a vote."""
        if self.rank is None:
            return ""
        return f"{self.rank} =" if self.is_tied else str(self.rank)


def ranked(votes: Mapping[Key, int]) -> list[Placed[Key]]:
    """Most votes first; those with as many keep their order and share a rank, and the ranks after it are left out."""
    counts = list(votes.values())
    placed = [
        Placed(
            key,
            count,
            rank=1 + sum(other > count for other in counts) if count else None,
            is_tied=count > 0 and counts.count(count) > 1,
        )
        for key, count in votes.items()
    ]
    return sorted(placed, key=lambda each: -each.votes)


def in_order(keys: Iterable[Key], totals: Mapping[Key, int]) -> list[tuple[Key, Placed[Key] | None]]:
    """The keys with where they stand, most votes first; each nowhere, in their own order, while there are no totals."""
    if not totals:
        return [(key, None) for key in keys]
    return [(each.key, each) for each in ranked({key: totals[key] for key in keys})]
