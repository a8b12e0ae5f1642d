"""A theme as its participant sees it: after a save, after a refusal, and once the group is closed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from litestar import Response
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY
from markupsafe import Markup

from workshop.contributions.own import OwnPoint
from workshop.focus_groups.models import Participant
from workshop.focus_groups.standing import Doing
from workshop.pages.phone.alike import is_alike, shell_of
from workshop.pages.phone.forms import PointForm
from workshop.pages.phone.parts import parts_of
from workshop.pages.phone.saved import point_items
from workshop.pages.phone.visit import Visit, phone_page
from workshop.programmes.models import ColumnKind, Theme
from workshop.together import Together
from workshop.web.answers import AnyRequest
from workshop.web.shell import Gaps


async def points_under(request: AnyRequest, participant: Participant, theme_id: UUID) -> list[OwnPoint]:
    """What the participant has written under a theme."""
    own_points: Together[tuple[UUID, UUID], list[OwnPoint]] = request.app.state.own_points
    return await own_points.ask((participant.id, theme_id)) or []


def theme_page(
    request: AnyRequest,
    visit: Visit,
    points: Sequence[OwnPoint],
    theme_id: UUID,
    *,
    saved: Collection[str] = (),
    refused: Sequence[PointForm] = (),
) -> Response[Any] | None:
    """The page with the participant's own ``points``.

    Where the room goes through the themes together, it shows the boxes of the present step alone, and those for which
    the phone keeps unsent words. The words of ``refused``, one for each column at most, are in their boxes, 422.

    ``saved``: the ids of the points that have just been saved. None when the programme has no such theme.
    """
    place = next((place for place, theme in enumerate(visit.room.themes) if theme.id == theme_id), None)
    if place is None:
        return None
    ids: dict[ColumnKind, Any] = {column.kind: uuid4() for column in visit.room.columns}
    items = {kind: _items(request, visit, kind, points, saved) for kind in ids}
    if is_alike(request) and not (saved or refused):
        return _as_usual(request, visit, place, ids, items)
    boxes = {form.column: form for form in refused}
    return _page(
        request,
        visit,
        place,
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
        ids=ids | {kind: form.client_id for kind, form in boxes.items()},
        items=items,
        words={kind: form.typed for kind, form in boxes.items()},
        errors={f"text-{kind}": form.text_error for kind, form in boxes.items()},
        saved=saved,
        gone=len(set(saved) - {str(point.id) for point in points}),
    )


def _as_usual(
    request: AnyRequest, visit: Visit, place: int, ids: Mapping[ColumnKind, UUID], items: Mapping[ColumnKind, Markup]
) -> Response[str]:
    def with_gaps(visit: Visit, gaps: Gaps) -> Template:
        return _page(
            request,
            visit,
            place,
            ids={kind: gaps[f"id_{kind}"] for kind in ids},
            items={kind: gaps[f"items_{kind}"] for kind in ids},
            words={},
            errors={},
            saved=(),
            gone=0,
            flash=[],
            **{name: gaps[name] for name in parts},
        )

    parts = parts_of(request.app, visit.room, visit.participant)
    own: dict[str, str] = {f"id_{kind}": str(id_) for kind, id_ in ids.items()}
    own |= {f"items_{kind}": items[kind] for kind in ids}
    return shell_of(request, visit, ("theme", place), with_gaps).filled(own | parts)


def _page(request: AnyRequest, visit: Visit, place: int, **context: Any) -> Template:
    themes, doing = visit.room.themes, visit.standing.doing
    kinds = {column.kind for column in visit.room.columns}
    refused = kinds & set(context["words"])
    asked = _asked(visit, themes[place]) | refused
    return phone_page(
        request,
        "theme.html",
        visit,
        theme=themes[place],
        number=place + 1,
        count=len(themes),
        following=themes[place + 1] if place + 1 < len(themes) and doing is not Doing.THEME else None,
        columns=sorted(visit.room.columns, key=lambda column: column.kind not in asked),
        asked=asked,
        boxes=kinds if visit.has_boxes else refused,
        is_here=visit.is_at(themes[place]),
        **context,
    )


def _asked(visit: Visit, theme: Theme) -> set[ColumnKind]:
    """The columns that the room is asked about under this theme: all, unless it goes through them together."""
    here = visit.standing
    if here.doing is Doing.THEME and here.theme is not None and here.theme.id != theme.id:
        return set()
    return {column.kind for column in visit.room.columns if here.column is None or column.kind is here.column.kind}


def _items(
    request: AnyRequest, visit: Visit, kind: ColumnKind, points: Sequence[OwnPoint], saved: Collection[str]
) -> Markup:
    written = [point for point in points if point.column is kind]
    return point_items(request, visit.focus_group.join_token, written, can_change=visit.is_open, saved=saved)
