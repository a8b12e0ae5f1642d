"""Who shares a focus group's board, and handing it over."""

from typing import Annotated, Any

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body
from litestar.response import Redirect, Template
from msgspec import Struct
from sqlmodel.ext.asyncio.session import AsyncSession

from workshop.accounts.policy import Member, Permission
from workshop.database import Database
from workshop.facts import Refused
from workshop.focus_groups.facilitators import (
    add_co_facilitator,
    co_facilitators_of,
    hand_over,
    remove_co_facilitator,
)
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import Programme
from workshop.text import normalised
from workshop.web.answers import AnyRequest, page, refused, see_other
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember
from workshop.web.typed import Typed

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
PAGE = "desk/facilitators.html"
FACILITATORS = "/focus-groups/{focus_group_id:uuid}/facilitators"
NOT_YOURS = "Only its facilitator or a coordinator can change who runs it. You can take yourself off."
_ACTIONS = {"hand over": hand_over, "remove": remove_co_facilitator}


class EmailForm(Struct):
    """Somebody's e-mail address."""

    email: str = ""

    def clean(self) -> tuple[str, dict[str, str]]:
        """The address in lower case, or an error beside the box."""
        typed = Typed()
        email = typed.email("email", self.email, missing="Enter the e-mail address with which they sign in")
        return email, typed.errors


class ChangeForm(Struct):
    """Which of them, and what is to happen."""

    email: str = ""
    change: str = ""


@get(FACILITATORS, name="facilitators", opt=RUN, include_in_schema=False)
async def show_facilitators(request: AnyRequest, focus_group: TheFocusGroup, database: TheDatabase) -> Template:
    """Who runs it, and a box for one more."""
    return page(request, PAGE, form=EmailForm(), errors={}, **await _context(database, focus_group))


@post(FACILITATORS, name="facilitators.create", opt=RUN, status_code=200, include_in_schema=False)
async def add_facilitator(
    request: AnyRequest,
    focus_group: TheFocusGroup,
    database: TheDatabase,
    data: Annotated[EmailForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Template | Redirect:
    """303 to the list; 422 with the address kept."""
    email, errors = data.clean()
    if not errors:
        try:
            async with database.writing() as db:
                await add_co_facilitator(db, await _locked(db, focus_group), email)
        except Refused as fact:
            errors = fact.by_field
    if errors:
        return refused(request, PAGE, errors, form=data, **await _context(database, focus_group))
    return _to_list(request, focus_group, f"{email} can run it now: they find it under Programmes.")


@post(FACILITATORS + "/change", name="facilitators.change", opt=RUN, include_in_schema=False)
async def change_facilitator(
    request: AnyRequest,
    focus_group: TheFocusGroup,
    member: TheMember,
    database: TheDatabase,
    data: Annotated[ChangeForm, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Redirect:
    """Hand over to one of them, or take one off the list; 303 to the list, or home for whoever took off themselves."""
    act = _ACTIONS.get(data.change)
    if act is None:
        raise NotFoundException
    done = f"{data.email} is its facilitator now."
    if data.change == "hand over" and data.email and data.email == focus_group.facilitator_email:
        # The second of two presses: the first has done it, and whoever pressed may no longer.
        return _to_list(request, focus_group, done)
    if not _may_change(focus_group, member, data):
        return see_other(request, _list(request, focus_group), problem=NOT_YOURS)
    async with database.writing() as db:
        # PostgreSQL cannot even look for NUL.
        await act(db, await _locked(db, focus_group), normalised(data.email))
    if data.change == "remove":
        if data.email == member.email and not member.may(Permission.COORDINATE):
            path = request.app.route_reverse("programmes")
            return see_other(request, path, success="You no longer run it.")
        return _to_list(request, focus_group, f"{data.email} no longer runs it.")
    return _to_list(request, focus_group, done)


def _may_change(focus_group: FocusGroup, member: Member, data: ChangeForm) -> bool:
    """Coordinators and the facilitator; everybody may take themselves off. Else one could lock the others out."""
    is_own_leaving = data.change == "remove" and data.email == member.email
    return member.may(Permission.COORDINATE) or focus_group.facilitator_email == member.email or is_own_leaving


async def _locked(db: AsyncSession, focus_group: FocusGroup) -> FocusGroup:
    return await db.get_one(FocusGroup, focus_group.id, with_for_update=True)


async def _context(database: Database, focus_group: FocusGroup) -> dict[str, Any]:
    async with database.reading() as db:
        programme = await db.get_one(Programme, focus_group.programme_id)
        others = await co_facilitators_of(db, focus_group.id)
    return {"programme": programme, "focus_group": focus_group, "others": others}


def _to_list(request: AnyRequest, focus_group: FocusGroup, success: str) -> Redirect:
    return see_other(request, _list(request, focus_group), success=success)


def _list(request: AnyRequest, focus_group: FocusGroup) -> str:
    return request.app.route_reverse("facilitators", focus_group_id=focus_group.id)
