"""A theme as its participant sees it: after a save, after a refusal, and once the group is closed."""

from uuid import UUID, uuid4

from litestar.response import Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

from workshop.contributions.own import own_points
from workshop.database import Database
from workshop.pages.phone.forms import PointForm
from workshop.pages.phone.visit import Visit, phone_page
from workshop.web.answers import AnyRequest


async def theme_page(
    request: AnyRequest,
    visit: Visit,
    participant_id: UUID,
    database: Database,
    theme_id: UUID,
    *,
    saved: str = "",
    refused: PointForm | None = None,
) -> Template | None:
    """The page; with ``refused`` its words are in their box, 422. None when the programme has no such theme."""
    async with database.reading() as db:
        points = await own_points(db, participant_id, theme_id)
    themes, columns = visit.room.themes, visit.room.columns
    place = next((place for place, theme in enumerate(themes) if theme.id == theme_id), None)
    if place is None:
        return None
    box = refused.column if refused else None
    return phone_page(
        request,
        "theme.html",
        visit,
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
        theme=themes[place],
        number=place + 1,
        count=len(themes),
        following=themes[place + 1] if place + 1 < len(themes) else None,
        columns=columns,
        points=points,
        ids={column.kind: refused.client_id if refused and box == column.kind else uuid4() for column in columns},
        words={box: refused.typed} if refused else {},
        errors={f"text-{box}": refused.text_error} if refused else {},
        saved=saved,
        is_gone=bool(saved) and all(str(point.id) != saved for point in points),
    )
