"""The answer to a point that is in the database: a rendered item for the script, an address for everybody else."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from litestar import Litestar, Response
from markupsafe import Markup

from workshop.contributions.own import OwnPoint
from workshop.web.answers import AnyRequest
from workshop.web.ready import ReadyPage
from workshop.web.shell import Gaps, Shell

ANY_ID = UUID(int=0)


def theme_path(request: AnyRequest, join_token: str, theme_id: UUID, *points: UUID) -> str:
    """The theme's page, at the first of the points that were just saved."""
    path = request.app.route_reverse("phone.theme", join_token=join_token, theme_id=theme_id)
    return f"{path}?{'&'.join(f'saved={point}' for point in points)}#point-{points[0]}" if points else path


def point_fragment(
    request: AnyRequest, join_token: str, point: UUID, text: str | None, *, is_held: bool = False
) -> Response[str]:
    """The saved point as an item of the list below its box; a sentence when it was deleted since."""
    if text is None:
        _, gone, _ = _rendering(request.app, join_token)
        return ReadyPage(gone())
    return _item(request.app, join_token, is_held).filled({"id": str(point), "text": text})


@lru_cache(maxsize=256)
def _item(app: Litestar, join_token: str, is_held: bool) -> Shell:  # noqa: FBT001 (a key of what is remembered)
    """Rendered once for all points: this is what a whole room asks for at once."""
    item, _, any_point = _rendering(app, join_token)
    gaps = Gaps()
    path = any_point.replace(str(ANY_ID), gaps["id"])
    return Shell(item(gaps["id"], gaps["text"], path, can_change=True, is_held=is_held), gaps)


def point_items(
    request: AnyRequest, join_token: str, points: Sequence[OwnPoint], *, can_change: bool, saved: Collection[str]
) -> Markup:
    """The items of the list below a box; those whose ids are in ``saved`` say so."""
    if not points:
        return Markup()
    item, _, any_point = _rendering(request.app, join_token)
    return Markup().join(
        item(
            point.id,
            point.text,
            any_point.replace(str(ANY_ID), str(point.id)),
            can_change=can_change and point.text is not None,
            is_new=str(point.id) in saved,
            is_held=point.is_held,
            was_reworded=point.was_reworded,
        )
        for point in points
    )


@lru_cache(maxsize=256)
def _rendering(app: Litestar, join_token: str) -> tuple[Any, Any, str]:
    """The macros of phone/_point.html, and the address of ``ANY_ID``'s page."""
    macros: Any = app.template_engine.get_template("phone/_point.html").module  # type: ignore[union-attr]  # there is one
    any_point = app.route_reverse("contributions.edit", join_token=join_token, contribution_id=ANY_ID)
    return macros.own_point, macros.gone_point, any_point
