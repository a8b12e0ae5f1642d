"""oTree, a peer in which a room fills in forms, beside the product: same machine, same run, same load client.

A form is opened: one GET of the page with the box, by somebody who has already come in, to the last byte of its 200.
A submission: one POST of the form to the last byte of its answer. Ours is the page's new part, written and rendered.
oTree's is the redirect (302) alone, so ours does more for what is counted. Until its writer sees an answer, oTree has
also rendered the page that it redirects to: that is a figure of its own, without a target. Both have committed to
SQLite by then, each as it ships. oTree redirects whoever is refused, too: its file is looked into afterwards.
"""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from tests.bench.client import Tally, form_post, page_get, run_press
from tests.bench.figures import RESULTS, Figure, at_least
from tests.bench.servers import product, wait_for
from tests.bench.submissions import CONNECTIONS, TEXT, opener, sender
from tests.room import join
from tests.serving import free_port

VERSION = "6.0.13"
ENVIRONMENT = RESULTS / "otree"
INSTALL_SECONDS = 300
SLICES = 3
SECONDS = 1.5
PATIENCE_SECONDS = 30.0
# Each submits once. Tens of thousands would slow oTree down, so there are no more than the slices use up.
EACH_SLICE = 3 * CONNECTIONS
PARTICIPANTS = (SLICES + 1) * 2 * EACH_SLICE

SETTINGS = """\
SESSION_CONFIGS = [dict(name="points", app_sequence=["points"], num_demo_participants=1)]
SESSION_CONFIG_DEFAULTS = dict(real_world_currency_per_point=1, participation_fee=0, doc="")
LANGUAGE_CODE = "en"
ADMIN_USERNAME = "admin"
SECRET_KEY = "of a measurement"
"""
APP = """\
from otree.api import *

class C(BaseConstants):
    NAME_IN_URL = "points"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1

class Subsession(BaseSubsession):
    pass

class Group(BaseGroup):
    pass

class Player(BasePlayer):
    words = models.LongStringField(label="What needs to happen?")

class Point(Page):
    form_model = "player"
    form_fields = ["words"]

page_sequence = [Point]
"""
PAGE = "{{ block title }}Roles{{ endblock }}\n{{ block content }}{{ formfields }}{{ next_button }}{{ endblock }}\n"


def measure() -> list[Figure]:
    """How many times as many submissions and opened forms a second as oTree's, slice by slice in turn."""
    try:
        _install()
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failure:
        said = (failure.stderr or b"").decode(errors="replace").strip().splitlines() or [str(failure)]
        return [Figure(f"oTree {VERSION} could not be installed", 0, reference=said[-1], is_met=False)]
    found: dict[str, Tally] = defaultdict(Tally)
    times: dict[str, list[float]] = defaultdict(list)
    with product() as (server, room), _otree() as (port, folder):
        ours = [sender(room, cookie) for cookie in join(server.port, room, CONNECTIONS)]
        openers = [opener(room, cookie) for cookie in join(server.port, room, CONNECTIONS)]
        codes = _come_in(port, folder)
        for number in range(SLICES + 1):
            here = {
                "opened": run_press(server.port, openers, SECONDS),
                "oTree opened": run_press(port, [_opener(code) for code in codes[:CONNECTIONS]], SECONDS),
                "sent": run_press(server.port, ours, SECONDS),
                "oTree sent": _send(port, [codes.pop() for _ in range(EACH_SLICE)]),
                "oTree seen": _send_and_see(port, [codes.pop() for _ in range(EACH_SLICE)]),
            }
            if number == 0:
                continue  # warm
            for name, tally in here.items():
                found[name].join(tally)
            for name in ("sent", "opened"):
                times[name].append(here[name].per_second / here[f"oTree {name}"].per_second)
            times["seen"].append(here["sent"].per_second / (here["oTree seen"].per_second / 2))
        kept = _kept(folder)
    expected = {"opened": {200}, "oTree opened": {200}, "sent": {200}, "oTree sent": {302}, "oTree seen": {302, 200}}
    if any(set(found[name].statuses) != statuses for name, statuses in expected.items()) or kept != PARTICIPANTS:
        raise AssertionError({name: tally.statuses for name, tally in found.items()}, kept)
    return [
        at_least("submissions", median(times["sent"]), 25, "times oTree's", _beside(found, "sent")),
        at_least("forms opened", median(times["opened"]), 15, "times oTree's", _beside(found, "opened")),
        Figure("submissions to an answer that one sees", median(times["seen"]), "times oTree's (POST, redirect, GET)"),
        Figure("oTree's submissions", found["oTree sent"].per_second, "/s"),
        Figure("oTree's submission p50", found["oTree sent"].milliseconds(0.50), "ms"),
        Figure("oTree's forms opened", found["oTree opened"].per_second, "/s"),
        Figure("oTree's form opened p50", found["oTree opened"].milliseconds(0.50), "ms"),
    ]


