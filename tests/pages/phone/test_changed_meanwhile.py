"""A point that changed while its writer's next change was on its way: what goes is what stood there last."""

import asyncio

import httpx
import pytest

from tests.conftest import Installation, make_meeting
from tests.pages.board.phones import NEEDED, joined
from tests.waiting import until_it_waits
from workshop.contributions.writes import edit_contribution
from workshop.findings.models import Finding
from workshop.findings.writes import group_points
from workshop.focus_groups.models import Participant

pytestmark = pytest.mark.anyio
EARLIER = "The canary sang of kestrels at teatime"


@pytest.mark.parametrize("path", ["", "/removal"], ids=["edited", "deleted"])
async def test_a_heading_in_words_that_were_changed_meanwhile_goes_with_them(
    installation_on_either: Installation, path: str
) -> None:
    here = installation_on_either
    meeting = await make_meeting(here, "Northshire", "Core groups 2026")
    phone = await joined(here, meeting)
    point = await phone.write("Minutes come late", NEEDED)
    transport = httpx.ASGITransport(app=here.app)  # type: ignore[arg-type]  # litestar's own ASGI types
    cookies = {f"place-{meeting.focus_group.id.hex[:8]}": phone.token}
    async with httpx.AsyncClient(transport=transport, base_url="http://workshop.test", cookies=cookies) as browser:
        async with here.database.writing() as db:
            ben = await db.get_one(Participant, phone.participant_id)
            await edit_contribution(db, ben, point, EARLIER, here.settings.key)
            theme = meeting.themes[0].id
            finding = await group_points(db, meeting.programme.id, theme, NEEDED, EARLIER, [point])
            address = f"/j/{meeting.focus_group.join_token}/contributions/{point}{path}"
            form = {"column": NEEDED.value, "text": "Somebody should write them"}
            sending = asyncio.create_task(browser.post(address, data=form))
            await until_it_waits(here.database)
        assert (await sending).status_code == 303
    async with here.database.reading() as db:
        assert (await db.get_one(Finding, finding.id)).heading != EARLIER
