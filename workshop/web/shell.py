"""A page that many see alike: rendered once, with gaps that are filled with what is each one's own.

Nothing of the request that it is rendered in can be in it: the template gets no request, only the application's routes.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from litestar import Litestar
from litestar.response import Template
from markupsafe import Markup, escape

from workshop.web.ready import ReadyPage


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
    """A page, or a part of one, with gaps. Shared between requests, and never changed."""

    __slots__ = ("_pieces",)

    def __init__(self, html: str, gaps: Gaps) -> None:
        self._pieces = tuple(gaps.cut(html))

    @classmethod
    def of(cls, app: Litestar, template: Template, gaps: Gaps) -> Self:
        """A whole template's, rendered for nobody in particular."""
        page = app.template_engine.get_template(template.template_name)  # type: ignore[union-attr]  # there is one
        return cls(page.render(template.context | {"request": _Anybody(app)}), gaps)

    def filled(self, own: Mapping[str, str]) -> ReadyPage:
        """200 with the page; what is no markup yet is escaped. Raises KeyError for a gap without anything."""
        escaped = {name: escape(value) for name, value in own.items()}
        pieces = list(self._pieces)
        pieces[1::2] = [escaped[name] for name in pieces[1::2]]
        return ReadyPage("".join(pieces))
