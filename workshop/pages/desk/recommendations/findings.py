"""One heading: its words and its points; taking some out, putting some under another heading, deleting it empty."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.database import Database
from workshop.facts import Refused
from workshop.findings.evidence import evidence_in
from workshop.findings.models import Finding
from workshop.findings.queries import finding_of_programme, points_of_findings, voices_of
from workshop.findings.speakers import speaker
from workshop.findings.writes import split_finding, take_points_out, word_finding
from workshop.focus_groups.queries import focus_groups_of
from workshop.pages.desk.recommendations.forms import HeadingData, HeadingForm, found, words_of
from workshop.pages.desk.recommendations.listing import COORDINATE
from workshop.pages.desk.recommendations.steps import status_after, step, stored_instead
from workshop.programmes.models import Programme
from workshop.programmes.queries import agencies_of, columns_of, themes_of
from workshop.recommendations.queries import findings_of_recommendations, recommendations_of
from workshop.recommendations.writes import delete_empty_finding
from workshop.text import normalised
from workshop.web.answers import AnyRequest, page, see_other
from workshop.web.scope import TheDatabase, TheMember, TheProgramme
from workshop.web.values import read_ids

ONE = "/programmes/{programme_id:uuid}/findings/{finding_id:uuid}"


@get(ONE, name="findings.show", opt=COORDINATE, include_in_schema=False)
async def show_finding(
    request: AnyRequest, database: TheDatabase, programme: TheProgramme, finding_id: FromPath[UUID]
) -> Template:
    """The heading with its points and the recommendations that it is behind."""
    return await _shown(request, database, programme, finding_id)


@post(ONE, name="findings.word", opt=COORDINATE, status_code=200, include_in_schema=False)
async def word(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    programme: TheProgramme,
    finding_id: FromPath[UUID],
    data: HeadingData,
) -> Template | Redirect:
    """Change the heading; 409 with both when somebody else did so meanwhile."""
    try:
        heading = words_of(data.heading, "heading")
        async with step(database, programme, member, "reworded a heading") as db:
            await word_finding(db, await _of(db, programme, finding_id), heading, normalised(data.based_on))
    except Refused as refusal:
        return await _shown(request, database, programme, finding_id, words=data, refusal=refusal)
    return _back(request, programme, finding_id, "The heading is saved.")


@post(ONE + "/removed-points", name="findings.take-out", opt=COORDINATE, status_code=200, include_in_schema=False)
async def take_out(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    programme: TheProgramme,
    finding_id: FromPath[UUID],
    data: HeadingData,
) -> Template | Redirect:
    """Put the ticked points back among those not yet used."""
    try:
        async with step(database, programme, member, "took points out") as db:
            await take_points_out(db, await _of(db, programme, finding_id), read_ids(data.points))
    except Refused as refusal:
        return await _shown(request, database, programme, finding_id, chosen=data, refusal=refusal)
    return _back(request, programme, finding_id, "Taken out. They are among the points not yet used.")


@post(ONE + "/split", name="findings.split", opt=COORDINATE, status_code=200, include_in_schema=False)
async def split(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    programme: TheProgramme,
    finding_id: FromPath[UUID],
    data: HeadingData,
) -> Template | Redirect:
    """Put the ticked points under a heading of their own."""
    try:
        heading = words_of(data.split_heading, "heading")
        async with step(database, programme, member, "split a heading") as db:
            finding = await _of(db, programme, finding_id)
            made = await split_finding(db, finding, heading, read_ids(data.points))
    except Refused as refusal:
        return await _shown(request, database, programme, finding_id, chosen=data, refusal=refusal)
    return _back(request, programme, made.id, "The points are under this heading now.")


@post(ONE + "/deletion", name="findings.delete", opt=COORDINATE, status_code=200, include_in_schema=False)
async def delete_empty(
    request: AnyRequest, member: TheMember, database: TheDatabase, programme: TheProgramme, finding_id: FromPath[UUID]
) -> Redirect:
    """Delete a heading without points; 409 when it has some. It can be undone."""
    async with step(database, programme, member, "deleted an empty heading") as db:
        finding = await _of(db, programme, finding_id)
        await delete_empty_finding(db, finding)
    path = request.app.route_reverse("recommendations.points", programme_id=programme.id, theme_id=finding.theme_id)
    return see_other(request, f"{path}?column={finding.column.value}", success="Deleted.")


async def _of(db: AsyncSession, programme: Programme, finding_id: UUID) -> Finding:
    return found(await finding_of_programme(db, programme.id, finding_id))


def _back(request: AnyRequest, programme: Programme, finding_id: UUID, success: str) -> Redirect:
    path = request.app.route_reverse("findings.show", programme_id=programme.id, finding_id=finding_id)
    return see_other(request, path, success=success)


async def _shown(
    request: AnyRequest,
    database: Database,
    programme: Programme,
    finding_id: UUID,
    *,
    words: HeadingForm | None = None,
    chosen: HeadingForm | None = None,
    refusal: Refused | None = None,
) -> Template:
    """The page, with what somebody typed or ticked; 422, or 409 with both headings."""
    errors = refusal.by_field if refusal else {}
    if chosen:
        errors = {"split_heading" if field == "heading" else field: message for field, message in errors.items()}
    context = await _context(database, programme, finding_id)
    finding: Finding = context["finding"]
    stored = stored_instead(refusal)
    return page(
        request,
        "desk/recommendations/finding.html",
        status_code=status_after(refusal),
        errors=errors,
        form={
            "heading": words.heading if words else finding.heading,
            "based_on": words.based_on if words and stored is None else finding.heading,
            "split_heading": chosen.split_heading if chosen else "",
        },
        ticked={str(each) for each in read_ids(chosen.points)} if chosen else set(),
        stored=stored,
        **context,
    )


async def _context(database: Database, programme: Programme, finding_id: UUID) -> dict[str, Any]:
    async with database.reading() as db:
        finding = await _of(db, programme, finding_id)
        points = await points_of_findings(db, programme.id, [finding_id])
        voices, agencies = await voices_of(db, programme.id), await agencies_of(db, programme.id)
        groups = {group.id: group for group in await focus_groups_of(db, programme.id)}
        theme = next(theme for theme in await themes_of(db, programme.id) if theme.id == finding.theme_id)
        column = next(each for each in await columns_of(db, programme.id) if each.kind == finding.column)
        named = await findings_of_recommendations(db, programme.id)
        recommendations = await recommendations_of(db, programme.id)
    names = {agency.id: agency.name for agency in agencies}
    return {
        "programme": programme,
        "finding": finding,
        "theme": theme,
        "column": column,
        "rows": [(point, speaker(point, voices, names)) for point in points],
        "evidence": evidence_in(points, voices, agencies),
        "focus_groups": groups,
        "behind": [each for each in recommendations if finding_id in {of.id for of in named.get(each.id, [])}],
    }
