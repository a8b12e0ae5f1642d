"""Other words for a held or hidden point, after the question whether it tells of a child at risk."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.policy import Member, Permission
from workshop.contributions.concerns import ConcernUnanswered
from workshop.contributions.identifiers import LookedThrough, looked_through_aside, parts_of
from workshop.contributions.models import Contribution
from workshop.contributions.moderation import (
    WordsChanged,
    point_to_moderate,
    release_contribution,
    reword_contribution,
)
from workshop.contributions.writes import restore_contribution
from workshop.database import Database
from workshop.focus_groups.models import FocusGroup
from workshop.pages.board.urls import board_url
from workshop.recommendations.borrowed import forget_borrowed_heading
from workshop.text import LONGEST_TEXT, normalised
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember
from workshop.web.typed import Typed, read_answer

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
PATH = "/focus-groups/{focus_group_id:uuid}/contributions/{contribution_id:uuid}/rewording"
PAGE = "board/rewording.html"


@dataclass
class RewordingForm:
    """The words, those that they replace, whether these are a concern, and whether the room may read it ``then``."""

    text: str = ""
    based_on: str = ""
    concern: str = ""
    then: str = "keep"

    def clean(self) -> tuple[str, dict[str, str]]:
        """The words as they will be kept, and errors by field."""
        typed = Typed()
        text = typed.text("text", self.text, missing="Write what it is to say instead", longest=LONGEST_TEXT)
        return text, typed.errors


@get(PATH, name="points.rewording", opt=RUN, include_in_schema=False)
async def show_rewording(
    request: AnyRequest, database: TheDatabase, focus_group: TheFocusGroup, contribution_id: FromPath[UUID]
) -> Template:
    """The point's words in a box, and the question."""
    context = await _context(request, database, focus_group, contribution_id)
    form = RewordingForm(text=context["point"].text or "")
    return page(request, PAGE, form=form, errors={}, **context)


@post(PATH, name="points.rewording.create", opt=RUN, status_code=HTTP_200_OK, include_in_schema=False)
async def reword_point(
    request: AnyRequest,
    database: TheDatabase,
    member: TheMember,
    focus_group: TheFocusGroup,
    contribution_id: FromPath[UUID],
    data: Annotated[RewordingForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303 to the board, or to the concerns when it is one; 422 with the words kept."""
    text, errors = data.clean()
    if not errors:
        looked = await looked_through_aside(text)
        try:
            async with database.writing() as db:
                point = await _reworded(db, member, (focus_group.id, contribution_id), data, looked)
        except (ConcernUnanswered, WordsChanged) as refusal:
            errors = refusal.by_field
        else:
            has_concern = read_answer(data.concern) is True
            return _to_board_or_concerns(request, focus_group, point, has_concern=has_concern)
    context = await _context(request, database, focus_group, contribution_id)
    return refused(request, PAGE, errors, form=data, **context)


async def _reworded(
    db: AsyncSession, member: Member, place: tuple[UUID, UUID], data: RewordingForm, looked: LookedThrough
) -> Contribution:
    """The point with other words, shown if so asked; ``place``: its group's id and its own."""
    based_on = normalised(data.based_on)
    point = await reword_contribution(
        db,
        *place,
        looked.text,
        based_on=based_on,
        is_concern=read_answer(data.concern),
        account_id=member.account_id,
        held_for=looked.held_for,
    )
    await forget_borrowed_heading(db, point, based_on, looked.text)
    if data.then == "show":
        # A held point may have been hidden as well: whoever has put other words there means both.
        await restore_contribution(db, *place)
        await release_contribution(db, *place)
    return point


def _to_board_or_concerns(
    request: AnyRequest, focus_group: FocusGroup, point: Contribution, *, has_concern: bool
) -> Redirect:
    if has_concern:
        to = request.app.route_reverse("concerns", focus_group_id=focus_group.id)
        return see_other(request, to, success="The words are changed. Now pass the concern on.")
    return see_other(request, f"{board_url(request, focus_group.id, point.theme_id)}#p-{point.id}")


async def _context(
    request: AnyRequest, database: Database, focus_group: FocusGroup, contribution_id: UUID
) -> dict[str, Any]:
    async with database.reading() as db:
        point = await point_to_moderate(db, focus_group.id, contribution_id)
    return {
        "focus_group": focus_group,
        "point": point,
        "parts": parts_of(point.text or ""),
        "back_to": f"{board_url(request, focus_group.id, point.theme_id)}#p-{point.id}",
    }
