"""A real ``workshop serve`` in a process of its own: started, killed, told to stop, started again on the same data."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READY_SECONDS = 60.0


class ServerDied(RuntimeError):
    """The process ended before it answered; the message holds what it printed."""


class ServerProcess:
    """One server on ``data_dir`` and a port that stays the same over restarts.

    ``environment``: further ``WORKSHOP_…`` variables. What it prints goes to ``log``.
    """

    def __init__(self, data_dir: Path, *, port: int | None = None, environment: dict[str, str] | None = None) -> None:
        self.data_dir = data_dir
        self.port = port or free_port()
        self.log = data_dir.with_name(f"{data_dir.name}-{self.port}.log")
        self._environment = environment or {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The id of the running process."""
        assert self._process is not None, "not started"
        return self._process.pid

    def start(self) -> float:
        """Start, and return once it is ready; the seconds that took. Raises ServerDied."""
        self.data_dir.parent.mkdir(parents=True, exist_ok=True)
        began = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [str(Path(sys.executable).with_name("workshop")), "serve"],
                env=self._variables(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() - began > READY_SECONDS:
                self.kill()
                raise ServerDied(self.log.read_text(errors="replace")[-4000:])
            time.sleep(0.02)
        return time.monotonic() - began

    def kill(self) -> None:
        """End it as a power cut would: SIGKILL."""
        self._end(signal.SIGKILL, seconds=10)

    def terminate(self, seconds: float = 15) -> float:
        """Tell it to stop and wait for that; the seconds it took. Raises subprocess.TimeoutExpired."""
        began = time.monotonic()
        self._end(signal.SIGTERM, seconds)
        return time.monotonic() - began

    def _end(self, how: signal.Signals, seconds: float) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        self._process.wait(seconds)
        self._process = None

    def _variables(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("WORKSHOP_")}
        ours = {
            "WORKSHOP_DATA_DIR": str(self.data_dir),
            "WORKSHOP_HOST": "127.0.0.1",
            "WORKSHOP_PORT": str(self.port),
            "WORKSHOP_BASE_URL": self.address,
        }
        return kept | ours | self._environment

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/health/ready", timeout=2) as answer:  # noqa: S310 (our own, over http)
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


@contextmanager
def serving(data_dir: Path, environment: dict[str, str] | None = None) -> Iterator[ServerProcess]:
    """A ready server that is gone when the block ends."""
    server = ServerProcess(data_dir, environment=environment)
    server.start()
    try:
        yield server
    finally:
        server.kill()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
