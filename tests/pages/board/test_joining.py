"""The join screen and the poster: both lead to the installation's own address."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import anyio
import httpx
import pytest

from tests.conftest import Installation, Meeting, invite_cast, make_meeting
from tests.exports.qr_reading import read_matrix
from tests.pages.board.phones import joined
from workshop.app import create_app
from workshop.exports.qr import qr_matrix
from workshop.focus_groups.joining_code import shown_join_code
from workshop.focus_groups.models import FocusGroup, Phase
from workshop.focus_groups.writes import enter_phase
from workshop.programmes.models import Programme
from workshop.settings import Settings
from workshop.web.cookies import cookie_name

BrowserOf = Callable[..., httpx.AsyncClient]


def matrix_of(svg: str) -> list[list[bool]]:
    """The modules that an SVG of ours paints black."""
    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])  # type: ignore[index]  # it has one
    matrix = [[False] * size for _ in range(size)]
    for x, y, width in re.findall(r"M(\d+),(\d+)h(\d+)v1h-\d+z", svg):
        for column in range(int(x), int(x) + int(width)):
            matrix[int(y)][column] = True
    return matrix


async def test_the_join_screens_code_leads_to_the_base_address_whatever_the_host_header_says(
    browser_of: BrowserOf, meeting: Meeting
) -> None:
    url = f"/focus-groups/{meeting.focus_group.id}/join-screen"
    html = (await browser_of("ada").get(url, headers={"Host": "evil.example"})).text
    matrix = matrix_of(html[html.index("<svg xmlns") :])
    assert read_matrix(matrix) == f"http://workshop.test/j/{meeting.focus_group.join_token}"
    assert "evil.example" not in html
    assert shown_join_code(meeting.focus_group.join_code or "") in html
    assert '<p class="join__address">workshop.test</p>' in html
    assert "Nobody has joined yet" in html
    assert "Phones cannot reach" not in html


@pytest.mark.parametrize("phase", list(Phase))
async def test_the_join_screen_says_whether_anybody_can_join(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, phase: Phase
) -> None:
    async with installation.database.writing() as db:
        await enter_phase(db, await db.get_one(FocusGroup, meeting.focus_group.id), phase)
    page = (await browser_of("ada").get(f"/focus-groups/{meeting.focus_group.id}/join-screen")).text
    assert ("Nobody can join at the moment" in page) is (phase in {Phase.DRAFT, Phase.CLOSED})


async def test_the_join_screen_counts_who_has_joined_and_reloads_when_its_code_dies(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada, code = browser_of("ada"), meeting.focus_group.join_code
    url = f"/focus-groups/{meeting.focus_group.id}/join-screen/joined"
    assert (await ada.get(url, params={"code": code, "since": "0.0"})).status_code == 204
    await joined(installation, meeting, {"Police": 2, "Housing": 1}, unsaid=3)
    await joined(installation, meeting)
    answer = await ada.get(url, params={"code": code, "since": "0.0"})
    assert "7 people joined, on 2 phones or computers" in answer.text
    assert 'value="2.7"' in answer.text
    await ada.post(f"/focus-groups/{meeting.focus_group.id}/closure")
    answer = await ada.get(url, params={"code": code, "since": "2.7"})
    assert answer.headers["hx-refresh"] == "true"


async def test_an_address_that_phones_cannot_reach_is_said_so_with_what_to_set(
    settings: Settings, tmp_path: Path
) -> None:
    for address in ("http://localhost:8000", "http://127.0.0.1:8000", "http://0.0.0.0:8000", "http://[::]:8000"):
        html = await join_screen_at(Settings(data_dir=tmp_path / address.replace("/", "_"), base_url=address))
        assert "Phones cannot reach this address" in html
        assert "WORKSHOP_BASE_URL" in html
    for address in ("http://192.0.2.7:8000", "https://workshop.example.org"):
        html = await join_screen_at(Settings(data_dir=tmp_path / address.replace("/", "_"), base_url=address))
        assert "Phones cannot reach" not in html


async def join_screen_at(settings: Settings) -> str:
    app = create_app(settings)
    async with app.lifespan():
        here = Installation(app, settings)
        await invite_cast(here)
        meeting = await make_meeting(here, "Northshire", "Core groups", facilitator="ada@example.org")
        cookies = {cookie_name(settings, "workshop"): here.tokens["ada"]}
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # litestar's own ASGI types
        async with httpx.AsyncClient(transport=transport, base_url=settings.address, cookies=cookies) as ada:
            return (await ada.get(f"/focus-groups/{meeting.focus_group.id}/join-screen")).text


@pytest.mark.slow
async def test_the_poster_is_a_pdf_of_one_a4_page_with_what_people_need(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, tmp_path: Path
) -> None:
    async with installation.database.writing() as db:
        programme = await db.get_one(Programme, meeting.programme.id)
        programme.title = "Core groups #1 *2026* $x$ @home"
        programme.safeguarding_contacts = "Front door: 01632 960 100\nOut of hours: 01632 960 200\nEmergencies: 999"
        programme.purpose = f"What helps core groups work. {'And what has to change? ' * 40}"
        db.add(programme)
    url = f"/focus-groups/{meeting.focus_group.id}/poster.pdf"
    answer = await browser_of("ada").get(url, headers={"Host": "evil.example"})
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'inline; filename="poster-north-east-2026-11-20.pdf"'
    assert answer.content.startswith(b"%PDF-")
    assert re.findall(rb"/MediaBox ?\[([^]]*)\]", answer.content) == [b"0 0 595.2756 841.8898"]  # one page, of A4
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext (poppler-utils) is not here: the poster's words are not read back")
    file = tmp_path / "poster.pdf"
    file.write_bytes(answer.content)
    command = [reader, "-layout", str(file), "-"]
    text = (await anyio.run_process(command, check=True)).stdout.decode()
    assert text.count("\f") == 1  # at the end of each page
    for words in (
        "Core groups #1 *2026* $x$ @home",
        "North East",
        "Friday 20 November 2026",
        "workshop.test",
        shown_join_code(meeting.focus_group.join_code or ""),
        "What helps core groups work",
        "Northshire Council",
        "This is not a referral",
        "Front door: 01632 960 100",
        "Out of hours: 01632 960 200",
    ):
        assert words in text, words
    assert "evil" not in text


def test_a_qr_code_has_the_quiet_zone_that_scanners_want() -> None:
    matrix = qr_matrix("https://workshop.example.org/j/" + "a" * 22)
    size = len(matrix)
    for i in range(size):
        for edge in range(4):
            assert not matrix[edge][i]
            assert not matrix[i][edge]
            assert not matrix[size - 1 - edge][i]
            assert not matrix[i][size - 1 - edge]
