"""Signing out ends it everywhere, and open streams with it."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

import httpx
import pytest

from tests.conftest import Installation, Meeting
from tests.pages.sign_in.conftest import PASSWORD
from tests.pages.sign_in.members import membership_of
from workshop.accounts.models import Membership, Role
from workshop.accounts.policy import Permission
from workshop.accounts.writes import begin_sign_in, end_sign_ins
from workshop.focus_groups.models import FocusGroup
from workshop.web import streams

Browsers = Callable[..., httpx.AsyncClient]


async def test_sign_out_ends_every_browsers_sign_in(with_password: Installation, browser_of: Browsers) -> None:
    here, there = browser_of("ada"), browser_of()
    await there.post("/sign-in", data={"email": "ada@example.org", "password": PASSWORD})
    assert (await there.get("/account")).status_code == 200
    answer = await here.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "workshop=;" in answer.headers["set-cookie"].replace('""', "")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert "signed out on every device" in (await here.get("/sign-in")).text
    assert (await there.get("/account")).status_code == 303
    assert (await browser_of("cleo").get("/account")).status_code == 200


async def test_signing_out_twice_or_as_nobody_does_no_harm(browser_of: Browsers) -> None:
    assert (await browser_of().post("/sign-out")).status_code == 303


@pytest.mark.parametrize("lost", ["the sign-in", "the role", "the focus group"])
async def test_an_open_stream_ends_at_its_next_look(
    installation: Installation, meeting: Meeting, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    monkeypatch.setattr(streams, "LOOK_EVERY", 0.0)
    ada = await membership_of(installation, "ada")
    is_closed = False

    async def frames() -> AsyncGenerator[bytes, None]:
        nonlocal is_closed
        try:
            while True:
                yield b": still here\n\n"
        finally:
            is_closed = True

    token = installation.tokens["ada"]
    permission = Permission.RUN_FOCUS_GROUPS
    group_id = meeting.focus_group.id
    watched = streams.while_signed_in(frames(), installation.database, token, permission, group_id)
    async with aclosing(watched) as stream:
        assert await anext(stream)
        assert await anext(stream)
        async with installation.database.writing() as db:
            if lost == "the role":
                (await db.get_one(Membership, ada.id)).role = Role.VIEWER
            elif lost == "the focus group":
                (await db.get_one(FocusGroup, group_id)).facilitator_email = "somebody.else@example.org"
            else:
                await end_sign_ins(db, ada.account_id)
                await begin_sign_in(db, ada.id)
        assert await anext(stream, None) is None
    assert is_closed
