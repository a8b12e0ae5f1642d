"""What only a real server shows: its first words, whom it believes about addresses, and HEAD on one connection."""

import time
from pathlib import Path

import httpx
import pytest

from tests.serving import ServerProcess, serving
from workshop.pages.public.guessing import GUESSES
from workshop.web.assets import asset_url

WRONG = {"code": "333 333"}


def printed_link(server: ServerProcess) -> str:
    for _ in range(100):
        for word in server.log.read_text().split():
            if word.startswith(f"{server.address}/start/"):
                return word
        time.sleep(0.05)
    pytest.fail("no link was printed")


def test_the_first_start_prints_a_link_and_the_next_ones_do_not(tmp_path: Path) -> None:
    with serving(tmp_path / "data") as server, httpx.Client() as browser:
        link = printed_link(server)
        assert browser.get(link).status_code == 200
        form = {"partnership": "North", "name": "Addy", "email": "addy@example.org", "password": "three words together"}
        assert browser.post(link, data=form).status_code == 303
        server.terminate()
        server.log.unlink()
        server.start()
        assert browser.get(link).status_code == 404
        assert "/start/" not in server.log.read_text()
        # On one connection HEAD leaves nothing behind that the next answer would be mistaken for.
        for path in ("/account", asset_url("css/desk.css"), "/health/live"):
            head = browser.head(server.address + path)
            assert (head.status_code, head.content) == (200, b"")
        assert browser.get(f"{server.address}/health/live").text == "alive"


@pytest.mark.parametrize("trusted", ["", "192.0.2.1", "127.0.0.1"])
def test_only_a_trusted_proxy_says_where_somebody_is(tmp_path: Path, trusted: str) -> None:
    with serving(tmp_path / "data", {"WORKSHOP_TRUSTED_PROXIES": trusted}) as server, httpx.Client() as guesser:

        def guess(client: str) -> int:
            return guesser.post(server.address, data=WRONG, headers={"x-forwarded-for": client}).status_code

        # A guesser may write any addresses before the one that the proxy adds.
        statuses = {guess(f"198.51.100.{number}, 203.0.113.9") for number in range(GUESSES.failures)}
        assert statuses == {422}
        assert guess("198.51.100.200, 203.0.113.9") == 429
        assert guess("203.0.113.10") == (422 if trusted == "127.0.0.1" else 429)
