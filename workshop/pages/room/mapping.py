"""What the columns of a file with one person a row mean."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.contributions.import_rows import ColumnUse, guess, person_rows
from workshop.contributions.models import PendingImport
from workshop.contributions.pending import kept_points, pending_import, sheet_of
from workshop.contributions.spreadsheets import Sheet, Unreadable
from workshop.facts import Refused
from workshop.pages.room.forms import MappingForm
from workshop.pages.room.uploads import vocabulary_of
from workshop.programmes.queries import columns_of, themes_of
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
EXAMPLE_LENGTH = 120


@get("/imports/{import_id:uuid}/columns", name="import.mapping", opt=RUN)
async def show_mapping(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, import_id: FromPath[UUID]
) -> Template:
    """Each column with a good guess at what it holds."""
    async with database.reading() as db:
        pending = await pending_import(db, focus_group.id, import_id)
        vocabulary = await vocabulary_of(db, focus_group.programme_id)
        themes = await themes_of(db, focus_group.programme_id)
        columns = await columns_of(db, focus_group.programme_id)
    sheet = sheet_of(pending)
    uses = await asyncio.to_thread(guess, sheet, vocabulary)
    context = {"focus_group": focus_group, "themes": themes, "columns": columns, **_shown(pending, sheet, uses)}
    return page(request, "room/mapping.html", errors={}, **context)


@post("/imports/{import_id:uuid}/columns", name="import.map", opt=RUN, status_code=200)
async def map_import(
    request: AnyRequest,
    database: TheDatabase,
    focus_group: TheFocusGroup,
    import_id: FromPath[UUID],
    data: Annotated[MappingForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """Make points of the sheet by what was chosen, then show what they come to."""
    async with database.reading() as db:
        pending = await pending_import(db, focus_group.id, import_id)
        themes = await themes_of(db, focus_group.programme_id)
        columns = await columns_of(db, focus_group.programme_id)
    sheet = sheet_of(pending)
    uses, errors = data.clean(len(sheet.header), themes)
    try:
        rows = [] if errors else await asyncio.to_thread(person_rows, sheet, uses)
        if not errors and not rows:
            raise Unreadable("There are no words under the columns that you chose")
    except Refused as refusal:
        errors, rows = {"uses": str(refusal)}, []
    if errors:
        context = {"focus_group": focus_group, "themes": themes, "columns": columns, **_shown(pending, sheet, uses)}
        return refused(request, "room/mapping.html", errors, **context)
    async with database.writing() as db:
        pending = await pending_import(db, focus_group.id, import_id)
        pending.points = kept_points(rows)
        db.add(pending)
    preview = request.app.route_reverse("import.preview", focus_group_id=focus_group.id, import_id=import_id)
    return see_other(request, preview)


def _shown(pending: PendingImport, sheet: Sheet, uses: list[ColumnUse]) -> dict[str, Any]:
    """Each column's heading, its first words as an example, and what it is chosen to be."""
    examples = [
        next((row.cells[place][:EXAMPLE_LENGTH] for row in sheet.rows if row.cells[place]), "")
        for place in range(len(sheet.header))
    ]
    return {
        "pending": pending,
        "people": len(sheet.rows),
        "sheet_columns": list(zip(sheet.header, examples, uses, strict=True)),
    }
