"""Breakout tables: how many there are, and a card with a code for each."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template
from msgspec import Struct

from workshop.accounts.policy import Permission
from workshop.database import Database
from workshop.exports.qr import qr_svg
from workshop.facts import Refused
from workshop.focus_groups.join_address import join_link, shown_address
from workshop.focus_groups.joining_code import shown_join_code
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.tables import MOST_TABLES, set_tables, tables_now
from workshop.pages.board.urls import board_url
from workshop.programmes.models import Programme
from workshop.settings import Settings
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup, TheSettings
from workshop.web.typed import Typed

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
PAGE = "board/tables.html"
TABLES = "/focus-groups/{focus_group_id:uuid}/tables"


class TablesForm(Struct):
    """How many tables."""

    tables: str = ""

    def clean(self) -> tuple[int, dict[str, str]]:
        """A number from 0, or an error beside the box."""
        typed = Typed()
        return typed.number("tables", self.tables.strip() or "0", 0, MOST_TABLES), typed.errors


@get(TABLES, name="tables", opt=RUN, include_in_schema=False)
async def show_tables(
    request: AnyRequest, database: TheDatabase, settings: TheSettings, focus_group: TheFocusGroup
) -> Template:
    """The tables with their codes, to be cut out and put on them, and who has joined at each."""
    context = await _context(request, database, settings, focus_group.id)
    return page(request, PAGE, form=TablesForm(str(len(context["cards"]) or "")), errors={}, **context)


@post(TABLES, name="tables.change", opt=RUN, status_code=200, include_in_schema=False)
async def change_tables(
    request: AnyRequest,
    database: TheDatabase,
    settings: TheSettings,
    focus_group: TheFocusGroup,
    data: Annotated[TablesForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303 to the list; 422 with what was typed when somebody sits at a table that was to go."""
    count, errors = data.clean()
    if not errors:
        try:
            async with database.writing() as db:
                group = await db.get_one(FocusGroup, focus_group.id, with_for_update=True)
                await set_tables(db, group, count)
        except Refused as fact:
            errors = fact.by_field
    if errors:
        context = await _context(request, database, settings, focus_group.id)
        return refused(request, PAGE, errors, form=data, **context)
    path = request.app.route_reverse("tables", focus_group_id=focus_group.id)
    return see_other(request, path, success=f"There are {count} tables now." if count else "There are no tables.")


async def _context(request: AnyRequest, database: Database, settings: Settings, focus_group_id: UUID) -> dict[str, Any]:
    async with database.reading() as db:
        group = await db.get_one(FocusGroup, focus_group_id)
        programme = await db.get_one(Programme, group.programme_id)
        tables = await tables_now(db, group.id)
    link = join_link(settings.address, group.join_token)
    cards = [
        {
            "table": table,
            "code": shown_join_code(table.join_code) if table.join_code else "",
            "qr": qr_svg(f"{link}/?table={table.number}", f"QR code to join at table {table.number}"),
        }
        for table in tables
    ]
    return {
        "focus_group": group,
        "programme": programme,
        "cards": cards,
        "address": shown_address(settings.address),
        "back": board_url(request, group.id),
    }
