"""How soon groups are proposed for 2,000 points of one theme and column, and how long all else stands still."""

import asyncio
import random
import time
from itertools import pairwise
from statistics import median

from tests.bench.figures import Figure, at_most
from tests.findings.labelled import labelled_points
from workshop.findings.suggestions import Said
from workshop.findings.worker import groups_suggested

POINTS = 2_000
ROUNDS = 3
LOOK_EVERY = 0.001


def measure() -> list[Figure]:
    """Seconds in the worker with its start, and the longest time in which the event loop did nothing else."""
    points = many_points()
    took, stalls, groups = zip(*(asyncio.run(_round(points)) for _ in range(ROUNDS)), strict=True)
    beside = f"{groups[0]:,} groups"
    return [
        at_most(f"groups of {POINTS:,} points, worker's start included", median(took), 3, "s", beside),
        at_most("longest standstill of the event loop meanwhile", max(stalls) * 1000, 50, "ms"),
    ]


def many_points() -> list[Said]:
    """Points of one column, each of two halves of what people wrote."""
    chance = random.Random(1)
    texts = [point.said.text for point in labelled_points()]
    halves = [text[: len(text) // 2] for text in texts], [text[len(text) // 2 :] for text in texts]
    return [
        Said("Planning", "needs_to_happen", chance.choice(halves[0]) + chance.choice(halves[1])) for _ in range(POINTS)
    ]


async def _round(points: list[Said]) -> tuple[float, float, int]:
    ticks = [time.perf_counter()]

    async def tick() -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            ticks.append(time.perf_counter())

    ticking = asyncio.create_task(tick())
    groups = await groups_suggested(points)
    ticks.append(time.perf_counter())
    ticking.cancel()
    return ticks[-1] - ticks[0], max(later - earlier for earlier, later in pairwise(ticks)), len(groups)
