"""The timer, moment by moment."""

import datetime as dt
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from workshop.focus_groups.timer import (
    LONGEST,
    NONE,
    Countdown,
    countdown_of,
    lengthened,
    paused,
    resumed,
    started,
    timer_of,
)

NOON = dt.datetime(2026, 12, 3, 12, tzinfo=dt.UTC)
seconds = st.integers(0, LONGEST)
moments = st.integers(0, 3 * LONGEST).map(lambda passed: NOON + dt.timedelta(seconds=passed))
acts = st.sampled_from(["pause", "resume", "more", "less"])


@dataclass
class Timed:
    """A focus group, as far as its timer goes."""

    timer_ends_at: dt.datetime | None = None
    timer_left: int | None = None


def left(countdown: Countdown, at: dt.datetime) -> int | None:
    """Milliseconds left, if there is a timer."""
    timer = timer_of(Timed(*countdown), at)
    return timer.milliseconds if timer else None


def test_there_is_none_until_it_is_started() -> None:
    assert timer_of(Timed(), NOON) is None
    assert [act(NONE, NOON) for act in (paused, resumed)] == [NONE, NONE]
    assert lengthened(NONE, 60, NOON) == NONE


@given(seconds, moments)
def test_what_is_left_falls_with_the_time_and_never_below_nothing(length: int, at: dt.datetime) -> None:
    passed = int((at - NOON).total_seconds())
    assert left(started(length, NOON), at) == max(0, length - passed) * 1000


@given(seconds, moments, moments)
def test_while_it_is_paused_no_time_passes(length: int, held: dt.datetime, later: dt.datetime) -> None:
    countdown = paused(started(length, NOON), held)
    if left(started(length, NOON), held):
        timer = timer_of(Timed(*countdown), later)
        assert timer is not None
        assert (timer.milliseconds, timer.is_running) == (left(started(length, NOON), held), False)
        assert left(resumed(countdown, later), later) == timer.milliseconds
    else:
        assert countdown == started(length, NOON)  # the time is up, and stays up


@given(seconds, st.lists(st.tuples(acts, st.integers(0, 600)), max_size=12))
def test_whatever_is_pressed_it_stays_one_timer_between_nothing_and_the_longest(
    length: int, presses: list[tuple[str, int]]
) -> None:
    countdown, at = started(length, NOON), NOON
    for press, wait in presses:
        at += dt.timedelta(seconds=wait)
        match press:
            case "pause":
                countdown = paused(countdown, at)
            case "resume":
                countdown = resumed(countdown, at)
            case _:
                countdown = lengthened(countdown, 60 if press == "more" else -60, at)
        assert (countdown.ends_at is None) is not (countdown.left is None)
        shown = left(countdown, at)
        assert shown is not None
        assert 0 <= shown <= LONGEST * 1000
        assert countdown_of(Timed(*countdown)) == countdown


@given(seconds, moments)
def test_a_minute_more_is_a_minute_more_also_when_the_time_is_up(length: int, at: dt.datetime) -> None:
    before = left(started(length, NOON), at)
    assert before is not None
    assert left(lengthened(started(length, NOON), 60, at), at) == min(before + 60_000, LONGEST * 1000)
    assert left(lengthened(started(length, NOON), -60, at), at) == max(before - 60_000, 0)


def test_it_is_read_in_minutes_and_seconds() -> None:
    timer = timer_of(Timed(NOON + dt.timedelta(minutes=12, seconds=4, milliseconds=400)), NOON)
    assert timer is not None
    assert (timer.clock, timer.milliseconds, timer.is_over) == ("12:05", 724_400, False)
