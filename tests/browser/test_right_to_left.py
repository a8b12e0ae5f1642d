"""Words that are written from right to left, where the page around them is not."""

import pytest

from tests.browser.conftest import NewPage, fits
from tests.browser.following import make_room
from tests.browser.server import LiveServer
from workshop.programmes.models import Theme

pytestmark = pytest.mark.browser
ARABIC = "مشاركة الأطفال والأسر في التخطيط"


def test_a_theme_in_a_list_keeps_its_bullet_on_the_phone(live_server: LiveServer, new_page: NewPage) -> None:
    room = make_room(live_server, "A theme in Arabic", new_page)

    async def rename() -> None:
        async with live_server.database.writing() as db:
            (await db.get_one(Theme, room.meeting.themes[1].id)).name = ARABIC

    live_server.run(rename)
    phone, cleo = new_page(live_server), new_page(live_server, "cleo", width=320)
    room.join(phone)
    phone.get_by_text(ARABIC).wait_for()
    fits(phone)
    cleo.goto(f"/programmes/{room.meeting.programme.id}")
    cleo.get_by_text(ARABIC).wait_for()
    fits(cleo)
