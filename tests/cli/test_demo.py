"""The demonstration: loaded once, accounts that work, a group that can be joined; never in somebody's own data."""

import json
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from workshop import demo
from workshop.accounts.passwords import verify_password
from workshop.accounts.queries import account_by_email
from workshop.accounts.writes import make_partnership
from workshop.app import create_app
from workshop.database import Database
from workshop.migrations import migrate
from workshop.programmes.models import Programme
from workshop.settings import Settings


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", port=8123)


async def test_it_is_loaded_once_and_the_passwords_are_new_each_time(here: Settings) -> None:
    first = await demo.prepare(here)
    second = await demo.prepare(here)
    assert first.join_token == second.join_token
    assert not set(first.passwords.values()) & set(second.passwords.values())
    database = Database(here.database)
    async with database.reading() as db:
        for email, password in second.passwords.items():
            account = await account_by_email(db, email)
            assert account is not None
            assert verify_password(password, account.password_hash)[0]
            assert not verify_password(first.passwords[email], account.password_hash)[0]
    await database.close()


async def test_the_printed_link_leads_to_the_open_group(here: Settings) -> None:
    shown = "\n".join(demo.lines(here, demonstration := await demo.prepare(here)))
    link = f"http://127.0.0.1:8123/j/{demonstration.join_token}"
    assert link in shown
    for email, password in demonstration.passwords.items():
        assert f"{email}" in shown
        assert password in shown
    app = create_app(here)
    async with app.lifespan():
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # litestar's own ASGI types
        async with httpx.AsyncClient(transport=transport, base_url=here.address) as phone:
            answer = await phone.get(link)
    assert answer.status_code == 200
    assert "Example County Council" in answer.text


async def test_somebody_s_own_data_gets_no_printed_passwords(here: Settings) -> None:
    database = Database(here.database)
    await migrate(database)
    async with database.writing() as db:
        await make_partnership(db, "Northshire")
    with pytest.raises(demo.NotADemonstration, match="belongs to Northshire"):
        await demo.prepare(here)
    async with database.reading() as db:
        assert await account_by_email(db, demo.FACILITATOR) is None
        assert not list(await db.exec(select(Programme)))
    await database.close()


def test_listening_everywhere_prints_an_address_that_phones_can_reach(
    here: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    everywhere = here.model_copy(update={"host": "0.0.0.0"})  # noqa: S104 (nothing listens)
    monkeypatch.setattr(demo, "address_in_this_network", lambda: "192.168.7.7")
    assert demo.reachable(everywhere).address == "http://192.168.7.7:8123"
    assert demo.reachable(here).address == "http://127.0.0.1:8123"
    told = demo.Demonstration(dict.fromkeys(demo.PEOPLE, "x"), "token")
    assert "Phones in the same network can join" in "\n".join(demo.lines(demo.reachable(everywhere), told))
    assert "Phones cannot reach this address" in "\n".join(demo.lines(here, told))
    own = everywhere.model_copy(update={"base_url": "https://workshop.example.org"})
    assert demo.reachable(own) is own


def test_the_data_is_what_the_demonstration_promises() -> None:
    data = json.loads(demo.FILE.read_bytes())
    texts = [point["text"] for group in data["focus_groups"] for point in group["contributions"]]
    assert len(data["focus_groups"]) == len(data["themes"]) == 4
    assert len(texts) >= 200
    assert len(set(texts)) == len(texts)
