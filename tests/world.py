"""A partnership with something of everything in it, so that a test can fill in every route of the app.

A route that needs an id which is not here fails the tests that walk all routes: add it here.
"""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.conftest import Installation, Meeting, make_meeting
from workshop.accounts.models import Account, Role
from workshop.accounts.tokens import make_password_link
from workshop.accounts.writes import make_account
from workshop.contributions.concerns import raise_concern
from workshop.contributions.import_rows import PointRow
from workshop.contributions.inbox import Inbox
from workshop.contributions.models import PendingImport
from workshop.contributions.moderation import hold_contribution
from workshop.contributions.pending import kept_points, kept_sheet
from workshop.contributions.room import RoomPoint, add_from_room
from workshop.contributions.spreadsheets import Row, Sheet
from workshop.contributions.submissions import Submission
from workshop.contributions.writes import hide_contribution
from workshop.database import now
from workshop.findings.in_room import group_in_room
from workshop.findings.models import Finding, PriorityVote
from workshop.findings.writes import group_points
from workshop.focus_groups.making import make_focus_group
from workshop.focus_groups.models import CoFacilitator, FocusGroup, Participant
from workshop.focus_groups.run_sheet import Layout
from workshop.focus_groups.steps import make_run_sheet
from workshop.focus_groups.writes import join_focus_group
from workshop.programmes.models import ColumnKind
from workshop.recommendations.undo import recorded
from workshop.recommendations.writes import leave_out, make_recommendation
from workshop.rehearsals.making import begin_rehearsal
from workshop.retention.models import DeletionRecord
from workshop.surveys.layouts import steps_for
from workshop.surveys.models import ScaleAnswer
from workshop.surveys.taking_over import key_of
from workshop.surveys.writes import ScaleWords, set_scale
from workshop.text import token_hash

SHARES = "shares@example.org"
# What every point of the participant begins with, who speaks for one, the only one of an agency.
WORDS = "Somebody has to see to matter"


@dataclass
class World:
    """One partnership's ids. ``ids``: what path parameters and bodies are filled with."""

    meeting: Meeting
    participant_token: str
    ids: dict[str, str] = field(default_factory=dict)


async def make_world(here: Installation, partnership: str, facilitator: str, account: str) -> World:
    """Fill ``partnership``: ``facilitator`` runs its groups, ``account`` (an e-mail) did what has an author."""
    title = f"Everything in {partnership}"
    meeting = await make_meeting(here, partnership, title, facilitator)
    token = f"phone of {partnership}"
    async with here.database.writing() as db:
        participant = await join_focus_group(
            db,
            meeting.focus_group.id,
            client_id=uuid4(),
            token=token,
            people={meeting.agencies[0].id: 1},
            unsaid=0,
        )
    world = World(meeting, token)
    points = await _points(here, world, 8)
    async with here.database.writing() as db:
        who = (await db.exec(select(Account).where(Account.email == account))).one()
        await _fill(db, here, world, points, who, participant)
    return world


async def _points(here: Installation, world: World, count: int) -> list[UUID]:
    # An inbox of its own: the application of a browser test runs in another process.
    inbox = Inbox(here.database, here.settings.key)
    inbox.start()
    saved = [
        await inbox.add(
            Submission(
                world.meeting.focus_group.id,
                token_hash(world.participant_token),
                world.meeting.themes[0].id,
                ColumnKind.NEEDS_TO_HAPPEN,
                uuid4(),
                f"{WORDS} {number}.",
            )
        )
        for number in range(count)
    ]
    await inbox.stop()
    return [each.contribution_id for each in saved]


