"""Addresses of the board's points: made once a page, since a board has thousands."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from workshop.programmes.models import Theme
from workshop.web.answers import AnyRequest

_NOBODY = UUID(int=0)
# Name of the route, words of the link: what a meeting needs, then what comes before or after it.
LINKS = (
    ("join-screen", "Join screen"),
    ("grouping", "Grouping"),
    ("priorities", "Priorities"),
    ("scale", "Practice scale"),
    ("concerns", "Concerns to pass on"),
)
MORE_LINKS = (
    ("room", "Points from the room"),
    ("import", "Import"),
    ("sheets", "Blank sheets"),
    ("poster", "Poster (PDF)"),
    ("tables", "Tables"),
    ("focus-group.attendance", "Attendance"),
    ("facilitators", "Facilitators"),
    ("focus-group", "Date and place"),
)
Links = list[tuple[str, str]]


def board_url(request: AnyRequest, focus_group_id: UUID, theme_id: UUID | None = None) -> str:
    """The board, of one theme when it is named."""
    url = request.app.route_reverse("board", focus_group_id=focus_group_id)
    return f"{url}?{urlencode({'theme': theme_id})}" if theme_id else url


def links(request: AnyRequest, focus_group_id: UUID) -> tuple[Links, Links]:
    """(address, words) of the other pages of a focus group: those that a meeting needs, and the others."""

    def addressed(named: tuple[tuple[str, str], ...]) -> Links:
        return [(request.app.route_reverse(name, focus_group_id=focus_group_id), words) for name, words in named]

    return addressed(LINKS), addressed(MORE_LINKS)


@dataclass(frozen=True, slots=True)
class PointUrls:
    """Where a board's buttons and links lead."""

    _hiding: str
    _showing: str
    _holding: str
    _release: str
    _rewording: str
    _editing: str
    board: str

    @classmethod
    def of(cls, request: AnyRequest, focus_group_id: UUID, theme: Theme | None) -> Self:
        """Those of one focus group."""
        names = ("points.hiding", "points.showing", "points.holding", "points.release", "points.rewording", "room.edit")
        hiding, showing, holding, release, rewording, editing = (
            request.app.route_reverse(name, focus_group_id=focus_group_id, contribution_id=_NOBODY) for name in names
        )
        here = board_url(request, focus_group_id, theme.id if theme else None)
        return cls(hiding, showing, holding, release, rewording, editing, here)

    def hiding(self, contribution_id: UUID) -> str:
        """Posting there hides the point."""
        return self._hiding.replace(str(_NOBODY), str(contribution_id))

    def showing(self, contribution_id: UUID) -> str:
        """Posting there shows it again."""
        return self._showing.replace(str(_NOBODY), str(contribution_id))

    def holding(self, contribution_id: UUID) -> str:
        """Posting there holds it for the facilitator alone."""
        return self._holding.replace(str(_NOBODY), str(contribution_id))

    def release(self, contribution_id: UUID) -> str:
        """Posting there lets the room read a held one."""
        return self._release.replace(str(_NOBODY), str(contribution_id))

    def rewording(self, contribution_id: UUID) -> str:
        """Where a held or hidden point gets other words, or becomes a concern to pass on."""
        return self._rewording.replace(str(_NOBODY), str(contribution_id))

    def editing(self, contribution_id: UUID) -> str:
        """Where a point from the room is put right."""
        return self._editing.replace(str(_NOBODY), str(contribution_id))
