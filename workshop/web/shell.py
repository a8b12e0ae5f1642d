"""A page that many see alike: rendered once, with gaps that are filled with what is each one's own.

Nothing of the request that it is rendered in can be in it: the template gets no request, only the application's routes.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from litestar import Litestar, MediaType, Response
from litestar.response import Template
from markupsafe import Markup, escape


class Gaps:
    """Marks for the places of what is one's own; nobody can have written one, since each rendering has its own."""

    def __init__(self) -> None:
        self._mark = secrets.token_hex(16)

    def __getitem__(self, name: str) -> Markup:
        """The mark of the gap ``name``."""
        return Markup("{}-{}-").format(self._mark, name)

    def cut(self, html: str) -> list[str]:
        """What stands between the gaps, in turn with the names of the gaps."""
        return re.split(rf"{self._mark}-(\w+)-", html)


@dataclass(frozen=True, slots=True)
class _Anybody:
    """All of a request that a template's links need."""

    app: Litestar


class Shell:
    """A page with gaps. Shared between requests, and never changed."""

    __slots__ = ("_pieces",)

    def __init__(self, app: Litestar, template: Template, gaps: Gaps) -> None:
        engine = app.template_engine
        page = engine.get_template(template.template_name)  # type: ignore[union-attr]  # there is one
        self._pieces = tuple(gaps.cut(page.render(template.context | {"request": _Anybody(app)})))

    def filled(self, own: Mapping[str, str]) -> Response[str]:
        """200 with the page; what is no markup yet is escaped. Raises KeyError for a gap without anything."""
        pieces = list(self._pieces)
        pieces[1::2] = [escape(own[name]) for name in pieces[1::2]]
        return Response("".join(pieces), media_type=MediaType.HTML)
