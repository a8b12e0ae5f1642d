"""What is done on the grouping page: group, add, take out, merge, rename, refuse. Each step can be undone."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_404_NOT_FOUND,
    HTTP_409_CONFLICT,
    HTTP_422_UNPROCESSABLE_ENTITY,
)
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.policy import Member
from workshop.database import Database
from workshop.facts import NotFound, Refused
from workshop.findings.in_room import (
    add_in_room,
    finding_of_room,
    group_in_room,
    locked_room,
)
from workshop.findings.queries import are_empty
from workshop.findings.refusals import forget_refusals, refuse_suggestion
from workshop.findings.writes import ChangedMeanwhile, NoSuchPoints, take_points_out, word_finding
from workshop.focus_groups.models import FocusGroup
from workshop.pages.board.grouping import PATH, RUN, Asked, answered, shown
from workshop.pages.board.grouping_forms import Chosen, GroupingData, GroupingForm, clean
from workshop.programmes.models import ColumnKind
from workshop.recommendations.merging_findings import merge_findings
from workshop.recommendations.undo import StepIsNotLast, recorded, redo_step, undo_last_step
from workshop.recommendations.writes import delete_empty_finding
from workshop.web.answers import AnyRequest
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember
from workshop.web.values import whole_number

Work = Callable[[AsyncSession, FocusGroup, Chosen], Awaitable[str]]
ONE = PATH + "/findings/{finding_id:uuid}"


@post(PATH + "/findings", name="grouping.create", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def group_points(
    request: AnyRequest, member: TheMember, database: TheDatabase, focus_group: TheFocusGroup, data: GroupingData
) -> Response[str] | Redirect:
    """Put the ticked points under a new heading; an empty one is made of their own words."""

    async def work(db: AsyncSession, group: FocusGroup, chosen: Chosen) -> str:
        finding = await group_in_room(db, group, _place(data), chosen.heading, chosen.points)
        return f"Grouped {_points(chosen)} under “{finding.heading}”."

    return await _done(request, (member, database, focus_group), data, "grouped points", work, at=data.key)


@post(PATH + "/added-points", name="grouping.add", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def add_points(
    request: AnyRequest, member: TheMember, database: TheDatabase, focus_group: TheFocusGroup, data: GroupingData
) -> Response[str] | Redirect:
    """Put the ticked points under a heading that is there."""

    async def work(db: AsyncSession, group: FocusGroup, chosen: Chosen) -> str:
        if chosen.to is None:
            raise Refused("Choose the heading that the points go to", "to")
        finding = await finding_of_room(db, group, chosen.to)
        await add_in_room(db, group, finding, chosen.points)
        return f"Added {_points(chosen)} to “{finding.heading}”."

    return await _done(request, (member, database, focus_group), data, "added points to a heading", work)


@post(ONE + "/removed-points", name="grouping.take-out", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def take_out(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    finding_id: FromPath[UUID],
    data: GroupingData,
) -> Response[str] | Redirect:
    """Put the ticked points back among the loose ones; a heading that has none any more goes."""

    async def work(db: AsyncSession, group: FocusGroup, chosen: Chosen) -> str:
        finding = await finding_of_room(db, group, finding_id)
        await take_points_out(db, finding, chosen.points)
        if await are_empty(db, [finding.id]):
            await delete_empty_finding(db, finding)
            return f"Took out all points, so the heading “{finding.heading}” is gone."
        return f"Took {_points(chosen)} out of “{finding.heading}”."

    return await _done(request, (member, database, focus_group), data, "took points out", work, at=str(finding_id))


@post(ONE + "/heading", name="grouping.word", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def rename(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    finding_id: FromPath[UUID],
    data: GroupingData,
) -> Response[str] | Redirect:
    """Change a heading; 409 with both when somebody else did so meanwhile."""

    async def work(db: AsyncSession, group: FocusGroup, chosen: Chosen) -> str:
        finding = await finding_of_room(db, group, finding_id)
        await word_finding(db, finding, chosen.heading, chosen.based_on)
        return f"The heading is “{finding.heading}” now."

    return await _done(request, (member, database, focus_group), data, "reworded a heading", work, at=str(finding_id))


@post(PATH + "/merged-findings", name="grouping.merge", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def merge(
    request: AnyRequest, member: TheMember, database: TheDatabase, focus_group: TheFocusGroup, data: GroupingData
) -> Response[str] | Redirect:
    """Make one heading of the ticked ones; without words of its own it is the largest one's."""

    async def work(db: AsyncSession, group: FocusGroup, chosen: Chosen) -> str:
        findings = [await finding_of_room(db, group, each) for each in chosen.findings]
        findings.sort(key=lambda finding: (finding.position, finding.id))
        kept = await merge_findings(db, findings, chosen.heading)
        return f"Merged {len(findings)} headings into “{kept.heading}”."

    return await _done(request, (member, database, focus_group), data, "merged headings", work, at="merging")


