"""Does each held or hidden point of a group tell of a child who may be at risk? Asked before their date and after."""

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
from workshop.programmes.models import Programme
from workshop.retention.compaction import WordsStillInFile
from workshop.retention.queries import due_on
from workshop.retention.questions import Answered, answer_questions
from workshop.retention.schedule import compact_what_is_left
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.filters import plural
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember
from workshop.web.typed import read_answer
from workshop.web.values import whole_number

COORDINATE = {"permission": Permission.COORDINATE}
QUESTIONS = "/focus-groups/{focus_group_id:uuid}/questions"
PAGE = "desk/questions.html"
CONFIRM = "Tick the box: the words of each point that you answer No for are destroyed, and nobody can bring them back"


@dataclass(frozen=True, slots=True)
class Asked:
    """A point on the page. ``revision``: the board's, of its last change; 0 for words kept past their date."""

    id: UUID
    words: str
    revision: int = 0

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
    def clean(cls, data: Mapping[str, Any], points: Sequence[Asked], *, destroys: bool) -> "Form":
        """``destroys``: answering no takes the words at once, and asks for a tick."""
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
        if destroys and False in answers.values() and typed["confirmed"] != "yes":
            errors["confirmed"] = CONFIRM
        return cls(typed, answers, errors, seen)


@get(QUESTIONS, name="questions", opt=COORDINATE, include_in_schema=False)
async def show_questions(request: AnyRequest, focus_group: TheFocusGroup, database: TheDatabase) -> Template:
    """The words of each, with Yes and No."""
    context = await _context(database, focus_group)
    return page(request, PAGE, form=_empty(context["points"]), errors={}, **context)


@post(QUESTIONS, name="questions.answer", opt=COORDINATE, status_code=200, include_in_schema=False)
async def answer(
    request: AnyRequest,
    focus_group: TheFocusGroup,
    member: TheMember,
    database: TheDatabase,
    data: Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303 to the programme's concerns; 422 with every answer kept."""
    context = await _context(database, focus_group)
    form = Form.clean(data, context["points"], destroys=context["is_after"])
    if form.errors:
        return refused(request, PAGE, form.errors, form=form.typed, **context)
    async with database.writing() as db:
        came_to = await answer_questions(db, focus_group.id, form.answers, seen=form.seen, account_id=member.account_id)
    files = await _rewritten(database) if came_to.record else ""
    path = request.app.route_reverse("programme.concerns", programme_id=focus_group.programme_id)
    return see_other(request, path, success=_said(came_to) + files)


def _empty(points: Sequence[Asked]) -> dict[str, str]:
    return {"confirmed": ""} | {point.field: "" for point in points}


async def _context(database: Database, focus_group: FocusGroup) -> dict[str, Any]:
    async with database.reading() as db:
        programme = await db.get_one(Programme, focus_group.programme_id)
        if focus_group.purged_at is None:
            unanswered = await unanswered_points(db, focus_group.id)
            points = [Asked(point.id, point.text or "", point.revision) for point in unanswered]
        else:
            points = [Asked(question.id, question.words) for question in await open_questions(db, focus_group.id)]
    return {
        "programme": programme,
        "focus_group": focus_group,
        "points": points,
        "is_after": focus_group.purged_at is not None,
        "due": due_on(focus_group, programme.retention_days),
    }


async def _rewritten(database: Database) -> str:
    try:
        await compact_what_is_left(database)
    except WordsStillInFile:
        return " The database’s files are in use and will be rewritten within the hour."
    return ""


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
