"""The practice scale on the facilitator's side: its words, asking it, how the answers are spread, and their words."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromQuery
from litestar.response import Template

from workshop.accounts.policy import Permission
from workshop.database import Database
from workshop.facts import NotFound
from workshop.focus_groups.models import FocusGroup, Projected
from workshop.focus_groups.stage import Stage
from workshop.focus_groups.steps import present_step
from workshop.pages.board.run_bar import run_bar
from workshop.pages.board.scale_forms import WordsForm
from workshop.programmes.models import Programme, Theme
from workshop.programmes.queries import themes_of
from workshop.surveys.asking import was_asked_by_hand
from workshop.surveys.overview import askings_of
from workshop.surveys.queries import asked_now, has_answers, scales_of
from workshop.surveys.spread import FEWEST_SHOWN
from workshop.web.answers import AnyRequest, fragment, nothing_new, page
from workshop.web.scope import TheDatabase, TheFocusGroup

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
PATH = "/focus-groups/{focus_group_id:uuid}/scale"
WHOLE = "whole"


@get(PATH, name="scale", opt=RUN, include_in_schema=False)
async def show_scale(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, theme: FromQuery[str] = ""
) -> Template:
    """The scale about a theme, or the “whole”; when none is named, the one that is asked."""
    return page(request, "board/scale.html", **await scale_view(request, database, focus_group, theme))


@get(PATH + "/changes", name="scale.changes", opt=RUN, include_in_schema=False)
async def show_changes_of_scale(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    theme: FromQuery[str] = "",
    since: FromQuery[str] = "",
) -> Template | Response[str]:
    """The run bar and the answers as they are now, as htmx partials; 204 for a page that has them."""
    view = await scale_view(request, database, focus_group, theme)
    if since == view["seen"]:
        return nothing_new()
    has_new_run = since.partition(".")[2] != view["run"].mark
    return fragment("board/scale_changes.html", has_new_run=has_new_run, **view)


async def scale_view(request: AnyRequest, database: Database, focus_group: FocusGroup, theme: str) -> dict[str, Any]:
    """What the page and its changes show. ``theme``: an id, “whole”, or nothing."""
    async with database.reading() as db:
        # Read anew: its revision is noted before anything that it stands for.
        group = await db.get_one(FocusGroup, focus_group.id)
        programme = await db.get_one(Programme, group.programme_id)
        themes = await themes_of(db, programme.id)
        asked, step = await asked_now(db, group), await present_step(db, group)
        chosen = next((each for each in themes if str(each.id) == theme), None)
        if chosen is None and theme != WHOLE and step is not None:
            chosen = next((each for each in themes if each.id == step.theme_id), None)
        scales = {each.theme_id: each for each in await scales_of(db, programme.id)}
        scale = scales.get(chosen.id if chosen else None)
        about = str(chosen.id) if chosen else WHOLE
        is_asked = scale is not None and asked is not None and asked.scale.id == scale.id
        run = await run_bar(db, request, group, scale_url(request, group.id, "" if is_asked else about))
        return {
            "focus_group": group,
            "programme": programme,
            "themes": themes,
            "theme": about,
            "chosen": chosen,
            "scales": scales,
            "scale": scale,
            "is_asked": is_asked,
            "is_projected": group.projected is Projected.SCALE,
            "asking": asked.asking if asked else 0,
            "can_stop": await was_asked_by_hand(db, group.id),
            "can_change": scale is None
            or (request.user.may(Permission.COORDINATE) and not await has_answers(db, scale.id)),
            "askings": await askings_of(db, group.id, scale.id) if scale else [],
            "joined": run.here,
            "fewest": FEWEST_SHOWN,
            "run": run,
            "seen": f"{group.board_revision}.{run.mark}",
            "Stage": Stage,
            "form": WordsForm.of(scale, about),
            "errors": {},
        }


def scale_url(request: AnyRequest, focus_group_id: UUID, about: str) -> str:
    """The page of the scale about a theme (its id) or the “whole”; of the one that is asked where nothing is named."""
    url = request.app.route_reverse("scale", focus_group_id=focus_group_id)
    return f"{url}?theme={about}" if about else url


def theme_about(about: str, themes: list[Theme]) -> UUID | None:
    """The theme that a form names; none for the whole, or where none is named. Raises NotFound when it is gone."""
    if about in {"", WHOLE}:
        return None
    for theme in themes:
        if str(theme.id) == about:
            return theme.id
    raise NotFound("This theme is no longer part of the programme")
