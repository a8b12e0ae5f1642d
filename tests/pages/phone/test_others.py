"""What others said, and “Me too”: shown as far as the room may read it, said once, counted as evidence."""

import re
from collections.abc import Callable
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.pages.board import phones
from tests.pages.phone.conftest import Phone, set_group
from workshop.contributions.models import Contribution, MeToo
from workshop.findings.evidence import Evidence, evidence_in
from workshop.findings.queries import points_of_programme, voices_of
from workshop.focus_groups.models import FocusGroup, Phase, StepKind
from workshop.focus_groups.reveals import reveal_themes
from workshop.focus_groups.run_sheet import NewStep
from workshop.focus_groups.running import enter_step
from workshop.focus_groups.steps import make_run_sheet
from workshop.programmes.queries import agencies_of

pytestmark = pytest.mark.anyio
BrowserOf = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def point(installation: Installation, meeting: Meeting, ben: Phone) -> UUID:
    """Somebody else's point, in a room where Ben may say “me too”."""
    await set_group(installation, meeting, has_me_too=True)
    await ben.join()
    other = await phones.joined(installation, meeting, {"Police": 2})
    return await other.write("Minutes come three weeks late.")


def others(ben: Phone) -> str:
    return f"{ben.theme()}/others"


async def say(ben: Phone, point: UUID) -> Phone:
    return await ben.send(f"/contributions/{point}/me-too")


async def take_back(ben: Phone, point: UUID) -> Phone:
    return await ben.send(f"/contributions/{point}/me-too/removal")


async def said(here: Installation) -> int:
    async with here.database.reading() as db:
        return len(list(await db.exec(select(MeToo))))


async def test_others_points_are_shown_and_not_ones_own(ben: Phone, point: UUID) -> None:
    await ben.add("My own words.", column="needs_to_happen")
    await ben.open(others(ben))
    assert ben.points() == ["Minutes come three weeks late."]
    assert "Police" not in ben.text


async def test_me_too_is_said_once_and_taken_back(installation: Installation, ben: Phone, point: UUID) -> None:
    await ben.open(others(ben))
    assert f'action="/j/{ben.meeting.focus_group.join_token}/contributions/{point}/me-too"' in ben.html
    await say(ben, point)
    await say(ben, point)
    assert "You said “Me too”" in ben.text
    assert await said(installation) == 1
    await take_back(ben, point)
    await take_back(ben, point)
    assert "You said “Me too”" not in ben.text
    assert await said(installation) == 0


async def test_a_script_gets_the_point_alone(ben: Phone, point: UUID) -> None:
    await ben.send_by_script(f"/contributions/{point}/me-too")
    assert ben.answer.status_code == 200
    assert "<html" not in ben.html
    assert "You said “Me too”" in ben.text
    await ben.send_by_script(f"/contributions/{point}/me-too/removal")
    assert "Taken back" in ben.text


@pytest.mark.parametrize("values", [{"is_hidden": True}, {"is_held": True}])
async def test_what_the_room_may_not_read_is_not_there(
    installation: Installation, ben: Phone, point: UUID, values: dict[str, bool]
) -> None:
    async with installation.database.writing() as db:
        stored = await db.get_one(Contribution, point)
        for name, value in values.items():
            setattr(stored, name, value)
        db.add(stored)
    await ben.open(others(ben))
    assert "Minutes" not in ben.text
    await say(ben, point)
    assert "cannot be read any more" in ben.text
    assert await said(installation) == 0


async def test_in_a_blind_group_only_what_is_revealed(
    installation: Installation, meeting: Meeting, ben: Phone, point: UUID
) -> None:
    await set_group(installation, meeting, is_blind=True)
    await ben.open(others(ben))
    assert "What others wrote is not shown yet" in ben.text
    assert "Minutes" not in ben.text
    await say(ben, point)
    assert await said(installation) == 0
    async with installation.database.writing() as db:
        await reveal_themes(db, await db.get_one(FocusGroup, meeting.focus_group.id), [meeting.themes[0].id])
    assert ben.points() == []
    await ben.open(others(ben))
    assert ben.points() == ["Minutes come three weeks late."]


