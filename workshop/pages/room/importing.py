"""A file is uploaded, and in the end imported or cancelled."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.contributions.import_rows import judge
from workshop.contributions.importing import import_points, was_imported
from workshop.contributions.pending import (
    PendingImportGone,
    forget_pending_import,
    keep_pending_import,
    pending_import,
    points_of,
)
from workshop.contributions.room import refuse_archived
from workshop.contributions.spreadsheets import LARGEST_FILE, Unreadable
from workshop.database import Database
from workshop.focus_groups.models import FocusGroup
from workshop.pages.room.forms import UploadForm
from workshop.pages.room.uploads import pending_of, vocabulary_of
from workshop.programmes.queries import agencies_of, columns_of, themes_of
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.filters import plural
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember, TheSettings

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
# The file, and what a browser writes around it.
LARGEST_UPLOAD = LARGEST_FILE + 64 * 1024


@get("/import", name="import", opt=RUN)
async def show_import(request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup) -> Template:
    """Which files can be imported, and the form for one."""
    refuse_archived(focus_group)
    context = await _explained(database, focus_group)
    return page(request, "room/import.html", **context, errors={})


@post("/import", name="import.upload", opt=RUN, status_code=200, request_max_body_size=LARGEST_UPLOAD)
async def upload_import(
    request: AnyRequest,
    database: TheDatabase,
    member: TheMember,
    focus_group: TheFocusGroup,
    data: Annotated[UploadForm, Body(media_type=RequestEncodingType.MULTI_PART)],
) -> Template | Redirect:
    """Read a file, keep it for an hour, and go on to what its columns mean or to its preview."""
    refuse_archived(focus_group)
    async with database.reading() as db:
        vocabulary = await vocabulary_of(db, focus_group.programme_id)
    file = await data.file.read() if data.file else None
    try:
        pending = await asyncio.to_thread(pending_of, file, vocabulary, focus_group.id, member.account_id)
    except Unreadable as unreadable:
        context = await _explained(database, focus_group)
        return refused(request, "room/import.html", {"file": str(unreadable)}, **context)
    async with database.writing() as db:
        await keep_pending_import(db, pending)
    following = "import.preview" if pending.points is not None else "import.mapping"
    ids = {"focus_group_id": focus_group.id, "import_id": pending.id}
    return see_other(request, request.app.route_reverse(following, **ids))


@post("/imports/{import_id:uuid}", name="import.create", opt=RUN)
async def create_import(
    request: AnyRequest,
    database: TheDatabase,
    settings: TheSettings,
    focus_group: TheFocusGroup,
    import_id: FromPath[UUID],
) -> Redirect:
    """Write every point of the file, or none while a row does not fit. A second press writes nothing."""
    try:
        async with database.reading() as db:
            pending = await pending_import(db, focus_group.id, import_id)
            vocabulary = await vocabulary_of(db, focus_group.programme_id)
    except PendingImportGone:
        return await _after_all(request, database, focus_group, import_id)
    judged = await asyncio.to_thread(judge, points_of(pending), vocabulary)
    if judged.unfitting or not judged.fitting:
        preview = request.app.route_reverse("import.preview", focus_group_id=focus_group.id, import_id=import_id)
        problem = "Nothing was imported: mend the rows below, or leave them out."
        return see_other(request, preview, problem=problem if judged.unfitting else "There is nothing to import.")
    async with database.writing() as db:
        written = await import_points(db, focus_group.id, import_id, judged.fitting, settings.key)
    if not written:
        return await _after_all(request, database, focus_group, import_id)
    people = f" from {plural(judged.people, 'person', 'people')}" if judged.people else ""
    board = request.app.route_reverse("board", focus_group_id=focus_group.id)
    return see_other(request, board, success=f"{plural(written, 'point')}{people} imported.")


@post("/imports/{import_id:uuid}/cancellation", name="import.cancel", opt=RUN)
async def cancel_import(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, import_id: FromPath[UUID]
) -> Redirect:
    """Forget an uploaded file."""
    async with database.writing() as db:
        await pending_import(db, focus_group.id, import_id)
        await forget_pending_import(db, import_id)
    address = request.app.route_reverse("import", focus_group_id=focus_group.id)
    return see_other(request, address, success="Nothing was imported, and the file was removed.")


async def _explained(database: Database, focus_group: FocusGroup) -> dict[str, Any]:
    """The programme's words, with which the page shows what a file looks like."""
    async with database.reading() as db:
        return {
            "focus_group": focus_group,
            "themes": await themes_of(db, focus_group.programme_id),
            "columns": await columns_of(db, focus_group.programme_id),
            "agencies": await agencies_of(db, focus_group.programme_id),
        }


async def _after_all(request: AnyRequest, database: TheDatabase, focus_group: FocusGroup, import_id: UUID) -> Redirect:
    """What a second press is told: it was imported before, or it is gone."""
    async with database.reading() as db:
        is_written = await was_imported(db, focus_group.id, import_id)
    if not is_written:
        raise PendingImportGone
    board = request.app.route_reverse("board", focus_group_id=focus_group.id)
    return see_other(request, board, success="This file is imported. Nothing was imported twice.")
