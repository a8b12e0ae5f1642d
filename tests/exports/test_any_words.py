"""Whatever somebody types on a phone comes out the same by every door: phone, board, page to print, CSV, XLSX, JSON."""

import json
from collections.abc import Callable
from html import unescape
from re import DOTALL, findall

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import Meeting
from tests.exports.readers import sheets_of, table_of_csv, words_on
from tests.pages.phone.conftest import Phone
from workshop.contributions.identifiers import held_for
from workshop.text import normalised

# What seems to identify somebody is asked about first (tests/pages/phone/test_identifying.py).
WORDS = st.text(max_size=80).filter(lambda text: normalised(text) and not held_for(normalised(text)))
ODD = [
    "=HYPERLINK(a)",
    "'",
    "<b>&amp;</b>",
    "a\r\nb\n\nc",
    "Zażółć 🎉",
    "العربية",
    "_x0041_",
    '"quoted", yes',
    "\ufffe",
]


# A failure is told as it was found: each try takes seconds, too long to look for the smallest.
@pytest.mark.slow
@settings(max_examples=3, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS | st.sampled_from(ODD), min_size=8, max_size=20, unique_by=normalised))
async def test_any_words_are_the_same_by_every_door(
    meeting: Meeting, browser_of: Callable[..., httpx.AsyncClient], typed: list[str]
) -> None:
    phone = Phone(browser_of(), meeting)
    await phone.join()
    for text in typed:
        await phone.send_by_script(f"{phone.theme()}/contributions", column="needs_to_happen", client_id="", text=text)
        assert phone.answer.status_code == 200, (text, phone.text)
    wanted = [normalised(text) for text in typed]
    await phone.open(phone.theme())
    assert phone.points() == wanted

    cleo, programme = browser_of("cleo"), f"/programmes/{meeting.programme.id}/exports"
    taken = {kind: (await cleo.get(f"{programme}/{kind}")).content for kind in ("html", "csv", "xlsx", "json")}
    board = (await cleo.get(f"/focus-groups/{meeting.focus_group.id}/board")).text
    [group] = json.loads(taken["json"])["focus_groups"]
    for door, found in {
        "board": [unescape(words) for words in findall(r'<p class="words[^>]*>(.*?)</p>', board, DOTALL)],
        "page to print": words_on(taken["html"]),
        "CSV": [row["Text"] for row in table_of_csv(taken["csv"])],
        "XLSX": [row["Point"] for row in sheets_of(taken["xlsx"])["All points"]],
        "JSON": [point["text"] for point in group["contributions"]],
    }.items():
        assert set(wanted) <= set(found), (door, set(wanted) - set(found))
