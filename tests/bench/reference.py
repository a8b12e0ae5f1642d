"""What the product is measured against in the same run: applications that do one thing and nothing else.

``python -m tests.bench.reference form PORT``: a bare Litestar handler that only parses the phone's form; also one that
does nothing, and a hub that does nothing else.
"""

import gc
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated
from uuid import UUID

import uvicorn
from litestar import Litestar, get, post
from litestar.datastructures import State
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Stream

from workshop.database import Database
from workshop.live import Hub
from workshop.serving import COLLECT_AFTER
from workshop.web.streams import event_stream

GROUP = UUID(int=1)


@dataclass
class SameForm:
    """The phone's fields."""

    client_id: str = ""
    column: str = ""
    text: str = ""


@post("/form", status_code=200, media_type="text/plain", include_in_schema=False)
async def parse(data: Annotated[SameForm, Body(media_type=RequestEncodingType.URL_ENCODED)]) -> str:
    """Parse the form, no more."""
    return str(len(data.text))


@get("/health/ready", media_type="text/plain", include_in_schema=False)
async def ready() -> str:
    """Do nothing."""
    return "ready"


@get("/stream/{audience:str}", include_in_schema=False)
async def stream(state: State, audience: FromPath[str]) -> Stream:
    """A hub's frames."""
    return event_stream(state.hub.frames(GROUP, audience, 0, 0))


@post("/hint", status_code=200, media_type="text/plain", include_in_schema=False)
async def hint(state: State) -> str:
    """Raise the revision to this moment in microseconds: whoever hears it knows how long it took."""
    state.hub.announce({(GROUP, "board"): time.time_ns() // 1_000})
    return ""


@asynccontextmanager
async def _running(app: Litestar) -> AsyncIterator[None]:
    # As the product does, or the reference would be slower than what it is a limit of.
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    yield
    app.state.hub.end_streams()


def main() -> None:
    """Serve on the port that the command line names."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'empty.sqlite3'}")
        state = State({"hub": Hub(database)})
        app = Litestar([parse, ready, stream, hint], lifespan=[_running], state=state, openapi_config=None)
        uvicorn.run(
            app,
            host="127.0.0.1",
            port=int(sys.argv[1]),
            loop="uvloop",
            http="httptools",
            ws="none",
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=1,
        )


if __name__ == "__main__":
    main()
