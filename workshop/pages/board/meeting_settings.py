"""How the room writes, reads and votes: settings that a meeting runs well without touching."""

from typing import Annotated

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK

from workshop.accounts.policy import Permission
from workshop.database import Database
from workshop.findings.votes import VotesGiven, refuse_too_few_votes
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.running import change_settings
from workshop.pages.board.run_forms import SettingsForm
from workshop.pages.board.urls import board_url
from workshop.programmes.models import Programme
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
PATH = "/focus-groups/{focus_group_id:uuid}/meeting-settings"
TEMPLATE = "board/settings.html"


@get(PATH, name="meeting-settings", opt=RUN, include_in_schema=False)
async def show_settings(request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup) -> Template:
    """The settings as they are."""
    form = SettingsForm.of(focus_group)
    programme = await _programme(database, focus_group)
    return page(request, TEMPLATE, focus_group=focus_group, programme=programme, form=form, errors={})


@post(PATH, name="meeting-settings.change", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def save_settings(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    data: Annotated[SettingsForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303 to the board; 422 with what was typed."""
    new, errors = data.clean()
    try:
        if not errors:
            async with database.writing() as db:
                # The group's row first: no vote is given between the two.
                group = await db.get_one(FocusGroup, focus_group.id, with_for_update=True)
                await refuse_too_few_votes(db, group.id, new.votes_each)
                await change_settings(db, group, new)
    except VotesGiven as fact:
        errors = fact.by_field
    if errors:
        programme = await _programme(database, focus_group)
        return refused(request, TEMPLATE, errors, focus_group=focus_group, programme=programme, form=data)
    return see_other(request, board_url(request, focus_group.id), success="The settings are saved.")


async def _programme(database: Database, focus_group: FocusGroup) -> Programme:
    async with database.reading() as db:
        return await db.get_one(Programme, focus_group.programme_id)
