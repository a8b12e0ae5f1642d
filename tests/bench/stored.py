"""Submissions into a database that holds a hundred thousand points, beside an empty one in the same run."""

import contextlib
import secrets
import sqlite3
from collections import defaultdict
from statistics import median
from uuid import uuid4

from tests.bench.client import Tally, run_press
from tests.bench.figures import Figure, at_least
from tests.bench.servers import product
from tests.bench.submissions import CONNECTIONS, SECONDS, TEXT, sender
from tests.room import Room, join
from tests.serving import ServerProcess

STORED = 100_000
SLICES = 5


def measure() -> list[Figure]:
    """Submissions a second into the full one, as a share of those into the empty one."""
    found: dict[str, Tally] = defaultdict(Tally)
    shares = []
    with product() as (empty, empty_room), product() as (full, full_room):
        runs = {}
        for name, server, room in (("empty", empty, empty_room), ("full", full, full_room)):
            cookies = join(server.port, room, CONNECTIONS)
            runs[name] = (server.port, [sender(room, cookie) for cookie in cookies])
        fill(full, full_room, STORED)
        for port, senders in runs.values():
            run_press(port, senders, 0.4)  # warm
        for _ in range(SLICES):
            rates = {}
            for name, (port, senders) in runs.items():
                tally = run_press(port, senders, SECONDS)
                found[name].join(tally)
                rates[name] = tally.per_second
            shares.append(rates["full"] / rates["empty"])
    beside = f"into an empty one: {found['empty'].per_second:,.0f}/s"
    return [
        at_least(f"submissions beside {STORED:,} points, as a share of into none", median(shares), 0.90),
        Figure(f"submissions beside {STORED:,} points", found["full"].per_second, "/s", reference=beside),
        Figure(f"submission p99 beside {STORED:,} points", found["full"].milliseconds(0.99), "ms"),
    ]


def fill(server: ServerProcess, room: Room, points: int) -> None:
    """Put so many points into the file, spread over everybody who has joined and all themes."""
    with contextlib.closing(sqlite3.connect(server.data_dir / "workshop.sqlite3", timeout=30)) as database, database:
        participants = [row[0] for row in database.execute("SELECT id FROM participant")]
        themes = [row[0] for row in database.execute("SELECT id FROM theme")]
        database.executemany(
            'INSERT INTO contribution (id, focus_group_id, theme_id, "column", participant_id, client_id, number, text,'
            " first_words, words, is_hidden, is_deleted, revision) VALUES (?,?,?,?,?,?,?,?,?,?,0,0,1)",
            (
                (
                    uuid4().hex,
                    room.focus_group_id.hex,
                    themes[number % len(themes)],
                    "worried_about",
                    participants[number % len(participants)],
                    uuid4().hex,
                    number + 1,
                    f"{number} {TEXT}",
                    (words := secrets.token_bytes(16)),
                    words,
                )
                for number in range(points)
            ),
        )
        database.execute("UPDATE focus_group SET last_number = ?", (points,))
