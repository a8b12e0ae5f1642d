"""Priorities: each participant has so many votes for the findings under a theme, and may take them back.

A table's device votes once for its table: no vote weighs more than another. A vote is an idempotent act: it carries the
id of the form that it came from.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.contributions.released import is_released
from workshop.database import now
from workshop.facts import NotFound, Refused
from workshop.findings.borrowed import headings_in_covered_words
from workshop.findings.models import Finding, PriorityVote
from workshop.focus_groups.models import Audience, FocusGroup, Participant
from workshop.focus_groups.reveals import is_revealed, revealed_themes
from workshop.focus_groups.stage import IN_SESSION, Stage, stage_of, takes_people_in
from workshop.focus_groups.writes import raise_revision
from workshop.programmes.models import ColumnKind, Theme

_counts = col(PriorityVote.is_taken_back).is_(False)


class NotPrioritising(Refused):
    """The room does not set priorities at the moment."""


class NoVotesLeft(Refused):
    """All votes under this theme are given."""


class VotesGiven(Refused):
    """Somebody has given more votes already than there are to be."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """The room's findings of what needs to happen, by theme, in their order: ``shown`` may be voted on.

    The room may not read those ``covered``: a heading is mostly made of its points' words (findings/borrowed.py).
    Votes that they have already stay, and count among their givers' number until these take them back.
    """

    shown: list[Finding]
    covered: list[Finding]


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many devices have voted in a focus group, and how many votes they gave."""

    devices: int
    votes: int


async def ballot_of(db: AsyncSession, focus_group: FocusGroup) -> Ballot:
    """What the room sets priorities among, and what it would if it could read it."""
    query = (
        select(Finding)
        .join(Theme, col(Theme.id) == col(Finding.theme_id))
        .where(Finding.focus_group_id == focus_group.id, Finding.column == ColumnKind.NEEDS_TO_HAPPEN)
        .order_by(col(Theme.position), col(Finding.position), col(Finding.id))
    )
    findings = list(await db.exec(query))
    revealed = await revealed_themes(db, focus_group.id)
    released = select(Contribution.finding_id).where(Contribution.focus_group_id == focus_group.id, *is_released)
    readable = set(await db.exec(released.distinct())) - await headings_in_covered_words(db, focus_group.id)
    ballot = Ballot([], [])
    for finding in findings:
        is_shown = finding.id in readable and is_revealed(focus_group, finding.theme_id, revealed)
        (ballot.shown if is_shown else ballot.covered).append(finding)
    return ballot


async def own_votes(db: AsyncSession, participant_id: UUID) -> dict[UUID, list[UUID]]:
    """Finding id → the forms' ids of the participant's votes for it; findings without any are not in it."""
    query = select(PriorityVote).where(PriorityVote.participant_id == participant_id, _counts)
    votes: dict[UUID, list[UUID]] = {}
    for vote in await db.exec(query.order_by(col(PriorityVote.client_id))):
        votes.setdefault(vote.finding_id, []).append(vote.client_id)
    return votes


async def vote_totals(db: AsyncSession, findings: Collection[UUID]) -> dict[UUID, int]:
    """Finding id → its votes, 0 without any, in the order given."""
    query = (
        select(PriorityVote.finding_id, func.count())
        .where(col(PriorityVote.finding_id).in_(findings), _counts)
        .group_by(col(PriorityVote.finding_id))
    )
    found = dict(list(await db.exec(query)))
    return {finding_id: found.get(finding_id, 0) for finding_id in findings}


async def turnouts_of(db: AsyncSession, focus_groups: Collection[UUID]) -> dict[UUID, Turnout]:
    """Focus group id → how far its voting has come, in the order given."""
    query = (
        select(Participant.focus_group_id, func.count(func.distinct(PriorityVote.participant_id)), func.count())
        .select_from(PriorityVote)
        .join(Participant, col(Participant.id) == col(PriorityVote.participant_id))
        .where(col(Participant.focus_group_id).in_(focus_groups), _counts)
        .group_by(col(Participant.focus_group_id))
    )
    found = {focus_group_id: Turnout(devices, votes) for focus_group_id, devices, votes in await db.exec(query)}
    return {focus_group_id: found.get(focus_group_id, Turnout(0, 0)) for focus_group_id in focus_groups}


async def turnout_of(db: AsyncSession, focus_group_id: UUID) -> Turnout:
    """How far the voting of a focus group has come."""
    return (await turnouts_of(db, [focus_group_id]))[focus_group_id]


