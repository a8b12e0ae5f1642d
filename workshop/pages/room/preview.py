"""What a file comes to: how many points fit, every row that does not and why, mended on screen."""

import asyncio
from collections import Counter
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.contributions.identifiers import Part, parts_of
from workshop.contributions.import_rows import Judged, PointRow, judge
from workshop.contributions.importing import count_there_already
from workshop.contributions.mending import mended
from workshop.contributions.pending import kept_points, pending_import, points_of
from workshop.contributions.spreadsheets import LARGEST_FILE
from workshop.pages.room.forms import LEAVE_OUT, MendForm, read_page
from workshop.pages.room.uploads import vocabulary_of
from workshop.programmes.queries import agencies_of, columns_of, themes_of
from workshop.web.answers import AnyRequest, page, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup, TheSettings

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
ROWS_A_PAGE = 50
WORDS_AT_ONCE = 50
EXAMPLES = 20


@get("/imports/{import_id:uuid}", name="import.preview", opt=RUN)
async def show_preview(
    request: AnyRequest,
    database: TheDatabase,
    settings: TheSettings,
    focus_group: TheFocusGroup,
    import_id: FromPath[UUID],
) -> Template | Redirect:
    """What would be written, and what stands in its way."""
    async with database.reading() as db:
        pending = await pending_import(db, focus_group.id, import_id)
        vocabulary = await vocabulary_of(db, focus_group.programme_id)
        words: dict[str, Any] = {
            "themes": await themes_of(db, focus_group.programme_id),
            "columns": await columns_of(db, focus_group.programme_id),
            "agencies": await agencies_of(db, focus_group.programme_id),
        }
        if pending.points is None:
            ids = {"focus_group_id": focus_group.id, "import_id": import_id}
            return see_other(request, request.app.route_reverse("import.mapping", **ids))
        points = points_of(pending)
        judged = await asyncio.to_thread(judge, points, vocabulary)
        identifying = await asyncio.to_thread(_identifying, judged)
        there = await count_there_already(db, focus_group.id, judged.fitting, settings.key)
    silent = len(pending.sheet["rows"]) - len({point.person for point in points}) if pending.sheet else 0
    context: dict[str, Any] = {"focus_group": focus_group, "pending": pending, "there": there, **words}
    context["identifying"] = identifying
    shown = _shown(judged, request.query_params.get("page", "1"))
    return page(request, "room/preview.html", **context, **shown, silent=silent, errors={})


@post(
    "/imports/{import_id:uuid}/rows", name="import.mend", opt=RUN, status_code=200, request_max_body_size=LARGEST_FILE
)
async def mend_import(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    import_id: FromPath[UUID],
    data: Annotated[MendForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    """Keep what was changed in rows that did not fit, and look again."""
    async with database.writing() as db:
        pending = await pending_import(db, focus_group.id, import_id)
        rows: list[PointRow] = await asyncio.to_thread(mended, points_of(pending), data.rows(), data.words())
        pending.points = kept_points(rows)
        db.add(pending)
    preview = request.app.route_reverse("import.preview", focus_group_id=focus_group.id, import_id=import_id)
    return see_other(request, f"{preview}?page={data.shown_page}")


def _identifying(judged: Judged) -> list[tuple[int, list[Part]]]:
    """Line and words of the points that seem to identify somebody. Nothing is held: the facilitator is looking."""
    parts = ((point.line, parts_of(point.text)) for point in judged.fitting)
    return [(line, of_point) for line, of_point in parts if any(part.meaning for part in of_point)]


def _shown(judged: Judged, asked_page: str) -> dict[str, Any]:
    """The rows of one page, and counts of the rest."""
    to_mend = judged.to_mend()
    pages = max(1, -(-len(to_mend) // ROWS_A_PAGE))
    number = min(max(read_page(asked_page), 1), pages)
    return {
        "judged": judged,
        "unknown": judged.unknown_words()[:WORDS_AT_ONCE],
        "unfitting": len(to_mend),
        "rows": to_mend[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE],
        "number": number,
        "pages": pages,
        "counts": Counter((point.theme_id, point.column) for point in judged.fitting),
        "examples": judged.fitting[:EXAMPLES],
        "leave_out": LEAVE_OUT,
    }
