"""Figures beside their targets and references: a table for people, JSON for comparing runs."""

import datetime as dt
import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Figure:
    """One thing measured. ``target`` and ``reference`` are said in words; ``is_met`` is none where nothing is asked."""

    what: str
    value: float
    unit: str = ""
    target: str = ""
    reference: str = ""
    is_met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """The table's row."""
        shown = f"{self.value:,.2f}" if abs(self.value) < 10 else f"{self.value:,.0f}"
        verdict = {True: "yes", False: "NO", None: ""}[self.is_met]
        return self.what, f"{shown} {self.unit}".strip(), self.target, verdict, self.reference


def at_most(what: str, value: float, limit: float, unit: str = "", reference: str = "") -> Figure:
    """A figure that is to stay at or under ``limit``."""
    return Figure(what, value, unit, f"≤ {limit:g} {unit}".strip(), reference, value <= limit)


def at_least(what: str, value: float, limit: float, unit: str = "", reference: str = "") -> Figure:
    """A figure that is to reach ``limit``."""
    return Figure(what, value, unit, f"≥ {limit:g} {unit}".strip(), reference, value >= limit)


def print_table(title: str, figures: Iterable[Figure]) -> None:
    """Print one measurement's figures, columns aligned."""
    rows = [("figure", "measured", "target", "met", "beside it"), *(figure.cells() for figure in figures)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    print(f"\n{title}")
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def write_results(figures: dict[str, list[Figure]]) -> Path:
    """Write every measurement's figures to a file of this run; its path."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    at = dt.datetime.now(dt.UTC)
    file = RESULTS / f"{at:%Y-%m-%dT%H%M%S}.json"
    machine = {"processors": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}
    found = {name: [asdict(figure) for figure in some] for name, some in figures.items()}
    file.write_text(json.dumps({"at": at.isoformat(), "machine": machine, "figures": found}, indent=2) + "\n")
    return file
