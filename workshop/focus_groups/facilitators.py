"""Who runs a focus group: its facilitator, and others who share the board with them."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.facts import NotFound, Refused
from workshop.focus_groups.models import CoFacilitator, FocusGroup

MOST = 20


class RunsItAlready(Refused):
    """This person runs the focus group already."""


def is_run_by(email: str) -> ColumnElement[bool]:
    """The condition on ``FocusGroup`` that this person runs it, alone or with others."""
    theirs = select(CoFacilitator.focus_group_id).where(CoFacilitator.email == email)
    return or_(col(FocusGroup.facilitator_email) == email, col(FocusGroup.id).in_(theirs))


async def co_facilitators_of(db: AsyncSession, focus_group_id: UUID) -> list[str]:
    """The e-mail addresses of those who run it with its facilitator, in alphabetical order."""
    query = select(CoFacilitator.email).where(CoFacilitator.focus_group_id == focus_group_id)
    return list(await db.exec(query.order_by(col(CoFacilitator.email))))


async def add_co_facilitator(db: AsyncSession, focus_group: FocusGroup, email: str) -> None:
    """Let ``email`` (in lower case) run the group too, from their next page on.

    They need an account in the partnership, made before or later. Raises RunsItAlready, or Refused for too many.
    """
    others = await co_facilitators_of(db, focus_group.id)
    if email == focus_group.facilitator_email or email in others:
        raise RunsItAlready("They run it already", "email")
    if len(others) >= MOST:
        raise Refused(f"At most {MOST} people can share one board", "email")
    db.add(CoFacilitator(focus_group_id=focus_group.id, email=email))
    await db.flush()


async def remove_co_facilitator(db: AsyncSession, focus_group: FocusGroup, email: str) -> None:
    """They no longer run it. Raises NotFound when they did not."""
    gone = delete(CoFacilitator).where(
        col(CoFacilitator.focus_group_id) == focus_group.id, col(CoFacilitator.email) == email
    )
    if not (await db.exec(gone)).rowcount:
        raise NotFound("They do not run it")


async def hand_over(db: AsyncSession, focus_group: FocusGroup, email: str) -> None:
    """Make one who runs it too its facilitator; who was it goes on sharing the board. The room notices nothing.

    Raises NotFound when ``email`` does not run it.
    """
    await remove_co_facilitator(db, focus_group, email)
    if focus_group.facilitator_email:
        db.add(CoFacilitator(focus_group_id=focus_group.id, email=focus_group.facilitator_email))
    focus_group.facilitator_email = email
    db.add(focus_group)
    await db.flush()
