"""The practice scale as its facilitator has it: set, asked, read, and taken over as points."""

import re
from collections.abc import Callable
from html import unescape

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.phone.conftest import Phone, set_group
from tests.pages.phone.scale.asking import WORDS, answer, answers, ask, set_words
from workshop.contributions.models import Contribution
from workshop.focus_groups.models import FocusGroup, Phase, RunSheetStep, StepKind
from workshop.programmes.models import ColumnKind

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]
PhoneIn = Callable[[Meeting], Phone]


async def test_nobody_is_asked_before_0_and_10_have_words(
    browser_of: BrowserOf, scale_url: str, ben: Phone, installation: Installation, meeting: Meeting
) -> None:
    ada = browser_of("ada")
    refused = await ask(ada, scale_url)
    assert refused.status_code == 422
    assert 'href="#question"' in refused.text
    for missing in WORDS:
        refused = await set_words(ada, scale_url, **{missing: "  "})
        assert refused.status_code == 422
        assert f'href="#{missing}"' in refused.text
        kept = next(field for field in WORDS if field != missing)
        assert WORDS[kept] in refused.text
    # A step of the run sheet whose scale has no words asks nothing, either.
    async with installation.database.writing() as db:
        step = RunSheetStep(focus_group_id=meeting.focus_group.id, position=0, kind=StepKind.SCALE)
        db.add(step)
    await set_group(installation, meeting, step_id=step.id)
    await (await ben.join()).open("/scale")
    assert "Nothing is asked at the moment" in ben.text


async def test_two_presses_ask_once_and_a_removed_step_mixes_no_askings(
    installation: Installation, meeting: Meeting, ada: httpx.AsyncClient, ben: Phone, scale_url: str
) -> None:
    await ask(ada, scale_url)
    async with installation.database.reading() as db:
        assert len(list(await db.exec(select(RunSheetStep)))) == 1
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        assert group.phase is Phase.GATHERING
    await answer(ben, "3")
    await ada.post(f"{scale_url}/asking/removal", data={"about": "whole"})
    assert "Nothing is asked at the moment" in (await ben.open("/scale")).text
    await ask(ada, scale_url)
    await answer(ben, "9")
    assert sorted((one.asking, one.value) for one in await answers(installation)) == [(1, 3), (2, 9)]


async def test_asking_by_hand_in_a_run_sheet_comes_after_the_present_step(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, scale_url: str, ben: Phone
) -> None:
    ada, group_url = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    await ben.join()
    await ada.post(f"{group_url}/step", data={"to": "", "seen": ""})
    async with installation.database.reading() as db:
        steps = list(await db.exec(select(RunSheetStep).order_by(RunSheetStep.position)))  # type: ignore[arg-type]
    await ada.post(f"{group_url}/step", data={"to": str(steps[1].id), "seen": str(steps[0].id)})
    theme = str(meeting.themes[0].id)
    await set_words(ada, scale_url, about=theme)
    await ask(ada, scale_url, about=theme)
    async with installation.database.reading() as db:
        now = list(await db.exec(select(RunSheetStep).order_by(RunSheetStep.position)))  # type: ignore[arg-type]
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
    assert [step.kind for step in now[:3]] == [StepKind.WELCOME, StepKind.THEME, StepKind.SCALE]
    assert group.step_id == now[2].id
    assert group.phase is Phase.GATHERING
    await answer(ben, "5")
    html = (await ada.get(scale_url)).text
    assert "1 of 1 phone or computer" in html
    assert "Stop asking" not in html


async def test_the_spread_is_shown_from_three_answers_on_and_never_whose_they_are(
    installation: Installation, meeting: Meeting, ada: httpx.AsyncClient, ben: Phone, phone_in: PhoneIn, scale_url: str
) -> None:
    phones = [ben, phone_in(meeting), phone_in(meeting)]
    for phone in phones[1:]:
        await phone.join()
    await answer(phones[0], "2", not_lower="It is slow.")
    await answer(phones[1], "7")
    html = (await ada.get(scale_url)).text
    assert "2 of 3 phones or computers" in html
    assert "<svg" not in html
    assert "It is slow." in html
    assert "<strong>2</strong>" not in html
    await answer(phones[2], "8")
    html = (await ada.get(scale_url)).text
    assert html.count("dot-plot__dot") == 3
    assert "3 answers: median 7, from 2 to 8" in html
    assert "<strong>2</strong>" in html
    for one in await answers(installation):
        assert str(one.participant_id) not in html
    await ask(ada, scale_url)
    for phone, value in zip(phones, ("5", "9", "9"), strict=True):
        await answer(phone, value)
    html = (await ada.get(scale_url)).text
    assert html.count("<svg") == 2
    assert "3 answers: median 9, from 5 to 9" in html
    cells = re.findall(r'<th scope="row" class="govuk-table__header">9</th>\s*<td[^>]*>(\d+)</td><td[^>]*>(\d+)', html)
    assert cells == [("0", "2")]


