"""The server process: uvicorn, with streams that end at SIGTERM."""

import asyncio
import gc
from types import FrameType

import uvicorn
from litestar import Litestar

from workshop.accounts.queries import has_accounts
from workshop.accounts.tokens import first_start_token
from workshop.app import create_app
from workshop.live import Hub
from workshop.settings import Settings

GRACE_SECONDS = 5
# Thousands of streams are hundreds of thousands of objects: looking through them all every few seconds held up every
# request for a third of a second. What was made at the start is never looked at again, the rest more seldom.
COLLECT_AFTER = (20_000, 20, 50)


class Server(uvicorn.Server):
    """Uvicorn that ends the event streams as soon as it is told to stop: it would wait for them for ever."""

    app: Litestar
    hub: Hub
    loop: asyncio.AbstractEventLoop

    async def serve(self, sockets: list | None = None) -> None:  # type: ignore[type-arg]  # uvicorn's own annotation
        """Serve until told to stop."""
        self.loop = asyncio.get_running_loop()
        await super().serve(sockets)

    async def startup(self, sockets: list | None = None) -> None:  # type: ignore[type-arg]  # uvicorn's own annotation
        """Start, and when nobody has an account yet, print the link with which the first one is made."""
        await super().startup(sockets)
        # Without collecting first: that takes a tenth of the start, and finds nothing to speak of.
        gc.freeze()
        gc.set_threshold(*COLLECT_AFTER)
        gc.enable()
        if self.started and (link := await first_start_link(self.app)):
            print(f"Nobody has an account here yet. Make the first administrator's at {link}", flush=True)  # noqa: T201 (for whoever starts it)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Note the signal, and let every stream end."""
        self.loop.call_soon_threadsafe(self.hub.end_streams)
        super().handle_exit(sig, frame)


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; requests in flight are finished."""
    app = create_app(settings)
    server_for(app, settings).run()


def server_for(app: Litestar, settings: Settings) -> Server:
    """A server for the application, not yet running."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=15,
    )
    server = Server(config)
    server.app, server.hub = app, app.state.hub
    return server


async def first_start_link(app: Litestar) -> str:
    """The address where the first administrator is made; nothing once anybody has an account."""
    settings, database = app.state.settings, app.state.database
    async with database.reading() as db:
        if await has_accounts(db):
            return ""
    return f"{settings.address}{app.route_reverse('first-start', token=first_start_token(settings.key))}"
