"""Priority votes on both databases: the quota under many posts at once, and votes when findings change."""

import asyncio
from uuid import UUID, uuid4

import httpx
import pytest
from sqlmodel import col, select

from tests.conftest import Installation, Meeting, make_meeting
from tests.findings.of_a_room import add_findings, cover, uncover
from tests.pages.board.phones import Phone, joined
from tests.queries import count_queries
from workshop.findings.models import Finding, PriorityVote
from workshop.findings.votes import (
    NoVotesLeft,
    cast_vote,
    move_votes,
    own_votes,
    take_vote_back,
    turnout_of,
    vote_totals,
)
from workshop.focus_groups.models import FocusGroup, Participant, Phase
from workshop.recommendations.rows import remove_finding
from workshop.recommendations.undo import recorded, redo_step, undo_last_step

pytestmark = pytest.mark.anyio


async def voting_meeting(here: Installation) -> tuple[Meeting, list[UUID]]:
    meeting = await make_meeting(here, "Northshire", "Core groups 2026", facilitator="ada@example.org")
    findings = await add_findings(here, meeting, "Send papers early", "One minute taker", "Book rooms")
    findings += await add_findings(here, meeting, "Ask the children", theme=1)
    async with here.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        group.phase = Phase.PRIORITISING
        db.add(group)
    return meeting, findings


async def vote(here: Installation, phone: Phone, finding: UUID) -> UUID:
    client_id = uuid4()
    async with here.database.writing() as db:
        await cast_vote(db, await db.get_one(Participant, phone.participant_id), finding, client_id)
    return client_id


async def totals(here: Installation, findings: list[UUID]) -> list[int]:
    async with here.database.reading() as db:
        return list((await vote_totals(db, findings)).values())


