"""A programme's concerns to pass on, of all its focus groups."""

from typing import Any

from litestar import get
from litestar.response import Template

from workshop.accounts.policy import Permission
from workshop.contributions.concerns import concerns_of_groups
from workshop.contributions.questions import open_questions_by_group, unanswered_by_group
from workshop.focus_groups.queries import focus_groups_of
from workshop.web.answers import AnyRequest, page
from workshop.web.scope import TheDatabase, TheProgramme

COORDINATE = {"permission": Permission.COORDINATE}


@get("/programmes/{programme_id:uuid}/concerns", name="programme.concerns", opt=COORDINATE, include_in_schema=False)
async def show_concerns(request: AnyRequest, programme: TheProgramme, database: TheDatabase) -> Template:
    """The points that need an answer, then the concerns, the open ones first."""
    async with database.reading() as db:
        groups = {group.id: group for group in await focus_groups_of(db, programme.id)}
        context: dict[str, Any] = {
            "concerns": await concerns_of_groups(db, groups),
            "kept": await open_questions_by_group(db, programme.id),
            "unanswered": await unanswered_by_group(db, programme.id),
        }
    return page(request, "desk/concerns.html", programme=programme, groups=groups, **context)
