"""The meeting's timer: kept by the server as the moment when it ends, or as the seconds left while it is paused."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple, Protocol

LONGEST = 6 * 60 * 60


class Countdown(NamedTuple):
    """What is kept: ``ends_at`` of a running timer, ``left`` in seconds of a paused one; both null: there is none."""

    ends_at: datetime | None = None
    left: int | None = None


NONE = Countdown()


class Timed(Protocol):
    """What has a timer: a focus group, or a row with these columns of one."""

    @property
    def timer_ends_at(self) -> datetime | None:
        """When it ends, while it runs."""
        ...

    @property
    def timer_left(self) -> int | None:
        """How many seconds are left, while it is paused."""
        ...


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer as it is shown at one moment: ``milliseconds`` left, 0 once it is over; ``ends_at`` while it runs."""

    milliseconds: int
    ends_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        """Whether time passes, or has passed; not while it is paused."""
        return self.ends_at is not None

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self.milliseconds == 0

    @property
    def clock(self) -> str:
        """What is left in minutes and seconds, rounded up: 12:05."""
        minutes, seconds = divmod(ceil(self.milliseconds / 1000), 60)
        return f"{minutes}:{seconds:02}"


def countdown_of(timed: Timed) -> Countdown:
    """What is kept of its timer."""
    return Countdown(timed.timer_ends_at, timed.timer_left)


def timer_of(timed: Timed, at: datetime) -> Timer | None:
    """The timer as it is shown ``at`` this moment, if there is one."""
    ends_at, left = countdown_of(timed)
    if ends_at is not None:
        return Timer(max(0, ceil((ends_at - at) / timedelta(milliseconds=1))), ends_at)
    return None if left is None else Timer(left * 1000)


def started(seconds: int, at: datetime) -> Countdown:
    """A timer that runs from ``at`` for so many seconds."""
    return Countdown(ends_at=at + timedelta(seconds=_within(seconds)))


def paused(countdown: Countdown, at: datetime) -> Countdown:
    """The timer, held: begun seconds count as left. One that is over, or does not run, stays as it is."""
    if countdown.ends_at is None or countdown.ends_at <= at:
        return countdown
    return Countdown(left=ceil((countdown.ends_at - at).total_seconds()))


def resumed(countdown: Countdown, at: datetime) -> Countdown:
    """The timer, running on from where it was held."""
    return countdown if countdown.left is None else started(countdown.left, at)


def lengthened(countdown: Countdown, seconds: int, at: datetime) -> Countdown:
    """The timer with so many seconds more (less, when negative), never under nothing; one that is over begins anew."""
    if countdown.ends_at is not None:
        left = max(timedelta(), countdown.ends_at - at) + timedelta(seconds=seconds)
        return Countdown(ends_at=at + min(max(left, timedelta()), timedelta(seconds=LONGEST)))
    return countdown if countdown.left is None else Countdown(left=_within(countdown.left + seconds))


def _within(seconds: int) -> int:
    return min(max(seconds, 0), LONGEST)
