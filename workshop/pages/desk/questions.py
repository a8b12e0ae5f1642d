"""Whether each held or hidden point of a group tells of a child who may be at risk.

A coordinator is asked before their date and after it, of all of them; whoever runs the group of what was taken back by
its author. What is still on the board they are asked there, when they are about to change it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect, Template

from workshop.accounts.policy import Permission
from workshop.contributions.questions import open_questions, unanswered_points
from workshop.database import Database
from workshop.focus_groups.models import FocusGroup
from workshop.pages.desk.rewriting import IN_USE, rewritten
from workshop.programmes.models import Programme
from workshop.retention.queries import due_on
from workshop.retention.questions import Answered, answer_questions
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.filters import plural
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember
from workshop.web.typed import read_answer
from workshop.web.values import whole_number

COORDINATE = {"permission": Permission.COORDINATE}
RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
QUESTIONS = "/focus-groups/{focus_group_id:uuid}/questions"
TAKEN_BACK = "/focus-groups/{focus_group_id:uuid}/taken-back"
PAGE = "desk/questions.html"
CONFIRM = "Tick the box: the words of each point that you answer No for are destroyed, and nobody can bring them back"


@dataclass(frozen=True, slots=True)
class Asked:
    """A point on the page. ``revision``: the board's, of its last change; 0 for words that were kept when they went.

    ``is_kept``: they are nowhere else any more, and no destroys them.
    """

    id: UUID
    words: str
    revision: int = 0
    is_kept: bool = False

    @property
    def field(self) -> str:
        """The name of its answer."""
        return f"answer-{self.id}"


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed (field → words), the answers in it by point, errors by field."""

    typed: dict[str, str]
    answers: dict[UUID, bool] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    seen: int = -1

    @classmethod
    def clean(cls, data: Mapping[str, Any], points: Sequence[Asked]) -> "Form":
        """What destroys words at once asks for a tick."""
        seen = whole_number(str(data.get("seen", "")))
        seen = -1 if seen is None else seen
        # Whoever wrote it may have changed the words since: they are shown, and not answered for unread.
        shown = [point for point in points if point.revision <= seen]
        typed = _empty(points) | {point.field: str(data.get(point.field, "")) for point in shown}
        typed["confirmed"] = str(data.get("confirmed", ""))
        given = {point.id: read_answer(typed[point.field]) for point in shown}
        errors: dict[str, str] = {}
        if data.get("every") == "no":
            errors = {
                point.field: "You have answered Yes here: save the answers instead"
                for point in shown
                if given[point.id]
            }
            given = dict.fromkeys(given, False)
        answers = {each: answer for each, answer in given.items() if answer is not None}
        if not answers and points:
            errors[points[0].field] = "Answer for at least one point"
        destroys = any(point.is_kept and answers.get(point.id) is False for point in points)
        if destroys and typed["confirmed"] != "yes":
            errors["confirmed"] = CONFIRM
        return cls(typed, answers, errors, seen)


Data = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get(QUESTIONS, name="questions", opt=COORDINATE, include_in_schema=False)
async def show_questions(request: AnyRequest, focus_group: TheFocusGroup, database: TheDatabase) -> Template:
    """The words of each, with Yes and No."""
    context = await _context(request, database, focus_group)
    return page(request, PAGE, form=_empty(context["points"]), errors={}, **context)


@post(QUESTIONS, name="questions.answer", opt=COORDINATE, status_code=200, include_in_schema=False)
async def answer(
    request: AnyRequest, focus_group: TheFocusGroup, member: TheMember, database: TheDatabase, data: Data
) -> Template | Redirect:
    """303 to the programme's concerns; 422 with every answer kept."""
    context = await _context(request, database, focus_group)
    return await _answered(request, database, focus_group, member.account_id, context, data)


@get(TAKEN_BACK, name="taken-back", opt=RUN, include_in_schema=False)
async def show_taken_back(request: AnyRequest, focus_group: TheFocusGroup, database: TheDatabase) -> Template:
    """The same of words that their authors have changed or deleted; of none once the group's words are gone."""
    context = await _context(request, database, focus_group, is_taken_back=True)
    return page(request, PAGE, form=_empty(context["points"]), errors={}, **context)


@post(TAKEN_BACK, name="taken-back.answer", opt=RUN, status_code=200, include_in_schema=False)
async def answer_for_taken_back(
    request: AnyRequest, focus_group: TheFocusGroup, member: TheMember, database: TheDatabase, data: Data
) -> Template | Redirect:
    """303 to the group's concerns when there is a new one, else to its board; 422 with every answer kept."""
    context = await _context(request, database, focus_group, is_taken_back=True)
    return await _answered(request, database, focus_group, member.account_id, context, data)


async def _answered(
    request: AnyRequest,
    database: Database,
    focus_group: FocusGroup,
    account_id: UUID,
    context: dict[str, Any],
    data: Mapping[str, Any],
) -> Template | Redirect:
    form = Form.clean(data, context["points"])
    if form.errors:
        return refused(request, PAGE, form.errors, form=form.typed, **context)
    async with database.writing() as db:
        came_to = await answer_questions(db, focus_group.id, form.answers, seen=form.seen, account_id=account_id)
    # In the middle of a meeting nobody is held up by the files: the next hourly run rewrites them.
    is_left = came_to.record and context["is_after"] and not await rewritten(database)
    to = context["back"]
    if context["is_taken_back"] and came_to.concerns:
        to = request.app.route_reverse("concerns", focus_group_id=focus_group.id)
    return see_other(request, to, success=f"{_said(came_to)} {IN_USE}" if is_left else _said(came_to))


def _empty(points: Sequence[Asked]) -> dict[str, str]:
    return {"confirmed": ""} | {point.field: "" for point in points}


async def _context(
    request: AnyRequest, database: Database, focus_group: FocusGroup, *, is_taken_back: bool = False
) -> dict[str, Any]:
    is_after = focus_group.purged_at is not None
    async with database.reading() as db:
        programme = await db.get_one(Programme, focus_group.programme_id)
        there = [] if is_taken_back else await unanswered_points(db, focus_group.id)
        # Past their date a coordinator alone reads them.
        kept = [] if is_taken_back and is_after else await open_questions(db, focus_group.id)
    points = [Asked(point.id, point.text or "", point.revision) for point in there]
    back, here = ("board", "taken-back.answer") if is_taken_back else ("programme.concerns", "questions.answer")
    of = {"focus_group_id": focus_group.id} if is_taken_back else {"programme_id": programme.id}
    return {
        "programme": programme,
        "focus_group": focus_group,
        "points": points + [Asked(question.id, question.words, is_kept=True) for question in kept],
        "is_after": is_after,
        "is_taken_back": is_taken_back,
        "back": request.app.route_reverse(back, **of),
        "action": request.app.route_reverse(here, focus_group_id=focus_group.id),
        "due": due_on(focus_group, programme.retention_days),
    }


def _said(came_to: Answered) -> str:
    parts = []
    if came_to.concerns:
        parts.append(f"{plural(came_to.concerns, 'concern')} to pass on.")
    if came_to.record:
        parts.append(f"The words of {plural(came_to.others, 'point')} are destroyed.")
    elif came_to.others:
        parts.append(f"Answered No for {plural(came_to.others, 'point')}.")
    if came_to.missed:
        parts.append(f"{plural(came_to.missed, 'point')} changed meanwhile: look again.")
    return " ".join(parts)
