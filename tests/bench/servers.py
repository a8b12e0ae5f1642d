"""The servers that a measurement runs side by side, each in a process of its own."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.room import Room, furnish
from tests.serving import ServerProcess, free_port
from workshop.settings import Settings

ROOT = Path(__file__).parents[2]
READY_SECONDS = 30.0


@contextmanager
def product() -> Iterator[tuple[ServerProcess, Room]]:
    """``workshop serve`` on an SQLite file with an open focus group."""
    folder = Path(tempfile.mkdtemp(prefix="workshop-bench-"))
    server = ServerProcess(folder / "data")
    try:
        room = asyncio.run(furnish(Settings(data_dir=server.data_dir, base_url=server.address)))
        server.start()
        yield server, room
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def reference() -> Iterator[tuple[int, int]]:
    """The applications of ``reference.py``: their port and process id."""
    port = free_port()
    with subprocess.Popen([sys.executable, "-m", "tests.bench.reference", str(port)], cwd=ROOT) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/health/ready")
            yield port, process.pid
        finally:
            process.kill()


def wait_for(address: str) -> None:
    """Return once ``address`` answers 200. Raises TimeoutError."""
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 (our own, over http)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(address)


def megabytes(pid: int) -> float:
    """The resident memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
