"""How often somebody may be wrong: failures are counted per limit and key, successes never are.

Counts are in this process's memory, and in Redis when there is one, so that processes share them. While Redis is away
the memory alone decides: nobody waits for it, and nobody is locked out by its absence. Keys (e-mail and network
addresses) are kept as keyed hashes.
"""

import asyncio
import contextlib
import ipaddress
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from litestar.connection import ASGIConnection
from litestar.exceptions import TooManyRequestsException

from workshop.text import keyed_hash

PATIENCE = 0.25
LEAVE_ALONE = 5.0
MOST_KEYS = 50_000
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``failures`` in ``seconds``, counted from the first of them; ``name`` is the limit's own store."""

    name: str
    failures: int
    seconds: int


class TooManyAttempts(TooManyRequestsException):
    """There were as many failures as the limit allows; ``wait`` is how many seconds it still holds."""

    def __init__(self, wait: int) -> None:
        minutes = -(-wait // 60)
        self.sentence = (
            f"There were too many wrong attempts. Wait {minutes} minute{'s' if minutes > 1 else ''}, then try again."
        )
        super().__init__(detail=self.sentence, headers={"Retry-After": str(wait)})


def _redis_at(url: str) -> Any:
    # Here, since it is slow to import and most installations have none.
    from redis.asyncio import Redis  # noqa: PLC0415 (see above)
    from redis.asyncio.retry import Retry  # noqa: PLC0415 (see above)
    from redis.backoff import NoBackoff  # noqa: PLC0415 (see above)

    never_again = Retry(NoBackoff(), 0)  # by default it tries again for seconds
    return Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=never_again)


class Throttle:
    """Counts failures. One for the application; ``close`` gives the connection back."""

    def __init__(self, key: bytes, redis_url: str = "") -> None:
        self._key = key
        self._memory: dict[str, tuple[int, float]] = {}
        self._left_alone_until = 0.0
        self._redis: Any = redis_url and _redis_at(redis_url)

    async def check(self, limit: Limit, key: str) -> None:
        """Raise ``TooManyAttempts`` when the limit is reached; counts nothing."""
        await self._count(limit, key, 0, allowed=limit.failures - 1)

    async def fail(self, limit: Limit, key: str) -> None:
        """Count a failure."""
        with contextlib.suppress(TooManyAttempts):
            await self._count(limit, key, 1, allowed=limit.failures)

    @asynccontextmanager
    async def attempt(self, *limits: tuple[Limit, str]) -> AsyncIterator["Attempt"]:
        """An attempt that takes long to judge: counted before, and given back if it ``succeeded``.

        Counted afterwards, a thousand at once would all be judged. Raises ``TooManyAttempts``.
        """
        for limit, key in limits:
            await self._count(limit, key, 1, allowed=limit.failures)
        attempt = Attempt()
        try:
            yield attempt
        finally:
            if attempt.has_succeeded:
                for limit, key in limits:
                    with contextlib.suppress(TooManyAttempts):
                        await self._count(limit, key, -1, allowed=limit.failures)

    async def close(self) -> None:
        """Give the connection back."""
        if self._redis:
            await self._redis.aclose()

    async def _count(self, limit: Limit, key: str, change: int, *, allowed: int) -> None:
        name = f"workshop:throttle:{limit.name}:{keyed_hash(self._key, key).hex()}"
        failures, wait = self._in_memory(name, limit, change)
        if self._redis and time.monotonic() >= self._left_alone_until:
            from redis.exceptions import RedisError  # noqa: PLC0415 (as in _redis_at)

            try:
                failures, wait = await self._in_redis(name, limit, change)
            except (RedisError, OSError, TimeoutError):
                self._left_alone_until = time.monotonic() + LEAVE_ALONE
                log.warning("throttle.redis_away")
        if failures > allowed:
            raise TooManyAttempts(max(1, wait))

    async def _in_redis(self, name: str, limit: Limit, change: int) -> tuple[int, int]:
        async with asyncio.timeout(PATIENCE), self._redis.pipeline() as pipe:
            pipe.set(name, 0, ex=limit.seconds, nx=True)
            pipe.incrby(name, change)
            pipe.ttl(name)
            _, failures, wait = await pipe.execute()
        return failures, wait

    def _in_memory(self, name: str, limit: Limit, change: int) -> tuple[int, int]:
        at = time.monotonic()
        failures, until = self._memory.get(name, (0, 0.0))
        if until <= at:
            failures, until = 0, at + limit.seconds
        failures = max(0, failures + change)
        if failures:
            self._memory[name] = failures, until
        else:
            self._memory.pop(name, None)
        if len(self._memory) > MOST_KEYS:
            self._forget(at)
        return failures, int(until - at) + 1

    def _forget(self, at: float) -> None:
        over = [name for name, (_, until) in self._memory.items() if until <= at]
        # All still count: the oldest half goes, rather than the memory.
        for name in over or list(self._memory)[: MOST_KEYS // 2]:
            del self._memory[name]


@dataclass(slots=True)
class Attempt:
    """Whether it succeeded is said by whoever made it."""

    has_succeeded: bool = False

    def succeeded(self) -> None:
        """Do not count it."""
        self.has_succeeded = True


def address_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Where a request comes from: an IPv4 address, or the /64 network that one IPv6 customer has for itself.

    Uvicorn has replaced a proxy's address by the client's when ``WORKSHOP_TRUSTED_PROXIES`` names it, and only then.
    """
    host = connection.client.host if connection.client else ""
    with contextlib.suppress(ValueError):
        address = ipaddress.ip_address(host.partition("%")[0])
        if address.version == 6:  # noqa: PLR2004 (the protocol's own number)
            return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return host
