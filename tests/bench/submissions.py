"""Durable submissions the whole way, beside a handler that only parses the same form.

Slices of about a second take turns, so that whatever else the machine does falls on both alike.
"""

from collections import defaultdict
from collections.abc import Callable
from statistics import median
from urllib.parse import urlencode
from uuid import uuid4

from tests.bench.client import Tally, form_post, page_get, run_press
from tests.bench.figures import Figure, at_least, at_most
from tests.bench.servers import product, reference
from tests.room import Room, join, nobody_elses, point

CONNECTIONS = 64
SLICES = 5
SECONDS = 1.2
TEXT = "The minutes come late and nobody knows who was to do what by when. " * 4
FROM_SCRIPT = "HX-Request: true\r\nSec-Fetch-Site: same-origin\r\n"


def sender(room: Room, cookie: str) -> Callable[[], bytes]:
    """A device's next point, each with words of its own."""
    path = room.box()
    return lambda: form_post(path, point(f"{nobody_elses()} {TEXT}"), cookie=cookie, headers=FROM_SCRIPT)


def opener(room: Room, cookie: str) -> Callable[[], bytes]:
    """A device's own opening of a theme: what is read for several at once is not the same for any two."""
    request = page_get(room.box().removesuffix("/contributions"), cookie=cookie)
    return lambda: request


def _same_form() -> bytes:
    return form_post("/form", urlencode({"client_id": uuid4(), "column": "needs_to_happen", "text": TEXT}).encode())


def measure() -> list[Figure]:
    """Requests a second, latencies, and both as shares of the reference."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    ratios: dict[str, list[float]] = defaultdict(list)
    with product() as (server, room), reference() as (port, _):
        cookies = join(server.port, room, CONNECTIONS)
        senders = [sender(room, cookie) for cookie in cookies]
        readers = join(server.port, room, CONNECTIONS)
        runs = {
            "only parsing": (port, [_same_form] * CONNECTIONS),
            "nothing": (port, [lambda: page_get("/health/ready")] * CONNECTIONS),
            "submission": (server.port, senders),
            "form": (server.port, [opener(room, cookie) for cookie in readers]),
        }
        for at, requests in runs.values():
            run_press(at, requests, 0.4)  # warm
        for _ in range(SLICES):
            for name, (at, requests) in runs.items():
                tally = run_press(at, requests, SECONDS)
                tallies[name].join(tally)
                ratios[name].append(tally.per_second)
    parsing = ratios["only parsing"]
    share = median(ours / limit for ours, limit in zip(ratios["submission"], parsing, strict=True))
    sent, opened, limit = tallies["submission"], tallies["form"], tallies["only parsing"]
    if set(sent.statuses) != {200} or set(opened.statuses) != {200}:
        raise AssertionError(sent.statuses, opened.statuses, sent.sample, opened.sample)
    beside = f"only parsing the form: {limit.per_second:,.0f}/s, p99 {limit.milliseconds(0.99):.0f} ms"
    nothing = f"a handler that does nothing: {tallies['nothing'].per_second:,.0f}/s"
    return [
        at_least("submissions, as a share of only parsing", share, 0.30, "", beside),
        Figure("submissions", sent.per_second, "/s", reference=beside),
        Figure("submission p50", sent.milliseconds(0.50), "ms"),
        Figure("submission p95", sent.milliseconds(0.95), "ms"),
        at_most("submission p99", sent.milliseconds(0.99), 100, "ms", beside),
        Figure("forms opened", opened.per_second, "/s", reference=nothing),
        Figure("form opened p95", opened.milliseconds(0.95), "ms", reference=nothing),
    ]
