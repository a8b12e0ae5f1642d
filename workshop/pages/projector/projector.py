"""The projector: the page, what it looks like now, and the stream that says that something changed."""

from dataclasses import replace

from litestar import Response, get
from litestar.params import FromQuery
from litestar.response import Stream, Template
from markupsafe import Markup

from workshop.accounts.policy import Permission
from workshop.contributions.released import place_counts
from workshop.database import Database, now
from workshop.exports.qr import qr_svg
from workshop.focus_groups.join_address import join_link, shown_address
from workshop.focus_groups.joining_code import shown_join_code
from workshop.focus_groups.models import Audience, FocusGroup
from workshop.focus_groups.timer import timer_of
from workshop.pages.projector.scene import Scene, covered_in, scene_of
from workshop.pages.projector.sections import section_of
from workshop.programmes.models import Programme
from workshop.settings import Settings
from workshop.web.answers import AnyRequest, fragment, nothing_new
from workshop.web.remembered import Remembered
from workshop.web.scope import TheDatabase, TheFocusGroup, TheHub
from workshop.web.streams import revision_stream
from workshop.web.values import whole_number

MOST_PAGES = 9_999
RUN = {"permission": Permission.RUN_FOCUS_GROUPS}


@get("/focus-groups/{focus_group_id:uuid}/projector", name="projector", opt=RUN, include_in_schema=False)
async def show_projector(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    page: FromQuery[str] = "",
    place: FromQuery[str] = "",
) -> Template:
    """What the room sees on the big screen. It holds nobody's name and no messages to whoever is signed in.

    ``page`` of a long list, as long as the meeting is still at ``place``.
    """
    scene = await _scene(database, focus_group, page, place)
    return await _drawn(request, database, "projector/projector.html", scene)


@get(
    "/focus-groups/{focus_group_id:uuid}/projector/changes",
    name="projector.changes",
    opt=RUN,
    include_in_schema=False,
)
async def show_changes(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    page: FromQuery[str] = "",
    place: FromQuery[str] = "",
    since: FromQuery[str] = "",
) -> Template | Response[str]:
    """The screen as it is now, as htmx partials; 204 for a page that has it (``since`` is what it was given)."""
    scene = await _scene(database, focus_group, page, place)
    if since == _seen(scene):
        return nothing_new()
    return await _drawn(request, database, "projector/changes.html", scene)


@get(
    "/focus-groups/{focus_group_id:uuid}/projector/stream",
    name="projector.stream",
    opt=RUN,
    include_in_schema=False,
)
async def stream(
    request: AnyRequest, hub: TheHub, database: TheDatabase, focus_group: TheFocusGroup, seen: FromQuery[str] = ""
) -> Stream:
    """A hint for every newer revision of the projector than ``seen``."""
    return revision_stream(request, hub, database, focus_group, Audience.PROJECTOR, seen)


async def _scene(database: Database, focus_group: FocusGroup, page: str, place: str) -> Scene:
    async with database.reading() as db:
        programme = await db.get_one(Programme, focus_group.programme_id)
        scene = await scene_of(db, focus_group, programme, whole_number(page, MOST_PAGES) or 1)
    # Somebody who leafed through older points must not begin the next step in the middle.
    return scene if scene.place == place else replace(scene, page=1)


async def _drawn(request: AnyRequest, database: Database, template: str, scene: Scene) -> Template:
    return fragment(
        template,
        scene=scene,
        screen=Markup(await _screen(request, database, scene)),  # noqa: S704 (our own template's)
        seen=_seen(scene),
        # Not of the remembered rendering: what is left of it is true for a moment.
        timer=timer_of(scene.focus_group, now()),
    )


def _seen(scene: Scene) -> str:
    return f"{scene.focus_group.projector_revision}.{scene.mark}"


async def _screen(request: AnyRequest, database: Database, scene: Scene) -> str:
    """All but the timer: one rendering for every projector of the group that shows the same revision."""
    renderings: Remembered[str] = request.app.state.setdefault("projector_renderings", Remembered())
    key = (scene.focus_group.id, _seen(scene), scene.page)
    return await renderings.once(key, lambda: _rendered(request, database, scene))


async def _rendered(request: AnyRequest, database: Database, scene: Scene) -> str:
    settings: Settings = request.app.state.settings
    group = scene.focus_group
    async with database.reading() as db:
        section = await section_of(db, scene)
        counts = await place_counts(db, group.id)
    link = join_link(settings.address, group.join_token)
    template = request.app.template_engine.get_template("projector/_screen.html")  # type: ignore[union-attr]  # there is one
    text: str = template.render(
        request=request,
        scene=scene,
        view=section,
        section=section.context,
        covered=covered_in(scene, counts, section.themes or scene.themes),
        has_points=any(count.released or count.moderated for count in counts.values()),
        link=link,
        qr=qr_svg(link, "QR code that leads to the address of this page’s join link"),
        address=shown_address(settings.address),
        code=shown_join_code(group.join_code) if group.join_code else "",
        page_url=f"{request.app.route_reverse('projector', focus_group_id=group.id)}?place={scene.place}",
    )
    return text
