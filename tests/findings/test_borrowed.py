"""A heading in the words of a point that the room may not read is not read either, nor once that point was reworded."""

from collections.abc import Callable
from uuid import UUID, uuid4

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.board.grouping.page import Page, id_of
from tests.pages.board.phones import NEEDED, joined
from tests.pages.phone.conftest import Phone
from workshop.contributions.models import Contribution
from workshop.findings.borrowed import is_borrowed
from workshop.findings.models import Finding
from workshop.findings.released import released_findings
from workshop.findings.votes import ballot_of
from workshop.focus_groups.models import FocusGroup
from workshop.recommendations.models import Step

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]
NAMING = "Jayden needs a named school nurse."
WITHOUT_A_NAME = {"text": "Said without a name.", "based_on": NAMING, "concern": "no", "then": "keep"}
OTHER = "A school nurse for every child would help."


@pytest.mark.parametrize(
    ("heading", "text", "borrowed"),
    [
        ("Jayden needs a named school nurse", NAMING, True),
        ("jayden needs a named…", NAMING, True),
        ("Jayden", NAMING, True),
        ("School nurse", NAMING, False),
        ("Nurse for Jayden at school", NAMING, False),
        ("", NAMING, False),
        ("…", NAMING, False),
    ],
)
def test_a_heading_is_borrowed_word_for_word(heading: str, text: str, *, borrowed: bool) -> None:
    assert is_borrowed(heading, text) is borrowed


