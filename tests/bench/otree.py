"""oTree, a peer in which a room fills in forms, beside the product: same machine, same run, same load client.

A form is opened: one GET of the page with the box, by somebody who has already come in, to the last byte of its 200.
A submission: from the form's POST to the last byte of the rendered answer. Ours answers the POST with the page's new
part; oTree with a redirect (302) to its next form, so its submission is the POST and the GET that a browser makes of
them. The POST alone, until oTree has committed and rendered nothing, is a figure of its own, without a target. Both
have committed to SQLite by then, each as it ships. oTree redirects whoever is refused, too: its file is looked into
afterwards.

Both are measured twice: with nothing stored, and with as many answers in either's file. The targets are for the first,
where oTree is at its best: it has no index by which it would find a participant's answers among many.
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
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from tests.bench.client import Tally, form_post, page_get, run_press
from tests.bench.figures import RESULTS, Figure, at_least
from tests.bench.servers import product, wait_for
from tests.bench.stored import fill
from tests.bench.submissions import CONNECTIONS, TEXT, opener, sender
from tests.room import join
from tests.serving import free_port

VERSION = "6.0.13"
ENVIRONMENT = RESULTS / "otree"
INSTALL_SECONDS = 300
SLICES = 3
SECONDS = 1.5
PATIENCE_SECONDS = 90.0
# Answers in either's file → who submits in a slice, each once. They slow oTree down, too, so there are no more than the
# slices use up; and fewer where it is slow, so that the whole stays within some minutes.
EACH_SLICE = {0: 3 * CONNECTIONS, 44_000: CONNECTIONS}

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
    other_words = models.LongStringField(label="What is working well?")

class Point(Page):
    form_model = "player"
    form_fields = ["words"]

class Another(Page):
    form_model = "player"
    form_fields = ["other_words"]

page_sequence = [Point, Another]
"""
PAGE = "{{ block title }}Roles{{ endblock }}\n{{ block content }}{{ formfields }}{{ next_button }}{{ endblock }}\n"
FILES = {"settings.py": SETTINGS, "points/__init__.py": APP, "points/Point.html": PAGE, "points/Another.html": PAGE}


def measure() -> list[Figure]:
    """How many times as many submissions and opened forms a second as oTree's, slice by slice in turn."""
    try:
        _install()
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failure:
        said = (failure.stderr or b"").decode(errors="replace").strip().splitlines() or [str(failure)]
        return [Figure(f"oTree {VERSION} could not be installed", 0, reference=said[-1], is_met=False)]
    empty, full = (_side_by_side(stored) for stored in EACH_SLICE)
    stored = f"with {max(EACH_SLICE):,} answers on either side"
    return [
        at_least("submissions", median(empty.times["seen"]), 25, "times oTree's", empty.submissions()),
        at_least("forms opened", median(empty.times["opened"]), 15, "times oTree's", empty.beside("opened")),
        Figure(
            "submissions beside oTree's POST alone",
            median(empty.times["sent"]),
            "times",
            reference=empty.beside("sent"),
        ),
        Figure("oTree's submissions", empty.others_submissions, "/s"),
        Figure("oTree's forms opened", empty.found["oTree opened"].per_second, "/s"),
        Figure("oTree's form opened p50", empty.found["oTree opened"].milliseconds(0.50), "ms"),
        Figure(f"{stored}: submissions", median(full.times["seen"]), "times oTree's", reference=full.submissions()),
        Figure(f"{stored}: opened", median(full.times["opened"]), "times oTree's", reference=full.beside("opened")),
        Figure(f"{stored}: beside its POST alone", median(full.times["sent"]), "times", reference=full.beside("sent")),
    ]


@dataclass
class _Found:
    """What slices showed: answers by what was asked, and how many times oTree's rate ours was."""

    found: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def others_submissions(self) -> float:
        """Submissions of oTree's a second: each is two answers."""
        return self.found["oTree seen"].per_second / 2

    def submissions(self) -> str:
        """Both rates of the whole way to the rendered answer, in words."""
        return f"{self.found['sent'].per_second:,.0f}/s and oTree {VERSION} {self.others_submissions:,.0f}/s"

    def beside(self, name: str) -> str:
        """Both rates and middle latencies, in words."""
        ours, others = self.found[name], self.found[f"oTree {name}"]
        p50 = f"p50 {ours.milliseconds(0.50):.0f} and {others.milliseconds(0.50):,.0f} ms"
        return f"{ours.per_second:,.0f}/s and oTree {VERSION} {others.per_second:,.0f}/s, {p50}"


