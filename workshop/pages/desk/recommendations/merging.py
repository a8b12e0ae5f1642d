"""Two recommendations into one: both wordings beside each other, and the person words the result."""

from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from workshop.database import Database
from workshop.facts import Refused
from workshop.pages.desk.recommendations.forms import MergeData, MergeForm, found, words_of
from workshop.pages.desk.recommendations.listing import COORDINATE, ONE, list_path
from workshop.pages.desk.recommendations.steps import status_after, step, stored_instead
from workshop.programmes.models import Programme
from workshop.recommendations.queries import recommendation_of_programme
from workshop.recommendations.writes import merge_recommendations
from workshop.text import normalised
from workshop.web.answers import AnyRequest, page, see_other
from workshop.web.scope import TheDatabase, TheMember, TheProgramme
from workshop.web.values import read_id

NO_OTHER = "Choose the recommendation to merge with"


@get(ONE + "/merger", name="recommendations.merger", opt=COORDINATE, include_in_schema=False)
async def show_merger(
    request: AnyRequest,
    database: TheDatabase,
    programme: TheProgramme,
    recommendation_id: FromPath[UUID],
    other: FromQuery[str] = "",
) -> Template | Redirect:
    """Both wordings, and a box that begins with both; back to the recommendation when no other was chosen."""
    if read_id(other) is None:
        path = request.app.route_reverse(
            "recommendations.show", programme_id=programme.id, recommendation_id=recommendation_id
        )
        return see_other(request, path, problem=NO_OTHER)
    return await _shown(request, database, programme, recommendation_id, MergeForm(other=other))


@post(ONE + "/merger", name="recommendations.merge", opt=COORDINATE, status_code=200, include_in_schema=False)
async def merge(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    programme: TheProgramme,
    recommendation_id: FromPath[UUID],
    data: MergeData,
) -> Template | Redirect:
    """Merge; 409 with the wordings of now when either was changed meanwhile."""
    based_on = normalised(data.based_on), normalised(data.other_based_on)
    try:
        text = words_of(data.text, "text")
        async with step(database, programme, member, "merged two recommendations") as db:
            one = found(await recommendation_of_programme(db, programme.id, recommendation_id))
            other = found(await recommendation_of_programme(db, programme.id, found(read_id(data.other))))
            await merge_recommendations(db, one, other, text, based_on)
    except Refused as refusal:
        return await _shown(request, database, programme, recommendation_id, data, refusal)
    path = f"{list_path(request, programme.id)}#r-{recommendation_id}"
    return see_other(request, path, success="Merged: the evidence of both is behind it.")


async def _shown(
    request: AnyRequest,
    database: Database,
    programme: Programme,
    recommendation_id: UUID,
    form: MergeForm,
    refusal: Refused | None = None,
) -> Template:
    async with database.reading() as db:
        one = found(await recommendation_of_programme(db, programme.id, recommendation_id))
        other = found(await recommendation_of_programme(db, programme.id, found(read_id(form.other))))
    text = form.text if refusal else f"{one.text}\n\n{other.text}"
    has_seen_these = refusal is None or stored_instead(refusal) is not None
    seen = (one.text, other.text) if has_seen_these else (form.based_on, form.other_based_on)
    return page(
        request,
        "desk/recommendations/merge.html",
        status_code=status_after(refusal),
        errors=refusal.by_field if refusal else {},
        programme=programme,
        one=one,
        other=other,
        form=MergeForm(other=str(other.id), text=text, based_on=seen[0], other_based_on=seen[1]),
    )
