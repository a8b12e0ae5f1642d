"""Which focus group a join link leads to, and what all its phones see alike, without asking the database each time."""

import asyncio
import time
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import select

from workshop.database import Database, now
from workshop.focus_groups.models import FocusGroup, RunSheetStep
from workshop.focus_groups.reveals import revealed_themes
from workshop.focus_groups.standing import Standing, standing_of
from workshop.focus_groups.steps import steps_of
from workshop.programmes.models import Agency, Programme, ProgrammeColumn, Theme
from workshop.programmes.queries import agencies_of, columns_of, themes_of

MOST_REMEMBERED = 10_000
# How long another process's change may go unseen on a page; what may be saved is decided in the inbox's transaction.
SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Room:
    """What every phone of a focus group sees alike. Shared between requests: never add its rows to a session.

    ``made_of_it``: what was made of nothing but this, and goes with it as soon as any of it has changed.
    """

    focus_group: FocusGroup
    programme: Programme
    themes: list[Theme]
    columns: list[ProgrammeColumn]
    agencies: list[Agency]
    steps: list[RunSheetStep]
    revealed: frozenset[UUID]
    made_of_it: dict[Hashable, Any] = field(default_factory=dict, compare=False)

    @property
    def standing(self) -> Standing:
        """Where the room is at this moment."""
        return standing_of(self.focus_group, self.steps, self.themes, self.columns, now())


class JoinLinks:
    """Remembers link → focus group, which never changes: a room that writes asks for one link thousands of times.

    Unknown links are not remembered, so that guessing fills nothing. A group that was deleted since is found here and
    refused by the inbox.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, UUID] = {}
        self._rooms: dict[str, tuple[int, float, Room]] = {}
        self._reading = asyncio.Lock()

    async def focus_group_of(self, join_token: str) -> UUID | None:
        """The id of the focus group that ``join_token`` leads to, or none."""
        if known := self._known.get(join_token):
            return known
        if _is_never_one(join_token):
            return None
        async with self._database.reading() as db:
            found = (await db.exec(select(FocusGroup.id).where(FocusGroup.join_token == join_token))).first()
        if found is not None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[join_token] = found
        return found

    async def room_of(self, join_token: str) -> Room | None:
        """What the link leads to, or none: as this process's last commit left it, another's at most a second ago."""
        if room := self._remembered(join_token):
            return room
        if _is_never_one(join_token):
            return None
        # One reads for all who wait: a whole room opens its page at once.
        async with self._reading:
            return self._remembered(join_token) or await self._read(join_token)

    def _remembered(self, join_token: str) -> Room | None:
        changes, read_at, room = self._rooms.get(join_token, (-1, 0.0, None))
        is_fresh = changes == self._database.changes_for_phones and time.monotonic() - read_at < SECONDS
        return room if is_fresh else None

    async def _read(self, join_token: str) -> Room | None:
        # Both before the reading: what is committed meanwhile is read again.
        changes, read_at = self._database.changes_for_phones, time.monotonic()
        async with self._database.reading() as db:
            query = select(FocusGroup, Programme).where(
                FocusGroup.join_token == join_token, Programme.id == FocusGroup.programme_id
            )
            found = (await db.exec(query)).first()
            if found is None:
                return None
            focus_group, programme = found
            room = Room(
                focus_group,
                programme,
                await themes_of(db, programme.id),
                await columns_of(db, programme.id),
                await agencies_of(db, programme.id),
                await steps_of(db, focus_group.id),
                await revealed_themes(db, focus_group.id),
            )
        if len(self._rooms) >= MOST_REMEMBERED:
            self._rooms.clear()
        self._rooms[join_token] = (changes, read_at, room)
        return room


def _is_never_one(join_token: str) -> bool:
    """Whether it cannot even be looked for: PostgreSQL refuses a text with NUL in it."""
    return "\0" in join_token
