"""What the system calls say: the bytes of a point are on the disk before its answer leaves. Needs strace."""

import asyncio
import contextlib
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from tests.bench.client import Connection
from tests.bench.figures import Figure, at_least
from tests.bench.servers import product
from tests.bench.submissions import sender
from tests.room import join

SENT = 20
CALLS = "fsync,fdatasync,write,writev,sendto,sendmsg"


def measure() -> list[Figure]:
    """How many of some points, sent one after another, were synchronised before they were answered."""
    program = shutil.which("strace")
    if program is None:
        return [Figure("points synchronised before their answer", 0, "", "strace is not installed: not looked at")]
    with product() as (server, room), tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        request = sender(room, join(server.port, room, 1)[0])
        arguments = [program, "-f", "-y", "-s", "40", "-e", f"trace={CALLS}", "-o", str(trace), "-p", str(server.pid)]
        with subprocess.Popen(arguments, stderr=subprocess.DEVNULL) as tracing:
            time.sleep(1)

            async def send() -> None:
                connection = await Connection.to(server.port)
                for _ in range(SENT):
                    await connection.ask(request())
                connection.close()

            asyncio.run(send())
            with contextlib.suppress(ProcessLookupError):
                tracing.send_signal(signal.SIGINT)
        safe = _answered_after_synchronising(trace.read_text(errors="replace").splitlines())
    return [at_least("points synchronised before their answer", safe, SENT, f"of {SENT}")]


def _answered_after_synchronising(lines: list[str]) -> int:
    count, is_synchronised = 0, False
    for line in lines:
        # A call that another thread's line interrupts is over where it is resumed.
        if ("sync" in line and "-wal" in line and "unfinished" not in line) or "sync resumed" in line:
            is_synchronised = True
        elif "HTTP/1.1 200" in line:
            count += is_synchronised
            is_synchronised = False
    return count
