"""A focus group's concerns to pass on, for whoever runs it: to whom each was passed on, and when."""

import datetime as dt
from contextlib import suppress
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK
from msgspec import Struct

from workshop.accounts.policy import Permission
from workshop.contributions.concerns import concern_of_group, concerns_of_groups, raise_concern
from workshop.contributions.moderation import point_to_moderate
from workshop.database import now
from workshop.days import london_day
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Programme
from workshop.retention.compaction import WordsStillInFile
from workshop.retention.concerns import pass_on_concern
from workshop.retention.schedule import compact_what_is_left
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember
from workshop.web.typed import Typed

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
PASSING_ON = "/focus-groups/{focus_group_id:uuid}/concerns/{concern_id:uuid}/passing-on"
PAGE = "board/passing_on.html"


# The date boxes post names with a hyphen, which no attribute can have.
class PassingOnForm(Struct, rename={f"day_{part}": f"day-{part}" for part in ("day", "month", "year")}):
    """To whom, and on which day."""

    to: str = ""
    day_day: str = ""
    day_month: str = ""
    day_year: str = ""

    @classmethod
    def today(cls) -> "PassingOnForm":
        """It happened today, mostly."""
        day = london_day(now())
        return cls("", str(day.day), str(day.month), str(day.year))

    def clean(self) -> tuple[str, dt.date | None, dict[str, str]]:
        """To whom, the day, errors by field."""
        typed = Typed()
        to = typed.line("to", self.to, missing="Enter who has it now: a person’s role and the service")
        day = typed.day("day", (self.day_day, self.day_month, self.day_year), missing="Enter the day on which it was")
        if day and day > london_day(now()):
            typed.refuse("day", "This day has not come yet: record it when it has been passed on")
        return to, day, typed.errors


@get("/focus-groups/{focus_group_id:uuid}/concerns", name="concerns", opt=RUN, include_in_schema=False)
async def show_concerns(request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup) -> Template:
    """The open ones first."""
    async with database.reading() as db:
        concerns = await concerns_of_groups(db, [focus_group.id])
        programme = await db.get_one(Programme, focus_group.programme_id)
    return page(request, "board/concerns.html", focus_group=focus_group, programme=programme, concerns=concerns)


@post(
    "/focus-groups/{focus_group_id:uuid}/contributions/{contribution_id:uuid}/concerns",
    name="concerns.create",
    opt=RUN,
    status_code=HTTP_200_OK,
    include_in_schema=False,
)
async def create_concern(
    request: AnyRequest,
    database: TheDatabase,
    member: TheMember,
    focus_group: TheFocusGroup,
    contribution_id: FromPath[UUID],
) -> Redirect:
    """Keep the point's words as a concern; 303 to the group's concerns."""
    async with database.writing() as db:
        point = await point_to_moderate(db, focus_group.id, contribution_id)
        await raise_concern(db, point, member.account_id)
    return see_other(request, _concerns_of(request, focus_group), success="The words are kept. Now pass them on.")


@get(PASSING_ON, name="concerns.passing-on", opt=RUN, include_in_schema=False)
async def show_passing_on(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, concern_id: FromPath[UUID]
) -> Template:
    """The words, and the form."""
    async with database.reading() as db:
        concern = await concern_of_group(db, focus_group.id, concern_id)
    return page(request, PAGE, focus_group=focus_group, concern=concern, form=PassingOnForm.today(), errors={})


@post(PASSING_ON, name="concerns.passing-on.create", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def pass_on(
    request: AnyRequest,
    database: TheDatabase,
    member: TheMember,
    focus_group: TheFocusGroup,
    concern_id: FromPath[UUID],
    data: Annotated[PassingOnForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303 to the group's concerns; 422 with what was typed."""
    to, day, errors = data.clean()
    if errors or day is None:
        async with database.reading() as db:
            concern = await concern_of_group(db, focus_group.id, concern_id)
        return refused(request, PAGE, errors, focus_group=focus_group, concern=concern, form=data)
    async with database.writing() as db:
        record = await pass_on_concern(db, focus_group.id, concern_id, to, day, member.account_id)
    if record is not None:
        # Files that are being used are rewritten within the hour.
        with suppress(WordsStillInFile):
            await compact_what_is_left(database)
    return see_other(request, _concerns_of(request, focus_group), success="Recorded as passed on.")


def _concerns_of(request: AnyRequest, focus_group: FocusGroup) -> str:
    return request.app.route_reverse("concerns", focus_group_id=focus_group.id)
