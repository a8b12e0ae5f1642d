"""A full disk: whoever writes is told so and gets the words back, and nothing is said to be saved that is not."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.room import point
from workshop.contributions.models import Contribution

pytestmark = pytest.mark.anyio
FORM = {"content-type": "application/x-www-form-urlencoded"}
LONG = "It went on and on. " * 500


async def limit_pages(here: Installation, spare: int | None) -> None:
    """Let the database grow by so many pages and no more; by any number again when none is said."""
    async with here.database.turn(), here.database.writer.connect() as connection:
        pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
        most = 2**30 if spare is None else pages + spare
        await connection.execute(text(f"PRAGMA max_page_count={most}"))


async def texts(here: Installation) -> set[str | None]:
    async with here.database.reading() as db:
        return set(await db.exec(select(Contribution.text)))


async def test_a_full_disk_is_no_success_and_passes(
    installation: Installation,
    meeting: Meeting,
    browser_of: Callable[..., httpx.AsyncClient],
    capfd: pytest.CaptureFixture[str],
) -> None:
    phone = browser_of()
    link = f"/j/{meeting.focus_group.join_token}"
    await phone.post(link, data={"client_id": str(uuid4()), "agency": "unsaid"})
    box = f"{link}/themes/{meeting.themes[0].id}/contributions"
    await limit_pages(installation, spare=20)
    acknowledged, refused = set(), []
    for number in range(30):
        sent = f"Point {number}. {LONG}".strip()
        answer = await phone.post(box, content=point(sent), headers=FORM | {"hx-request": "true"})
        if answer.status_code == HTTPStatus.OK:
            acknowledged.add(sent)
        else:
            assert answer.status_code in {HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE}
            refused.append((sent, answer.text))
    assert acknowledged
    assert refused, "the disk was not full"
    assert await texts(installation) == acknowledged
    assert "could not be saved" in refused[0][1]
    logged = capfd.readouterr()
    assert "full" in logged.out
    assert "went on and on" not in logged.out + logged.err

    without_script = await phone.post(box, content=point(refused[0][0]), headers=FORM)
    assert without_script.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    assert refused[0][0] in without_script.text

    await limit_pages(installation, spare=None)
    again = await phone.post(box, content=point(refused[0][0]), headers=FORM | {"hx-request": "true"})
    assert again.status_code == HTTPStatus.OK
    assert await texts(installation) == acknowledged | {refused[0][0]}
