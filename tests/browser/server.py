"""A server of its own process with the cast in it, whose data a test sees from its own process too."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from tests.conftest import Installation, Meeting, invite_cast, make_meeting
from tests.serving import ServerProcess, free_port
from workshop.app import create_app
from workshop.database import Database
from workshop.focus_groups.links import SECONDS
from workshop.focus_groups.models import FocusGroup
from workshop.migrations import migrate
from workshop.settings import Settings

T = TypeVar("T")
PATIENCE = 60


class LiveServer:
    """``workshop serve`` with both partnerships and the cast in it.

    ``url``: where it is. ``here``: the installation as seen from this process, with everybody's tokens; what
    ``run`` is given works on the same database file, beside the server. ``name``: what it calls itself in its address.
    """

    def __init__(self, data_dir: Path, *, name: str = "127.0.0.1", **environment: str) -> None:
        self.port = free_port()
        self.url = environment.pop("WORKSHOP_BASE_URL", f"http://{name}:{self.port}")
        self._process = ServerProcess(
            data_dir, port=self.port, environment=environment | {"WORKSHOP_BASE_URL": self.url}
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        settings = Settings(data_dir=data_dir, base_url=self.url)
        self.here = Installation(create_app(settings), settings)
        self.run(lambda: migrate(self.here.database))
        self.run(lambda: invite_cast(self.here))

    @property
    def database(self) -> Database:
        """For what ``run`` is given, and nothing else: it belongs to that thread's loop."""
        return self.here.database

    def run(self, work: Callable[[], Awaitable[T]]) -> T:
        """Await ``work()`` in the thread of this server's database: Playwright has the main thread's loop."""

        async def awaited() -> T:
            return await work()

        return asyncio.run_coroutine_threadsafe(awaited(), self._loop).result(PATIENCE)

    def start(self) -> "LiveServer":
        """Serve, and return once it answers."""
        self._process.start()
        return self

    def kill(self) -> None:
        """As a power cut does."""
        self._process.kill()

    def stop(self) -> None:
        """As ``systemctl stop`` does."""
        self._process.terminate(PATIENCE)

    def close(self) -> None:
        """End the server and this process's own connection."""
        self.kill()
        self.run(self.here.database.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def meeting(self, title: str, facilitator: str = "ada@example.org") -> Meeting:
        """A programme of Northshire with an open focus group."""
        return self.run(lambda: make_meeting(self.here, "Northshire", title, facilitator))

    def change(self, meeting: Meeting, **values: object) -> None:
        """Change the focus group's row, announcing nothing; the server's pages show it within a second."""

        async def work() -> None:
            async with self.database.writing() as db:
                focus_group = await db.get(FocusGroup, meeting.focus_group.id)
                assert focus_group is not None
                for name, value in values.items():
                    setattr(focus_group, name, value)
                db.add(focus_group)

        self.run(work)
        time.sleep(SECONDS)
