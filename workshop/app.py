"""create_app(settings): the one list of routes and plugins."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.template import TemplateConfig

from workshop.api import api
from workshop.api.document import OPENAPI
from workshop.contributions.inbox import Inbox
from workshop.contributions.own import count_own_points, own_points
from workshop.database import Database
from workshop.focus_groups.links import JoinLinks
from workshop.focus_groups.queries import participants_of_devices
from workshop.live import Hub
from workshop.logs import configure_logs
from workshop.migrations import migrate
from workshop.pages.admin import admin
from workshop.pages.board import board
from workshop.pages.desk import desk
from workshop.pages.phone import phone
from workshop.pages.projector import projector
from workshop.pages.public import public
from workshop.pages.rehearsal import rehearsal
from workshop.pages.room import room
from workshop.pages.sign_in import sign_in
from workshop.rehearsals.playing import Rehearsals
from workshop.retention.schedule import purge_for_ever
from workshop.settings import Settings
from workshop.together import Together
from workshop.web.assets import serve_asset
from workshop.web.bodies import keep_no_forms
from workshop.web.compression import Compressed
from workshop.web.errors import ERROR_HANDLERS
from workshop.web.guard import MemberOfCookie, guard
from workshop.web.scope import INSTALLATION, MEMBER
from workshop.web.shield import Shield
from workshop.web.templates import environment
from workshop.web.throttle import Throttle

LARGEST_FORM = 512 * 1024
keep_no_forms()


def create_app(settings: Settings) -> Litestar:
    """The whole application; everything it needs from outside is in ``settings``."""
    configure_logs()
    database = Database(settings.database)
    inbox = Inbox(database, settings.key)
    state = State(
        {
            "settings": settings,
            "database": database,
            "hub": Hub(database, settings.redis_url),
            "inbox": inbox,
            "rehearsals": Rehearsals(database, inbox),
            "links": JoinLinks(database),
            "participants": Together(database, participants_of_devices),
            "own_points": Together(database, own_points),
            "own_counts": Together(database, count_own_points),
            "throttle": Throttle(settings.key, settings.redis_url),
        }
    )
    for_members = Router(
        "/",
        route_handlers=[desk, board, projector, admin, room, rehearsal],
        middleware=[MemberOfCookie],
        guards=[guard],
        dependencies=MEMBER,
    )
    app = Litestar(
        route_handlers=[public, sign_in, phone, for_members, api, serve_asset],
        dependencies=INSTALLATION,
        exception_handlers=ERROR_HANDLERS,
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment())),
        request_max_body_size=LARGEST_FORM,
        openapi_config=OPENAPI,
        # Events are logged by structlog, without requests' words; libraries have nothing to say at level INFO.
        logging_config=None,
        lifespan=[_running],
        state=state,
    )
    # Outside everything, also of what no route answers.
    app.asgi_handler = Shield(Compressed(app.asgi_handler), settings)
    return app


@asynccontextmanager
async def _running(app: Litestar) -> AsyncIterator[None]:
    state: Any = app.state
    await migrate(state.database)
    state.hub.start()
    state.inbox.start()
    state.rehearsals.start()
    purging = asyncio.create_task(purge_for_ever(state.database))
    try:
        yield
    finally:
        purging.cancel()
        with suppress(asyncio.CancelledError):
            await purging
        await state.rehearsals.stop()
        await state.hub.stop()
        await state.inbox.stop()
        await state.throttle.close()
        await state.database.close()
