"""Participants' devices in a simulated meeting: they follow the room and write, vote and answer over a poor signal.

Every second one sometimes loses an answer and sends the same form again; all of them tap twice now and then. What a
device was told is saved it remembers, to be compared with the database (``kept.py``).
"""

import asyncio
import contextlib
import gzip
import random
import re
import time
from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID, uuid4

from tests.bench.client import Answer, Connection, ConnectionLost, form_post, page_get
from tests.bench.hearing import Ear, listen_with
from tests.findings.labelled import labelled_points
from tests.room import Room, point
from workshop.programmes.models import ColumnKind

SEE_OTHER, OK, TAKEN = 303, 200, 409
FROM_SCRIPT = "HX-Request: true\r\nSec-Fetch-Site: same-origin\r\n"
WORDS = [point.said.text for point in labelled_points()]
LONGEST_PAUSE, LONGEST_CHOICE, LONGEST_LOSS = 1.0, 5.0, 0.03
A_FEW = 0.25
VOTES = 3
KEY = re.compile(r'data-key="([^"]+)"')
TO = re.compile(r'data-to="([^"]+)"')
STEP = re.compile(r'name="step" value="([^"]*)"')
VOTING = re.compile(r'<section data-part id="votes-(.*?)</section>', re.DOTALL)
FINDING = re.compile(r'id="finding-([^"]+)"')
SCALE = re.compile(r'name="scale" value="([^"]+)">.*?name="asking" value="([^"]+)"', re.DOTALL)


