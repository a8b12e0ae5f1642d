"""The JSON API: the same for machines as the pages are for people, scoped like the owner of the bearer token."""

from litestar import Router

from workshop.api.contributions import create_contribution, list_contributions
from workshop.api.focus_groups import list_focus_groups, show_focus_group
from workshop.api.problems import PROBLEM_HANDLERS
from workshop.api.programmes import create_programme, give_programme_file, list_programmes, show_programme
from workshop.api.recommendations import list_recommendations
from workshop.web.guard import MemberOfToken, guard
from workshop.web.scope import MEMBER

api = Router(
    "/api",
    route_handlers=[
        list_programmes,
        create_programme,
        show_programme,
        give_programme_file,
        list_focus_groups,
        show_focus_group,
        list_contributions,
        create_contribution,
        list_recommendations,
    ],
    middleware=[MemberOfToken],
    guards=[guard],
    dependencies=MEMBER,
    exception_handlers=PROBLEM_HANDLERS,
    security=[{"bearer": []}],
)
