"""Taking a theme, an agency or a focus group away, unless that would orphan what people wrote or who they were.

Each ``what_holds_…`` gives, in words with counts, what is in the way: nothing, when it may go.
"""

from uuid import UUID

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import SQLModel, col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.models import Membership
from workshop.accounts.writes import remove_membership
from workshop.contributions.concerns import forget_points_of_concerns, open_concerns_of_group
from workshop.contributions.gone import note_words_gone
from workshop.contributions.me_too import forget_me_toos
from workshop.contributions.models import Concern, Contribution, OpenQuestion
from workshop.contributions.pending import forget_pending_imports_of
from workshop.facts import Refused
from workshop.findings.models import Finding, RefusedSuggestion
from workshop.focus_groups.models import (
    Attendance,
    BreakoutTable,
    CoFacilitator,
    FocusGroup,
    Participant,
    ParticipantPeople,
    Reveal,
    RunSheetStep,
)
from workshop.programmes.models import Agency, Theme
from workshop.programmes.queries import themes_of
from workshop.recommendations.models import Recommendation
from workshop.surveys.queries import count_answers_about
from workshop.surveys.writes import forget_points_of_answers, forget_scales_of_theme
from workshop.text import counted

_is_there = col(Contribution.is_deleted).is_(False)


class InTheWay(Refused):
    """Something hangs on what was to go."""


async def what_holds_theme(db: AsyncSession, theme: Theme) -> list[str]:
    """Points, findings, recommendations and answers under the theme; the last theme holds itself."""
    held = [
        _words(await _count(db, Contribution, col(Contribution.theme_id) == theme.id, _is_there), "point"),
        _words(
            await _count(db, Finding, col(Finding.theme_id) == theme.id), "heading over points", "headings over points"
        ),
        _words(await _count(db, Recommendation, col(Recommendation.theme_id) == theme.id), "recommendation"),
        _words(
            await count_answers_about(db, theme.id), "answer to its practice scale", "answers to its practice scale"
        ),
    ]
    if len(await themes_of(db, theme.programme_id)) == 1:
        held.append("it is the only theme, and people write under a theme")
    return [words for words in held if words]


async def remove_theme(db: AsyncSession, theme: Theme) -> None:
    """Take the theme away. Raises InTheWay."""
    _refuse(theme.name, await what_holds_theme(db, theme))
    await _forget_deleted(db, col(Contribution.theme_id) == theme.id)
    await forget_scales_of_theme(db, theme.id)
    await db.exec(delete(RunSheetStep).where(col(RunSheetStep.theme_id) == theme.id))
    await db.exec(delete(Reveal).where(col(Reveal.theme_id) == theme.id))
    await db.exec(delete(Theme).where(col(Theme.id) == theme.id))


async def what_holds_agency(db: AsyncSession, agency: Agency) -> list[str]:
    """People who joined for the agency, people counted as attending, and points from the room."""
    joined = select(func.coalesce(func.sum(ParticipantPeople.people), 0)).where(
        ParticipantPeople.agency_id == agency.id
    )
    counted = select(func.coalesce(func.sum(Attendance.people), 0)).where(Attendance.agency_id == agency.id)
    held = [
        _words((await db.exec(joined)).one(), "person who joined", "people who joined"),
        _words((await db.exec(counted)).one(), "person counted as attending", "people counted as attending"),
        _words(
            await _count(db, Contribution, col(Contribution.agency_id) == agency.id, _is_there),
            "point from the room",
            "points from the room",
        ),
    ]
    return [words for words in held if words]


async def remove_agency(db: AsyncSession, agency: Agency) -> None:
    """Take the agency away. Raises InTheWay."""
    _refuse(agency.name, await what_holds_agency(db, agency))
    await _forget_deleted(db, col(Contribution.agency_id) == agency.id)
    # Of nobody: what devices said was put right by hand.
    await db.exec(delete(Attendance).where(col(Attendance.agency_id) == agency.id))
    await db.exec(delete(Agency).where(col(Agency.id) == agency.id))


async def what_holds_focus_group(db: AsyncSession, focus_group_id: UUID) -> list[str]:
    """Who joined, what was written and what was made of it."""
    held = [
        _words(
            await _count(db, Participant, col(Participant.focus_group_id) == focus_group_id),
            "device that joined",
            "devices that joined",
        ),
        _words(await _count(db, Contribution, col(Contribution.focus_group_id) == focus_group_id, _is_there), "point"),
        _words(
            await _count(db, Finding, col(Finding.focus_group_id) == focus_group_id),
            "heading over points",
            "headings over points",
        ),
        _words(
            await open_concerns_of_group(db, focus_group_id),
            "concern that nobody has passed on yet",
            "concerns that nobody has passed on yet",
        ),
        _words(
            await _count(db, OpenQuestion, col(OpenQuestion.focus_group_id) == focus_group_id),
            "kept point that nobody has answered for",
            "kept points that nobody has answered for",
        ),
    ]
    return [words for words in held if words]


async def remove_focus_group(db: AsyncSession, focus_group: FocusGroup) -> None:
    """Take a focus group away with what was set up and counted for it. Raises InTheWay.

    Words can still be in it: of an upload, and of a concern that was passed on.
    """
    held = await what_holds_focus_group(db, focus_group.id)
    _refuse(focus_group.label or "This group", held)
    note_words_gone(db)
    await _forget_deleted(db, col(Contribution.focus_group_id) == focus_group.id)
    for table in (Concern, Attendance, RunSheetStep, Reveal, CoFacilitator, BreakoutTable, RefusedSuggestion):
        await db.exec(delete(table).where(col(table.focus_group_id) == focus_group.id))
    await db.exec(delete(FocusGroup).where(col(FocusGroup.id) == focus_group.id))


async def remove_member(db: AsyncSession, membership: Membership) -> None:
    """End a membership. Raises LastAdministrator.

    What waits of its uploads goes by hand: with the account it would go unnoted, and stay in the files' bytes.
    """
    await forget_pending_imports_of(db, membership.account_id, membership.partnership_id)
    await remove_membership(db, membership)


async def _count(db: AsyncSession, table: type[SQLModel], *conditions: ColumnElement[bool]) -> int:
    return (await db.exec(select(func.count()).select_from(table).where(*conditions))).one()


async def _forget_deleted(db: AsyncSession, condition: ColumnElement[bool]) -> None:
    """Empty rows of points that were deleted keep a late retry from reviving them: not where nothing is left."""
    deleted = (condition, col(Contribution.is_deleted).is_(True))
    for forget in (forget_points_of_concerns, forget_points_of_answers, forget_me_toos):
        await forget(db, select(Contribution.id).where(*deleted))
    await db.exec(delete(Contribution).where(*deleted))


def _words(count: int, one: str, many: str = "") -> str:
    return counted(count, one, many) if count else ""


def _refuse(name: str, held: list[str]) -> None:
    if held:
        raise InTheWay(f"“{name}” cannot be removed: {', '.join(held)}")