@post(PATH + "/refused-suggestions", name="grouping.refuse", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def refuse(
    request: AnyRequest, member: TheMember, database: TheDatabase, focus_group: TheFocusGroup, data: GroupingData
) -> Response[str] | Redirect:
    """Do not propose these members again."""

    async def work(db: AsyncSession, group: FocusGroup, chosen: Chosen) -> str:
        await refuse_suggestion(db, group.id, chosen.points)
        return "Refused. These points are not suggested again."

    return await _done(request, (member, database, focus_group), data, "refused a suggestion", work)


@post(PATH + "/offered-again", name="grouping.offer-again", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def offer_again(
    request: AnyRequest, member: TheMember, database: TheDatabase, focus_group: TheFocusGroup, data: GroupingData
) -> Response[str] | Redirect:
    """Whatever was refused may be proposed again."""

    async def work(db: AsyncSession, group: FocusGroup, _: Chosen) -> str:
        await forget_refusals(db, group.id)
        return "What was refused is offered again."

    return await _done(request, (member, database, focus_group), data, "offered refused suggestions again", work)


@post(PATH + "/undo", name="grouping.undo", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def undo(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, data: GroupingData
) -> Response[str] | Redirect:
    """Take back the room's last step, if it is still the one that the button named."""
    return await _turned(request, database, focus_group, data, is_undo=True)


@post(PATH + "/redo", name="grouping.redo", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def redo(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, data: GroupingData
) -> Response[str] | Redirect:
    """Do again what was undone last."""
    return await _turned(request, database, focus_group, data, is_undo=False)


async def _turned(
    request: AnyRequest, database: Database, focus_group: FocusGroup, data: GroupingForm, *, is_undo: bool
) -> Response[str] | Redirect:
    turn, done = (undo_last_step, "Undone") if is_undo else (redo_step, "Done again")
    try:
        async with _locked(database, focus_group) as (db, group):
            verb = await turn(db, group.programme_id, whole_number(data.step), group.id)
    except StepIsNotLast as refusal:
        return await _refused(request, database, focus_group, data, refusal)
    return await answered(request, database, focus_group, data, f"{done}: {verb}." if verb else "Nothing to undo.")


async def _done(
    request: AnyRequest,
    who: tuple[Member, Database, FocusGroup],
    data: GroupingForm,
    verb: str,
    work: Work,
    *,
    at: str = "",
) -> Response[str] | Redirect:
    """Do it as a step of the room called ``verb``; ``at``: the part of the page that an error belongs to."""
    member, database, focus_group = who
    chosen, errors = clean(data)
    if errors:
        return await _refused(request, database, focus_group, data, Refused(errors["heading"], "heading"), at)
    try:
        async with (
            _locked(database, focus_group) as (db, group),
            recorded(db, group.programme_id, verb, member.account_id, group.id),
        ):
            said = await work(db, group, chosen)
    except Refused as refusal:
        return await _refused(request, database, focus_group, data, refusal, at)
    return await answered(request, database, focus_group, data, said)


@asynccontextmanager
async def _locked(database: Database, focus_group: FocusGroup) -> AsyncIterator[tuple[AsyncSession, FocusGroup]]:
    """A transaction that has the room to itself."""
    async with database.writing() as db:
        yield db, await locked_room(db, focus_group)


async def _refused(
    request: AnyRequest,
    database: Database,
    focus_group: FocusGroup,
    data: GroupingForm,
    refusal: Refused,
    at: str = "",
) -> Response[str]:
    """The page with its ticks and words, and the reason."""
    asked = Asked(
        data.theme,
        data.column,
        data.suggest,
        form=data,
        errors=refusal.by_field,
        at=at,
        stored=refusal.stored if isinstance(refusal, ChangedMeanwhile) else None,
        status_code=_status_of(refusal),
    )
    return await shown(request, database, focus_group, asked)


def _status_of(refusal: Refused) -> int:
    """404 for a heading that is not (or no longer) the room's, 409 when somebody else was first, else 422."""
    if isinstance(refusal, NotFound):
        return HTTP_404_NOT_FOUND
    if isinstance(refusal, (ChangedMeanwhile, NoSuchPoints, StepIsNotLast)):
        return HTTP_409_CONFLICT
    return HTTP_422_UNPROCESSABLE_ENTITY


def _place(data: GroupingForm) -> tuple[UUID, ColumnKind]:
    try:
        return UUID(data.theme), ColumnKind(data.column)
    except ValueError as problem:
        raise NotFound("This theme or column is not there any more.") from problem


def _points(chosen: Chosen) -> str:
    return "1 point" if len(chosen.points) == 1 else f"{len(chosen.points)} points"
