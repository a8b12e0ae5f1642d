"""The practice scale on a phone, by the page's own form."""

import re
from collections.abc import Callable

import httpx
import pytest

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import Phone
from tests.pages.phone.scale.asking import WORDS, answer, answers, ask, set_words
from workshop.focus_groups.models import FocusGroup, StepKind
from workshop.focus_groups.run_sheet import NewStep
from workshop.focus_groups.steps import add_step
from workshop.text import LONGEST_TEXT

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]


async def test_a_phone_that_waits_for_the_words_is_told_of_them(
    browser_of: BrowserOf, scale_url: str, ben: Phone, installation: Installation, meeting: Meeting
) -> None:
    await ben.join()
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        group.step_id = (await add_step(db, group, NewStep(StepKind.SCALE, 5))).id
    await ben.open("/scale")
    assert "Nothing is asked at the moment." in ben.html
    assert "I’m done" not in ben.html
    before = re.search(r'data-revision="(\d+)"', ben.html)
    # The page asks to be made anew as soon as the number is another (static/js/follow.js).
    assert " data-fresh" in ben.html
    assert before
    await set_words(browser_of("ada"), scale_url)
    await ben.open("/scale")
    assert WORDS["question"] in ben.html
    assert " data-fresh" not in ben.html
    assert f'data-revision="{before[1]}"' not in ben.html


async def test_an_answer_is_saved_and_can_be_changed_while_it_is_asked(
    installation: Installation, ada: httpx.AsyncClient, ben: Phone
) -> None:
    await ben.open("/scale")
    for said in WORDS.values():
        assert said in ben.text
    assert ben.html.count('type="radio"') == 11
    await answer(ben, "6", not_lower="We meet\nin time.", one_higher="Minutes within a week.")
    assert "Your answer is saved" in ben.text
    assert 'value="6" id="value-6" checked' in ben.html
    assert ben.box("not_lower") == "We meet\nin time."
    # The same form once more is the same answer.
    await answer(ben, "6", not_lower="We meet\nin time.", one_higher="Minutes within a week.")
    await answer(ben, "7", not_lower="", one_higher="Minutes within a week.")
    stored = await answers(installation)
    assert [(one.value, one.not_lower, one.one_higher, one.asking) for one in stored] == [
        (7, None, "Minutes within a week.", 1)
    ]


async def test_words_that_seem_to_identify_somebody_are_asked_about_before_they_are_kept(
    installation: Installation, ada: httpx.AsyncClient, ben: Phone
) -> None:
    texts = {"not_lower": "Jayden was not asked.", "one_higher": "Ring 07700 900123 first."}
    await answer(ben, "6", **texts)
    assert ben.answer.status_code == 422
    assert 'href="#not_lower"' in ben.html
    assert "it seems to hold a person’s name" in ben.text
    assert '<mark class="found">07700 900123</mark>' in ben.html
    assert await answers(installation) == []
    assert {name: ben.box(name) for name in texts} == texts
    assert 'value="6" id="value-6" checked' in ben.html

    # Sent all the same, and not asked again as long as just these words stand there.
    sure = re.search(r'name="sure"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="sure"', ben.html)
    assert sure
    await answer(ben, "6", **texts, sure=sure[1] or sure[2])
    await answer(ben, "7", **texts)
    assert "Your answer is saved" in ben.text
    assert [(one.value, one.not_lower, one.one_higher) for one in await answers(installation)] == [(7, *texts.values())]
    await answer(ben, "7", **(texts | {"not_lower": "Jayden Smith was not asked."}))
    assert ben.answer.status_code == 422


async def test_what_cannot_be_saved_keeps_its_words(
    installation: Installation, ada: httpx.AsyncClient, ben: Phone
) -> None:
    for value in ("", "11", "-1", "6.5", "six"):
        await answer(ben, value, not_lower="Words that stay.")
        assert ben.answer.status_code == 422
        assert "Choose a number from 0 to 10" in ben.text
        assert ben.box("not_lower") == "Words that stay."
    await answer(ben, "5", one_higher="x" * (LONGEST_TEXT + 1))
    assert ben.answer.status_code == 422
    assert 'href="#one_higher"' in ben.html
    assert len(ben.box("one_higher")) == LONGEST_TEXT + 1
    await answer(ben, "5", one_higher="é" * LONGEST_TEXT, not_lower="🙂" * LONGEST_TEXT)
    assert "Your answer is saved" in ben.text
    assert len(await answers(installation)) == 1


async def test_an_answer_that_comes_too_late_gets_its_words_back(
    installation: Installation, meeting: Meeting, ada: httpx.AsyncClient, ben: Phone, scale_url: str
) -> None:
    await ben.open("/scale")
    late = {"scale": ben.field("scale"), "asking": ben.field("asking"), "value": "4", "not_lower": "Late words."}
    await ada.post(f"{scale_url}/asking/removal", data={"about": "whole"})
    await ben.send("/scale", **late)
    assert ben.answer.status_code == 409
    assert "no longer asked" in ben.text
    assert ben.box("not_lower") == "Late words."
    assert await answers(installation) == []


async def test_an_answer_of_a_phone_that_is_no_longer_known_gets_its_words_back(
    installation: Installation, ada: httpx.AsyncClient, ben: Phone
) -> None:
    await ben.open("/scale")
    ben.client.cookies.clear()
    fields = {"scale": ben.field("scale"), "asking": ben.field("asking"), "value": "4"}
    await ben.send("/scale", **fields, not_lower="Not\nlost.", one_higher="Nor this.")
    assert ben.answer.status_code == 403
    assert "Join again" in ben.text
    assert (ben.box("not_lower"), ben.box("one_higher")) == ("Not\nlost.", "Nor this.")
    again = {name: ben.field(name) for name in fields}
    await ben.join()
    await ben.send("/scale", **again, not_lower="Not\nlost.", one_higher="Nor this.")
    (stored,) = await answers(installation)
    assert (stored.value, stored.not_lower, stored.one_higher) == (4, "Not\nlost.", "Nor this.")


async def test_an_answer_to_the_first_asking_does_not_count_for_the_second(
    installation: Installation, ada: httpx.AsyncClient, ben: Phone, scale_url: str
) -> None:
    await answer(ben, "3", not_lower="First.")
    first = {"scale": ben.field("scale"), "asking": ben.field("asking"), "value": "4", "not_lower": "Still the first."}
    assert (await ask(ada, scale_url)).status_code == 303
    await ben.send("/scale", **first)
    assert ben.answer.status_code == 409
    assert ben.box("not_lower") == "Still the first."
    assert ben.field("asking") == "2"
    assert "You were asked this before" in ben.text
    await answer(ben, "8")
    assert sorted((one.asking, one.value) for one in await answers(installation)) == [(1, 3), (2, 8)]
