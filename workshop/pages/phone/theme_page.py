"""A theme as its participant sees it: after a save, after a refusal, and once the group is closed."""

from collections.abc import Collection, Sequence
from uuid import UUID, uuid4

from litestar.response import Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

from workshop.contributions.own import OwnPoint
from workshop.focus_groups.models import Participant
from workshop.pages.phone.forms import PointForm
from workshop.pages.phone.visit import Visit, phone_page
from workshop.together import Together
from workshop.web.answers import AnyRequest


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
) -> Template | None:
    """The page with the participant's own ``points``.

    The words of ``refused``, one for each column at most, are in their boxes, 422.

    ``saved``: the ids of the points that have just been saved. None when the programme has no such theme.
    """
    themes, columns = visit.room.themes, visit.room.columns
    place = next((place for place, theme in enumerate(themes) if theme.id == theme_id), None)
    if place is None:
        return None
    boxes = {form.column: form for form in refused}
    return phone_page(
        request,
        "theme.html",
        visit,
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
        theme=themes[place],
        number=place + 1,
        count=len(themes),
        following=themes[place + 1] if place + 1 < len(themes) else None,
        columns=columns,
        points=points,
        ids={column.kind: uuid4() for column in columns} | {kind: form.client_id for kind, form in boxes.items()},
        words={kind: form.typed for kind, form in boxes.items()},
        errors={f"text-{kind}": form.text_error for kind, form in boxes.items()},
        saved=saved,
        gone=len(set(saved) - {str(point.id) for point in points}),
    )
