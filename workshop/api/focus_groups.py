"""Focus groups."""

import datetime as dt
from uuid import UUID

import msgspec
from litestar import get

from workshop.accounts.policy import Permission
from workshop.api.problems import READ
from workshop.focus_groups.models import FocusGroup, Mode, Phase
from workshop.focus_groups.queries import focus_groups_of
from workshop.web.scope import TheDatabase, TheFocusGroup, TheMember, TheProgramme

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}


class FocusGroupSummary(msgspec.Struct):
    """A focus group; its join link and code are for the pages alone."""

    id: UUID
    programme_id: UUID
    label: str | None
    date: dt.date
    mode: Mode
    phase: Phase


@get("/programmes/{programme_id:uuid}/focus-groups", name="api.focus-groups", opt=RUN, responses=READ)
async def list_focus_groups(
    programme: TheProgramme, member: TheMember, database: TheDatabase
) -> list[FocusGroupSummary]:
    """The programme's focus groups in order; for a facilitator their own."""
    async with database.reading() as db:
        return [_summary(focus_group) for focus_group in await focus_groups_of(db, programme.id, member)]


@get("/focus-groups/{focus_group_id:uuid}", name="api.focus-group", opt=RUN, responses=READ)
async def show_focus_group(focus_group: TheFocusGroup) -> FocusGroupSummary:
    """One focus group."""
    return _summary(focus_group)


def _summary(focus_group: FocusGroup) -> FocusGroupSummary:
    return FocusGroupSummary(
        id=focus_group.id,
        programme_id=focus_group.programme_id,
        label=focus_group.label,
        date=focus_group.date,
        mode=focus_group.mode,
        phase=focus_group.phase,
    )
