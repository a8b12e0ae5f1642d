"""``make bench``: speed and weight as a table and as JSON.

``ARGS="boards start"`` for some of the measurements. ``ARGS=--otree`` measures oTree as well, which is fetched from
PyPI for that; ``ARGS=otree`` measures nothing else.
"""

import argparse
import importlib
import logging

from tests.bench.figures import Figure, print_table, write_results

MEASUREMENTS = {
    "start": "The start",
    "durability": "Durability",
    "submissions": "Durable submissions, 64 connections",
    "stored": "With 100,000 points stored",
    "boards": "Open boards",
    "big_board": "A large board",
    "suggestions": "Suggested groups",
    "meeting": "A meeting of 100 people, from the welcome to the close",
    "first_page": "The phone's first page",
}
ON_REQUEST = {"otree": "Beside oTree, 64 connections"}
TITLES = MEASUREMENTS | ON_REQUEST


def main() -> int:
    """Run what was asked for; 1 when a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("measurements", nargs="*", metavar="measurement", help=", ".join(TITLES))
    parser.add_argument("--otree", action="store_true", help="measure oTree as well (installs it from PyPI)")
    asked = parser.parse_args()
    wanted = asked.measurements or list(MEASUREMENTS)
    if asked.otree and "otree" not in wanted:
        wanted.append("otree")
    if unknown := set(wanted) - set(TITLES):
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    logging.disable(logging.INFO)
    found: dict[str, list[Figure]] = {}
    for name in wanted:
        found[name] = importlib.import_module(f"tests.bench.{name}").measure()
        print_table(TITLES[name], found[name])
    print(f"\nWritten to {write_results(found)}")
    return int(any(figure.is_met is False for figures in found.values() for figure in figures))


if __name__ == "__main__":
    raise SystemExit(main())
