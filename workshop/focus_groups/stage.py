"""Where a focus group stands: its phase, together with the times of its link and its deletion."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from workshop.focus_groups.models import FocusGroup, Phase

# Points that were on their way when the room moved on from gathering.
GRACE = timedelta(seconds=10)
IN_SESSION = frozenset({Phase.LOBBY, Phase.GATHERING, Phase.GROUPING, Phase.PRIORITISING})


class Opening(Protocol):
    """What says whether points may be written: a focus group, or a row with these columns of one."""

    @property
    def phase(self) -> Phase:
        """Where it stands."""
        ...

    @property
    def open_from(self) -> datetime | None:
        """When its link begins to work, if it is told."""
        ...

    @property
    def open_until(self) -> datetime | None:
        """When its link stops, if it is told."""
        ...

    @property
    def gathering_ended_at(self) -> datetime | None:
        """When the room last moved on from gathering, if it did."""
        ...

    @property
    def takes_late_points(self) -> bool:
        """Whether points are let in during grouping."""
        ...


class Stage(StrEnum):
    """What can be done next depends on it."""

    NOT_OPENED = "not opened yet"
    OPENS_LATER = "opens later"
    LOBBY = "people are coming in"
    OPEN = "open"
    GROUPING = "grouping"
    PRIORITISING = "prioritising"
    LINK_ENDED = "its link has ended"
    CLOSED = "closed"
    ARCHIVED = "archived"
    DELETED = "words deleted"


def stage_of(focus_group: FocusGroup, at: datetime) -> Stage:
    """Where the group stands at this moment: its phase, unless its link's dates or a deletion say otherwise."""
    if focus_group.purged_at is not None:
        return Stage.DELETED
    if focus_group.archived_at is not None:
        return Stage.ARCHIVED
    if focus_group.phase is Phase.DRAFT:
        return Stage.NOT_OPENED
    if focus_group.phase is Phase.CLOSED:
        return Stage.CLOSED
    if is_within_dates(focus_group, at):
        return _OF_PHASE[focus_group.phase]
    is_to_come = focus_group.open_from is not None and at < focus_group.open_from
    return Stage.OPENS_LATER if is_to_come else Stage.LINK_ENDED


_OF_PHASE = {
    Phase.LOBBY: Stage.LOBBY,
    Phase.GATHERING: Stage.OPEN,
    Phase.GROUPING: Stage.GROUPING,
    Phase.PRIORITISING: Stage.PRIORITISING,
}


def is_open(opening: Opening, at: datetime) -> bool:
    """Whether points may be written at this moment, within open-from and open-until.

    While gathering; during grouping where late points are let in; and for ``GRACE`` after the room moved on, since what
    was sent before may arrive after it.
    """
    if not is_within_dates(opening, at):
        return False
    if opening.phase is Phase.GATHERING or (opening.phase is Phase.GROUPING and opening.takes_late_points):
        return True
    has_just_ended = opening.gathering_ended_at is not None and at - opening.gathering_ended_at <= GRACE
    return opening.phase in IN_SESSION and has_just_ended


def takes_people_in(opening: Opening, at: datetime) -> bool:
    """Whether somebody who has not joined may: from the lobby until it closes, within its link's dates."""
    return opening.phase in IN_SESSION and is_within_dates(opening, at)


def is_within_dates(opening: Opening, at: datetime) -> bool:
    """Whether open-from has come, and open-until has not."""
    return (opening.open_from is None or opening.open_from <= at) and (
        opening.open_until is None or at < opening.open_until
    )
