"""The server process: uvicorn, with streams that end at SIGTERM."""

import asyncio
from types import FrameType

import uvicorn
from litestar import Litestar

from workshop.app import create_app
from workshop.live import Hub
from workshop.settings import Settings

GRACE_SECONDS = 5


class Server(uvicorn.Server):
    """Uvicorn that ends the event streams as soon as it is told to stop: it would wait for them for ever."""

    hub: Hub
    loop: asyncio.AbstractEventLoop

    async def serve(self, sockets: list | None = None) -> None:  # type: ignore[type-arg]  # uvicorn's own annotation
        """Serve until told to stop."""
        self.loop = asyncio.get_running_loop()
        await super().serve(sockets)

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
    server.hub = app.state.hub
    return server