async def cast_vote(db: AsyncSession, participant: Participant, finding_id: UUID, client_id: UUID) -> None:
    """Give one vote; the same form once more does nothing, whatever the phase.

    Raises NotPrioritising, NotFound (no such finding to vote on) or NoVotesLeft.
    """
    focus_group = await _locked(db, participant.focus_group_id)
    if await db.get(PriorityVote, (participant.id, client_id)):
        return
    _refuse_outside(focus_group)
    ballot = await ballot_of(db, focus_group)
    theme_id = next((each.theme_id for each in ballot.shown if each.id == finding_id), None)
    if theme_id is None:
        message = "This heading has been taken away meanwhile. Choose another one."
        raise NotFound(message, "finding")
    given = await own_votes(db, participant.id)
    # A covered heading's votes too: shown again, it would come with more than the device's number.
    under_theme = [each.id for each in ballot.shown + ballot.covered if each.theme_id == theme_id]
    if sum(len(given.get(each, [])) for each in under_theme) >= focus_group.votes_each:
        message = "You have given all your votes under this theme. Take one back to give it to another."
        raise NoVotesLeft(message, "finding")
    db.add(PriorityVote(participant_id=participant.id, client_id=client_id, finding_id=finding_id))
    await _announce(db, focus_group)


async def take_vote_back(db: AsyncSession, participant: Participant, client_id: UUID) -> None:
    """Take back the vote that came from the form ``client_id``; one that is gone already stays gone.

    Raises NotPrioritising.
    """
    focus_group = await _locked(db, participant.focus_group_id)
    vote = await db.get(PriorityVote, (participant.id, client_id))
    if vote is None or vote.is_taken_back:
        return
    _refuse_outside(focus_group)
    vote.is_taken_back = True
    db.add(vote)
    await _announce(db, focus_group)


def are_kept_back(focus_group: FocusGroup, at: datetime) -> bool:
    """Whether nobody, desk and exports included, is told the totals: the meeting goes on and has not seen them."""
    return not focus_group.are_totals_shown and takes_people_in(focus_group, at)


def of_groups_not_kept_back(at: datetime) -> ColumnElement[bool]:
    """``are_kept_back`` the other way round, as a condition on ``FocusGroup``."""
    return or_(
        col(FocusGroup.are_totals_shown),
        col(FocusGroup.phase).not_in(IN_SESSION),
        col(FocusGroup.open_from) > at,
        col(FocusGroup.open_until) <= at,
    )


async def show_totals(db: AsyncSession, focus_group: FocusGroup, *, is_shown: bool) -> None:
    """Let the room see how many votes each finding has, or hide it again. The row must be locked by the caller."""
    focus_group.are_totals_shown = is_shown
    db.add(focus_group)
    await db.flush()  # the revision is raised in SQL, on the same row
    await raise_revision(db, focus_group.id)


async def refuse_too_few_votes(db: AsyncSession, focus_group_id: UUID, votes: int) -> None:
    """Raise VotesGiven when a device has given more than ``votes`` under a theme.

    They would go on counting, and nobody else could give as many.
    """
    query = (
        select(func.count())
        .select_from(PriorityVote)
        .join(Participant, col(Participant.id) == col(PriorityVote.participant_id))
        .join(Finding, col(Finding.id) == col(PriorityVote.finding_id))
        .where(Participant.focus_group_id == focus_group_id, _counts)
        .group_by(col(PriorityVote.participant_id), col(Finding.theme_id))
    )
    most = max(await db.exec(query), default=0)
    if votes < most:
        message = f"Somebody has given {most} votes under a theme already. Enter {most} or more."
        raise VotesGiven(message, "votes_each")


async def set_votes_each(db: AsyncSession, focus_group: FocusGroup, votes: int) -> None:
    """How many votes a device has under each theme. The row must be locked by the caller. Raises VotesGiven."""
    await refuse_too_few_votes(db, focus_group.id, votes)
    focus_group.votes_each = votes
    db.add(focus_group)
    await db.flush()  # the revision is raised in SQL, on the same row
    await raise_revision(db, focus_group.id)


async def move_votes(db: AsyncSession, finding_id: UUID, to: UUID) -> None:
    """The votes for a finding that becomes part of another (of the same theme) count for that one."""
    await db.exec(update(PriorityVote).where(col(PriorityVote.finding_id) == finding_id).values(finding_id=to))


async def forget_votes(db: AsyncSession, finding_id: UUID) -> None:
    """The votes for a finding that goes."""
    await db.exec(delete(PriorityVote).where(col(PriorityVote.finding_id) == finding_id))


async def _locked(db: AsyncSession, focus_group_id: UUID) -> FocusGroup:
    # The group's row first, as everywhere: two votes of one device never pass each other, nor a vote and a turning.
    return (await db.exec(select(FocusGroup).where(FocusGroup.id == focus_group_id).with_for_update())).one()


def _refuse_outside(focus_group: FocusGroup) -> None:
    if stage_of(focus_group, now()) is not Stage.PRIORITISING:
        message = "The room is not voting at the moment, so this vote could not be changed."
        raise NotPrioritising(message)


async def _announce(db: AsyncSession, focus_group: FocusGroup) -> None:
    await db.flush()  # the vote before whoever looks at the raised revision
    others = (Audience.PROJECTOR, Audience.PHONES) if focus_group.are_totals_shown else ()
    await raise_revision(db, focus_group.id, Audience.BOARD, *others)