class Phone:
    """One device. ``arrivals``: the standings (where the room was) of the pages it opened, with the times.

    ``points``: client id → words that were acknowledged, ``acknowledged``: when; ``votes``: client id → finding and
    whether it counts; ``answer``: to the practice scale. ``refusals``: what was refused, and should not have been;
    ``seconds``: how long its acts took.
    """

    def __init__(self, number: int, port: int, room: Room) -> None:
        self.ear = Ear()
        self.page = ""
        self.arrivals: list[tuple[str, float]] = []
        self.points: dict[UUID, str] = {}
        self.acknowledged: dict[UUID, float] = {}
        self.votes: dict[UUID, tuple[UUID, bool]] = {}
        self.answer: int | None = None
        self.refusals: list[tuple[str, int]] = []
        self.seconds: list[float] = []
        self._chance = random.Random(number)
        # The same words twice in one box would be one point.
        self._words = self._chance.sample(WORDS, len(WORDS))
        self._loses_answers = number % 2 == 1
        self._port, self._room, self._cookie = port, room, ""
        self._free: list[Connection] = []
        self._arrival = asyncio.Event()
        self._following: asyncio.Task[None] | None = None

    async def join(self) -> None:
        """Take a place, land where the room is, and follow it from now on."""
        form = urlencode({"client_id": uuid4(), "agency": "unsaid"}).encode()
        request = form_post(self._room.link, form)
        if self._loses_answers:
            await self._lose(request)
        for _ in range(2):
            answer = await self._ask(request)
            if answer.status != SEE_OTHER:
                raise AssertionError(answer)
            self._cookie = answer.headers[b"set-cookie"].decode().partition(";")[0]
        await self._go()
        stream = page_get(f"{self._room.link}/stream", cookie=self._cookie, headers="Accept: text/event-stream\r\n")
        await listen_with(self.ear, self._port, stream)
        self._following = asyncio.create_task(self._follow())

    def leave(self) -> None:
        """Hang up. Raises what went wrong while it followed."""
        if self._following is not None:
            if self._following.done():
                self._following.result()
            self._following.cancel()
        for connection in self._free:
            connection.close()

    async def ask_where(self) -> tuple[str, str]:
        """The standing that the room is at now, and the address of its page."""
        standing = text_of(await self._get(f"{self._room.link}/standing"))
        key, to = KEY.search(standing), TO.search(standing)
        return key[1] if key else "", to[1] if to else ""

    async def follows(self, key: str, since: float, patience: float) -> float | None:
        """Seconds from ``since`` until it had the page of a standing; none when that took longer than ``patience``."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while self.arrivals[-1][0] != key or self.arrivals[-1][1] < since:
                    self._arrival.clear()
                    await self._arrival.wait()
                return self.arrivals[-1][1] - since
        return None

    async def write(self, theme: int, columns: Sequence[ColumnKind] = tuple(ColumnKind)) -> None:
        """One or two points in each column, in a person's own time."""
        for column in columns:
            for _ in range(self._chance.choice((1, 1, 2))):
                await asyncio.sleep(self._chance.uniform(0, LONGEST_PAUSE))
                await self.send_point(theme, column)

    async def send_point(self, theme: int, column: ColumnKind = ColumnKind.NEEDS_TO_HAPPEN) -> None:
        """One point, sometimes sent twice, sometimes its answer lost."""
        client_id, text, path = uuid4(), self._words.pop(), self._room.box(theme)
        for answer in await self._insist(path, point(text, client_id, column)):
            if answer.status == OK:
                self.points[client_id] = text
                self.acknowledged.setdefault(client_id, time.perf_counter())
            else:
                self.refusals.append((path, answer.status))

    async def say_done(self) -> None:
        """“I’m done” with the step of the page, tapped twice."""
        found = STEP.search(self.page)
        form = urlencode({"step": found[1] if found else ""}).encode()
        await self._expect(SEE_OTHER, f"{self._room.link}/done", form)

    async def vote(self, place: int) -> None:
        """All votes under the theme at ``place``; some give one back under the first, and send five at once for it."""
        sections = VOTING.findall(self.page)
        findings = [UUID(each) for each in FINDING.findall(sections[place])]
        for _ in range(VOTES):
            await asyncio.sleep(self._chance.uniform(0, LONGEST_CHOICE))
            finding, client_id = self._chance.choice(findings), uuid4()
            taps = self._chance.choice((1, 1, 2))
            await asyncio.gather(*(self._give(finding, client_id) for _ in range(taps)))
        if place == 0 and self._chance.random() < A_FEW:
            await self._take_back(self._chance.choice(list(self.votes)))
            await asyncio.gather(*(self._give(self._chance.choice(findings), uuid4()) for _ in range(5)))

    async def answer_scale(self) -> None:
        """A number and a sentence, sent twice at once; some change their mind."""
        found = SCALE.search(self.page)
        if found is None:
            self.refusals.append(("no scale is asked", 0))
            return
        for _ in range(self._chance.choice((1, 2))):
            await asyncio.sleep(self._chance.uniform(0, LONGEST_CHOICE))
            value = self._chance.randrange(11)
            typed = {"scale": found[1], "asking": found[2], "value": value, "one_higher": self._chance.choice(WORDS)}
            await self._expect(SEE_OTHER, f"{self._room.link}/scale", urlencode(typed).encode())
            self.answer = value

    async def _give(self, finding: UUID, client_id: UUID) -> None:
        path = f"{self._room.link}/votes"
        answer = await self._post(path, urlencode({"finding": finding, "client_id": client_id}).encode())
        if answer.status == OK:
            self.votes[client_id] = (finding, True)
        elif answer.status != TAKEN:
            self.refusals.append((path, answer.status))

    async def _take_back(self, client_id: UUID) -> None:
        finding, _ = self.votes[client_id]
        form = urlencode({"finding": finding, "client_id": client_id}).encode()
        await self._expect(OK, f"{self._room.link}/votes/removal", form)
        self.votes[client_id] = (finding, False)

    async def _expect(self, status: int, path: str, form: bytes) -> None:
        for answer in await self._insist(path, form):
            if answer.status != status:
                self.refusals.append((path, answer.status))

    async def _insist(self, path: str, form: bytes) -> list[Answer]:
        """Send a form as people on a poor signal do: its answer lost, or tapped twice, or once again later."""
        if self._loses_answers and self._chance.random() < 0.5:
            await self._lose(self._request(path, form))
        how = self._chance.random()
        if how < 0.2:
            return list(await asyncio.gather(self._post(path, form), self._post(path, form)))
        if how < 0.3:
            return [await self._post(path, form), await self._post(path, form)]
        return [await self._post(path, form)]

    async def _post(self, path: str, form: bytes) -> Answer:
        began = time.perf_counter()
        answer = await self._ask(self._request(path, form))
        self.seconds.append(time.perf_counter() - began)
        return answer

    def _request(self, path: str, form: bytes) -> bytes:
        return form_post(path, form, cookie=self._cookie, headers=FROM_SCRIPT)

    async def _lose(self, request: bytes) -> None:
        """Send it, and be gone before the answer, or a moment after."""
        connection = await Connection.to(self._port)
        asking = asyncio.create_task(connection.ask(request))
        await asyncio.sleep(self._chance.uniform(0, LONGEST_LOSS))
        connection.close()
        with contextlib.suppress(ConnectionLost):
            await asking

    async def _ask(self, request: bytes) -> Answer:
        return await ask_on(self._free, self._port, request)

    async def _get(self, path: str) -> Answer:
        return await self._ask(page_get(path, cookie=self._cookie))

    async def _follow(self) -> None:
        """As static/js/follow.js does: at a hint ask where the room is, and go there when that is elsewhere."""
        while True:
            await self.ear.news.wait()
            self.ear.news.clear()
            key, to = await self.ask_where()
            if key != self.arrivals[-1][0]:
                await self._go(to)
                if self.arrivals[-1][0] != key:
                    # The room has moved on again meanwhile.
                    await self._go()

    async def _go(self, to: str = "") -> None:
        answer = await self._get(to or f"{self._room.link}/now")
        while answer.status == SEE_OTHER:
            answer = await self._get(answer.headers[b"location"].decode())
        self.page = text_of(answer)
        found = KEY.search(self.page)
        if answer.status != OK or found is None:
            raise AssertionError(answer.status, self.page[:400])
        self.arrivals.append((found[1], time.perf_counter()))
        self._arrival.set()


async def ask_on(free: list[Connection], port: int, request: bytes) -> Answer:
    """One request on a connection that is ``free``, or on a new one; as browsers do, when the server has hung up."""
    while free:
        connection = free.pop()
        with contextlib.suppress(ConnectionLost):
            answer = await connection.ask(request)
            free.append(connection)
            return answer
    connection = await Connection.to(port)
    answer = await connection.ask(request)
    free.append(connection)
    return answer


def text_of(answer: Answer) -> str:
    """The body as text."""
    is_compressed = answer.headers.get(b"content-encoding") == b"gzip"
    return (gzip.decompress(answer.body) if is_compressed else answer.body).decode()
