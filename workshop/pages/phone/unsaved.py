"""Words that could not be kept: they go back to whoever wrote them, with the reason and what to do."""

from typing import Any
from uuid import uuid4

import structlog
from litestar.response import Template

from workshop.contributions.submissions import NotJoined, SameIdOtherWords
from workshop.facts import NotFound, Refused
from workshop.focus_groups.writes import FocusGroupClosed
from workshop.pages.phone.forms import PointForm
from workshop.pages.phone.visit import Visit, phone_page
from workshop.web.answers import AnyRequest, fragment, is_htmx, page

log = structlog.get_logger()
# What refused → the answer's status, and which advice of phone/_unsaved.html goes with it.
ADVICE: dict[type[Exception], tuple[int, str]] = {
    NotJoined: (403, "join"),
    FocusGroupClosed: (409, "closed"),
    SameIdOtherWords: (409, "both"),
    NotFound: (404, "themes"),
    Refused: (422, "change"),
}
FAILED = (500, "again")
FAILURE = "Something went wrong on the server, so this could not be saved."


def unsaved(request: AnyRequest, visit: Visit | None, problem: Exception, form: PointForm, *, back_to: str) -> Template:
    """A fragment for the script, which keeps the words in their box; else a page with the words in a box.

    ``visit`` is none when the database is away too. ``back_to``: the page to go on from.
    """
    status_code, advice = ADVICE.get(type(problem), FAILED)
    if advice == "again":
        # The words of a request are nobody's to log: the kind of failure and where it arose are enough.
        log.error("point.failed", exc_info=problem)
    context: dict[str, Any] = {
        "reason": str(problem) if isinstance(problem, Refused) else FAILURE,
        "advice": advice,
        "stored": problem.stored if isinstance(problem, SameIdOtherWords) else None,
        "words": form.typed,
        "back_to": back_to,
    }
    link: str = request.path_params["join_token"]
    if is_htmx(request):
        return fragment("phone/_unsaved.html", status_code=status_code, link=link, is_script=True, **context)
    context |= {
        "is_script": False,
        "send_to": request.url.path,
        "column": form.column,
        # Other words need an id of their own; every other try is the same form once more.
        "client_id": uuid4() if advice == "both" else form.client_id,
    }
    if visit is None:
        return page(request, "phone/unsaved.html", status_code=status_code, link=link, **context)
    return phone_page(request, "unsaved.html", visit, status_code=status_code, **context)
