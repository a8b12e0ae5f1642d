"""Where a focus group stands for whoever runs it: its phase, together with the times of its link and its deletion."""

from datetime import datetime
from enum import StrEnum

from workshop.focus_groups.models import FocusGroup, Phase


class Stage(StrEnum):
    """What can be done next depends on it."""

    NOT_OPENED = "not opened yet"
    OPENS_LATER = "opens later"
    OPEN = "open"
    LINK_ENDED = "its link has ended"
    CLOSED = "closed"
    DELETED = "words deleted"


def stage_of(focus_group: FocusGroup, at: datetime) -> Stage:
    """Where the group stands at this moment."""
    if focus_group.purged_at is not None or focus_group.archived_at is not None:
        return Stage.DELETED
    if focus_group.phase in {Phase.DRAFT, Phase.LOBBY}:
        return Stage.NOT_OPENED
    if focus_group.phase is Phase.CLOSED:
        return Stage.CLOSED
    if focus_group.open_from is not None and at < focus_group.open_from:
        return Stage.OPENS_LATER
    if focus_group.open_until is not None and at >= focus_group.open_until:
        return Stage.LINK_ENDED
    return Stage.OPEN
