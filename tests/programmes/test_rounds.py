"""A round comes after a real programme of the same partnership."""

import pytest

from tests.conftest import Installation, Meeting, make_meeting
from workshop.programmes.rounds import RoundsGoInCircles, refuse_foreign_or_circular_round
from workshop.rehearsals.making import begin_rehearsal

pytestmark = pytest.mark.anyio


async def test_neither_a_rehearsal_nor_another_partnerships_programme_is_the_one_before(
    installation: Installation, meeting: Meeting
) -> None:
    home = meeting.programme.partnership_id
    foreign = await make_meeting(installation, "Southshire", "Core groups 2025")
    async with installation.database.writing() as db:
        rehearsal = await begin_rehearsal(db, meeting.focus_group, "ada@example.org")
        await refuse_foreign_or_circular_round(db, home, None, meeting.programme.id)
        for previous in (rehearsal.programme_id, foreign.programme.id):
            with pytest.raises(RoundsGoInCircles, match="from the list"):
                await refuse_foreign_or_circular_round(db, home, None, previous)
