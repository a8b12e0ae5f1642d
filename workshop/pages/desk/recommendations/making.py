"""From ticked points and headings: a recommendation, a heading, or more evidence for what is there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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
from workshop.pages.desk.recommendations.forms import (
    Chosen,
    ChosenData,
    ChosenForm,
    clean_chosen,
    found,
    read_column,
    read_id,
)
from workshop.pages.desk.recommendations.listing import COORDINATE, LIST
from workshop.pages.desk.recommendations.sorting import show_sorting
from workshop.programmes.models import Programme
from workshop.programmes.queries import themes_of
from workshop.recommendations.queries import findings_of_recommendations, recommendation_of_programme
from workshop.recommendations.undo import recorded
from workshop.recommendations.writes import NothingChosen, add_findings, make_recommendation
from workshop.web.answers import AnyRequest, see_other
from workshop.web.scope import TheDatabase, TheMember, TheProgramme

FINDINGS = "/programmes/{programme_id:uuid}/findings"
FILTERS = ("column", "q", "group", "agency", "show", "page")


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
    answer: Template = await show_sorting(request, database, programme, theme_id, form)
    return answer


@post(LIST, name="recommendations.create", opt=COORDINATE, status_code=200, include_in_schema=False)
async def make(
    request: AnyRequest, member: TheMember, database: TheDatabase, programme: TheProgramme, data: ChosenData
) -> Template | Redirect:
    """A recommendation over the ticked points (under a heading of their own) and the ticked headings."""
    chosen, errors = clean_chosen(data)
    theme_id = await _theme(database, programme, data)
    if not errors:
        try:
            async with _step(database, programme, member, "made a recommendation") as db:
                findings = list(chosen.findings)
                if chosen.points:
                    finding = await _group(db, programme, theme_id, data, chosen, chosen.heading or chosen.text)
                    findings.append(finding.id)
                await make_recommendation(db, programme.id, theme_id, chosen.text, findings)
            return _back(request, programme, theme_id, data, "The recommendation is on the list.")
        except Refused as refusal:
            errors = refusal.by_field
    answer: Template = await show_sorting(request, database, programme, theme_id, data, errors)
    return answer


@post(FINDINGS, name="findings.create", opt=COORDINATE, status_code=200, include_in_schema=False)
async def group(
    request: AnyRequest, member: TheMember, database: TheDatabase, programme: TheProgramme, data: ChosenData
) -> Template | Redirect:
    """A heading over the ticked points."""
    chosen, errors = clean_chosen(data)
    theme_id = await _theme(database, programme, data)
    if not errors:
        try:
            async with _step(database, programme, member, "put points under a heading") as db:
                await _group(db, programme, theme_id, data, chosen, chosen.heading)
            return _back(request, programme, theme_id, data, "The points are under the heading.")
        except Refused as refusal:
            errors = refusal.by_field
    answer: Template = await show_sorting(request, database, programme, theme_id, data, errors)
    return answer


@post(FINDINGS + "/additions", name="findings.add", opt=COORDINATE, status_code=200, include_in_schema=False)
async def add(
    request: AnyRequest, member: TheMember, database: TheDatabase, programme: TheProgramme, data: ChosenData
) -> Template | Redirect:
    """The ticked points into the heading or recommendation that ``target`` names (``finding:id``)."""
    chosen, errors = clean_chosen(data)
    theme_id = await _theme(database, programme, data)
    if not errors:
        try:
            async with _step(database, programme, member, "added points to what was there") as db:
                await _add(db, programme, theme_id, data, chosen)
            return _back(request, programme, theme_id, data, "Added.")
        except Refused as refusal:
            errors = refusal.by_field
    answer: Template = await show_sorting(request, database, programme, theme_id, data, errors)
    return answer


async def _add(db: AsyncSession, programme: Programme, theme_id: UUID, data: ChosenForm, chosen: Chosen) -> None:
    kind, _, value = data.target.partition(":")
    target = read_id(value)
    if target is None:
        raise Refused("Choose what to add them to", "target")
    if kind == "finding":
        if chosen.findings:
            raise NothingChosen("Only points can be added to a heading: untick the headings", "target")
        await add_points(db, found(await finding_of_programme(db, programme.id, target)), chosen.points)
        return
    recommendation = found(await recommendation_of_programme(db, programme.id, target))
    if not chosen.points and not chosen.findings:
        raise NothingChosen("Choose at least one point or heading", "points")
    findings = list(chosen.findings)
    if chosen.points:
        named = (await findings_of_recommendations(db, programme.id)).get(target, [])
        alike = [each for each in named if (each.theme_id, each.column) == (theme_id, read_column(data.column))]
        if alike and not chosen.heading:
            await add_points(db, alike[0], chosen.points)
        else:
            heading = chosen.heading or recommendation.text
            findings.append((await _group(db, programme, theme_id, data, chosen, heading)).id)
    if findings:
        await add_findings(db, recommendation, findings)


async def _group(
    db: AsyncSession, programme: Programme, theme_id: UUID, data: ChosenForm, chosen: Chosen, heading: str
) -> Finding:
    return await group_points(db, programme.id, theme_id, read_column(data.column), heading, chosen.points)


async def _theme(database: Database, programme: Programme, data: ChosenForm) -> UUID:
    """The id of the form's theme; the answer is 404 when the programme has no such theme or column."""
    read_column(data.column)
    async with database.reading() as db:
        themes = {theme.id for theme in await themes_of(db, programme.id)}
    theme_id: UUID = found(read_id(data.theme) if read_id(data.theme) in themes else None)
    return theme_id


@asynccontextmanager
async def _step(database: Database, programme: Programme, member: Member, verb: str) -> AsyncIterator[AsyncSession]:
    async with database.writing() as db, recorded(db, programme.id, verb, member.account_id):
        yield db


def _back(request: AnyRequest, programme: Programme, theme_id: UUID, data: ChosenForm, success: str) -> Redirect:
    """To the same page of the same points, filtered as before."""
    path = request.app.route_reverse("recommendations.points", programme_id=programme.id, theme_id=theme_id)
    query = urlencode({field: value for field in FILTERS if (value := getattr(data, field))})
    return see_other(request, f"{path}?{query}" if query else path, success=success)
