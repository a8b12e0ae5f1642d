"""What all phones of a group see alike is rendered once, and anew as soon as anything of it has changed."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from sqlmodel import col, update

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import COLUMNS, Phone, set_group
from workshop.database import now
from workshop.focus_groups import links
from workshop.focus_groups.models import FocusGroup, Phase
from workshop.focus_groups.writes import close_focus_group
from workshop.programmes.models import GroupWord, Programme, ProgrammeColumn, Theme

pytestmark = pytest.mark.anyio
THEMES = "/themes"


@pytest.fixture(autouse=True)
def _only_commits_count(monkeypatch: pytest.MonkeyPatch) -> None:
    # Without this a page a second later would be right whatever a commit does.
    monkeypatch.setattr(links, "SECONDS", 3600.0 * 24)


@pytest.fixture
async def ben(ben: Phone) -> Phone:
    """His phone, which has seen both pages."""
    await ben.join()
    await ben.open(THEMES)
    return await ben.open(ben.theme())


@pytest.mark.parametrize(
    ("change", "places"),
    [
        (update(Theme).where(col(Theme.position) == 0).values(name="Before & <after>"), 2),
        (update(Theme).where(col(Theme.position) == 1).values(name="Before & <after>"), 2),
        (update(ProgrammeColumn).values(question="Before & <after>"), 1),
        (update(Programme).values(title="Before & <after>"), 2),
        (update(Programme).values(safeguarding_contacts="Before & <after>"), 2),
        (update(FocusGroup).values(label="Before & <after>"), 2),
    ],
)
async def test_what_was_changed_is_on_the_next_page(
    installation: Installation, ben: Phone, change: Any, places: int
) -> None:
    """``places``: on how many of the two pages it stands; a question is on the theme's alone."""
    async with installation.database.writing() as db:
        await (await db.connection()).execute(change)
    pages = [(await ben.open(path)).html for path in (ben.theme(), THEMES)]
    assert [page.count("Before &amp; &lt;after&gt;") > 0 for page in pages] == [True, places == 2]


async def test_a_closing_takes_the_boxes_away_and_an_opening_brings_them_back(
    installation: Installation, meeting: Meeting, ben: Phone
) -> None:
    async with installation.database.writing() as db:
        await (await db.connection()).execute(update(Programme).values(group_word=GroupWord.WORKSHOP))
        await close_focus_group(db, await db.get_one(FocusGroup, meeting.focus_group.id))
    for path in (THEMES, ben.theme()):
        await ben.open(path)
        assert "This workshop is closed" in ben.text
        assert "<form" not in ben.html
    await set_group(installation, meeting, phase=Phase.GATHERING)
    await ben.open(ben.theme())
    assert all(ben.form_id(column) for column in COLUMNS)


async def test_a_link_that_ends_takes_the_boxes_away_though_nothing_was_written(
    installation: Installation, meeting: Meeting, ben: Phone
) -> None:
    await set_group(installation, meeting, open_until=now() + dt.timedelta(minutes=30))
    assert "<form" in (await ben.open(ben.theme())).html
    with time_machine.travel(now() + dt.timedelta(minutes=31), tick=True):
        assert "<form" not in (await ben.open(ben.theme())).html


async def test_what_one_was_told_is_on_nobody_elses_page(
    phone_in: Callable[[Meeting], Phone], meeting: Meeting
) -> None:
    """Also when the first to open a page had words in a box, or a point that was just saved."""
    first, second = phone_in(meeting), phone_in(meeting)
    await first.join()
    await second.join()
    await first.open(first.theme())
    await first.write({COLUMNS[0]: "x" * 50_000})
    assert first.answer.status_code == 422
    await first.add("Mine alone.")
    assert first.html.count("<strong>Saved</strong>") == 1
    for path in (THEMES, first.theme()):
        await first.open(f"{path}?cleared=")
        assert "data-clear" in first.html
    for path in (THEMES, second.theme()):
        await second.open(path)
        for of_the_first in ("xxx", "Mine alone.", "<strong>Saved</strong>", "data-clear", "error", "1 point"):
            assert of_the_first not in second.html
    assert [second.box(f"text-{column}") for column in COLUMNS] == ["", "", ""]
