"""Where the faults happen: a data directory, a PostgreSQL database or a Redis of the test's own."""

import asyncio
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from tests.conftest import missing
from tests.room import Room, furnish
from tests.serving import ServerProcess, free_port
from workshop.settings import Settings


@pytest.fixture
async def place(tmp_path: Path, database_url: str) -> AsyncIterator[tuple[ServerProcess, Room, Settings]]:
    """A server that runs, with an open focus group in it; killed afterwards."""
    server = ServerProcess(tmp_path / "data", environment={"WORKSHOP_DATABASE_URL": database_url})
    settings = Settings(data_dir=server.data_dir, base_url=server.address, database_url=database_url)
    room = await furnish(settings)
    await asyncio.to_thread(server.start)
    yield server, room, settings
    server.kill()


class OwnRedis:
    """A Redis that a test may kill: never the machine's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, with nothing in it."""
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        if program is None:
            missing("redis-server or valkey-server")
        arguments = [str(program), "--port", str(self.port), "--save", "", "--dir", str(self._folder)]
        self._process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
        with Redis.from_url(self.url) as client:
            for _ in range(100):
                try:
                    client.ping()
                except RedisError:
                    time.sleep(0.05)
                else:
                    return
        raise TimeoutError(self.url)

    def kill(self) -> None:
        """End it at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            self._process = None


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[OwnRedis]:
    """A running Redis of the test's own."""
    redis = OwnRedis(tmp_path)
    redis.start()
    yield redis
    redis.kill()
