"""Where a focus group stands for whoever runs it: its phase, together with the times of its link and its deletion."""

from datetime import datetime
from enum import StrEnum

from workshop.focus_groups.models import FocusGroup, Phase


class Standing(StrEnum):
    """What can be done next depends on it."""

    NOT_OPENED = "not opened yet"
    OPENS_LATER = "opens later"
    OPEN = "open"
    LINK_ENDED = "its link has ended"
    CLOSED = "closed"
    DELETED = "words deleted"


def standing(focus_group: FocusGroup, at: datetime) -> Standing:
    """Where the group stands at this moment."""
    if focus_group.purged_at is not None or focus_group.archived_at is not None:
        return Standing.DELETED
    if focus_group.phase in {Phase.DRAFT, Phase.LOBBY}:
        return Standing.NOT_OPENED
    if focus_group.phase is Phase.CLOSED:
        return Standing.CLOSED
    if focus_group.open_from is not None and at < focus_group.open_from:
        return Standing.OPENS_LATER
    if focus_group.open_until is not None and at >= focus_group.open_until:
        return Standing.LINK_ENDED
    return Standing.OPEN
