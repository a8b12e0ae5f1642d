"""Join codes are short: how often one may be wrong, and what happens when many addresses guess at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from workshop.web.throttle import Limit, Throttle, TooManyAttempts

# Forty people in one hall share one address, and some mistype: only failures count.
GUESSES = Limit("join-code.address", failures=30, seconds=600)
ALL_GUESSES = Limit("join-code.all", failures=600, seconds=600)
SLOW_SECONDS = 1.0
SLOW_AT_A_TIME = 10
SLOW_WAITING = 200
_slow = 0


@asynccontextmanager
async def lane_of(throttle: Throttle) -> AsyncIterator[None]:
    """At once; when the whole installation sees too many wrong codes, one slow lane for everybody.

    Ten codes a second pass it, so that nobody is shut out and 148 million codes stay out of reach. Raises
    ``TooManyAttempts`` when more are waiting than would get through in half a minute.
    """
    try:
        await throttle.check(ALL_GUESSES, "")
    except TooManyAttempts:
        await _wait_in_lane()
    yield


async def _wait_in_lane() -> None:
    global _slow  # noqa: PLW0603 (the lane is this process's, as the process's memory is)
    if _slow >= SLOW_WAITING:
        raise TooManyAttempts(60) from None
    _slow += 1
    try:
        await asyncio.sleep(SLOW_SECONDS * (1 + (_slow - 1) // SLOW_AT_A_TIME))
    finally:
        _slow -= 1
