"""Which focus group a join link leads to, without asking the database each time."""

from uuid import UUID

from sqlmodel import select

from workshop.database import Database
from workshop.focus_groups.models import FocusGroup

MOST_REMEMBERED = 10_000


class JoinLinks:
    """Remembers link → focus group, which never changes: a room that writes asks for one link thousands of times.

    Unknown links are not remembered, so that guessing fills nothing. A group that was deleted since is found here and
    refused by the inbox.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, UUID] = {}

    async def focus_group_of(self, join_token: str) -> UUID | None:
        """The id of the focus group that ``join_token`` leads to, or none."""
        if known := self._known.get(join_token):
            return known
        async with self._database.reading() as db:
            found = (await db.exec(select(FocusGroup.id).where(FocusGroup.join_token == join_token))).first()
        if found is not None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[join_token] = found
        return found
