"""Proposed groups, remembered by this process until new ones are asked for: ids alone, nobody's words.

Another process works them out anew when it is asked: the same points give the same groups.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID

from workshop.findings.suggestions import MOST_POINTS, Said
from workshop.findings.to_group import PointToGroup
from workshop.findings.worker import groups_suggested
from workshop.programmes.models import ColumnKind
from workshop.worker import WorkerFailed

Place = tuple[UUID, UUID, ColumnKind]
MOST_PLACES = 200
# Of a text; what is compared is its beginning (findings/wording.py).
LOOKED_AT = 4_000


class Proposals:
    """Focus group, theme and column → groups of points' ids."""

    def __init__(self) -> None:
        self._known: OrderedDict[Place, list[list[UUID]]] = OrderedDict()
        # A worker fills a processor: one after the other.
        self._turn = asyncio.Lock()

    def known(self, place: Place) -> list[list[UUID]] | None:
        """What was proposed last, if this process proposed it."""
        return self._known.get(place)

    async def propose(self, place: Place, points: Sequence[PointToGroup]) -> list[list[UUID]]:
        """Work out which of the room's ``points`` that are loose at ``place`` could go together. Raises WorkerFailed.

        The others are looked at for how rare a word is. After a failure nothing is proposed until it is asked for anew:
        every page would try again.
        """
        loose = [point for point in points if (point.theme_id, point.column, point.finding_id) == (*place[1:], None)]
        is_loose = {point.id for point in loose}
        others = [point for point in points if point.id not in is_loose][:MOST_POINTS]
        said = [Said("here", point.column, point.text[:LOOKED_AT]) for point in loose]
        said += [Said(f"elsewhere {n}", point.column, point.text[:LOOKED_AT]) for n, point in enumerate(others)]
        self._keep(place, [])
        if len(loose) > MOST_POINTS:
            raise WorkerFailed(f"{len(loose)} points of one column")
        async with self._turn:
            groups = await groups_suggested(said)
        # Those of one theme and column alone: of the others each has a theme of its own.
        return self._keep(place, [[loose[index].id for index in group] for group in groups])

    def _keep(self, place: Place, groups: list[list[UUID]]) -> list[list[UUID]]:
        self._known[place] = groups
        self._known.move_to_end(place)
        while len(self._known) > MOST_PLACES:
            self._known.popitem(last=False)
        return groups
