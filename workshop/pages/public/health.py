"""Signs of life, for proxies and for whoever runs the installation."""

from litestar import Response, get
from sqlalchemy import text

from workshop.web.scope import TheDatabase


@get("/health/live", name="health.live", media_type="text/plain", include_in_schema=False)
async def live() -> str:
    """200: the process answers."""
    return "alive"


@get("/health/ready", name="health.ready", media_type="text/plain", include_in_schema=False)
async def ready(database: TheDatabase) -> Response[str]:
    """200 when the database answers too, else 503."""
    try:
        async with database.reading() as db:
            await (await db.connection()).execute(text("SELECT 1"))
    except Exception:  # noqa: BLE001 (whatever keeps the database away, the answer is the same)
        return Response("the database does not answer", status_code=503, media_type="text/plain")
    return Response("ready", media_type="text/plain")
