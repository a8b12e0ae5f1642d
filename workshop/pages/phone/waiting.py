"""Where a phone has nothing to fill in: the lobby, steps of the facilitator's own, grouping, the end."""

import asyncio

from litestar import get
from litestar.response import Redirect, Template

from workshop.contributions.own import OwnPoint
from workshop.focus_groups.models import Participant
from workshop.focus_groups.standing import Doing
from workshop.pages.phone.now import PAGES, present_path
from workshop.pages.phone.theme_page import points_under
from workshop.pages.phone.visit import TheVisit, Visit, phone_page, to_the_door
from workshop.programmes.models import Theme
from workshop.web.answers import AnyRequest, see_other


@get("/waiting", name="phone.waiting", include_in_schema=False)
async def show_waiting(request: AnyRequest, visit: TheVisit) -> Template | Redirect:
    """What is happening and what will come; 303 to the step's own page when it has one."""
    if visit.participant is None:
        return to_the_door(request, visit)
    if visit.standing.doing in PAGES:
        return see_other(request, present_path(request, visit.room))
    points = await _own_points(request, visit, visit.participant) if visit.standing.doing is Doing.GROUPING else []
    kinds = {step.kind.value for step in visit.room.steps}
    return phone_page(request, "waiting.html", visit, points=points, kinds=kinds)


async def _own_points(
    request: AnyRequest, visit: Visit, participant: Participant
) -> list[tuple[Theme, list[OwnPoint]]]:
    """The themes under which the participant has written, with what; asked together, they are read together."""
    themes = visit.room.themes
    points = await asyncio.gather(*(points_under(request, participant, theme.id) for theme in themes))
    return [(theme, own) for theme, own in zip(themes, points, strict=True) if own]