def _side_by_side(stored: int) -> _Found:
    """Slices of both in turn, with ``stored`` answers in either's file. Raises AssertionError for a wrong answer."""
    all_of_them, each = _Found(), EACH_SLICE[stored]
    participants = (SLICES + 1) * 2 * each
    with product() as (server, room), _otree(participants, stored) as (port, folder):
        ours = [sender(room, cookie) for cookie in join(server.port, room, CONNECTIONS)]
        if stored:
            fill(server, room, stored)
        # After that: who opens the form has written nothing yet, as oTree's.
        openers = [opener(room, cookie) for cookie in join(server.port, room, CONNECTIONS)]
        codes = _come_in(port, folder)
        for number in range(SLICES + 1):
            here = {
                "opened": run_press(server.port, openers, SECONDS),
                "oTree opened": run_press(port, [_opener(code) for code in codes[:CONNECTIONS]], SECONDS),
                "sent": run_press(server.port, ours, SECONDS),
                "oTree sent": _send(port, [codes.pop() for _ in range(each)]),
                "oTree seen": _send_and_see(port, [codes.pop() for _ in range(each)]),
            }
            if number == 0:
                continue  # warm
            for name, tally in here.items():
                all_of_them.found[name].join(tally)
            for name in ("sent", "opened"):
                all_of_them.times[name].append(here[name].per_second / here[f"oTree {name}"].per_second)
            all_of_them.times["seen"].append(here["sent"].per_second / (here["oTree seen"].per_second / 2))
        kept = _kept(folder)
    expected = {"opened": {200}, "oTree opened": {200}, "sent": {200}, "oTree sent": {302}, "oTree seen": {302, 200}}
    found = all_of_them.found
    if any(set(found[name].statuses) != statuses for name, statuses in expected.items()) or kept != participants:
        raise AssertionError({name: tally.statuses for name, tally in found.items()}, kept)
    return all_of_them


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
def _otree(participants: int, stored: int) -> Iterator[tuple[int, Path]]:
    """The production server of oTree on a session of participants: its port, and the folder with its SQLite file.

    ``stored``: how many answers of an earlier session are in it.
    """
    folder = Path(tempfile.mkdtemp(prefix="workshop-bench-"))
    programs = ENVIRONMENT.resolve() / "bin"
    # It starts a helper by name.
    environment = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "OTREE_PRODUCTION": "1"}
    program, port = str(programs / "otree"), free_port()
    try:
        for name, text in FILES.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text)
        for name in ("_static", "_templates"):
            (folder / name).mkdir()
        for here in (participants, 1) if stored else (participants,):
            make = [program, "create_session", "points", str(here)]
            subprocess.run(make, cwd=folder, env=environment, check=True, capture_output=True, timeout=120)
        if stored:
            _fill(folder, stored)
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


def _fill(folder: Path, answers: int) -> None:
    """Copy the last participant, of a session of their own, so many times, as oTree leaves one who has answered."""
    copies = {
        "otree_participant": {
            "id": "last.id + n",
            "code": "printf('zz%06x', n)",
            "id_in_session": "n + 1",
            "visited": "1",
            "_index_in_pages": "2",
        },
        "points_player": {
            "id": "last.id + n",
            "participant_id": "last.participant_id + n",
            "id_in_group": "n + 1",
            "words": "n || ' ' || :text",
        },
    }
    with contextlib.closing(sqlite3.connect(folder / "db.sqlite3")) as database, database:
        database.execute("UPDATE otree_participant SET visited = 1 WHERE id = (SELECT max(id) FROM otree_participant)")
        for table, own in copies.items():
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            values = ", ".join(own.get(column, f"last.{column}") for column in columns)
            one = f"(SELECT * FROM {table} ORDER BY id DESC LIMIT 1) AS last"  # noqa: S608 (our own words)
            numbers = "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT :answers)"
            database.execute(
                f"INSERT INTO {table} {numbers} SELECT {values} FROM number, {one}",  # noqa: S608 (our own words)
                {"answers": answers, "text": TEXT},
            )


def _page(code: str) -> str:
    return f"/p/{code}/points/Point/1"


def _opener(code: str) -> Callable[[], bytes]:
    return lambda: page_get(_page(code))


def _come_in(port: int, folder: Path) -> list[str]:
    """Let every participant follow their start link; their codes."""
    with contextlib.closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        codes = [row[0] for row in database.execute("SELECT code FROM otree_participant WHERE NOT visited ORDER BY id")]
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
            yield page_get(f"/p/{code}/points/Another/2")
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
