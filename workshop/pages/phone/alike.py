"""A page as all phones of a group see it, but for what is each one's own: rendered once, not for each."""

from collections.abc import Callable, Hashable

from litestar.response import Template

from workshop.pages.phone.visit import Visit
from workshop.web.answers import AnyRequest, has_flash
from workshop.web.shell import Gaps, Shell


def is_alike(request: AnyRequest) -> bool:
    """Whether nothing was asked for, nor is to be told, that only this phone's page holds."""
    return not request.scope["query_string"] and not has_flash(request)


def shell_of(request: AnyRequest, visit: Visit, page: Hashable, template: Callable[[Visit, Gaps], Template]) -> Shell:
    """The page's shell; ``template`` makes it for a visit of anybody, with gaps for what is somebody's own.

    It goes with the room that it was made of, so a changed theme, question, number or closing is on the next page.
    What the hour alone changes is in the key. Only for a request that ``is_alike``.
    """
    made, key = visit.room.made_of_it, (page, visit.stage, visit.is_open, visit.takes_people_in)
    shell = made.get(key)
    if shell is None:
        gaps = Gaps()
        shell = made[key] = Shell.of(request.app, template(visit.of_anybody(), gaps), gaps)
    return shell
