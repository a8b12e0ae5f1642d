"""Failures are counted, in Redis too, and its absence stops nobody."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from tests.conftest import REDIS
from workshop.web import throttle as throttles
from workshop.web.throttle import Limit, Throttle, TooManyAttempts, address_of

KEY = b"key"


@pytest.fixture
def limit() -> Limit:
    """A store of its own in a Redis that is shared."""
    return Limit(f"test-{uuid4()}", failures=3, seconds=60)


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
def counted_in(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of Redis; nothing where the process's own memory counts."""
    if request.param == "memory":
        return ""
    request.getfixturevalue("redis")
    # A machine that is busy with tests has not lost its Redis.
    monkeypatch.setattr("workshop.web.throttle.PATIENCE", 20.0)
    return REDIS


@pytest.fixture
async def throttle(counted_in: str) -> AsyncIterator[Throttle]:
    made = Throttle(KEY, counted_in)
    yield made
    await made.close()


async def is_refused(throttle: Throttle, limit: Limit, key: str = "a") -> bool:
    try:
        await throttle.check(limit, key)
    except TooManyAttempts:
        return True
    return False


async def test_as_many_failures_as_the_limit_and_no_more(throttle: Throttle, limit: Limit) -> None:
    for _ in range(limit.failures):
        assert not await is_refused(throttle, limit)
        await throttle.fail(limit, "a")
    assert await is_refused(throttle, limit)
    assert not await is_refused(throttle, limit, "b")
    assert not await is_refused(throttle, Limit(f"{limit.name}-other", 3, 60))


async def test_it_says_how_long_to_wait(throttle: Throttle, limit: Limit) -> None:
    for _ in range(limit.failures):
        await throttle.fail(limit, "a")
    with pytest.raises(TooManyAttempts, match=r"Wait . minute") as refused:
        await throttle.check(limit, "a")
    assert 55 <= int((refused.value.headers or {})["Retry-After"]) <= 61


async def test_looking_counts_nothing(throttle: Throttle, limit: Limit) -> None:
    for _ in range(10):
        assert not await is_refused(throttle, limit)


async def test_successes_are_given_back(throttle: Throttle, limit: Limit) -> None:
    for _ in range(10):
        async with throttle.attempt((limit, "a")) as attempt:
            attempt.succeeded()
    assert not await is_refused(throttle, limit)


async def test_a_hundred_attempts_at_once_are_not_all_judged(throttle: Throttle, limit: Limit) -> None:
    judged = 0

    async def guess() -> None:
        nonlocal judged
        async with throttle.attempt((limit, "a")):
            await asyncio.sleep(0.01)
            judged += 1

    outcomes = await asyncio.gather(*(guess() for _ in range(100)), return_exceptions=True)
    assert judged == limit.failures
    assert sum(isinstance(outcome, TooManyAttempts) for outcome in outcomes) == 100 - limit.failures


async def test_the_window_ends(throttle: Throttle) -> None:
    short = Limit(f"test-{uuid4()}", failures=1, seconds=1)
    await throttle.fail(short, "a")
    assert await is_refused(throttle, short)
    await asyncio.sleep(1.1)
    assert not await is_refused(throttle, short)


@pytest.mark.redis
async def test_two_processes_count_together_and_keep_no_addresses(redis: Redis, limit: Limit) -> None:
    one, other = Throttle(KEY, REDIS), Throttle(KEY, REDIS)
    for _ in range(limit.failures):
        await one.fail(limit, "ada@example.org")
    assert await is_refused(other, limit, "ada@example.org")
    (kept,) = [name async for name in redis.scan_iter(f"workshop:throttle:{limit.name}:*")]
    assert b"ada" not in kept
    assert 0 < await redis.ttl(kept) <= limit.seconds
    await one.close()
    await other.close()


@pytest.mark.parametrize("how", ["nobody listens", "nobody answers"])
async def test_without_redis_memory_counts_and_nobody_waits_for_it_again(how: str, limit: Limit) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if how == "nobody answers":
            silent.listen(16)
        throttle = Throttle(KEY, f"redis://127.0.0.1:{silent.getsockname()[1]}")
        for _ in range(limit.failures):
            assert not await is_refused(throttle, limit)
            await throttle.fail(limit, "a")
        assert await is_refused(throttle, limit)
        assert callers_of(silent) <= (2 if how == "nobody answers" else 0)
        await throttle.close()


def callers_of(silent: socket.socket) -> int:
    """How many have called a socket that takes no call."""
    silent.settimeout(0)
    calls = 0
    with suppress(OSError):
        while True:
            silent.accept()[0].close()
            calls += 1
    return calls


async def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch, limit: Limit) -> None:
    monkeypatch.setattr(throttles, "MOST_KEYS", 100)
    throttle = Throttle(KEY)
    for number in range(1_000):
        await throttle.fail(limit, str(number))
    assert len(throttle._memory) <= 100  # noqa: SLF001 (what it must not do is keep them)
    for _ in range(limit.failures):
        await throttle.fail(limit, "999")
    assert await is_refused(throttle, limit, "999")


@pytest.mark.parametrize(
    ("client", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("a-socket", "a-socket"),
        (None, ""),
    ],
)
def test_one_ipv6_customer_is_one_address(client: str | None, address: str) -> None:
    connection: Any = SimpleNamespace(client=SimpleNamespace(host=client) if client else None)
    assert address_of(connection) == address
