"""When a programme's words go, deleting them at once, and the record of what went."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.contributions.concerns import ConcernUnanswered, open_concerns
from workshop.contributions.models import Contribution
from workshop.contributions.questions import open_questions_by_group, unanswered_by_group, unanswered_points
from workshop.database import Database
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.queries import focus_groups_of
from workshop.pages.desk.rewriting import said_of_deletion
from workshop.programmes.models import Programme
from workshop.programmes.queries import programme_of_partnership
from workshop.retention.queries import (
    backups_of_record,
    backups_that_may_hold,
    deletion_record,
    deletion_records,
    due_on,
    points_with_words,
)
from workshop.retention.writes import DECIDED, purge_contribution, purge_focus_group
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember, TheProgramme
from workshop.web.typed import read_answer
from workshop.web.values import whole_number

COORDINATE = {"permission": Permission.COORDINATE}
LOOKED = {"looked": "Tick the box to say that you have looked for a child who may be at risk"}
CONFIRM = {"confirmed": "Tick the box to say that you have read what goes"}


@dataclass
class PurgeForm:
    """The tick that says: I know that this cannot be undone."""

    confirmed: str = ""
    # Asked of one held or hidden point.
    concern: str = ""
    # Asked where a group still has some that nobody has answered for; the board's revision up to which they were shown.
    looked: str = ""
    seen: str = ""

    def unticked(self, *, has_unanswered: bool) -> dict[str, str]:
        """What is still to be ticked; ``has_unanswered``: held or hidden points would go that nobody answered for."""
        looked = LOOKED if has_unanswered and self.looked != "yes" else {}
        return (CONFIRM if self.confirmed != "yes" else {}) | looked


PurgeData = Annotated[PurgeForm, Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/programmes/{programme_id:uuid}/retention", name="retention", opt=COORDINATE, include_in_schema=False)
async def show_retention(
    request: AnyRequest, programme: TheProgramme, member: TheMember, database: TheDatabase
) -> Template:
    """Each group's date, what is still there, and the records of what went."""
    async with database.reading() as db:
        groups = await focus_groups_of(db, programme.id)
        words = await points_with_words(db, programme.id)
        unanswered = await unanswered_by_group(db, programme.id)
        kept = await open_questions_by_group(db, programme.id)
        records = await deletion_records(db, member.partnership_id, programme.title)
        concerns = await open_concerns(db, programme.id)
    rows = [
        {
            "group": group,
            "points": words.get(group.id, 0),
            "unanswered": unanswered.get(group.id, 0),
            "kept": kept.get(group.id, 0),
            "due": due_on(group, programme.retention_days),
        }
        for group in groups
    ]
    shown: dict[str, Any] = {"programme": programme, "rows": rows, "records": records, "concerns": concerns}
    return page(request, "desk/retention/show.html", **shown)


@get("/focus-groups/{focus_group_id:uuid}/purge", name="purge", opt=COORDINATE, include_in_schema=False)
async def confirm_purge(
    request: AnyRequest, focus_group: TheFocusGroup, member: TheMember, database: TheDatabase
) -> Template:
    """What goes and what stays, before it goes."""
    context = await _group_context(database, member.partnership_id, focus_group)
    return page(request, "desk/retention/purge.html", form=PurgeForm(), errors={}, **context)


@post(
    "/focus-groups/{focus_group_id:uuid}/purge",
    name="purge.create",
    opt=COORDINATE,
    status_code=200,
    include_in_schema=False,
)
async def purge(
    request: AnyRequest, focus_group: TheFocusGroup, member: TheMember, database: TheDatabase, data: PurgeData
) -> Template | Redirect:
    """Destroy the group's words now; 303 to the record. What was held or hidden after the page was shown is kept."""
    context = await _group_context(database, member.partnership_id, focus_group)
    if errors := data.unticked(has_unanswered=bool(context["unanswered"])):
        return refused(request, "desk/retention/purge.html", errors, form=data, **context)
    async with database.writing() as db:
        record = await purge_focus_group(
            db, focus_group.id, reason=DECIDED, account_id=member.account_id, seen=whole_number(data.seen)
        )
    if record is None:
        return see_other(request, _retention_of(request, focus_group), success="The words had been deleted already.")
    return await _to_record(request, database, record.id)


