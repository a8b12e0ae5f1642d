"""How soon ``workshop serve`` answers after its start, on a data directory that it knows."""

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.bench.figures import Figure, at_most
from tests.serving import ServerProcess

STARTS = 5
HEAVY = ("pandas", "openpyxl", "xlsxwriter", "typst", "sklearn", "redis")
LOADED = f"import sys, workshop.cli, workshop.serving; print(*[name for name in {HEAVY!r} if name in sys.modules])"
NOTHING = "import uvicorn, litestar, sqlmodel"


def measure() -> list[Figure]:
    """Seconds to the first answer, and what was imported that only documents and some installations need."""
    with tempfile.TemporaryDirectory(prefix="workshop-bench-") as folder:
        server = ServerProcess(Path(folder) / "data")
        server.start()  # makes the tables
        server.kill()
        seconds = []
        for _ in range(STARTS):
            seconds.append(server.start())
            server.kill()
    heavy = subprocess.run([sys.executable, "-c", LOADED], check=True, capture_output=True, text=True).stdout.split()
    timed = f"import time; began = time.monotonic(); {NOTHING}; print(time.monotonic() - began)"
    alone = subprocess.run([sys.executable, "-c", timed], check=True, capture_output=True, text=True).stdout
    beside = f"importing the frameworks alone: {float(alone):.2f} s"
    return [
        at_most("start to first answer", median(seconds), 1.5, "s", beside),
        at_most("imported before somebody asks", len(heavy), 0, "libraries", ", ".join(heavy)),
    ]