async def test_what_was_revealed_is_news_until_the_room_goes_on_to_the_next_theme(
    installation: Installation, meeting: Meeting, ben: Phone, point: UUID
) -> None:
    first, second = meeting.themes[:2]
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        themes = [NewStep(StepKind.THEME, theme_id=theme.id) for theme in (first, second)]
        steps = await make_run_sheet(db, group, themes)
        group.is_blind = True
        await enter_step(db, group, steps[0])
        await reveal_themes(db, group, [first.id])
    await ben.open(ben.theme())
    assert f"You can now read what others wrote: {first.name}" in ben.text
    async with installation.database.writing() as db:
        await enter_step(db, await db.get_one(FocusGroup, meeting.focus_group.id), steps[1])
    for path in (ben.theme(1), ben.theme(), "/standing"):
        await ben.open(path)
        assert "You can now read" not in ben.text
    await ben.open(others(ben))
    assert ben.points() == ["Minutes come three weeks late."]


@pytest.mark.parametrize("values", [{"has_me_too": False}, {"phase": Phase.GROUPING}])
async def test_it_is_said_only_where_it_is_switched_on_while_points_are_gathered(
    installation: Installation, meeting: Meeting, ben: Phone, point: UUID, values: dict[str, object]
) -> None:
    await set_group(installation, meeting, **values)
    await ben.open(others(ben))
    assert "/me-too" not in ben.html
    await say(ben, point)
    assert "Nobody can say “me too” at the moment" in ben.text
    assert await said(installation) == 0


async def test_nobody_says_it_of_their_own_point(installation: Installation, ben: Phone, point: UUID) -> None:
    await ben.add("My own words.", column="needs_to_happen")
    [own] = ben.point_ids()
    await say(ben, own)
    assert "your own" in ben.text
    assert await said(installation) == 0


async def test_how_many_agree_stands_beside_the_point_on_board_and_projector(
    installation: Installation, meeting: Meeting, browser_of: BrowserOf, ben: Phone, point: UUID
) -> None:
    ada, group = browser_of("ada"), f"/focus-groups/{meeting.focus_group.id}"
    board = (await ada.get(f"{group}/board")).text
    since = re.search(r'name="since" value="([^"]+)"', board)
    assert since
    assert "said “me too”" not in board
    phones_before = await revisions(installation, meeting)
    await say(ben, point)
    changed = await ada.get(f"{group}/board/changes", params={"theme": str(meeting.themes[0].id), "since": since[1]})
    assert "<strong>1</strong> said “me too”" in changed.text
    assert "<strong>1</strong> said “me too”" in (await ada.get(f"{group}/board")).text
    await ada.post(f"{group}/projected", data={"projected": "points"})
    assert "1 said “me too”" in (await ada.get(f"{group}/projector")).text
    # What one phone says wakes no other's.
    assert await revisions(installation, meeting) == phones_before


async def revisions(here: Installation, meeting: Meeting) -> int:
    async with here.database.reading() as db:
        return (await db.get_one(FocusGroup, meeting.focus_group.id)).phones_revision


async def test_people_are_counted_once_whatever_they_wrote_and_agreed_with(
    installation: Installation, meeting: Meeting, ben: Phone, point: UUID
) -> None:
    table = await phones.joined(installation, meeting, {"Housing": 3}, unsaid=1)
    other = await table.write("Rooms are far away.")
    await say(ben, point)
    await say(ben, other)

    async def evidence(ids: set[UUID]) -> Evidence:
        async with installation.database.reading() as db:
            points = [each for each in await points_of_programme(db, meeting.programme.id) if each.id in ids]
            voices = await voices_of(db, meeting.programme.id)
            return evidence_in(points, voices, await agencies_of(db, meeting.programme.id))

    both = await evidence({point, other})
    assert (both.points, both.people, both.more) == (2, 6, 1)
    await ben.add("My own words.", column="needs_to_happen")
    [own] = ben.point_ids()
    # Who wrote one of them is among its people, and not one more.
    all_three = await evidence({point, other, own})
    assert (all_three.points, all_three.people, all_three.more) == (3, 7, 0)
