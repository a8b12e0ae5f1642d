"""The inbox: whatever waits is written in one transaction, so that one fsync serves many.

Every submission of one process goes through it. First the groups' revisions are raised in id order, which locks out a
closing; then the rules; then one INSERT … ON CONFLICT DO NOTHING; only after the commit does each request answer. A
failed batch is retried one by one, so that one bad submission harms no other.
"""

import asyncio
import contextlib
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite

from workshop.contributions.models import Contribution
from workshop.contributions.submissions import Batch, Known, Saved, Submission
from workshop.database import Database, Hints, now
from workshop.facts import Refused
from workshop.focus_groups.models import Audience

# While one batch is written, the answers to the one before leave and the next one's requests come in. Were there no
# limit, all would end up in one batch, and the loop and the database would wait for one another by turns.
MOST_AT_ONCE = 32
log = structlog.get_logger()
_contributions = Contribution.__table__  # type: ignore[attr-defined]


class _Waiting:
    __slots__ = ("answer", "submission")

    def __init__(self, submission: Submission, answer: "asyncio.Future[Saved]") -> None:
        self.submission = submission
        self.answer = answer

    def settle(self, outcome: Saved | BaseException) -> None:
        if self.answer.done():
            return
        if isinstance(outcome, BaseException):
            self.answer.set_exception(outcome)
        else:
            self.answer.set_result(outcome)


def _postgresql_insert() -> Any:
    # Here, since it is slow to import and most installations run on SQLite.
    from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415 (see above)

    return insert


class Inbox:
    """Takes submissions, answers each once it is committed."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._key = key
        self._known = Known()
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        insert: Any = sqlite.insert if database.is_sqlite else _postgresql_insert()
        self._insert: Any = insert(_contributions).on_conflict_do_nothing().returning(_contributions.c.id)

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._write_for_ever())

    async def stop(self) -> None:
        """Write what still waits, then end."""
        await self._queue.join()
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def add(self, submission: Submission) -> Saved:
        """Store a submission once; returns after the commit.

        Raises NotJoined, FocusGroupClosed, NotFound (no such theme) or SameIdOtherWords.
        """
        answer: asyncio.Future[Saved] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Waiting(submission, answer))
        return await answer

    async def _write_for_ever(self) -> None:
        while True:
            batch = [await self._queue.get()]
            while len(batch) < MOST_AT_ONCE and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            await self._write(batch)
            for _ in batch:
                self._queue.task_done()

    async def _write(self, batch: list[_Waiting], *, is_retry: bool = False) -> None:
        try:
            submissions = [waiting.submission for waiting in batch]
            outcomes = await self._database.write_in_one_visit(partial(self._store, submissions))
        except Exception as problem:  # noqa: BLE001 (whatever it is, it goes to the request that brought it)
            self._known.forget()
            if is_retry:
                log.warning("inbox.failed", kind=type(problem).__name__)
                batch[0].settle(problem)
                return
            for waiting in batch:
                await self._write([waiting], is_retry=True)
            return
        for waiting, outcome in zip(batch, outcomes, strict=True):
            waiting.settle(outcome)

    def _store(self, submissions: list[Submission], connection: Connection) -> tuple[list[Saved | Refused], Hints]:
        batch = Batch(connection, submissions, self._known, self._key, now())
        batch.raise_revisions()
        batch.look_up()
        rows = batch.rows()
        inserted: set[UUID] = set()
        if rows:
            inserted = set(connection.execute(self._insert, list(rows.values())).scalars())
        outcomes = batch.outcomes(rows, inserted)
        hints: Hints = {}
        for focus_group_id, group in batch.groups.items():
            hints[focus_group_id, Audience.BOARD] = group.board_revision
            hints[focus_group_id, Audience.PROJECTOR] = group.projector_revision
        return outcomes, hints
