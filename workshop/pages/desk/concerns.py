"""A programme's concerns to pass on, of all its focus groups."""

from litestar import get
from litestar.response import Template

from workshop.accounts.policy import Permission
from workshop.contributions.concerns import concerns_of_groups
from workshop.focus_groups.queries import focus_groups_of
from workshop.web.answers import AnyRequest, page
from workshop.web.scope import TheDatabase, TheProgramme

COORDINATE = {"permission": Permission.COORDINATE}


@get("/programmes/{programme_id:uuid}/concerns", name="programme.concerns", opt=COORDINATE, include_in_schema=False)
async def show_concerns(request: AnyRequest, programme: TheProgramme, database: TheDatabase) -> Template:
    """The open ones first."""
    async with database.reading() as db:
        groups = {group.id: group for group in await focus_groups_of(db, programme.id)}
        concerns = await concerns_of_groups(db, groups)
    return page(request, "desk/concerns.html", programme=programme, groups=groups, concerns=concerns)
