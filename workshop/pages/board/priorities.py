"""Priorities on the facilitator's side: how many have voted, the totals once the room sees them, votes for each."""

from dataclasses import dataclass
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromQuery
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.policy import Permission
from workshop.database import Database
from workshop.facts import Refused
from workshop.findings.models import Finding
from workshop.findings.ranking import Placed, in_order
from workshop.findings.votes import (
    Turnout,
    ballot_of,
    set_votes_each,
    show_totals,
    turnout_of,
    vote_totals,
)
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.running import FEWEST_VOTES, MOST_VOTES
from workshop.focus_groups.stage import Stage
from workshop.pages.board.run_bar import run_bar
from workshop.programmes.models import Programme, Theme
from workshop.programmes.queries import themes_of
from workshop.web.answers import AnyRequest, fragment, nothing_new, page, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup
from workshop.web.typed import Typed

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
FORM = RequestEncodingType.URL_ENCODED
PATH = "/focus-groups/{focus_group_id:uuid}/priorities"


@dataclass
class TotalsForm:
    """Whether the room sees the totals: "yes" or not."""

    shown: str = ""


@dataclass
class VotesForm:
    """How many votes a device has under each theme."""

    votes_each: str = ""

    def clean(self) -> tuple[int, dict[str, str]]:
        """The number, or why it is none."""
        typed = Typed()
        return typed.number("votes_each", self.votes_each, FEWEST_VOTES, MOST_VOTES), typed.errors


@dataclass(frozen=True, slots=True)
class RankedFinding:
    """A finding; ``placed`` once the room sees the totals, without a rank where it may not read the finding itself."""

    finding: Finding
    placed: Placed[Any] | None
    is_readable: bool = True


@dataclass(frozen=True, slots=True)
class Priorities:
    """A theme's findings in the order of their votes, or in their own; last those that the room may not read."""

    theme: Theme
    findings: list[RankedFinding]


@get(PATH, name="priorities", opt=RUN, include_in_schema=False)
async def show_priorities(request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup) -> Template:
    """The findings by theme, with how far the voting has come."""
    return page(request, "board/priorities.html", **await _view(request, database, focus_group))


@get(PATH + "/changes", name="priorities.changes", opt=RUN, include_in_schema=False)
async def show_changes_of_priorities(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, since: FromQuery[str] = ""
) -> Template | Response[str]:
    """The run bar and the findings as they are now, as htmx partials; 204 for a page that has them."""
    view = await _view(request, database, focus_group)
    if since == view["seen"]:
        return nothing_new()
    has_new_run = since.partition(".")[2] != view["run"].mark
    return fragment("board/priorities_changes.html", has_new_run=has_new_run, **view)


@post(PATH + "/totals", name="priorities.totals", opt=RUN, include_in_schema=False)
async def change_totals(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    data: Annotated[TotalsForm, Body(media_type=FORM)],
) -> Redirect:
    """Show the totals to the room, or hide them again; 303 to the page."""
    is_shown = data.shown == "yes"
    async with database.writing() as db:
        group = await db.get_one(FocusGroup, focus_group.id, with_for_update=True)
        await show_totals(db, group, is_shown=is_shown)
    said = "Phones and projector show the totals" if is_shown else "Nobody sees the totals any more"
    return see_other(request, _url(request, focus_group), success=f"{said}.")


@post(PATH + "/votes", name="priorities.votes-each", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def change_votes_each(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    data: Annotated[VotesForm, Body(media_type=FORM)],
) -> Template | Redirect:
    """303 to the page; 422 with what was typed."""
    votes, errors = data.clean()
    try:
        if not errors:
            async with database.writing() as db:
                group = await db.get_one(FocusGroup, focus_group.id, with_for_update=True)
                await set_votes_each(db, group, votes)
    except Refused as fact:
        errors = fact.by_field
    if errors:
        view = await _view(request, database, focus_group) | {"form": data, "errors": errors}
        return page(request, "board/priorities.html", status_code=422, **view)
    return see_other(request, _url(request, focus_group), success="The number of votes is changed.")


async def _view(request: AnyRequest, database: Database, focus_group: FocusGroup) -> dict[str, Any]:
    async with database.reading() as db:
        # Read anew: its revision is noted before anything that it stands for.
        group = await db.get_one(FocusGroup, focus_group.id)
        programme = await db.get_one(Programme, group.programme_id)
        run = await run_bar(db, request, group, _url(request, group))
        turnout: Turnout = await turnout_of(db, group.id)
        sections = await _sections(db, group)
    return {
        "focus_group": group,
        "programme": programme,
        "run": run,
        "turnout": turnout,
        "sections": sections,
        "seen": f"{group.board_revision}.{run.mark}",
        "Stage": Stage,
        "form": VotesForm(str(group.votes_each)),
        "errors": {},
    }


async def _sections(db: AsyncSession, group: FocusGroup) -> list[Priorities]:
    ballot = await ballot_of(db, group)
    totals, covered = {}, {}
    if group.are_totals_shown:
        # Places are the room's: among what it may read.
        totals = await vote_totals(db, [finding.id for finding in ballot.shown])
        votes = await vote_totals(db, [finding.id for finding in ballot.covered])
        covered = {key: Placed(key, count, rank=None, is_tied=False) for key, count in votes.items()}
    sections = []
    for theme in await themes_of(db, group.programme_id):
        here = {finding.id: finding for finding in ballot.shown if finding.theme_id == theme.id}
        findings = [RankedFinding(here[key], placed) for key, placed in in_order(here, totals)]
        findings += [
            RankedFinding(finding, covered.get(finding.id), is_readable=False)
            for finding in ballot.covered
            if finding.theme_id == theme.id
        ]
        if findings:
            sections.append(Priorities(theme, findings))
    return sections


def _url(request: AnyRequest, focus_group: FocusGroup) -> str:
    return request.app.route_reverse("priorities", focus_group_id=focus_group.id)
