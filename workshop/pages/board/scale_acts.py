"""What a facilitator does with a practice scale: sets its words, asks it, takes an answer over as a point."""

from typing import Annotated, Any
from uuid import UUID

from litestar import post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

from workshop.accounts.policy import Permission
from workshop.contributions.identifiers import looked_through_aside
from workshop.database import Database
from workshop.facts import NotFound, Refused
from workshop.focus_groups.changes import announce_programme_change
from workshop.focus_groups.models import FocusGroup
from workshop.pages.board.scale import PATH, scale_url, scale_view, theme_about
from workshop.pages.board.scale_forms import AskForm, TakeOverForm, WordsForm
from workshop.programmes.queries import themes_of
from workshop.surveys.asking import NoWordsYet, ask_room, stop_asking
from workshop.surveys.queries import scale_about
from workshop.surveys.taking_over import answer_called, take_over
from workshop.surveys.writes import refuse_other_words, set_scale
from workshop.web.answers import AnyRequest, page, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember, TheSettings

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
FORM = RequestEncodingType.URL_ENCODED


@post(PATH + "/words", name="scale.words", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def change_words(
    request: AnyRequest,
    member: TheMember,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    data: Annotated[WordsForm, Body(media_type=FORM)],
) -> Template | Redirect:
    """303 to the scale; 422 with the words kept."""
    words, errors = data.words, data.words.problems
    if not errors:
        try:
            async with database.writing() as db:
                theme_id = theme_about(data.about, await themes_of(db, focus_group.programme_id))
                if not member.may(Permission.COORDINATE):
                    await refuse_other_words(db, focus_group.programme_id, theme_id, words)
                await set_scale(db, focus_group.programme_id, theme_id, words)
                await announce_programme_change(db, focus_group.programme_id)
        except Refused as fact:
            errors = fact.by_field
    if errors:
        return await _refused(request, database, focus_group, data.about, errors, form=data, can_change=True)
    return _back(request, focus_group, data.about, success="The words are saved.")


@post(PATH + "/asking", name="scale.ask", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def ask(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    data: Annotated[AskForm, Body(media_type=FORM)],
) -> Template | Redirect:
    """Ask the room now; 303 to the scale, 422 beside the field while its words are not set."""
    try:
        async with database.writing() as db:
            group = await db.get_one(FocusGroup, focus_group.id, with_for_update=True)
            await ask_room(db, group, theme_about(data.about, await themes_of(db, group.programme_id)))
    except NoWordsYet as fact:
        return await _refused(request, database, focus_group, data.about, fact.by_field)
    except Refused as fact:
        return _back(request, focus_group, data.about, problem=str(fact))
    return _back(request, focus_group, data.about, success="Phones ask it now.")


@post(PATH + "/asking/removal", name="scale.stop", opt=RUN, include_in_schema=False)
async def stop(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    data: Annotated[AskForm, Body(media_type=FORM)],
) -> Redirect:
    """Let the room go on with what it did before, where it is run without a run sheet; 303 to the scale."""
    async with database.writing() as db:
        await stop_asking(db, await db.get_one(FocusGroup, focus_group.id, with_for_update=True))
    return _back(request, focus_group, data.about, success="Phones no longer ask it.")


@post(
    PATH + "/answers/{answer_id:uuid}/contribution",
    name="scale.take-over",
    opt=RUN,
    status_code=HTTP_200_OK,
    include_in_schema=False,
)
async def take_answer_over(
    request: AnyRequest,
    database: TheDatabase,
    settings: TheSettings,
    focus_group: TheFocusGroup,
    answer_id: FromPath[UUID],
    data: Annotated[TakeOverForm, Body(media_type=FORM)],
) -> Template | Redirect:
    """Make a point of what would make it one higher; 303 to the scale, 422 without a theme."""
    try:
        async with database.reading() as db:
            themes = await themes_of(db, focus_group.programme_id)
            scale = await scale_about(db, focus_group.programme_id, theme_about(data.about, themes))
            theme_id = theme_about(data.theme, themes)
            # A scale that is gone has no answers: there is nothing to find under any other id.
            of = scale.id if scale else UUID(int=0)
            answer = await answer_called(db, focus_group.id, of, answer_id)
        looked = await looked_through_aside(answer.one_higher or "")
        async with database.writing() as db:
            point = await take_over(db, focus_group.id, of, answer_id, theme_id, settings.key, looked)
    except NotFound:
        raise
    except Refused as fact:
        errors = {f"theme-{answer_id}" if fact.field == "theme" else "": str(fact)}
        return await _refused(request, database, focus_group, data.about, errors)
    said = "It is held until you release it on the board." if point.is_held else "It is a point on the board now."
    return _back(request, focus_group, data.about, success=said)


async def _refused(
    request: AnyRequest,
    database: Database,
    focus_group: FocusGroup,
    about: str,
    errors: dict[str, str],
    **changed: Any,
) -> Template:
    view = await scale_view(request, database, focus_group, about) | {"errors": errors} | changed
    return page(request, "board/scale.html", status_code=HTTP_422_UNPROCESSABLE_ENTITY, **view)


def _back(
    request: AnyRequest, focus_group: FocusGroup, about: str, *, success: str = "", problem: str = ""
) -> Redirect:
    return see_other(request, scale_url(request, focus_group.id, about), success=success, problem=problem)
