"""Putting points together under a heading, and taking them apart again. The caller records each as a step."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.contributions.models import Contribution
from workshop.facts import Refused
from workshop.findings.models import Finding
from workshop.findings.queries import IS_EVIDENCE, are_empty, next_position
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import ColumnKind


class ChangedMeanwhile(Refused):
    """Somebody changed the words since the form was opened. ``stored``: what they are now."""

    def __init__(self, stored: str, field: str) -> None:
        super().__init__(
            "Somebody changed this while you were writing. Both wordings are below: keep one, or join them.", field
        )
        self.stored = stored


class NoSuchPoints(Refused):
    """A chosen point is hidden, deleted, of another theme or column, or not of this programme."""


class NotEmpty(Refused):
    """It still has points."""


async def group_points(
    db: AsyncSession, programme_id: UUID, theme_id: UUID, column: ColumnKind, heading: str, points: Collection[UUID]
) -> Finding:
    """A new finding of one theme and column over ``points`` (contributions' ids); they leave any other finding.

    Raises NoSuchPoints; Refused without a heading or a point.
    """
    if not heading:
        raise Refused("Write a heading", "heading")
    finding = Finding(
        programme_id=programme_id,
        theme_id=theme_id,
        column=column,
        heading=heading,
        position=await next_position(db, programme_id),
    )
    db.add(finding)
    await db.flush()  # points refer to it
    await add_points(db, finding, points)
    return finding


async def add_points(db: AsyncSession, finding: Finding, points: Collection[UUID]) -> None:
    """Put ``points`` into the finding. Raises NoSuchPoints, or Refused when there are none."""
    wanted = set(points)
    if not wanted:
        raise Refused("Choose at least one point", "points")
    found = (
        select(Contribution.id)
        .join(FocusGroup, col(FocusGroup.id) == col(Contribution.focus_group_id))
        .where(
            FocusGroup.programme_id == finding.programme_id,
            Contribution.theme_id == finding.theme_id,
            Contribution.column == finding.column,
            col(Contribution.id).in_(wanted),
            col(Contribution.text).is_not(None),
            *IS_EVIDENCE,
        )
        .with_for_update(of=Contribution)
    )
    if set(await db.exec(found)) != wanted:
        message = "One of these points was hidden or deleted meanwhile. Choose again."
        raise NoSuchPoints(message, "points")
    await db.exec(
        update(Contribution)
        .where(col(Contribution.id).in_(wanted))
        .values(finding_id=finding.id, finding_position=None)
    )


async def take_points_out(db: AsyncSession, finding: Finding, points: Collection[UUID]) -> None:
    """Put ``points`` back among those not yet used. Raises Refused when the finding has none of them."""
    query = (
        update(Contribution)
        .where(col(Contribution.id).in_(set(points)), col(Contribution.finding_id) == finding.id)
        .values(finding_id=None, finding_position=None)
        .returning(col(Contribution.id))
    )
    if not list(await db.exec(query)):
        raise Refused("Choose at least one point", "points")


async def word_finding(db: AsyncSession, finding: Finding, heading: str, based_on: str) -> None:
    """Change the heading. Raises ChangedMeanwhile unless ``based_on`` is what it was."""
    if not heading:
        raise Refused("Write a heading", "heading")
    if finding.heading not in {based_on, heading}:
        raise ChangedMeanwhile(finding.heading, "heading")
    finding.heading = heading
    db.add(finding)
    await db.flush()  # the recorder reads it in SQL


async def split_finding(db: AsyncSession, finding: Finding, heading: str, points: Sequence[UUID]) -> Finding:
    """Move some of a finding's points under a heading of their own."""
    own = select(Contribution.id).where(Contribution.finding_id == finding.id, *IS_EVIDENCE)
    if not set(points) <= set(await db.exec(own)):
        message = "One of these points is no longer under this heading. Choose again."
        raise NoSuchPoints(message, "points")
    return await group_points(db, finding.programme_id, finding.theme_id, finding.column, heading, points)


async def refuse_unless_empty(db: AsyncSession, findings: Collection[UUID]) -> None:
    """Raise NotEmpty when any of the findings has points, hidden ones too, or findings under it."""
    if not await are_empty(db, findings):
        message = (
            "There are still points in it (perhaps hidden ones). Take them out first, or leave it out of the list."
        )
        raise NotEmpty(message)
