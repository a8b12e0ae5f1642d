"""From ticked points and headings: a recommendation, a heading, or more evidence for what is there."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.policy import Member
from workshop.database import Database
from workshop.facts import Refused
from workshop.findings.queries import finding_of_programme
from workshop.findings.writes import add_points, group_points
from workshop.pages.desk.recommendations.forms import ChosenData, ChosenForm, clean_chosen, found
from workshop.pages.desk.recommendations.listing import COORDINATE, LIST
from workshop.pages.desk.recommendations.sorting import show_sorting
from workshop.pages.desk.recommendations.steps import step
from workshop.programmes.models import Programme
from workshop.programmes.queries import themes_of
from workshop.recommendations.choosing import Choice, add_evidence, recommend
from workshop.recommendations.queries import recommendation_of_programme
from workshop.recommendations.writes import NothingChosen
from workshop.text import normalised
from workshop.web.answers import AnyRequest, see_other
from workshop.web.scope import TheDatabase, TheMember, TheProgramme
from workshop.web.values import read_id

FINDINGS = "/programmes/{programme_id:uuid}/findings"
FILTERS = ("column", "q", "group", "agency", "show", "page")


# Does what the form asks for, and says what was done.
Act = Callable[[AsyncSession, Choice], Awaitable[str]]


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

    async def act(db: AsyncSession, choice: Choice) -> str:
        await recommend(db, programme.id, choice, normalised(data.text))
        return "The recommendation is on the list."

    return await _done(request, (member, database, programme), data, "made a recommendation", act)


@post(FINDINGS, name="findings.create", opt=COORDINATE, status_code=200, include_in_schema=False)
async def group(
    request: AnyRequest, member: TheMember, database: TheDatabase, programme: TheProgramme, data: ChosenData
) -> Template | Redirect:
    """A heading over the ticked points."""

    async def act(db: AsyncSession, choice: Choice) -> str:
        await group_points(db, programme.id, choice.theme_id, choice.column, choice.heading, choice.points)
        return "The points are under the heading."

    return await _done(request, (member, database, programme), data, "put points under a heading", act)


@post(FINDINGS + "/additions", name="findings.add", opt=COORDINATE, status_code=200, include_in_schema=False)
async def add(
    request: AnyRequest, member: TheMember, database: TheDatabase, programme: TheProgramme, data: ChosenData
) -> Template | Redirect:
    """The ticked points into the heading or recommendation that ``target`` names (``finding:id``)."""

    async def act(db: AsyncSession, choice: Choice) -> str:
        kind, _, value = data.target.partition(":")
        target = read_id(value)
        if target is None:
            raise Refused("Choose what to add them to", "target")
        if kind == "finding":
            await _add_to_finding(db, programme, choice, target)
        else:
            await add_evidence(db, found(await recommendation_of_programme(db, programme.id, target)), choice)
        return "Added."

    return await _done(request, (member, database, programme), data, "added points to what was there", act)


async def _add_to_finding(db: AsyncSession, programme: Programme, choice: Choice, target: UUID) -> None:
    if choice.findings:
        raise NothingChosen("Only points can be added to a heading: untick the headings", "target")
    await add_points(db, found(await finding_of_programme(db, programme.id, target)), choice.points)


async def _done(
    request: AnyRequest, who: tuple[Member, Database, Programme], data: ChosenForm, verb: str, act: Act
) -> Template | Redirect:
    """Do it as one step called ``verb``, and go back to the same page of the same points, filtered as before.

    When it is refused: the page with its ticks and words, and the reason. 404 for a theme or column that is not there.
    """
    member, database, programme = who
    theme_id = await _theme_id(database, programme, data)
    choice, errors = clean_chosen(data, theme_id)
    if not errors:
        try:
            async with step(database, programme, member, verb) as db:
                success = await act(db, choice)
            path = request.app.route_reverse("recommendations.points", programme_id=programme.id, theme_id=theme_id)
            query = urlencode({field: value for field in FILTERS if (value := getattr(data, field))})
            return see_other(request, f"{path}?{query}" if query else path, success=success)
        except Refused as refusal:
            errors = refusal.by_field
    return await show_sorting(request, database, programme, theme_id, data, errors)


async def _theme_id(database: Database, programme: Programme, data: ChosenForm) -> UUID:
    async with database.reading() as db:
        themes = {theme.id for theme in await themes_of(db, programme.id)}
    theme_id = read_id(data.theme)
    return found(theme_id if theme_id in themes else None)
