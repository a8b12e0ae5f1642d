"""The worker that proposes groups (suggestions.py): scikit-learn would stall the event loop and stay in memory.

``python -m workshop.findings.worker`` reads points as JSON and writes a list of lists of their indices.
"""

import sys
from collections.abc import Sequence

import msgspec

from workshop.findings.suggestions import Said, suggested_groups
from workshop.worker import outcome_of

# Thousands of points take seconds; whoever asks next waits for this one.
LONGEST = 120


async def groups_suggested(points: Sequence[Said]) -> list[list[int]]:
    """What ``suggested_groups`` proposes, worked out in a process of its own. Raises WorkerFailed."""
    outcome = await outcome_of("workshop.findings.worker", msgspec.json.encode(points), seconds=LONGEST)
    return msgspec.json.decode(outcome, type=list[list[int]])


def main() -> None:
    """From standard input to standard output."""
    points = msgspec.json.decode(sys.stdin.buffer.read(), type=list[Said])
    sys.stdout.buffer.write(msgspec.json.encode(suggested_groups(points)))


if __name__ == "__main__":
    main()
