"""The inbox: whatever waits is written in one transaction, so that one fsync serves many.

Every submission of one process goes through it. First the groups' revisions are raised in id order, which locks out a
closing; then the rules; then one INSERT … ON CONFLICT DO NOTHING, and where it brought nothing the revision is lowered
again; only after the commit does each request answer. A failed batch is retried one by one, so that one bad submission
harms no other.
"""

import asyncio
from collections import deque
from functools import partial

import structlog
from sqlalchemy import Connection

from workshop.contributions.many_rows import ManyRows
from workshop.contributions.models import Contribution
from workshop.contributions.submissions import COLUMNS, Batch, Known, Saved, Submission
from workshop.database import Database, Hints, now
from workshop.facts import Refused
from workshop.focus_groups.models import Audience

# While one batch is written, the answers to the one before leave and the next one's requests come in. Were there no
# limit, all would end up in one batch, and the loop and the database would wait for one another by turns.
MOST_AT_ONCE = 32
log = structlog.get_logger()
_contributions = Contribution.__table__  # type: ignore[attr-defined]
_Waiting = tuple[Submission, "asyncio.Future[Saved]"]


class Inbox:
    """Takes submissions, answers each once it is committed."""

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._key = key
        self._known = Known()
        self._points = ManyRows(_contributions, COLUMNS)
        self._waiting: deque[_Waiting] = deque()
        self._came = asyncio.Event()
        self._is_stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._write_for_ever())

    async def stop(self) -> None:
        """Write what still waits, then end."""
        self._is_stopping = True
        self._came.set()
        if self._task:
            await self._task

    async def add(self, submission: Submission) -> Saved:
        """Store a submission once; returns after the commit.

        Raises NotJoined, FocusGroupClosed, NotFound (no such theme) or SameIdOtherWords.
        """
        answer: asyncio.Future[Saved] = asyncio.get_running_loop().create_future()
        self._waiting.append((submission, answer))
        self._came.set()
        return await answer

    async def _write_for_ever(self) -> None:
        while self._waiting or not self._is_stopping:
            if not self._waiting:
                self._came.clear()
                await self._came.wait()
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_AT_ONCE))]
            if batch:
                await self._write(batch)

    async def _write(self, batch: list[_Waiting], *, is_retry: bool = False) -> None:
        try:
            submissions = [submission for submission, _ in batch]
            outcomes = await self._database.write_in_one_visit(partial(self._store, submissions))
        except Exception as problem:  # noqa: BLE001 (whatever it is, it goes to the request that brought it)
            self._known.forget()
            if is_retry:
                log.warning("inbox.failed", kind=type(problem).__name__)
                _settle(batch[0][1], problem)
                return
            for waiting in batch:
                await self._write([waiting], is_retry=True)
            return
        for (_, answer), outcome in zip(batch, outcomes, strict=True):
            _settle(answer, outcome)

    def _store(self, submissions: list[Submission], connection: Connection) -> tuple[list[Saved | Refused], Hints]:
        batch = Batch(connection, submissions, self._known, self._key, now())
        batch.raise_revisions()
        batch.look_up()
        inserted = self._points.insert(connection, batch.rows())
        hints: Hints = {}
        for focus_group_id in batch.groups_with_news(inserted):
            hints[focus_group_id, Audience.BOARD] = batch.groups[focus_group_id].board_revision
            hints[focus_group_id, Audience.PROJECTOR] = batch.groups[focus_group_id].projector_revision
        return batch.outcomes(inserted), hints


def _settle(answer: "asyncio.Future[Saved]", outcome: Saved | BaseException) -> None:
    if answer.done():
        return
    if isinstance(outcome, BaseException):
        answer.set_exception(outcome)
    else:
        answer.set_result(outcome)
