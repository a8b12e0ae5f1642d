"""A programme goes, once its title was typed."""

from typing import Annotated, Any

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.database import Database
from workshop.pages.desk.programme_forms import TitleForm
from workshop.pages.desk.rewriting import said_of_deletion
from workshop.programmes.models import Programme
from workshop.retention.programmes import ConcernsOpen, delete_programme, what_a_programme_holds, what_holds_programme
from workshop.retention.queries import backups_that_may_hold
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheMember, TheProgramme

COORDINATE = {"permission": Permission.COORDINATE}
PAGE = "desk/programme_deletion.html"
DELETION = "/programmes/{programme_id:uuid}/deletion"


@get(DELETION, name="programme.deletion", opt=COORDINATE, include_in_schema=False)
async def ask_before_deletion(request: AnyRequest, programme: TheProgramme, database: TheDatabase) -> Template:
    """What goes, and a box for the title."""
    return page(request, PAGE, form=TitleForm(), errors={}, **await _context(database, programme))


@post(DELETION, name="programme.delete", opt=COORDINATE, status_code=200, include_in_schema=False)
async def delete(
    request: AnyRequest,
    programme: TheProgramme,
    member: TheMember,
    database: TheDatabase,
    data: Annotated[TitleForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303 to the record of what went; 422 when another title was typed."""
    if errors := data.clean(programme):
        return refused(request, PAGE, errors, form=data, **await _context(database, programme))
    try:
        async with database.writing() as db:
            record = await delete_programme(db, await db.get_one(Programme, programme.id), member.account_id)
    except ConcernsOpen as refusal:
        return refused(request, PAGE, {"": str(refusal)}, form=data, **await _context(database, programme))
    message = await said_of_deletion(database, f"“{programme.title}” is")
    return see_other(request, request.app.route_reverse("deletion-record", record_id=record.id), success=message)


async def _context(database: Database, programme: Programme) -> dict[str, Any]:
    async with database.reading() as db:
        holds = await what_a_programme_holds(db, programme.id)
        held = await what_holds_programme(db, programme.id)
        backups = await backups_that_may_hold(db, programme.created_at)
    return {"programme": programme, "holds": holds, "held": held, "backups": backups}
