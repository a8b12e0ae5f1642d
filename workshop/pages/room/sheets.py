"""Blank sheets to print, theme × column, for those without a phone."""

import asyncio

from litestar import Response, get
from litestar.response import Template

from workshop.accounts.policy import Permission
from workshop.database import Database
from workshop.exports.sheets import BlankSheets, sheets_pdf
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Programme
from workshop.programmes.queries import columns_of, themes_of
from workshop.web.answers import AnyRequest, page
from workshop.web.filters import uk_date
from workshop.web.scope import TheDatabase, TheFocusGroup

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
LINES = 14


@get("/sheets", name="sheets", opt=RUN)
async def show_sheets(request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup) -> Template:
    """The sheets as a page that prints one theme on each A4."""
    sheets = await _sheets(database, focus_group)
    return page(request, "room/sheets.html", focus_group=focus_group, sheets=sheets, lines=LINES)


@get("/sheets.pdf", name="sheets.pdf", opt=RUN, media_type="application/pdf")
async def print_sheets(database: TheDatabase, focus_group: TheFocusGroup) -> Response[bytes]:
    """The sheets as a PDF."""
    pdf = await asyncio.to_thread(sheets_pdf, await _sheets(database, focus_group))
    name = f"blank-sheets-{focus_group.date.isoformat()}.pdf"
    return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


async def _sheets(database: Database, focus_group: FocusGroup) -> BlankSheets:
    async with database.reading() as db:
        programme = await db.get_one(Programme, focus_group.programme_id)
        themes = await themes_of(db, programme.id)
        columns = await columns_of(db, programme.id)
    word = programme.group_word.value
    return BlankSheets(
        title=programme.title,
        group=f"{focus_group.label or word.capitalize()}, {uk_date(focus_group.date)}",
        themes=[theme.name for theme in themes],
        questions=[column.question for column in columns],
        contacts=[line.strip() for line in programme.safeguarding_contacts.splitlines() if line.strip()],
        days=programme.retention_days,
        word=word,
    )
