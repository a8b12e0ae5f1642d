"""Priorities on a phone: a device's votes for the room's findings, given and taken back by one tap each."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID, uuid4

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_409_CONFLICT
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.facts import Refused
from workshop.findings.models import Finding
from workshop.findings.ranking import Placed, in_order
from workshop.findings.votes import Ballot, ballot_of, cast_vote, own_votes, take_vote_back, vote_totals
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.focus_groups.stage import Stage
from workshop.pages.phone.forms import id_or_new
from workshop.pages.phone.visit import TheVisit, Visit, phone_page, to_the_door
from workshop.programmes.models import Theme
from workshop.web.answers import AnyRequest, fragment, is_htmx, see_other
from workshop.web.scope import TheDatabase

FORM = RequestEncodingType.URL_ENCODED
# With the totals of what is shown, once they are.
Alike = tuple[Ballot, dict[UUID, int]]


@dataclass
class VoteForm:
    """A vote for a finding; ``client_id`` is the form's: sent twice, it is one vote."""

    finding: str = ""
    client_id: str = ""


@dataclass(frozen=True, slots=True)
class VoteLine:
    """A finding with the device's own votes for it (their forms' ids); ``placed`` once totals are shown.

    Not ``is_shown``: the room may not read its heading now, and votes for it can only be taken back.
    """

    finding: Finding
    own: list[UUID]
    placed: Placed[UUID] | None
    client_id: UUID
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class VoteSection:
    """A theme's findings, those last that are not shown and have own votes, and how many votes are left under it."""

    theme: Theme
    left: int
    lines: list[VoteLine]


@get("/votes", name="phone.votes", include_in_schema=False)
async def show_votes(request: AnyRequest, visit: TheVisit, database: TheDatabase) -> Template | Redirect:
    """The room's findings, theme by theme, each with its button; totals and order once they are shown."""
    if visit.participant is None:
        return to_the_door(request, visit)
    async with database.reading() as db:
        # A whole room opens this page at once: what all see alike is read once for it.
        alike = visit.room.made_of_it.get("votes") or await _alike(db, visit)
        visit.room.made_of_it["votes"] = alike
        sections = await _sections(db, visit, visit.participant, alike)
    return phone_page(request, "votes.html", visit, **_context(visit, sections))


@post("/votes", name="phone.votes.create", status_code=HTTP_200_OK, include_in_schema=False)
async def give_vote(
    request: AnyRequest,
    visit: TheVisit,
    database: TheDatabase,
    data: Annotated[VoteForm, Body(media_type=FORM)],
) -> Template | Redirect:
    """One vote: the theme's findings for the script, else 303 to the finding. What is refused is said there."""
    if visit.participant is None:
        return to_the_door(request, visit)
    finding_id, problem = id_or_new(data.finding), ""
    try:
        async with database.writing() as db:
            await cast_vote(db, visit.participant, finding_id, id_or_new(data.client_id))
    except Refused as fact:
        problem = str(fact)
    return await _answer(request, visit, database, finding_id, problem)


@post("/votes/removal", name="phone.votes.take-back", status_code=HTTP_200_OK, include_in_schema=False)
async def take_back(
    request: AnyRequest,
    visit: TheVisit,
    database: TheDatabase,
    data: Annotated[VoteForm, Body(media_type=FORM)],
) -> Template | Redirect:
    """The vote that came from the form ``client_id`` is the participant's again; answers as giving one does."""
    if visit.participant is None:
        return to_the_door(request, visit)
    problem = ""
    try:
        async with database.writing() as db:
            await take_vote_back(db, visit.participant, id_or_new(data.client_id))
    except Refused as fact:
        problem = str(fact)
    return await _answer(request, visit, database, id_or_new(data.finding), problem)


async def _answer(
    request: AnyRequest, visit: Visit, database: TheDatabase, finding_id: UUID, problem: str
) -> Template | Redirect:
    link = visit.focus_group.join_token
    path = request.app.route_reverse("phone.votes", join_token=link)
    if not is_htmx(request):
        return see_other(request, f"{path}#finding-{finding_id}", problem=problem)
    assert visit.participant is not None  # noqa: S101 (the caller has looked)
    async with database.reading() as db:
        sections = await _sections(db, visit, visit.participant, await _alike(db, visit), acted_on=finding_id)
    section = next((each for each in sections if any(line.finding.id == finding_id for line in each.lines)), None)
    context = _context(visit, sections) | {"section": section, "problem": problem, "link": link}
    code = HTTP_409_CONFLICT if problem else HTTP_200_OK
    return fragment("phone/_votes.html", status_code=code, **context)


def _context(visit: Visit, sections: list[VoteSection]) -> dict[str, Any]:
    group = visit.focus_group
    return {
        "sections": sections,
        "votes_each": group.votes_each,
        "can_vote": visit.stage is Stage.PRIORITISING,
        "has_totals": group.are_totals_shown,
        "problem": "",
    }


async def _alike(db: AsyncSession, visit: Visit) -> Alike:
    """What every phone of the room sees. A change that phones hear of makes a new room, and so does each second."""
    group: FocusGroup = visit.focus_group
    ballot = await ballot_of(db, group)
    return ballot, await vote_totals(db, [each.id for each in ballot.shown]) if group.are_totals_shown else {}


async def _sections(
    db: AsyncSession, visit: Visit, participant: Participant, alike: Alike, acted_on: UUID | None = None
) -> list[VoteSection]:
    # The finding ``acted_on`` stays in the answer, though its last vote was taken back and it is shown no longer.
    group: FocusGroup = visit.focus_group
    ballot, totals = alike
    own = await own_votes(db, participant.id)
    sections = []
    for theme in visit.room.themes:
        here = {finding.id: finding for finding in ballot.shown if finding.theme_id == theme.id}
        lines = [VoteLine(here[id_], own.get(id_, []), placed, uuid4()) for id_, placed in in_order(here, totals)]
        lines += [
            VoteLine(finding, own.get(finding.id, []), None, uuid4(), is_shown=False)
            for finding in ballot.covered
            if finding.theme_id == theme.id and (finding.id in own or finding.id == acted_on)
        ]
        given = sum(len(line.own) for line in lines)
        if lines:
            sections.append(VoteSection(theme, max(group.votes_each - given, 0), lines))
    return sections
