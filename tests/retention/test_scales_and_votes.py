"""What people answered to a practice scale and gave votes to: words and forms' ids go, numbers and votes stay."""

from uuid import uuid4

import pytest
from sqlmodel import select

from tests.conftest import Installation, Meeting
from tests.findings.of_a_room import add_findings
from tests.pages.board.phones import Phone, joined
from tests.retention.due import closed
from tests.retention.files import bytes_of_files
from workshop.contributions.me_too import say_me_too
from workshop.contributions.models import Contribution, MeToo
from workshop.contributions.writes import delete_contribution
from workshop.findings.models import PriorityVote
from workshop.findings.votes import cast_vote, take_vote_back
from workshop.focus_groups.models import FocusGroup, Participant, Phase
from workshop.programmes.models import Theme
from workshop.retention.archiving import archive_focus_group
from workshop.retention.removal import InTheWay, remove_theme, what_holds_theme
from workshop.retention.schedule import purge_what_is_due
from workshop.retention.writes import purge_contribution
from workshop.surveys.asking import ask_room
from workshop.surveys.models import PracticeScale, ScaleAnswer
from workshop.surveys.queries import asked_now
from workshop.surveys.taking_over import key_of, take_over
from workshop.surveys.writes import Answer, ScaleWords, answer_scale, set_scale

pytestmark = pytest.mark.anyio
LOWER, HIGHER = "The canary sang of kestrels at teatime", "A heron stood in the weir by moonlight"


async def answered(here: Installation, meeting: Meeting, theme: int | None = None) -> Phone:
    """A phone that has answered with words what is asked about a theme, or the whole."""
    theme_id = None if theme is None else meeting.themes[theme].id
    phone = await joined(here, meeting)
    async with here.database.writing() as db:
        await set_scale(db, meeting.programme.id, theme_id, ScaleWords("How well?", "Not at all", "Always"))
        group = await db.get_one(FocusGroup, meeting.focus_group.id, with_for_update=True)
        await ask_room(db, group, theme_id)
    async with here.database.writing() as db:
        asked = await asked_now(db, await db.get_one(FocusGroup, meeting.focus_group.id))
        assert asked is not None
        participant = await db.get_one(Participant, phone.participant_id)
        await answer_scale(db, participant, Answer(asked.scale.id, asked.asking, 6, LOWER, HIGHER))
    return phone


async def test_words_of_answers_go_from_every_file_and_numbers_stay(
    installation: Installation, meeting: Meeting
) -> None:
    await answered(installation, meeting)
    before = bytes_of_files(installation.settings.data_dir)
    assert LOWER.encode() in before
    assert HIGHER.encode() in before
    await closed(installation, meeting, days_ago=90)
    [record] = await purge_what_is_due(installation.database)
    after = bytes_of_files(installation.settings.data_dir)
    assert LOWER.encode() not in after
    assert HIGHER.encode() not in after
    assert record.counts["scale_answers"] == 1
    async with installation.database.reading() as db:
        stored = (await db.exec(select(ScaleAnswer))).one()
    assert (stored.value, stored.not_lower, stored.one_higher) == (6, None, None)


async def test_words_that_were_taken_over_go_with_their_point(installation: Installation, meeting: Meeting) -> None:
    await answered(installation, meeting, theme=0)
    async with installation.database.writing() as db:
        stored = (await db.exec(select(ScaleAnswer))).one()
        key = installation.settings.key
        point = await take_over(db, meeting.focus_group.id, stored.scale_id, key_of(stored), None, key)
    async with installation.database.writing() as db:
        await purge_contribution(db, meeting.focus_group.id, point.id, account_id=None)
    async with installation.database.reading() as db:
        assert (await db.exec(select(ScaleAnswer.one_higher))).one() is None
        assert (await db.exec(select(Contribution.text))).one() is None


async def test_archiving_takes_the_forms_of_votes_and_leaves_the_votes(
    installation: Installation, meeting: Meeting
) -> None:
    findings = await add_findings(installation, meeting, "Send papers early")
    phone = await joined(installation, meeting)
    forms = [uuid4(), uuid4()]
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        group.phase = Phase.PRIORITISING
        db.add(group)
        participant = await db.get_one(Participant, phone.participant_id)
        for form in forms:
            await cast_vote(db, participant, findings[0], form)
        await take_vote_back(db, participant, forms[1])
    await closed(installation, meeting)
    async with installation.database.writing() as db:
        await archive_focus_group(db, meeting.focus_group.id, None)
    async with installation.database.reading() as db:
        (kept,) = await db.exec(select(PriorityVote))
    assert (kept.finding_id, kept.is_taken_back) == (findings[0], False)
    assert kept.client_id not in forms


async def test_a_theme_with_answers_stays_and_one_without_takes_its_scale_along(
    installation: Installation, meeting: Meeting
) -> None:
    await answered(installation, meeting, theme=0)
    async with installation.database.writing() as db:
        await set_scale(db, meeting.programme.id, meeting.themes[1].id, ScaleWords("How well?", "Never", "Always"))
    async with installation.database.reading() as db:
        held = await what_holds_theme(db, await db.get_one(Theme, meeting.themes[0].id))
    assert held == ["1 answer to its practice scale"]
    async with installation.database.writing() as db:
        with pytest.raises(InTheWay):
            await remove_theme(db, await db.get_one(Theme, meeting.themes[0].id))
        await remove_theme(db, await db.get_one(Theme, meeting.themes[1].id))
    async with installation.database.reading() as db:
        assert [scale.theme_id for scale in await db.exec(select(PracticeScale))] == [meeting.themes[0].id]


async def test_a_deleted_point_that_was_agreed_with_or_taken_over_holds_no_theme(
    installation: Installation, meeting: Meeting
) -> None:
    writer, other = [await joined(installation, meeting) for _ in range(2)]
    point = await writer.write("Minutes within a week.")
    async with installation.database.writing() as db:
        group = await db.get_one(FocusGroup, meeting.focus_group.id)
        group.has_me_too = True
        db.add(group)
        await db.flush()
        await say_me_too(db, await db.get_one(Participant, other.participant_id), point)
    await answered(installation, meeting)
    async with installation.database.writing() as db:
        stored = (await db.exec(select(ScaleAnswer))).one()
        theme, key = meeting.themes[0].id, installation.settings.key
        taken = await take_over(db, meeting.focus_group.id, stored.scale_id, key_of(stored), theme, key)
    async with installation.database.writing() as db:
        await delete_contribution(db, await db.get_one(Participant, writer.participant_id), point)
        await delete_contribution(db, await db.get_one(Participant, stored.participant_id), taken.id)
    async with installation.database.writing() as db:
        await remove_theme(db, await db.get_one(Theme, theme))
    async with installation.database.reading() as db:
        assert not list(await db.exec(select(MeToo)))
        assert (await db.exec(select(ScaleAnswer.taken_over_as))).one() is None
