"""A coordinator sets up practice scales."""

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.board.phones import joined
from workshop.surveys.models import PracticeScale, ScaleAnswer
from workshop.surveys.queries import scale_about

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]
WORDS = {"question": "How well  do they work?", "lowest": "Nobody comes", "highest": "The family says it is theirs"}


async def stored(here: Installation) -> list[PracticeScale]:
    async with here.database.reading() as db:
        return list(await db.exec(select(PracticeScale)))


async def test_scales_are_set_up_for_the_whole_and_for_a_theme(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    cleo, scales = browser_of("cleo"), f"/programmes/{meeting.programme.id}/scales"
    assert (await cleo.get(scales)).text.count("Not asked") == 1 + len(meeting.themes)
    theme = str(meeting.themes[1].id)
    for about in ("", theme):
        page = await cleo.get(f"{scales}/words", params={"about": about})
        assert page.status_code == 200
        answer = await cleo.post(f"{scales}/words", data={"about": about, **WORDS})
        assert (answer.status_code, answer.headers["location"]) == (303, scales)
    html = (await cleo.get(scales)).text
    assert html.count("How well do they work?") == 2
    assert {scale.theme_id for scale in await stored(installation)} == {None, meeting.themes[1].id}
    # Set again, it is the same scale.
    await cleo.post(f"{scales}/words", data={"about": theme, **WORDS, "lowest": "Hardly anybody comes"})
    assert len(await stored(installation)) == 2
    assert "2 questions from 0 to 10" in (await cleo.get(f"/programmes/{meeting.programme.id}")).text


async def test_what_is_missing_or_too_long_is_said_beside_it(browser_of: BrowserOf, meeting: Meeting) -> None:
    cleo, words = browser_of("cleo"), f"/programmes/{meeting.programme.id}/scales/words"
    for field in WORDS:
        for typed in (" ", "x" * 501):
            refused = await cleo.post(words, data={**WORDS, field: typed})
            assert refused.status_code == 422
            assert f'href="#{field}"' in refused.text
            assert "Nobody comes" in refused.text or field == "lowest"


async def test_words_stay_once_somebody_has_answered(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    cleo, words = browser_of("cleo"), f"/programmes/{meeting.programme.id}/scales/words"
    await cleo.post(words, data=WORDS)
    phone = await joined(installation, meeting)
    [scale] = await stored(installation)
    async with installation.database.writing() as db:
        group, who = meeting.focus_group.id, phone.participant_id
        db.add(ScaleAnswer(scale_id=scale.id, focus_group_id=group, asking=1, participant_id=who, value=3))
    assert "can no longer change" in (await cleo.get(words)).text
    refused = await cleo.post(words, data={**WORDS, "highest": "Something else"})
    assert refused.status_code == 422
    assert (await stored(installation))[0].highest == WORDS["highest"]
    assert (await cleo.post(words, data=WORDS)).status_code == 303


async def test_words_for_a_theme_that_is_gone_are_not_taken_for_the_whole(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    gone = str(uuid4())
    answer = await browser_of("cleo").post(
        f"/programmes/{meeting.programme.id}/scales/words", data={"about": gone, **WORDS}
    )
    assert answer.status_code == 404
    board = f"/focus-groups/{meeting.focus_group.id}/scale"
    refused = await browser_of("ada").post(f"{board}/words", data={"about": gone, **WORDS})
    assert (refused.status_code, "no longer part of the programme" in refused.text) == (422, True)
    await browser_of("ada").post(f"{board}/asking", data={"about": gone})
    assert await stored(installation) == []


async def test_a_facilitator_sets_words_that_are_missing_and_changes_none(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    path = f"/focus-groups/{meeting.focus_group.id}/scale/words"
    words = {"about": "whole", "question": "How well?", "lowest": "Not at all", "highest": "Always"}
    ada = browser_of("ada")
    for _ in range(2):
        assert (await ada.post(path, data=words)).status_code == 303
    answer = await ada.post(path, data=words | {"question": "How badly?"})
    assert (answer.status_code, "Ask a coordinator to change them" in answer.text) == (422, True)
    assert "How badly?" in answer.text
    assert (await browser_of("cleo").post(path, data=words | {"question": "How often?"})).status_code == 303
    async with installation.database.reading() as db:
        scale = await scale_about(db, meeting.programme.id, None)
    assert scale is not None
    assert scale.question == "How often?"