async def test_the_quota_holds_under_50_posts_at_once(installation_on_either: Installation) -> None:
    here = installation_on_either
    meeting, findings = await voting_meeting(here)
    phone = await joined(here, meeting)
    transport = httpx.ASGITransport(app=here.app)  # type: ignore[arg-type]  # litestar's own ASGI types
    cookies = {f"place-{meeting.focus_group.id.hex[:8]}": phone.token}
    url = f"/j/{meeting.focus_group.join_token}/votes"
    async with httpx.AsyncClient(transport=transport, base_url="http://workshop.test", cookies=cookies) as client:

        async def tap(number: int) -> int:
            # Each form twice, under both themes.
            form = {"finding": str(findings[number % 4]), "client_id": str(UUID(int=number // 2 + 1))}
            return (await client.post(url, data=form, headers={"HX-Request": "true"})).status_code

        codes = await asyncio.gather(*(tap(number) for number in range(50)))
    assert set(codes) == {200, 409}
    async with here.database.reading() as db:
        own = await own_votes(db, phone.participant_id)
        turnout = await turnout_of(db, meeting.focus_group.id)
    assert sum(len(own.get(finding, [])) for finding in findings[:3]) == 3
    assert len(own.get(findings[3], [])) <= 3
    assert turnout.votes == sum(map(len, own.values()))
    assert turnout.devices == 1


async def test_votes_at_once_of_several_phones_are_all_counted(installation_on_either: Installation) -> None:
    here = installation_on_either
    meeting, findings = await voting_meeting(here)
    phones = [await joined(here, meeting) for _ in range(8)]
    await asyncio.gather(*(vote(here, phone, finding) for phone in phones for finding in findings))
    assert await totals(here, findings) == [8, 8, 8, 8]


async def test_a_vote_that_was_taken_back_counts_nowhere(installation: Installation) -> None:
    meeting, findings = await voting_meeting(installation)
    phone = await joined(installation, meeting)
    form = await vote(installation, phone, findings[0])
    async with installation.database.writing() as db:
        await take_vote_back(db, await db.get_one(Participant, phone.participant_id), form)
    assert await totals(installation, findings) == [0, 0, 0, 0]
    async with installation.database.reading() as db:
        turnout = await turnout_of(db, meeting.focus_group.id)
    assert (turnout.devices, turnout.votes) == (0, 0)


async def test_votes_for_a_heading_that_is_covered_count_among_the_device_s_number(
    installation_on_either: Installation,
) -> None:
    here = installation_on_either
    meeting, findings = await voting_meeting(here)
    phone = await joined(here, meeting)
    forms = [await vote(here, phone, findings[0]) for _ in range(3)]
    await cover(here, findings[0])
    # Else it would have six once the heading is shown again.
    with pytest.raises(NoVotesLeft):
        await vote(here, phone, findings[1])
    async with here.database.writing() as db:
        await take_vote_back(db, await db.get_one(Participant, phone.participant_id), forms[0])
    await vote(here, phone, findings[1])
    # Under another theme it has as many as before.
    await vote(here, phone, findings[3])
    await uncover(here, findings[0])
    with pytest.raises(NoVotesLeft):
        await vote(here, phone, findings[1])
    assert await totals(here, findings) == [2, 1, 0, 1]


async def merge(here: Installation, meeting: Meeting, finding: UUID, into: UUID) -> None:
    """As a facilitator does, recorded as a step."""
    async with here.database.writing() as db, recorded(db, meeting.programme.id, "merged two headings", None):
        await move_votes(db, finding, into)
        await remove_finding(db, finding)


async def test_votes_follow_a_merged_finding_and_come_back_when_that_is_undone(
    installation_on_either: Installation,
) -> None:
    here = installation_on_either
    meeting, findings = await voting_meeting(here)
    one, other = [await joined(here, meeting) for _ in range(2)]
    for finding in (findings[0], findings[1], findings[1]):
        await vote(here, one, finding)
    await vote(here, other, findings[2])
    await merge(here, meeting, findings[1], into=findings[0])
    assert await totals(here, findings) == [3, 0, 1, 0]
    # What people do meanwhile is theirs, and no part of the step.
    await vote(here, other, findings[0])
    async with here.database.writing() as db:
        await undo_last_step(db, meeting.programme.id)
    assert await totals(here, findings) == [2, 2, 1, 0]
    async with here.database.writing() as db:
        await redo_step(db, meeting.programme.id)
    assert await totals(here, findings) == [4, 0, 1, 0]


async def test_votes_go_with_a_finding_and_come_back_where_they_were_not_given_again(
    installation: Installation,
) -> None:
    meeting, findings = await voting_meeting(installation)
    one, other = [await joined(installation, meeting) for _ in range(2)]
    for phone in (one, other):
        for finding in (findings[0], findings[0], findings[1]):
            await vote(installation, phone, finding)
    async with installation.database.writing() as db, recorded(db, meeting.programme.id, "removed", None):
        await remove_finding(db, findings[0])
    assert await totals(installation, findings) == [0, 2, 0, 0]
    for finding in (findings[1], findings[2]):
        await vote(installation, other, finding)
    async with installation.database.writing() as db:
        await undo_last_step(db, meeting.programme.id)
    # The quota holds: what the other phone gave since stays where it is.
    assert await totals(installation, findings) == [2, 3, 1, 0]


async def test_undoing_after_a_vote_for_a_new_finding_takes_the_vote_along(installation: Installation) -> None:
    meeting, findings = await voting_meeting(installation)
    phone = await joined(installation, meeting)
    async with installation.database.writing() as db, recorded(db, meeting.programme.id, "made a heading", None):
        first = await db.get_one(Finding, findings[0])
        made = Finding(**first.model_dump(exclude={"id", "heading"}), heading="Another")
        db.add(made)
    async with installation.database.writing() as db:
        db.add(PriorityVote(participant_id=phone.participant_id, client_id=uuid4(), finding_id=made.id))
    async with installation.database.writing() as db:
        await undo_last_step(db, meeting.programme.id)
    async with installation.database.reading() as db:
        assert not list(await db.exec(select(PriorityVote)))
        assert not list(await db.exec(select(Finding).where(col(Finding.heading) == "Another")))


async def test_votes_that_went_when_a_heading_was_undone_come_back_when_it_is_done_again(
    installation: Installation,
) -> None:
    meeting, findings = await voting_meeting(installation)
    phone, other = await joined(installation, meeting), await joined(installation, meeting)
    async with installation.database.writing() as db, recorded(db, meeting.programme.id, "made a heading", None):
        first = await db.get_one(Finding, findings[0])
        made = Finding(**first.model_dump(exclude={"id", "heading"}), heading="Another")
        db.add(made)
    forms = [uuid4(), uuid4()]
    async with installation.database.writing() as db:
        for each, form in zip((phone, other), forms, strict=True):
            db.add(PriorityVote(participant_id=each.participant_id, client_id=form, finding_id=made.id))
    for turn in (undo_last_step, redo_step):
        async with installation.database.writing() as db:
            await turn(db, meeting.programme.id)
    assert await totals(installation, [made.id]) == [2]
    # What somebody takes back meanwhile stays taken back, however often it is turned.
    async with installation.database.writing() as db:
        await take_vote_back(db, await db.get_one(Participant, phone.participant_id), forms[0])
    for turn in (undo_last_step, redo_step):
        async with installation.database.writing() as db:
            await turn(db, meeting.programme.id)
    assert await totals(installation, [made.id]) == [1]


async def test_bringing_back_many_votes_asks_no_more_than_bringing_back_one(installation: Installation) -> None:
    meeting, findings = await voting_meeting(installation)
    asked = []
    for phones in (1, 4):
        for _ in range(phones):
            await vote(installation, await joined(installation, meeting), findings[0])
        async with installation.database.writing() as db, recorded(db, meeting.programme.id, "removed", None):
            await remove_finding(db, findings[0])
        async with installation.database.writing() as db:
            with count_queries(installation.database) as queries:
                await undo_last_step(db, meeting.programme.id)
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert await totals(installation, findings) == [5, 0, 0, 0]
