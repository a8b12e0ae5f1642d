"""Proposed groups, remembered by this process until new ones are asked for: ids alone, nobody's words.

Another process works them out anew when it is asked: the same points give the same groups.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID

from workshop.findings.suggestions import Said
from workshop.findings.worker import groups_suggested
from workshop.pages.board.grouping_view import RoomPoint
from workshop.programmes.models import ColumnKind

Place = tuple[UUID, UUID, ColumnKind]
MOST_PLACES = 200


class Proposals:
    """Focus group, theme and column → groups of points' ids."""

    def __init__(self) -> None:
        self._known: OrderedDict[Place, list[list[UUID]]] = OrderedDict()
        # A worker fills a processor: one after the other.
        self._turn = asyncio.Lock()

    def known(self, place: Place) -> list[list[UUID]] | None:
        """What was proposed last, if this process proposed it."""
        return self._known.get(place)

    async def propose(self, place: Place, points: Sequence[RoomPoint]) -> list[list[UUID]]:
        """Work out which of the room's ``points`` that are loose at ``place`` could go together. Raises WorkerFailed.

        The others are looked at for how rare a word is.
        """
        said = [
            Said("here", point.column, point.text)
            if (point.theme_id, point.column, point.finding_id) == (*place[1:], None)
            else Said(f"elsewhere {number}", point.column, point.text)
            for number, point in enumerate(points)
        ]
        async with self._turn:
            groups = await groups_suggested(said)
        self._known[place] = [[points[index].id for index in group] for group in groups]
        self._known.move_to_end(place)
        while len(self._known) > MOST_PLACES:
            self._known.popitem(last=False)
        return self._known[place]
