"""The answer to a point that is in the database: a rendered item for the script, an address for everybody else."""

from uuid import UUID

from litestar import MediaType, Response

from workshop.web.answers import AnyRequest


def theme_path(request: AnyRequest, join_token: str, theme_id: UUID, point: UUID | None = None) -> str:
    """The theme's page, at the point that was just saved."""
    path = request.app.route_reverse("phone.theme", join_token=join_token, theme_id=theme_id)
    return f"{path}?saved={point}#point-{point}" if point else path


def point_fragment(request: AnyRequest, join_token: str, point: UUID, text: str | None) -> Response[str]:
    """The saved point as an item of the list below its box; a sentence when it was deleted since.

    Rendered without the framework's template response: this is what a whole room asks for at once.
    """
    point_path = request.app.route_reverse("contributions.edit", join_token=join_token, contribution_id=point)
    html = request.app.template_engine.get_template("phone/_point.html").render(  # type: ignore[union-attr]  # there is one
        point={"id": point, "text": text},
        point_path=point_path,
        can_change=True,
        is_new=False,
    )
    return Response(html, media_type=MediaType.HTML)