async def test_a_heading_goes_with_the_point_in_whose_words_it_is(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada, board = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    naming = await grouped(installation, ada, meeting, "Jayden needs a named school nurse")
    assert await read(installation, meeting) == (["Jayden needs a named school nurse"],) * 2

    for cover, show in (("holding", "release"), ("hiding", "showing")):
        await ada.post(f"{board}/contributions/{naming}/{cover}")
        assert await read(installation, meeting) == ([], [])
        await ada.post(f"{board}/contributions/{naming}/{show}")
        assert await read(installation, meeting) == (["Jayden needs a named school nurse"],) * 2

    await ada.post(f"{board}/contributions/{naming}/holding")
    new = {"text": "A named nurse is missing.", "based_on": NAMING, "concern": "no", "then": "show"}
    assert (await ada.post(f"{board}/contributions/{naming}/rewording", data=new)).status_code == 303
    ((heading,), to_vote_on) = await read(installation, meeting)
    assert "Jayden" not in heading
    assert heading
    assert to_vote_on == [heading]
    # Nor does doing the grouping again bring it back.
    page = Page(ada, meeting)
    await page.undo()
    assert await read(installation, meeting) == ([], [])
    await page.undo("redo")
    assert await read(installation, meeting) == ([heading], [heading])


@pytest.mark.parametrize("is_covered_first", [True, False])
async def test_a_heading_goes_although_its_point_was_taken_out(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, *, is_covered_first: bool
) -> None:
    ada, board = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    naming = await grouped(installation, ada, meeting, "Jayden needs a named school nurse")
    page, finding_id = Page(ada, meeting), await id_of(installation, "Jayden needs a named school nurse")
    if is_covered_first:
        await ada.post(f"{board}/contributions/{naming}/hiding")
    await page.done(f"findings/{finding_id}/removed-points", points=str(naming))
    await ada.post(f"{board}/contributions/{naming}/hiding")
    assert await read(installation, meeting) == ([], [])

    await ada.post(f"{board}/contributions/{naming}/rewording", data=WITHOUT_A_NAME)
    ((heading,), to_vote_on) = await read(installation, meeting)
    assert "Jayden" not in heading
    assert to_vote_on == [heading]
    async with installation.database.reading() as db:
        assert "Jayden" not in str(list(await db.exec(select(Step.changes))))


async def test_doing_an_undone_grouping_again_brings_no_heading_in_words_that_went_meanwhile(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada, board = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    naming = await grouped(installation, ada, meeting, "Jayden needs a named school nurse")
    page = Page(ada, meeting)
    await page.undo()
    await ada.post(f"{board}/contributions/{naming}/hiding")
    await ada.post(f"{board}/contributions/{naming}/rewording", data=WITHOUT_A_NAME)
    async with installation.database.reading() as db:
        assert "Jayden" not in str(list(await db.exec(select(Step.changes))))
    await page.undo("redo")
    assert "Jayden" not in str(await read(installation, meeting))


async def test_a_few_words_that_another_point_shares_with_a_heading_leave_it(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada, board = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    await grouped(installation, ada, meeting, "Nurse for every school")
    elsewhere = await (await joined(installation, meeting)).write("What we need: a nurse for every school, says mum.")
    await ada.post(f"{board}/contributions/{elsewhere}/hiding")
    assert await read(installation, meeting) == (["Nurse for every school"],) * 2


async def test_a_heading_of_the_facilitators_own_stays(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ada, board = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    naming = await grouped(installation, ada, meeting, "School nurse")
    await ada.post(f"{board}/contributions/{naming}/hiding")
    assert await read(installation, meeting) == (["School nurse"],) * 2
    await ada.post(f"{board}/contributions/{naming}/rewording", data=WITHOUT_A_NAME)
    async with installation.database.reading() as db:
        assert list(await db.exec(select(Finding.heading))) == ["School nurse"]


@pytest.mark.parametrize("becomes", ["", "Minutes come too late."])
async def test_whoever_takes_their_words_back_takes_them_out_of_the_heading(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, becomes: str
) -> None:
    ben = Phone(browser_of(), meeting)
    await ben.join()
    await ben.add("I was told off in front of everybody.", column="needs_to_happen")
    other = await (await joined(installation, meeting)).write(OTHER)
    (own,) = ben.point_ids()
    points = [str(own), str(other)]
    await Page(browser_of("ada"), meeting).done(
        "findings", points=points, heading="I was told off in front of everybody"
    )
    await ben.send(f"/contributions/{own}" if becomes else f"/contributions/{own}/removal", text=becomes)
    ((heading,), _) = await read(installation, meeting)
    assert "told off" not in heading
    async with installation.database.reading() as db:
        assert "told off" not in str(list(await db.exec(select(Step.changes))))


@pytest.mark.parametrize("becomes", ["", "Minutes come too late."])
async def test_what_was_typed_in_and_is_changed_or_deleted_goes_from_the_heading_too(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting, becomes: str
) -> None:
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    words = {"theme": str(meeting.themes[0].id), "column": "needs_to_happen", "client_id": str(uuid4())}
    await ada.post(f"{group}/contributions", data=words | {"text": "Sharpe’s were told off in front of everybody."})
    async with installation.database.reading() as db:
        (typed,) = await db.exec(select(Contribution.id))
    other = await (await joined(installation, meeting)).write(OTHER)
    heading = "Sharpe’s were told off in front of everybody"
    await Page(ada, meeting).done("findings", points=[str(typed), str(other)], heading=heading)
    path, data = (f"{group}/room/{typed}", {"text": becomes}) if becomes else (f"{group}/room/{typed}/deletion", {})
    assert (await ada.post(path, data=data)).status_code == 303
    ((heading,), _) = await read(installation, meeting)
    assert "told off" not in heading
    async with installation.database.reading() as db:
        assert "told off" not in str(list(await db.exec(select(Step.changes))))


async def test_a_heading_goes_with_the_only_point_under_it(
    installation: Installation, browser_of: BrowserOf, meeting: Meeting
) -> None:
    ben = Phone(browser_of(), meeting)
    await ben.join()
    await ben.add("I was told off in front of everybody.", column="needs_to_happen")
    (own,) = ben.point_ids()
    await Page(browser_of("ada"), meeting).done("findings", points=[str(own)], heading="")
    await ben.send(f"/contributions/{own}/removal", text="")
    async with installation.database.reading() as db:
        assert "told off" not in str(
            [list(await db.exec(select(Finding.heading))), list(await db.exec(select(Step.changes)))]
        )


async def grouped(here: Installation, ada: httpx.AsyncClient, meeting: Meeting, heading: str) -> UUID:
    """A heading of the room over a point that names a child, whose id is given, and another one."""
    phone = await joined(here, meeting)
    naming, other = await phone.write(NAMING), await phone.write(OTHER)
    await Page(ada, meeting).done("findings", points=[str(naming), str(other)], heading=heading)
    return naming


async def read(here: Installation, meeting: Meeting) -> tuple[list[str], list[str]]:
    """The headings that the room may read, and those on which it may vote."""
    async with here.database.reading() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        found = await released_findings(db, group, meeting.themes[0].id, NEEDED)
        ballot = await ballot_of(db, group)
    return [each.heading for each in found], [each.heading for each in ballot.shown]