async def _fill(
    db: AsyncSession, here: Installation, world: World, points: list[UUID], who: Account, participant: Participant
) -> None:
    meeting, ids = world.meeting, world.ids
    programme, theme = meeting.programme, meeting.themes[0].id
    colleague = await make_account(
        db,
        programme.partnership_id,
        email=f"colleague@{programme.id.hex}.example.org",
        name="Colleague",
        role=Role.VIEWER,
    )
    group = FocusGroup(
        programme_id=programme.id, date=dt.date(2026, 11, 30), facilitator_email=meeting.focus_group.facilitator_email
    )
    empty = await make_focus_group(db, group)
    room = await add_from_room(
        db,
        meeting.focus_group.id,
        RoomPoint(uuid4(), theme, ColumnKind.NEEDS_TO_HAPPEN, None, "From the flip chart."),
        here.settings.key,
    )
    hidden = await add_from_room(
        db,
        meeting.focus_group.id,
        RoomPoint(uuid4(), theme, ColumnKind.WORRIED_ABOUT, None, "Hidden for now."),
        here.settings.key,
    )
    await hide_contribution(db, meeting.focus_group.id, hidden.id)
    held = await add_from_room(
        db,
        meeting.focus_group.id,
        RoomPoint(uuid4(), theme, ColumnKind.WORRIED_ABOUT, None, "Held: Jayden’s mum said so."),
        here.settings.key,
    )
    await hold_contribution(db, meeting.focus_group.id, held.id)
    concern = await raise_concern(db, held, who.id)
    steps = await make_run_sheet(db, meeting.focus_group, await steps_for(db, meeting.focus_group, Layout.THEMES))
    findings = []
    async with recorded(db, programme.id, "made the list", who.id):
        for heading, of in (("First", points[:2]), ("Second", points[2:3]), ("Third", points[3:4])):
            findings.append(await group_points(db, programme.id, theme, ColumnKind.NEEDS_TO_HAPPEN, heading, of))
        first = await make_recommendation(db, programme.id, theme, "Do it", [findings[0].id, findings[1].id])
        other = await make_recommendation(db, programme.id, None, "Do that too", [findings[2].id])
    omitted = await make_recommendation(db, programme.id, theme, "Do not", [findings[2].id])
    await leave_out(db, omitted, "It is done already")
    answered = await _answered_scale(db, meeting, participant)
    grouped = await _grouped(db, meeting, points[6:8], who)
    row = PointRow("1", 2, None, meeting.themes[0].name, "needs_to_happen", "", "Uploaded.")
    parsed = PendingImport(focus_group_id=meeting.focus_group.id, account_id=who.id, points=kept_points([row]))
    sheet = Sheet(("What needs to happen?",), (Row(2, ("Uploaded by a person.",)),))
    unmapped = PendingImport(focus_group_id=meeting.focus_group.id, account_id=who.id, sheet=kept_sheet(sheet))
    record = DeletionRecord(
        partnership_id=programme.partnership_id,
        programme=programme.title,
        subject="A group",
        counts={"points": 3, "devices": 2, "uploads": 0, "undo_steps": 0},
        reason="The retention date passed",
        compacted_at=now(),  # else the run that starts with the application would do it, whenever it comes to it
    )
    db.add_all([parsed, unmapped, record, CoFacilitator(focus_group_id=meeting.focus_group.id, email=SHARES)])
    await db.flush()
    rehearsed = await begin_rehearsal(db, meeting.focus_group, meeting.focus_group.facilitator_email)
    ids |= {
        "programme_id": str(programme.id),
        "title": programme.title,
        "focus_group_id": str(meeting.focus_group.id),
        "empty_focus_group_id": str(empty.id),
        "rehearsed_focus_group_id": str(rehearsed.id),
        "join_token": meeting.focus_group.join_token,
        "join_code": meeting.focus_group.join_code or "",
        "theme_id": str(theme),
        "empty_theme_id": str(meeting.themes[3].id),
        "agency_id": str(meeting.agencies[0].id),
        "unused_agency_id": str(meeting.agencies[5].id),
        "contribution_id": str(points[0]),
        "loose_contribution_id": str(points[5]),
        "room_contribution_id": str(room.id),
        "hidden_contribution_id": str(hidden.id),
        "held_contribution_id": str(held.id),
        "concern_id": str(concern.id),
        "finding_id": str(findings[0].id),
        "other_finding_id": str(findings[2].id),
        "grouped_contribution_id": str(points[6]),
        "room_finding_id": str(grouped[0].id),
        "other_room_finding_id": str(grouped[1].id),
        "recommendation_id": str(first.id),
        "other_recommendation_id": str(other.id),
        "omitted_recommendation_id": str(omitted.id),
        "import_id": str(parsed.id),
        "unmapped_import_id": str(unmapped.id),
        "record_id": str(record.id),
        "membership_id": str(colleague.id),
        "token": await make_password_link(db, colleague.account_id),
        "participant_id": str(participant.id),
        "step_id": str(steps[2].id),
        "answer_id": str(key_of(answered)),
    }


async def _answered_scale(db: AsyncSession, meeting: Meeting, participant: Participant) -> ScaleAnswer:
    """A practice scale about the first theme, a heading of the room with a vote, and an answer with words."""
    words = ScaleWords("How well do they work?", "Nobody comes", "The family says it is theirs")
    scale = await set_scale(db, meeting.programme.id, meeting.themes[0].id, words)
    answered = ScaleAnswer(
        scale_id=scale.id,
        focus_group_id=meeting.focus_group.id,
        asking=1,
        participant_id=participant.id,
        value=6,
        not_lower="We meet in time.",
        one_higher="Minutes within a week.",
    )
    heading = Finding(
        programme_id=meeting.programme.id,
        theme_id=meeting.themes[0].id,
        column=ColumnKind.NEEDS_TO_HAPPEN,
        focus_group_id=meeting.focus_group.id,
        heading="The room's own",
        position=99,
    )
    db.add_all([answered, heading])
    await db.flush()
    db.add(PriorityVote(participant_id=participant.id, client_id=uuid4(), finding_id=heading.id))
    return answered


async def _grouped(db: AsyncSession, meeting: Meeting, points: list[UUID], who: Account) -> list[Finding]:
    """Two headings of the room, each over one point."""
    theme = meeting.themes[0].id
    async with recorded(db, meeting.programme.id, "grouped points", who.id, meeting.focus_group.id):
        return [
            await group_in_room(db, meeting.focus_group, (theme, ColumnKind.NEEDS_TO_HAPPEN), heading, [point])
            for heading, point in zip(("Early", "Late"), points, strict=True)
        ]
