"""One recommendation: its words, its theme, leaving it out, bringing it back, splitting, deleting an empty one."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.database import Database
from workshop.facts import Refused
from workshop.findings.evidence import evidence_in
from workshop.findings.queries import points_of_findings, voices_of
from workshop.findings.speakers import speaker
from workshop.focus_groups.queries import focus_groups_of
from workshop.pages.desk.recommendations.forms import (
    OneData,
    OneForm,
    SplitData,
    SplitForm,
    WordsData,
    WordsForm,
    found,
    shortened,
    words_of,
)
from workshop.pages.desk.recommendations.listing import COORDINATE, ONE, list_path
from workshop.pages.desk.recommendations.steps import status_after, step, stored_instead
from workshop.programmes.models import Programme
from workshop.programmes.queries import agencies_of, themes_of
from workshop.recommendations.models import Recommendation
from workshop.recommendations.queries import (
    contributions_behind,
    findings_of_recommendations,
    recommendation_of_programme,
    recommendations_of,
)
from workshop.recommendations.writes import (
    bring_back,
    delete_empty_recommendation,
    leave_out,
    put_under_theme,
    split_recommendation,
    word_recommendation,
)
from workshop.text import normalised
from workshop.web.answers import AnyRequest, page, see_other
from workshop.web.scope import TheDatabase, TheMember, TheProgramme
from workshop.web.values import read_id, read_ids


@get(ONE, name="recommendations.show", opt=COORDINATE, include_in_schema=False)
async def show_recommendation(
    request: AnyRequest, database: TheDatabase, programme: TheProgramme, recommendation_id: FromPath[UUID]
) -> Template:
    """Everything that can be done to one recommendation."""
    return await _shown(request, database, programme, recommendation_id)


@post(ONE, name="recommendations.word", opt=COORDINATE, status_code=200, include_in_schema=False)
async def word(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    programme: TheProgramme,
    recommendation_id: FromPath[UUID],
    data: WordsData,
) -> Template | Redirect:
    """Change the words; 409 with both wordings when somebody else did so meanwhile."""
    try:
        text = words_of(data.text, "text")
        async with step(database, programme, member, "reworded a recommendation") as db:
            recommendation = await _of(db, programme, recommendation_id)
            await word_recommendation(db, recommendation, text, normalised(data.based_on))
    except Refused as refusal:
        return await _shown(request, database, programme, recommendation_id, typed=data, refusal=refusal)
    return _back(request, programme, recommendation_id, "The wording is saved.")


@post(ONE + "/theme", name="recommendations.theme", opt=COORDINATE, status_code=200, include_in_schema=False)
async def change_theme(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    programme: TheProgramme,
    recommendation_id: FromPath[UUID],
    data: OneData,
) -> Redirect:
    """Under another theme, or none."""
    verb = "moved a recommendation to another theme"
    async with step(database, programme, member, verb) as db:
        recommendation = await _of(db, programme, recommendation_id)
        theme_id = read_id(data.theme)
        if data.theme and theme_id not in {theme.id for theme in await themes_of(db, programme.id)}:
            raise Refused("This theme is no longer part of the programme. Choose another.", "theme")
        current = found(await db.get(Programme, programme.id))
        await put_under_theme(db, recommendation, theme_id, is_flat_list=current.is_flat_list)
    return _back(request, programme, recommendation_id, "Moved.")


@post(ONE + "/omission", name="recommendations.leave-out", opt=COORDINATE, status_code=200, include_in_schema=False)
async def leave_out_of_list(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    programme: TheProgramme,
    recommendation_id: FromPath[UUID],
    data: OneData,
) -> Template | Redirect:
    """Take it off the list, with the reason."""
    try:
        reason = words_of(data.reason, "reason")
        async with step(database, programme, member, "left out a recommendation") as db:
            await leave_out(db, await _of(db, programme, recommendation_id), reason)
    except Refused as refusal:
        return await _shown(request, database, programme, recommendation_id, typed=data, refusal=refusal)
    return _back(request, programme, recommendation_id, "Left out. It is at the end of this page, with its reason.")


@post(
    ONE + "/reinstatement", name="recommendations.bring-back", opt=COORDINATE, status_code=200, include_in_schema=False
)
async def bring_back_to_list(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    programme: TheProgramme,
    recommendation_id: FromPath[UUID],
) -> Redirect:
    """Put it back where it was."""
    async with step(database, programme, member, "brought back a recommendation") as db:
        await bring_back(db, await _of(db, programme, recommendation_id))
    return _back(request, programme, recommendation_id, "It is back on the list.")


@post(ONE + "/split", name="recommendations.split", opt=COORDINATE, status_code=200, include_in_schema=False)
async def split(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    programme: TheProgramme,
    recommendation_id: FromPath[UUID],
    data: SplitData,
) -> Template | Redirect:
    """Move the ticked headings and points to a new recommendation."""
    try:
        text = words_of(data.split_text, "text")
        async with step(database, programme, member, "split a recommendation") as db:
            recommendation = await _of(db, programme, recommendation_id)
            made = await split_recommendation(db, recommendation, text, read_ids(data.findings), read_ids(data.points))
    except Refused as refusal:
        return await _shown(request, database, programme, recommendation_id, typed=data, refusal=refusal)
    return _back(request, programme, made.id, "Split. The new recommendation stands below the first.")


@post(ONE + "/deletion", name="recommendations.delete", opt=COORDINATE, status_code=200, include_in_schema=False)
async def delete_empty(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    programme: TheProgramme,
    recommendation_id: FromPath[UUID],
) -> Redirect:
    """Delete a recommendation behind which no point stands; 409 when there is one. It can be undone."""
    verb = "deleted an empty recommendation"
    async with step(database, programme, member, verb) as db:
        await delete_empty_recommendation(db, await _of(db, programme, recommendation_id))
    return see_other(request, list_path(request, programme.id), success="Deleted.")


async def _of(db: AsyncSession, programme: Programme, recommendation_id: UUID) -> Recommendation:
    return found(await recommendation_of_programme(db, programme.id, recommendation_id))


def _back(request: AnyRequest, programme: Programme, recommendation_id: UUID, success: str) -> Redirect:
    return see_other(request, f"{list_path(request, programme.id)}#r-{recommendation_id}", success=success)


async def _shown(
    request: AnyRequest,
    database: Database,
    programme: Programme,
    recommendation_id: UUID,
    *,
    typed: WordsForm | OneForm | SplitForm | None = None,
    refusal: Refused | None = None,
) -> Template:
    """The page, with what somebody typed into one of its forms; 422, or 409 with both wordings."""
    words = typed if isinstance(typed, WordsForm) else None
    split = typed if isinstance(typed, SplitForm) else None
    errors = refusal.by_field if refusal else {}
    if split:
        errors = {"split_text" if field == "text" else field: message for field, message in errors.items()}
    context: dict[str, Any] = await _context(database, programme, recommendation_id)
    recommendation: Recommendation = context["recommendation"]
    stored = stored_instead(refusal)
    based_on = words.based_on if words and stored is None else recommendation.text
    return page(
        request,
        "desk/recommendations/show.html",
        status_code=status_after(refusal),
        errors=errors,
        form=WordsForm(text=words.text if words else recommendation.text, based_on=based_on),
        one=OneForm(
            theme=str(recommendation.theme_id or ""), reason=typed.reason if isinstance(typed, OneForm) else ""
        ),
        split={
            "split_text": split.split_text if split else "",
            "points": {str(each) for each in read_ids(split.points)} if split else set(),
            "findings": {str(each) for each in read_ids(split.findings)} if split else set(),
        },
        stored=stored,
        **context,
    )


async def _context(database: Database, programme: Programme, recommendation_id: UUID) -> dict[str, Any]:
    async with database.reading() as db:
        recommendation = await _of(db, programme, recommendation_id)
        findings = (await findings_of_recommendations(db, programme.id)).get(recommendation_id, [])
        points = await points_of_findings(db, programme.id, [finding.id for finding in findings])
        behind = await contributions_behind(db, recommendation_id)
        voices, agencies = await voices_of(db, programme.id), await agencies_of(db, programme.id)
        groups = {group.id: group for group in await focus_groups_of(db, programme.id)}
        themes = await themes_of(db, programme.id)
        others = [
            each
            for each in await recommendations_of(db, programme.id)
            if each.left_out is None and each.id != recommendation_id
        ]
    names = {agency.id: agency.name for agency in agencies}
    return {
        "programme": programme,
        "recommendation": recommendation,
        "findings": [
            (each, [(point, speaker(point, voices, names)) for point in points if point.finding_id == each.id])
            for each in findings
        ],
        "evidence": evidence_in(behind, voices, agencies),
        "focus_groups": groups,
        "themes": [("", "No theme"), *((theme.id, theme.name) for theme in themes)],
        "others": [(each.id, shortened(each.text)) for each in others],
    }