async def test_one_higher_is_taken_over_once_as_a_point_of_whoever_said_it(
    installation: Installation, meeting: Meeting, ada: httpx.AsyncClient, ben: Phone, scale_url: str
) -> None:
    await answer(ben, "6", one_higher="Minutes within a week.")
    html = (await ada.get(scale_url)).text
    found = re.search(r'action="([^"]*/answers/[^"]*/contribution)"', html)
    assert found
    refused = await ada.post(unescape(found[1]), data={"about": "whole", "theme": ""})
    assert refused.status_code == 422
    assert "Choose the theme that it goes under" in refused.text
    theme = str(meeting.themes[1].id)
    for _ in range(2):
        taken = await ada.post(unescape(found[1]), data={"about": "whole", "theme": theme})
        assert taken.status_code == 303
    async with installation.database.reading() as db:
        points = list(await db.exec(select(Contribution)))
    (stored,) = await answers(installation)
    assert [(each.text, each.column, str(each.theme_id)) for each in points] == [
        ("Minutes within a week.", ColumnKind.NEEDS_TO_HAPPEN, theme)
    ]
    assert points[0].participant_id == stored.participant_id
    assert stored.taken_over_as == points[0].id
    html = (await ada.get(scale_url)).text
    assert "is a point on the board now" in html
    assert "Minutes within a week." not in html
    assert "/contribution" not in html
    assert "Minutes within a week." in (await ben.open(ben.theme(1))).text
    # A page that was open before still has the words: they are not kept twice.
    await ben.open("/scale")
    assert ben.box("one_higher") == ""
    assert "among your points" in ben.text
    await answer(ben, "7", one_higher="Minutes within a week.")
    await answer(ben, "7", one_higher="Minutes within a week.")
    (stored,) = await answers(installation)
    assert (stored.value, stored.one_higher) == (7, None)


async def test_other_words_that_follow_those_taken_over_are_no_point_until_they_are_taken_over(
    installation: Installation, meeting: Meeting, ada: httpx.AsyncClient, ben: Phone, scale_url: str
) -> None:
    theme = str(meeting.themes[0].id)
    for said in ("Minutes within a week.", "A chair who listens."):
        await answer(ben, "6", one_higher=said)
        html = (await ada.get(scale_url)).text
        found = re.search(r'action="([^"]*/answers/[^"]*/contribution)"', html)
        assert found, said
        assert "What would make it one higher is a point on the board now" not in html
        assert (await ada.post(unescape(found[1]), data={"about": "whole", "theme": theme})).status_code == 303
    async with installation.database.reading() as db:
        points = list(await db.exec(select(Contribution.text)))
    assert sorted(str(text) for text in points) == ["A chair who listens.", "Minutes within a week."]
    await answer(ben, "6", one_higher="Something else again.")
    await ben.open("/scale")
    assert "may put this among the points" in ben.text


async def test_the_same_words_are_not_two_points(
    installation: Installation, meeting: Meeting, browser_of: BrowserOf, ben: Phone, scale_url: str
) -> None:
    ada, theme = browser_of("ada"), str(meeting.themes[0].id)
    await ben.join()
    await ben.add("Minutes within a week.", column="needs_to_happen")
    await set_words(ada, scale_url, about=theme)
    await ask(ada, scale_url, about=theme)
    await answer(ben, "6", one_higher="Minutes within a week.")
    html = (await ada.get(f"{scale_url}?theme={theme}")).text
    found = re.search(r'action="([^"]*/answers/[^"]*/contribution)"', html)
    assert found
    assert (await ada.post(found[1], data={"about": theme})).status_code == 303
    async with installation.database.reading() as db:
        assert len(list(await db.exec(select(Contribution)))) == 1


async def test_words_that_are_set_are_a_coordinator_s_to_change_and_stay_once_somebody_has_answered(
    browser_of: BrowserOf, ada: httpx.AsyncClient, ben: Phone, scale_url: str
) -> None:
    cleo = browser_of("cleo")
    assert "Ask a coordinator to change them" in (await set_words(ada, scale_url, lowest="Hardly anybody comes")).text
    assert (await set_words(cleo, scale_url, lowest="Hardly anybody comes")).status_code == 303
    await answer(ben, "6")
    refused = await set_words(cleo, scale_url, lowest="Something else")
    assert refused.status_code == 422
    assert "can no longer change" in refused.text
    assert "Change its words" not in (await ada.get(scale_url)).text


async def test_nobody_is_asked_while_it_is_closed(
    installation: Installation, meeting: Meeting, ada: httpx.AsyncClient, ben: Phone, scale_url: str
) -> None:
    await set_group(installation, meeting, phase=Phase.CLOSED)
    assert "Nothing is asked at the moment" in (await ben.open("/scale")).text
    await ada.post(f"{scale_url}/asking", data={"about": str(meeting.themes[0].id)})
    answered = await ask(ada, scale_url)
    assert answered.status_code == 303
    html = (await ada.get(scale_url)).text
    assert "Nobody can answer while it is not open" in html


async def test_the_page_is_told_what_changed(ada: httpx.AsyncClient, ben: Phone, scale_url: str) -> None:
    html = (await ada.get(scale_url)).text
    since = re.search(r'name="since" value="([^"]+)"', html)
    assert since
    query = {"since": since[1], "theme": "whole"}
    assert (await ada.get(f"{scale_url}/changes", params=query)).status_code == 204
    await answer(ben, "6")
    changed = await ada.get(f"{scale_url}/changes", params=query)
    assert "1 of 1 phone or computer" in changed.text
