"""What many ask for at the same moment is read in one go.

A room of phones opens a page at once. A session, a statement and a visit to the database for each cost many times what
the rows themselves do.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Generic, TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.database import Database

MOST_AT_ONCE = 256
Asked = TypeVar("Asked")
Found = TypeVar("Found")


class Together(Generic[Asked, Found]):
    """Answers each who asks; whoever asks while a reading is under way is in the next one, so nobody sees an old state.

    ``read`` takes the questions, no two alike, and gives the answer to each that has one.
    """

    def __init__(
        self, database: Database, read: Callable[[AsyncSession, set[Asked]], Awaitable[Mapping[Asked, Found]]]
    ) -> None:
        self._database = database
        self._read = read
        self._waiting: list[tuple[Asked, asyncio.Future[Found | None]]] = []
        self._reading: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Found | None:
        """The answer to ``asked`` as the database has it by now, or none. Raises what the reading raised."""
        answer: asyncio.Future[Found | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._reading is None:
            self._reading = asyncio.create_task(self._read_all())
        return await answer

    async def _read_all(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                await self._answer(batch)
        finally:
            self._reading = None

    async def _answer(self, batch: list[tuple[Asked, asyncio.Future[Found | None]]]) -> None:
        try:
            async with self._database.reading() as db:
                found = await self._read(db, {asked for asked, _ in batch})
        except Exception as problem:  # noqa: BLE001 (whatever it is, it goes to everybody who waits for this reading)
            for _, answer in batch:
                if not answer.done():
                    answer.set_exception(problem)
            return
        for asked, answer in batch:
            if not answer.done():
                answer.set_result(found.get(asked))