def _beside(found: dict[str, Tally], name: str) -> str:
    ours, others = found[name], found[f"oTree {name}"]
    p50 = f"p50 {ours.milliseconds(0.50):.0f} and {others.milliseconds(0.50):,.0f} ms"
    return f"{ours.per_second:,.0f}/s and oTree {VERSION} {others.per_second:,.0f}/s, {p50}"


def _install() -> None:
    """Put the pinned oTree into an environment of its own, once. Raises what subprocess does."""
    done = ENVIRONMENT / f"installed-{VERSION}"
    if done.exists():
        return
    python = ENVIRONMENT / "bin" / "python"
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)],
        [str(python), "-m", "pip", "install", "--quiet", f"otree=={VERSION}"],
    ):
        subprocess.run(command, check=True, capture_output=True, timeout=INSTALL_SECONDS)
    done.touch()


@contextmanager
def _otree() -> Iterator[tuple[int, Path]]:
    """The production server of oTree on a session of participants: its port, and the folder with its SQLite file."""
    folder = Path(tempfile.mkdtemp(prefix="workshop-bench-"))
    programs = ENVIRONMENT.resolve() / "bin"
    # It starts a helper by name.
    environment = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "OTREE_PRODUCTION": "1"}
    program, port = str(programs / "otree"), free_port()
    try:
        for name, text in (("settings.py", SETTINGS), ("points/__init__.py", APP), ("points/Point.html", PAGE)):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text)
        for name in ("_static", "_templates"):
            (folder / name).mkdir()
        make = [program, "create_session", "points", str(PARTICIPANTS)]
        subprocess.run(make, cwd=folder, env=environment, check=True, capture_output=True, timeout=120)
        with subprocess.Popen(
            [program, "prodserver", f"127.0.0.1:{port}"],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as process:
            try:
                wait_for(f"http://127.0.0.1:{port}/static/robots.txt")
                yield port, folder
            finally:
                # The group is its own: the server and the helper that it started.
                os.killpg(process.pid, signal.SIGKILL)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _page(code: str) -> str:
    return f"/p/{code}/points/Point/1"


def _opener(code: str) -> Callable[[], bytes]:
    return lambda: page_get(_page(code))


def _come_in(port: int, folder: Path) -> list[str]:
    """Let every participant follow their start link; their codes."""
    with contextlib.closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        codes = [row[0] for row in database.execute("SELECT code FROM otree_participant ORDER BY id")]
    _all_of(port, [page_get(f"/InitializeParticipant/{code}") for code in codes])
    return codes


def _post(code: str) -> bytes:
    return form_post(_page(code), urlencode({"words": f"{code} {TEXT}"}).encode())


def _send(port: int, codes: list[str]) -> Tally:
    return _all_of(port, [_post(code) for code in codes])


def _send_and_see(port: int, codes: list[str]) -> Tally:
    """Submit, and get the page that the redirect names: two answers for each of ``codes``."""
    waiting = iter(codes)

    def one_after_another() -> Iterator[bytes | None]:
        for code in waiting:
            yield _post(code)
            yield page_get(f"/OutOfRangeNotification/{code}")
        yield None

    return run_press(port, [one_after_another().__next__ for _ in range(CONNECTIONS)], PATIENCE_SECONDS)


def _all_of(port: int, requests: list[bytes]) -> Tally:
    """Each request once, from whichever connection is free."""
    waiting = iter(requests)
    return run_press(port, [lambda: next(waiting, None)] * CONNECTIONS, PATIENCE_SECONDS)


def _kept(folder: Path) -> int:
    """How many participants' own words are in oTree's file."""
    with contextlib.closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        rows = database.execute(
            "SELECT code, words FROM points_player JOIN otree_participant ON participant_id = otree_participant.id"
        ).fetchall()
    return sum(words is not None and words.strip() == f"{code} {TEXT}".strip() for code, words in rows)
