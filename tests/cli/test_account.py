"""Partnerships, accounts and tokens from the command line, and that what it prints works."""

import asyncio
import re
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from workshop.accounts.queries import member_of_api_token
from workshop.app import create_app
from workshop.cli.account import account_command
from workshop.cli.partnership import partnership_command
from workshop.cli.token import token_command
from workshop.database import Database
from workshop.settings import Settings

GROUPS = {"account": account_command, "partnership": partnership_command, "token": token_command}
PASSWORD = "three words together"


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKSHOP_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("WORKSHOP_BASE_URL", "http://workshop.test")
    return tmp_path / "data"


def workshop(command: str, *arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(GROUPS[command], arguments, input=stdin)


def said(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def visit(method: str, path: str, **form: str) -> httpx.Response:
    """One request to an application on the same data."""

    async def send() -> httpx.Response:
        app = create_app(Settings())
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # litestar's own ASGI types
        async with app.lifespan(), httpx.AsyncClient(transport=transport, base_url="http://workshop.test") as browser:
            return await browser.request(method, path, data=form)

    return asyncio.run(send())


def test_a_link_is_printed_that_sets_the_password() -> None:
    said(workshop("partnership", "create", "Northshire"))
    printed = said(workshop("account", "create", "Addy@example.org", "--name", "Addy", "--role", "administrator"))
    found = re.search(r"http://workshop\.test(/password/[\w-]{40,})$", printed.strip())
    assert found
    listed = said(workshop("account", "list"))
    assert listed == "Northshire: addy@example.org (administrator, has not set a password yet)\n"
    assert visit("POST", found[1], password=PASSWORD).status_code == 303
    assert visit("POST", "/sign-in", email="addy@example.org", password=PASSWORD).status_code == 303
    again = re.search(r"(/password/\S+)", said(workshop("account", "link", "addy@example.org")))
    assert again
    assert visit("GET", again[1]).status_code == 200


def test_a_password_may_come_by_stdin_instead() -> None:
    said(workshop("partnership", "create", "Northshire"))
    printed = said(workshop("account", "create", "addy@example.org", "--password-stdin", stdin=f"{PASSWORD}\n"))
    assert "/password/" not in printed
    assert visit("POST", "/sign-in", email="addy@example.org", password=PASSWORD).status_code == 303
    short = workshop("account", "create", "ada@example.org", "--password-stdin", stdin="short\n")
    assert short.exit_code == 1
    assert "12 characters" in short.output


def test_which_partnership_must_be_clear() -> None:
    none = workshop("account", "create", "addy@example.org")
    assert none.exit_code == 1
    assert "workshop partnership create" in none.output
    for name in ("Northshire", "Southshire"):
        said(workshop("partnership", "create", name))
    assert said(workshop("partnership", "list")) == "Northshire\nSouthshire\n"
    assert "already" in workshop("partnership", "create", "Northshire").output
    unclear = workshop("account", "create", "addy@example.org")
    assert unclear.exit_code == 1
    assert "“Northshire”, “Southshire”" in unclear.output
    said(workshop("account", "create", "addy@example.org", "--partnership", "Northshire"))
    assert workshop("account", "create", "addy@example.org", "--partnership", "Northshire").exit_code == 1
    said(workshop("account", "create", "addy@example.org", "--partnership", "Southshire", "--role", "viewer"))
    assert said(workshop("account", "list")).count("addy@example.org") == 2
    assert workshop("token", "create", "addy@example.org").exit_code == 1
    assert workshop("account", "link", "nobody@example.org").exit_code == 1


def test_a_token_is_printed_once_listed_and_revoked() -> None:
    said(workshop("partnership", "create", "Northshire"))
    said(workshop("account", "create", "cleo@example.org", "--role", "coordinator"))
    token = said(workshop("token", "create", "cleo@example.org")).strip()
    assert len(token) >= 40
    assert whose(token) == "cleo@example.org"
    listed = said(workshop("token", "list", "cleo@example.org"))
    assert token not in listed
    assert "never used" in listed
    said(workshop("token", "revoke", "cleo@example.org", listed.split()[0]))
    assert whose(token) is None
    assert workshop("token", "revoke", "cleo@example.org", listed.split()[0]).exit_code == 1


def whose(token: str) -> str | None:
    async def look() -> str | None:
        database = Database(Settings().database)
        async with database.reading() as db:
            member = await member_of_api_token(db, token)
        await database.close()
        return member.email if member else None

    return asyncio.run(look())