@get(
    "/focus-groups/{focus_group_id:uuid}/contributions/{contribution_id:uuid}/purge",
    name="point-purge",
    opt=COORDINATE,
    include_in_schema=False,
)
async def confirm_point_purge(
    request: AnyRequest, focus_group: TheFocusGroup, database: TheDatabase, contribution_id: FromPath[UUID]
) -> Template:
    """The point's words once more, and what goes with them."""
    point = await _point(database, focus_group, contribution_id)
    return page(request, "desk/retention/point.html", focus_group=focus_group, point=point, form=PurgeForm(), errors={})


@post(
    "/focus-groups/{focus_group_id:uuid}/contributions/{contribution_id:uuid}/purge",
    name="point-purge.create",
    opt=COORDINATE,
    status_code=200,
    include_in_schema=False,
)
async def purge_point(
    request: AnyRequest,
    focus_group: TheFocusGroup,
    member: TheMember,
    database: TheDatabase,
    contribution_id: FromPath[UUID],
    data: PurgeData,
) -> Template | Redirect:
    """Destroy one point's words now; 303 to the record."""
    if data.unticked(has_unanswered=False):
        point = await _point(database, focus_group, contribution_id)
        return refused(request, "desk/retention/point.html", CONFIRM, focus_group=focus_group, point=point, form=data)
    try:
        async with database.writing() as db:
            record = await purge_contribution(
                db,
                focus_group.id,
                contribution_id,
                account_id=member.account_id,
                is_concern=read_answer(data.concern),
            )
    except ConcernUnanswered as refusal:
        errors = refusal.by_field
        point = await _point(database, focus_group, contribution_id)
        return refused(request, "desk/retention/point.html", errors, focus_group=focus_group, point=point, form=data)
    return await _to_record(request, database, record.id)


@get("/deletion-records/{record_id:uuid}", name="deletion-record", opt=COORDINATE, include_in_schema=False)
async def show_record(
    request: AnyRequest, member: TheMember, database: TheDatabase, record_id: FromPath[UUID]
) -> Template:
    """One page, to be printed and filed."""
    async with database.reading() as db:
        record = await deletion_record(db, member.partnership_id, record_id)
        if record is None:
            raise NotFoundException
    return page(request, "desk/retention/record.html", record=record, backups=backups_of_record(record))


async def _group_context(database: Database, partnership_id: UUID, focus_group: FocusGroup) -> dict[str, Any]:
    async with database.reading() as db:
        programme: Programme | None = await programme_of_partnership(db, partnership_id, focus_group.programme_id)
        words = await points_with_words(db, focus_group.programme_id)
        backups = await backups_that_may_hold(db, focus_group.created_at)
        unanswered = await unanswered_points(db, focus_group.id)
    return {
        "programme": programme,
        "focus_group": focus_group,
        "points": words.get(focus_group.id, 0),
        "unanswered": unanswered,
        "backups": backups,
    }


async def _point(database: Database, focus_group: FocusGroup, contribution_id: UUID) -> Contribution:
    async with database.reading() as db:
        point = await db.get(Contribution, contribution_id)
    if point is None or point.focus_group_id != focus_group.id or point.text is None:
        raise NotFoundException
    return point


def _retention_of(request: AnyRequest, focus_group: FocusGroup) -> str:
    return request.app.route_reverse("retention", programme_id=focus_group.programme_id)


async def _to_record(request: AnyRequest, database: Database, record_id: UUID) -> Redirect:
    message = await said_of_deletion(database, "The words are")
    return see_other(request, request.app.route_reverse("deletion-record", record_id=record_id), success=message)
