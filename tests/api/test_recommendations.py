"""What machines read of the recommendations: the numbers that their owner's page shows, and no others."""

from collections.abc import Callable
from uuid import UUID

import httpx
import pytest

from tests.conftest import Installation
from tests.recommendations.gathered import Gathered, gather
from workshop.findings.writes import group_points
from workshop.programmes.models import ColumnKind, Programme
from workshop.recommendations.writes import leave_out, make_recommendation

pytestmark = pytest.mark.anyio
MachineOf = Callable[[str], httpx.AsyncClient]
BOTH_TABLES, ONE_PHONE = (2, 6), (0,)


async def recommend(
    here: Installation, gathered: Gathered, text: str, places: tuple[int, ...], reason: str = ""
) -> None:
    """A recommendation over the needs-to-happen points at these places; left out when there is a reason."""
    theme_id: UUID = gathered.meeting.themes[0].id
    points = [gathered.needs()[place] for place in places]
    async with here.database.writing() as db:
        finding = await group_points(db, gathered.programme_id, theme_id, ColumnKind.NEEDS_TO_HAPPEN, text, points)
        made = await make_recommendation(db, gathered.programme_id, theme_id, text, [finding.id])
        if reason:
            await leave_out(db, made, reason)


async def listed(machine_of: MachineOf, gathered: Gathered) -> dict[str, tuple[int | None, int | None, int | None]]:
    """Text → people, points, focus groups, as a viewer's machine reads them."""
    answer = await machine_of("vi").get(f"/api/programmes/{gathered.programme_id}/recommendations")
    return {row["text"]: (row["people"], row["points"], row["focus_groups"]) for row in answer.json()}


async def test_a_number_from_which_a_small_one_could_be_worked_out_is_not_given(
    installation: Installation, machine_of: MachineOf
) -> None:
    gathered = await gather(installation)
    await recommend(installation, gathered, "Heard at both tables.", BOTH_TABLES)
    await recommend(installation, gathered, "Heard from one.", ONE_PHONE)
    nothing = (None, None, None)
    assert await listed(machine_of, gathered) == {"Heard at both tables.": nothing, "Heard from one.": nothing}


async def test_larger_numbers_are_given_and_those_left_out_come_last(
    installation: Installation, machine_of: MachineOf
) -> None:
    gathered = await gather(installation)
    async with installation.database.writing() as db:
        (await db.get_one(Programme, gathered.programme_id)).minimum_count = 1
    await recommend(installation, gathered, "Heard from one.", ONE_PHONE, reason="It is in hand.")
    await recommend(installation, gathered, "Heard at both tables.", BOTH_TABLES)
    shown = await listed(machine_of, gathered)
    assert list(shown.items()) == [("Heard at both tables.", (8, 2, 2)), ("Heard from one.", (1, 1, 1))]
