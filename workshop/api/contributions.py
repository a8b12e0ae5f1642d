"""Contributions of a focus group: what was written, and points from the room."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.exceptions import ValidationException
from litestar.params import JSONBody, QueryParameter
from msgspec.structs import replace

from workshop.accounts.policy import Permission
from workshop.api.problems import READ, WRITE
from workshop.contributions.identifiers import IN_WORDS, kinds_in_aside
from workshop.contributions.models import Contribution
from workshop.contributions.queries import contributions_after
from workshop.contributions.room import RoomPoint, add_from_room
from workshop.focus_groups.attribution import label_of_point, labels_in
from workshop.focus_groups.reveals import is_revealed, revealed_themes
from workshop.programmes.models import ColumnKind
from workshop.text import LONGEST_TEXT, normalised
from workshop.web.scope import TheDatabase, TheFocusGroup, TheSettings

RUN = {"permission": Permission.RUN_FOCUS_GROUPS}
MOST = 1_000


class NewContribution(msgspec.Struct, forbid_unknown_fields=True):
    """A point from the room. ``client_id``: a UUID made by the caller; sent again, it is stored once."""

    client_id: UUID
    theme_id: UUID
    column: ColumnKind
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT)]
    agency_id: UUID | None = None


class ContributionSummary(msgspec.Struct):
    """A point. ``agency`` by the attribution rule: a name, "Other agencies", "A table" or null.

    ``text`` is null once the words are deleted, while the point is hidden or held, and in a blind group until its theme
    is revealed: such words are read on the board alone. ``number`` is its place in the order of arrival. ``note`` says
    why a point that was just added is held.
    """

    id: UUID
    number: int
    theme_id: UUID
    column: ColumnKind
    text: str | None
    agency: str | None
    is_hidden: bool
    is_held: bool
    note: str | None = None


@get("/focus-groups/{focus_group_id:uuid}/contributions", name="api.contributions", opt=RUN, responses=READ)
async def list_contributions(
    focus_group: TheFocusGroup,
    database: TheDatabase,
    after: Annotated[int, QueryParameter(ge=0, le=2**31 - 1, description="numbers above this one")] = 0,
    limit: Annotated[int, QueryParameter(ge=1, le=MOST)] = MOST,
) -> list[ContributionSummary]:
    """The group's points in order of arrival; ask again with the last number for those that follow."""
    async with database.reading() as db:
        points = await contributions_after(db, focus_group.id, after, limit)
        labels = await labels_in(db, focus_group)
        revealed = await revealed_themes(db, focus_group.id)
    return [_summary(point, labels, is_shown=is_revealed(focus_group, point.theme_id, revealed)) for point in points]


@post("/focus-groups/{focus_group_id:uuid}/contributions", name="api.contributions.create", opt=RUN, responses=WRITE)
async def create_contribution(
    focus_group: TheFocusGroup, database: TheDatabase, settings: TheSettings, data: JSONBody[NewContribution]
) -> ContributionSummary:
    """Add a point from the room; the same ``client_id`` again answers with the point that it made.

    A point that seems to identify somebody is held: ``is_held`` is true, and ``note`` says what was found. A
    facilitator releases, changes or hides it on the board.
    """
    text = normalised(data.text)
    if not text:
        raise ValidationException(detail="text: there are no words in it")
    kinds = await kinds_in_aside(text)
    point = RoomPoint(data.client_id, data.theme_id, data.column, data.agency_id, text, held_for=",".join(kinds))
    async with database.writing() as db:
        contribution = await add_from_room(db, focus_group.id, point, settings.key)
        labels = await labels_in(db, focus_group)
    # Whoever sent the words may have them back.
    summary = replace(_summary(contribution, labels, is_shown=False), text=contribution.text)
    if not (contribution.is_held and kinds):
        return summary
    found = " and ".join(IN_WORDS[kind] for kind in kinds)
    note = f"Stored, and held until a facilitator has looked at it on the board: it seems to hold {found}."
    return replace(summary, note=note)


def _summary(point: Contribution, labels: Mapping[UUID, str | None], *, is_shown: bool) -> ContributionSummary:
    """``is_shown``: whether the room may read the point's theme."""
    return ContributionSummary(
        id=point.id,
        number=point.number,
        theme_id=point.theme_id,
        column=point.column,
        text=point.text if is_shown and not (point.is_hidden or point.is_held) else None,
        agency=label_of_point(labels, point.participant_id, point.agency_id),
        is_hidden=point.is_hidden,
        is_held=point.is_held,
    )
