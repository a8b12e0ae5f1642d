"""Wording, order, merging, splitting and leaving out. The caller records each as a step (recommendations/undo.py)."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.facts import Refused
from workshop.findings.models import Finding
from workshop.findings.queries import IS_EVIDENCE
from workshop.findings.writes import ChangedMeanwhile, NoSuchPoints, group_points, refuse_unless_empty
from workshop.recommendations.models import Recommendation, RecommendationFinding
from workshop.recommendations.queries import recommendations_of
from workshop.recommendations.rows import remove_finding


class Move(StrEnum):
    """Where a recommendation goes in its list."""

    UP = "up"
    DOWN = "down"
    TOP = "top"


class NothingChosen(Refused):
    """An act on several needs at least one, and leaves at least one."""


async def make_recommendation(
    db: AsyncSession, programme_id: UUID, theme_id: UUID | None, text: str, findings: Sequence[UUID]
) -> Recommendation:
    """A new recommendation at the end of the list, over the findings given."""
    _refuse_empty(text)
    if not findings:
        raise NothingChosen("Choose at least one point or heading", "points")
    last: int | None = (
        await db.exec(select(func.max(Recommendation.position)).where(Recommendation.programme_id == programme_id))
    ).one()
    position = 0 if last is None else last + 1
    recommendation = Recommendation(programme_id=programme_id, theme_id=theme_id, text=text, position=position)
    db.add(recommendation)
    await db.flush()  # the links refer to it
    await add_findings(db, recommendation, findings)
    return recommendation


async def add_findings(db: AsyncSession, recommendation: Recommendation, findings: Sequence[UUID]) -> None:
    """Name more findings as evidence; those that are named already stay where they are."""
    own = select(Finding.id).where(Finding.programme_id == recommendation.programme_id)
    query = select(RecommendationFinding).where(RecommendationFinding.recommendation_id == recommendation.id)
    links = list(await db.exec(query))
    there, known = {link.finding_id for link in links}, set(await db.exec(own))
    if not set(findings) <= known:
        raise Refused("One of these headings was removed meanwhile. Choose again.", "points")
    position = max((link.position for link in links), default=-1)
    for finding_id in dict.fromkeys(findings):
        if finding_id not in there:
            position += 1
            db.add(RecommendationFinding(recommendation_id=recommendation.id, finding_id=finding_id, position=position))
    await db.flush()  # the recorder reads it in SQL


async def word_recommendation(db: AsyncSession, recommendation: Recommendation, text: str, based_on: str) -> None:
    """Change the words. Raises ChangedMeanwhile unless ``based_on`` is what they were."""
    _refuse_empty(text)
    if recommendation.text not in {based_on, text}:
        raise ChangedMeanwhile(recommendation.text, "text")
    recommendation.text = text
    db.add(recommendation)
    await db.flush()  # the recorder reads it in SQL


async def move_recommendation(
    db: AsyncSession, recommendation: Recommendation, move: Move, *, is_flat_list: bool
) -> bool:
    """Up, down or to the top of what is listed with it: its theme, or everything in a flat list.

    False when it stands there already.
    """
    everything = await recommendations_of(db, recommendation.programme_id)
    listed = [
        each
        for each in everything
        if each.left_out is None and (is_flat_list or each.theme_id == recommendation.theme_id)
    ]
    ids = [each.id for each in listed]
    if recommendation.id not in ids:
        raise Refused("This recommendation was left out meanwhile. Bring it back to move it.")
    place = ids.index(recommendation.id)
    target = {Move.UP: place - 1, Move.DOWN: place + 1, Move.TOP: 0}[move]
    if not 0 <= target < len(listed) or target == place:
        return False
    neighbour = listed[target]
    everything.remove(moved := listed[place])
    everything.insert(everything.index(neighbour) + (move is Move.DOWN), moved)
    await _number(db, everything)
    return True


async def put_under_theme(
    db: AsyncSession, recommendation: Recommendation, theme_id: UUID | None, *, is_flat_list: bool
) -> None:
    """Under another theme, or none; at the end of it, but in a flat list where it was. Its evidence stays."""
    if recommendation.theme_id == theme_id:
        return
    recommendation.theme_id = theme_id
    db.add(recommendation)
    everything = await recommendations_of(db, recommendation.programme_id)
    if not is_flat_list:
        everything = [each for each in everything if each.id != recommendation.id] + [recommendation]
    await _number(db, everything)


async def merge_recommendations(
    db: AsyncSession, recommendation: Recommendation, other: Recommendation, text: str, based_on: tuple[str, str]
) -> None:
    """Make one of two: ``recommendation`` keeps its place, takes ``text`` and the other's findings; the other goes.

    Raises ChangedMeanwhile when either is no longer worded as in ``based_on``.
    """
    _refuse_empty(text)
    if recommendation.id == other.id or other.left_out is not None or recommendation.left_out is not None:
        raise NothingChosen("Choose another recommendation of the list", "other")
    if (recommendation.text, other.text) != based_on:
        raise ChangedMeanwhile(f"{recommendation.text}\n\n{other.text}", "text")
    query = select(RecommendationFinding).where(RecommendationFinding.recommendation_id == other.id)
    links = sorted(await db.exec(query), key=lambda link: link.position)
    await add_findings(db, recommendation, [link.finding_id for link in links])
    recommendation.text = text
    db.add(recommendation)
    await _remove(db, other)


async def split_recommendation(
    db: AsyncSession,
    recommendation: Recommendation,
    text: str,
    findings: Collection[UUID],
    points: Collection[UUID],
) -> Recommendation:
    """Move ``findings``, and ``points`` of its other findings, to a new recommendation right after it.

    The points go under a heading of their own, ``text``, for each theme and column. Raises NothingChosen when nothing
    was chosen or nothing would be left.
    """
    _refuse_empty(text)
    own = [finding for finding in await _findings_of(db, recommendation) if finding.id not in set(findings)]
    going = [finding for finding in await _findings_of(db, recommendation) if finding.id in set(findings)]
    loose = await _points_in(db, own)
    if not set(points) <= set(loose) | set(await _points_in(db, going)):
        raise NoSuchPoints("One of these points is no longer behind this recommendation. Choose again.", "points")
    chosen = [each for each in points if each in loose]
    if not going and not chosen:
        raise NothingChosen("Choose the headings or points that go to the new recommendation", "points")
    if not own or (len(chosen) == len(loose) and chosen):
        raise NothingChosen("Leave at least one heading or point behind", "points")
    moved = [finding.id for finding in going]
    for finding in own:
        mine = [each for each in chosen if loose[each] == finding.id]
        if mine:
            new = await group_points(db, finding.programme_id, finding.theme_id, finding.column, text, mine)
            moved.append(new.id)
    await db.exec(
        delete(RecommendationFinding).where(
            col(RecommendationFinding.recommendation_id) == recommendation.id,
            col(RecommendationFinding.finding_id).in_(moved),
        )
    )
    made = await make_recommendation(db, recommendation.programme_id, recommendation.theme_id, text, moved)
    everything = [each for each in await recommendations_of(db, recommendation.programme_id) if each.id != made.id]
    ids = [each.id for each in everything]
    everything.insert(ids.index(recommendation.id) + 1, made)
    await _number(db, everything)
    return made


async def leave_out(db: AsyncSession, recommendation: Recommendation, reason: str) -> None:
    """Take it off the list, with the reason; it keeps its words, evidence and place."""
    if not reason:
        raise Refused("Write why it is left out", "reason")
    recommendation.left_out = reason
    db.add(recommendation)
    await db.flush()  # the recorder reads it in SQL


async def bring_back(db: AsyncSession, recommendation: Recommendation) -> None:
    """Put it back on the list, where it was."""
    recommendation.left_out = None
    db.add(recommendation)
    await db.flush()  # the recorder reads it in SQL


async def delete_empty_recommendation(db: AsyncSession, recommendation: Recommendation) -> None:
    """Remove a recommendation behind which no point stands. Raises NotEmpty."""
    await refuse_unless_empty(db, [finding.id for finding in await _findings_of(db, recommendation)])
    await _remove(db, recommendation)


async def delete_empty_finding(db: AsyncSession, finding: Finding) -> None:
    """Remove a heading without points, from recommendations too. Raises NotEmpty."""
    await refuse_unless_empty(db, [finding.id])
    await remove_finding(db, finding.id)


async def _findings_of(db: AsyncSession, recommendation: Recommendation) -> list[Finding]:
    query = (
        select(Finding)
        .join(RecommendationFinding, col(RecommendationFinding.finding_id) == col(Finding.id))
        .where(RecommendationFinding.recommendation_id == recommendation.id)
        .order_by(col(RecommendationFinding.position), col(Finding.id))
    )
    return list(await db.exec(query))


async def _points_in(db: AsyncSession, findings: Sequence[Finding]) -> dict[UUID, UUID | None]:
    query = select(Contribution.id, Contribution.finding_id).where(
        col(Contribution.finding_id).in_([finding.id for finding in findings]), *IS_EVIDENCE
    )
    return dict(list(await db.exec(query)))


async def _remove(db: AsyncSession, recommendation: Recommendation) -> None:
    links = delete(RecommendationFinding).where(col(RecommendationFinding.recommendation_id) == recommendation.id)
    await db.exec(links)
    await db.delete(recommendation)
    await db.flush()  # the recorder reads it in SQL


async def _number(db: AsyncSession, in_order: Sequence[Recommendation]) -> None:
    for position, recommendation in enumerate(in_order):
        recommendation.position = position
        db.add(recommendation)
    await db.flush()  # the recorder reads it in SQL


def _refuse_empty(text: str) -> None:
    if not text:
        raise Refused("Write the recommendation", "text")
