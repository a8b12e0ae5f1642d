"""Where a focus group stands: its phase, together with the times of its link and its deletion."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from workshop.focus_groups.models import FocusGroup, Phase


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


class Stage(StrEnum):
    """What can be done next depends on it."""

    NOT_OPENED = "not opened yet"
    OPENS_LATER = "opens later"
    OPEN = "open"
    LINK_ENDED = "its link has ended"
    CLOSED = "closed"
    DELETED = "words deleted"


def stage_of(focus_group: FocusGroup, at: datetime) -> Stage:
    """Where the group stands at this moment. Open is what ``is_open`` says, but for one whose words are gone."""
    if focus_group.purged_at is not None or focus_group.archived_at is not None:
        return Stage.DELETED
    if is_open(focus_group, at):
        return Stage.OPEN
    if focus_group.phase in {Phase.DRAFT, Phase.LOBBY}:
        return Stage.NOT_OPENED
    if focus_group.phase is not Phase.GATHERING:
        return Stage.CLOSED
    is_to_come = focus_group.open_from is not None and at < focus_group.open_from
    return Stage.OPENS_LATER if is_to_come else Stage.LINK_ENDED


def is_open(opening: Opening, at: datetime) -> bool:
    """Whether points may be written at this moment: gathering, and within open-from and open-until."""
    return opening.phase is Phase.GATHERING and is_within_dates(opening, at)


def is_within_dates(opening: Opening, at: datetime) -> bool:
    """Whether open-from has come, and open-until has not."""
    return (opening.open_from is None or opening.open_from <= at) and (
        opening.open_until is None or at < opening.open_until
    )
