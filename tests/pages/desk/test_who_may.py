"""Who may do what on the pages of programmes and focus groups, page by page."""

from collections.abc import Callable

import httpx
import pytest

from tests.conftest import Meeting

pytestmark = pytest.mark.anyio
Browser = Callable[..., httpx.AsyncClient]
# Viewers read, facilitators run, coordinators set up.
READ = ("/programmes", "{programme}")
RUN = (
    "{programme}/focus-groups/new",
    "{group}",
    "{group}/details",
    "{group}/attendance",
    "{group}/removal",
)
COORDINATE = (
    "/programmes/new",
    "{programme}/details",
    "{programme}/privacy",
    "{programme}/columns",
    "{programme}/themes",
    "{programme}/themes/{theme}",
    "{programme}/themes/{theme}/removal",
    "{programme}/agencies",
    "{programme}/agencies/{agency}",
    "{programme}/agencies/{agency}/removal",
    "{programme}/deletion",
)
READ_ONLY = {"/programmes", "{programme}", "{group}"}


def address(path: str, meeting: Meeting) -> str:
    return path.format(
        programme=f"/programmes/{meeting.programme.id}",
        group=f"/focus-groups/{meeting.focus_group.id}",
        theme=meeting.themes[0].id,
        agency=meeting.agencies[0].id,
    )


@pytest.mark.parametrize("path", [*READ, *RUN, *COORDINATE])
async def test_each_role_reads_what_is_its_own(browser_of: Browser, meeting: Meeting, path: str) -> None:
    url = address(path, meeting)
    everyones = path in {"/programmes", "/programmes/new"}
    expected = {
        "vi": 200 if path in READ else 403,
        "ada": 403 if path in COORDINATE else 200,
        "cleo": 200,
        "addy": 200,
        "dov": 200 if everyones else 404,
    }
    found = {name: (await browser_of(name).get(url)).status_code for name in expected}
    assert found == expected
    assert (await browser_of().get(url)).status_code == 303


@pytest.mark.parametrize(
    "path", [*(path for path in (*RUN, *COORDINATE) if path not in READ_ONLY), "{programme}/themes/{theme}/position"]
)
async def test_each_role_changes_what_is_its_own(browser_of: Browser, meeting: Meeting, path: str) -> None:
    url = address(path, meeting)
    assert (await browser_of("vi").post(url)).status_code == 403
    assert (await browser_of("ada").post(url)).status_code in ({200, 303, 422} if path in RUN else {403})
    assert (await browser_of("dov").post(url)).status_code == (422 if path == "/programmes/new" else 404)


async def test_a_facilitator_does_not_find_anothers_group(browser_of: Browser, meeting: Meeting) -> None:
    details = {"date-day": "1", "date-month": "12", "date-year": "2026", "facilitator": "cleo@example.org"}
    path = f"/focus-groups/{meeting.focus_group.id}"
    assert (await browser_of("cleo").post(f"{path}/details", data=details)).status_code == 303
    for resource in ("", "/details", "/attendance", "/removal"):
        assert (await browser_of("ada").get(path + resource)).status_code == 404
