"""From ticked points and headings: a recommendation, a heading, or more evidence for what is there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.policy import Member
from workshop.database import Database
from workshop.facts import Refused
from workshop.findings.models import Finding
from workshop.findings.queries import finding_of_programme
from workshop.findings.writes import add_points, group_points
from workshop.pages.desk.recommendations.forms import Chosen, ChosenData, ChosenForm, clean_chosen, found, read_column
from workshop.pages.desk.recommendations.listing import COORDINATE, LIST
from workshop.pages.desk.recommendations.sorting import show_sorting
from workshop.pages.desk.recommendations.steps import step
from workshop.programmes.models import ColumnKind, Programme
from workshop.programmes.queries import themes_of
from workshop.recommendations.queries import findings_of_recommendations, recommendation_of_programme
from workshop.recommendations.writes import NothingChosen, add_findings, make_recommendation
from workshop.web.answers import AnyRequest, see_other
from workshop.web.scope import TheDatabase, TheMember, TheProgramme
from workshop.web.values import read_id

FINDINGS = "/programmes/{programme_id:uuid}/findings"
FILTERS = ("column", "q", "group", "agency", "show", "page")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the points are from that somebody ticks."""

    programme_id: UUID
    theme_id: UUID
    column: ColumnKind


# Does what the form asks for, and says what was done.
Act = Callable[[AsyncSession, Place, Chosen], Awaitable[str]]


@get(
    "/programmes/{programme_id:uuid}/themes/{theme_id:uuid}/points",
    name="recommendations.points",
    opt=COORDINATE,
    include_in_schema=False,
)
async def show_points(
    request: AnyRequest,
    database: TheDatabase,
    programme: TheProgramme,
    theme_id: FromPath[UUID],
) -> Template:
    """One column's points: ``?column=…``, filtered by ``q``, ``group``, ``agency``, ``show=all``, ``page``."""
    form = ChosenForm(theme=str(theme_id), **{field: request.query_params.get(field, "") for field in FILTERS})
    return await show_sorting(request, database, programme, theme_id, form)


@post(LIST, name="recommendations.create", opt=COORDINATE, status_code=200, include_in_schema=False)
async def make(
    request: AnyRequest, member: TheMember, database: TheDatabase, programme: TheProgramme, data: ChosenData
) -> Template | Redirect:
    """A recommendation over the ticked points (under a heading of their own) and the ticked headings."""

    async def act(db: AsyncSession, place: Place, chosen: Chosen) -> str:
        findings = list(chosen.findings)
        if chosen.points:
            findings.append((await _group(db, place, chosen, chosen.heading or chosen.text)).id)
        await make_recommendation(db, programme.id, place.theme_id, chosen.text, findings)
        return "The recommendation is on the list."

    return await _done(request, (member, database, programme), data, "made a recommendation", act)


@post(FINDINGS, name="findings.create", opt=COORDINATE, status_code=200, include_in_schema=False)
async def group(
    request: AnyRequest, member: TheMember, database: TheDatabase, programme: TheProgramme, data: ChosenData
) -> Template | Redirect:
    """A heading over the ticked points."""

    async def act(db: AsyncSession, place: Place, chosen: Chosen) -> str:
        await _group(db, place, chosen, chosen.heading)
        return "The points are under the heading."

    return await _done(request, (member, database, programme), data, "put points under a heading", act)


@post(FINDINGS + "/additions", name="findings.add", opt=COORDINATE, status_code=200, include_in_schema=False)
async def add(
    request: AnyRequest, member: TheMember, database: TheDatabase, programme: TheProgramme, data: ChosenData
) -> Template | Redirect:
    """The ticked points into the heading or recommendation that ``target`` names (``finding:id``)."""

    async def act(db: AsyncSession, place: Place, chosen: Chosen) -> str:
        kind, _, value = data.target.partition(":")
        target = read_id(value)
        if target is None:
            raise Refused("Choose what to add them to", "target")
        if kind == "finding":
            await _add_to_finding(db, place, chosen, target)
        else:
            await _add_to_recommendation(db, place, chosen, target)
        return "Added."

    return await _done(request, (member, database, programme), data, "added points to what was there", act)


async def _add_to_finding(db: AsyncSession, place: Place, chosen: Chosen, target: UUID) -> None:
    if chosen.findings:
        raise NothingChosen("Only points can be added to a heading: untick the headings", "target")
    await add_points(db, found(await finding_of_programme(db, place.programme_id, target)), chosen.points)


async def _add_to_recommendation(db: AsyncSession, place: Place, chosen: Chosen, target: UUID) -> None:
    """Points go under a heading that it names in this place already, unless one was written for them."""
    recommendation = found(await recommendation_of_programme(db, place.programme_id, target))
    if not chosen.points and not chosen.findings:
        raise NothingChosen("Choose at least one point or heading", "points")
    findings = list(chosen.findings)
    if chosen.points:
        named = (await findings_of_recommendations(db, place.programme_id)).get(target, [])
        alike = [each for each in named if (each.theme_id, each.column) == (place.theme_id, place.column)]
        if alike and not chosen.heading:
            await add_points(db, alike[0], chosen.points)
        else:
            findings.append((await _group(db, place, chosen, chosen.heading or recommendation.text)).id)
    if findings:
        await add_findings(db, recommendation, findings)


async def _group(db: AsyncSession, place: Place, chosen: Chosen, heading: str) -> Finding:
    return await group_points(db, place.programme_id, place.theme_id, place.column, heading, chosen.points)


async def _done(
    request: AnyRequest, who: tuple[Member, Database, Programme], data: ChosenForm, verb: str, act: Act
) -> Template | Redirect:
    """Do it as one step called ``verb``, and go back to the same page of the same points, filtered as before.

    When it is refused: the page with its ticks and words, and the reason. 404 for a theme or column that is not there.
    """
    member, database, programme = who
    chosen, errors = clean_chosen(data)
    place = await _place(database, programme, data)
    if not errors:
        try:
            async with step(database, programme, member, verb) as db:
                success = await act(db, place, chosen)
            path = request.app.route_reverse(
                "recommendations.points", programme_id=programme.id, theme_id=place.theme_id
            )
            query = urlencode({field: value for field in FILTERS if (value := getattr(data, field))})
            return see_other(request, f"{path}?{query}" if query else path, success=success)
        except Refused as refusal:
            errors = refusal.by_field
    return await show_sorting(request, database, programme, place.theme_id, data, errors)


async def _place(database: Database, programme: Programme, data: ChosenForm) -> Place:
    async with database.reading() as db:
        themes = {theme.id for theme in await themes_of(db, programme.id)}
    theme_id = read_id(data.theme)
    return Place(programme.id, found(theme_id if theme_id in themes else None), read_column(data.column))
