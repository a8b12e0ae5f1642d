"""Votes and “me too” beside the headings of a coordinator's desk, and nowhere that others read."""

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest

from tests.conftest import Installation, Meeting
from tests.findings.of_a_room import add_findings
from tests.pages.board.phones import joined
from workshop.contributions.me_too import say_me_too
from workshop.contributions.models import Contribution
from workshop.findings.models import PriorityVote
from workshop.focus_groups.models import FocusGroup, Participant, Phase
from workshop.recommendations.writes import make_recommendation

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]


async def test_they_stand_beside_headings_and_recommendations(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    findings = await add_findings(installation, meeting, "Send papers early", "Book rooms")
    writer, voter = [await joined(installation, meeting, {"Police": 2}) for _ in range(2)]
    point = await writer.write("Papers come too late.")
    theme = meeting.themes[0].id
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        group.has_me_too = True
        stored = await db.get_one(Contribution, point)
        stored.finding_id = findings[0]
        db.add_all([group, stored])
        db.add_all(
            PriorityVote(participant_id=voter.participant_id, client_id=uuid4(), finding_id=findings[0])
            for _ in range(3)
        )
        await db.flush()
        await say_me_too(db, await db.get_one(Participant, voter.participant_id), point)
        made = await make_recommendation(db, meeting.programme.id, theme, "Send papers a week before.", [findings[0]])
    programme = f"/programmes/{meeting.programme.id}"
    said = "2 more people said “me too” · 3 votes in the room"
    cleo = browser_of("cleo")
    # The coordinator may be the one who shares a screen with the room.
    before = (await cleo.get(f"{programme}/recommendations")).text
    assert "2 more people said “me too”" in before
    assert "votes in the room" not in before
    async with installation.database.writing() as db:
        (await db.get_one(FocusGroup, meeting.focus_group.id)).phase = Phase.CLOSED
    for page in (
        f"{programme}/recommendations",
        f"{programme}/recommendations/{made.id}",
        f"{programme}/findings/{findings[0]}",
        f"{programme}/themes/{theme}/points",
    ):
        answer = await cleo.get(page)
        assert answer.status_code == 200, page
        assert said in answer.text, page
    for who in ("ada", "vi"):
        others = (await browser_of(who).get(f"{programme}/recommendations")).text
        assert "me too" not in others
        assert "votes in the room" not in others
