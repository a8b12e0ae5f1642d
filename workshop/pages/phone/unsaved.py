"""Words that could not be kept: they go back to whoever wrote them, with the reason and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import structlog
from litestar.response import Template

from workshop.contributions.identifiers import LooksIdentifying, Part
from workshop.contributions.submissions import NotJoined, SameIdOtherWords, Saved
from workshop.facts import Crossed, NotFound, Refused
from workshop.focus_groups.writes import FocusGroupClosed, RoomMovedOn
from workshop.pages.phone.forms import PointForm
from workshop.pages.phone.visit import Visit, phone_page
from workshop.programmes.models import ColumnKind
from workshop.web.answers import AnyRequest, fragment, is_htmx, page

log = structlog.get_logger()


class NotOfThisPhone(Refused):
    """Whoever wrote the point is not whom this phone speaks for (any more)."""

    def __init__(self) -> None:
        super().__init__("This point is no longer this phone’s to change.", "text")


# What refused → the answer's status, and which advice of phone/_unsaved.html goes with it.
ADVICE: dict[type[BaseException], tuple[int, str]] = {
    NotJoined: (403, "join"),
    NotOfThisPhone: (404, "anew"),
    FocusGroupClosed: (409, "closed"),
    RoomMovedOn: (409, "moved"),
    SameIdOtherWords: (409, "both"),
    NotFound: (404, "themes"),
    LooksIdentifying: (422, "check"),
    Crossed: (409, "again"),
    Refused: (422, "change"),
}
FAILED = (500, "again")
FAILURE = "Something went wrong on the server, so this could not be saved."


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A point that was sent, and what stood in its way. ``label`` is its box's."""

    form: PointForm
    problem: BaseException
    label: str = "Your words"

    @property
    def status_code(self) -> int:
        """The answer's, when this were all that came."""
        return ADVICE.get(type(self.problem), FAILED)[0]

    @property
    def advice(self) -> str:
        """Which of phone/_unsaved.html's."""
        return ADVICE.get(type(self.problem), FAILED)[1]

    @property
    def reason(self) -> str:
        """A sentence for whoever wrote the words."""
        return str(self.problem) if isinstance(self.problem, Refused) else FAILURE

    @property
    def stored(self) -> str | None:
        """What the form had saved before; nothing when that was deleted since."""
        return self.problem.stored if isinstance(self.problem, SameIdOtherWords) else None

    @property
    def parts(self) -> list[Part]:
        """The words, with those that seem to identify somebody apart."""
        return self.problem.parts if isinstance(self.problem, LooksIdentifying) else [Part(self.form.text)]

    @property
    def mark(self) -> str:
        """What says that just these words are meant; nothing when nobody has to say so."""
        return self.problem.mark if isinstance(self.problem, LooksIdentifying) else ""

    @property
    def next_id(self) -> UUID:
        """Other words need an id of their own; every other try is the same form once more."""
        return uuid4() if self.advice == "both" else self.form.client_id


def unsaved(
    request: AnyRequest, visit: Visit | None, points: Sequence[Unsaved], *, back_to: str, saved: Sequence[Saved] = ()
) -> Template:
    """A fragment for the script, which sends one point and keeps its words; else a page with the words in boxes.

    ``visit`` is none when the database is away too. ``back_to``: the page to go on from. ``saved``: what came with
    them and is kept.
    """
    for point in points:
        if point.status_code == FAILED[0]:
            # The words of a request are nobody's to log: the kind of failure and where it arose are enough.
            log.error("point.failed", exc_info=point.problem)
    codes = {point.status_code for point in points}
    status_code = FAILED[0] if FAILED[0] in codes else min(codes)
    link: str = request.path_params["join_token"]
    if is_htmx(request):
        return fragment("phone/_unsaved.html", status_code=status_code, link=link, is_script=True, point=points[0])
    if visit and len(points) > 1:
        questions: dict[ColumnKind | None, str] = {column.kind: column.question for column in visit.room.columns}
        points = [replace(point, label=questions.get(point.form.column, point.label)) for point in points]
    context: dict[str, Any] = {
        "is_script": False,
        "points": points,
        "saved": saved,
        "back_to": back_to,
        "send_to": request.url.path,
    }
    if visit is None:
        return page(request, "phone/unsaved.html", status_code=status_code, link=link, **context)
    return phone_page(request, "unsaved.html", visit, status_code=status_code, **context)
