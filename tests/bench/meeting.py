"""A whole meeting of a hundred people over HTTP and streams: every step of its run sheet, and two steps back.

Devices write, vote and answer as people on a poor signal do (``phones.py``), two facilitators and a projector follow
(``desks.py``); afterwards the database is held against what each device was told (``kept.py``). The client shares the
machine with the server.
"""

import asyncio
import gc
import math
import re
import time
from collections.abc import Awaitable, Coroutine, Iterable, Sequence
from itertools import chain, cycle
from urllib.parse import urlencode

import uvloop

from tests.bench.boards import raise_file_limit
from tests.bench.client import quantile
from tests.bench.desks import BACK, Desk, Fields, Press, Screen
from tests.bench.figures import Figure, at_most
from tests.bench.hearing import Ear
from tests.bench.kept import Records, compared
from tests.bench.phones import SEE_OTHER, TAKEN, Phone
from tests.bench.servers import megabytes, product
from tests.room import Room
from tests.serving import ServerProcess

PEOPLE, LATE = 100, 10
SETTLED, PATIENCE, ACT_EVERY = 0.5, 5.0, 1.0
GROUPS, GROUP_SIZE, VOTED_ON = 6, 5, 2
LOOSE = re.compile(r'name="points" value="([^"]+)"')
SCALE = {
    "about": "whole",
    "question": "How well do core groups work?",
    "lowest": "Nobody comes, and nothing is agreed",
    "highest": "The family says that it is their group",
}


def measure() -> list[Figure]:
    """Acts lost, doubled or over the quota; how soon phones, a second board and the projector know."""
    raise_file_limit()
    with product() as (server, room):
        meeting = Meeting(server, room)
        gc.collect()
        gc.disable()
        began = time.perf_counter()
        uvloop.run(meeting.run())
        took = time.perf_counter() - began
        gc.enable()
        return meeting.figures(took, megabytes(server.pid))


class Meeting:
    """What happens in it, and what was seen of that."""

    def __init__(self, server: ServerProcess, room: Room) -> None:
        self._room, self._path = room, f"/focus-groups/{room.focus_group_id}"
        self._records = Records(server.data_dir)
        self._ada, self._cleo = (Desk(server.port, room.tokens[name]) for name in ("ada", "cleo"))
        self._board = Screen(server.port, room.tokens["cleo"])
        self._projector = Screen(server.port, room.tokens["ada"])
        self._phones = [Phone(number, server.port, room) for number in range(PEOPLE)]
        self._acts: list[tuple[dict[str, int], float]] = []
        self._follows: list[float] = []
        self._steps = self._lost_phones = self._not_done = self._grouped = self._unfair = 0

    async def run(self) -> None:
        """From the welcome to the close, and open again once."""
        await self._ada.send(f"{self._path}/scale/words", SCALE)
        await self._ada.send(f"{self._path}/run-sheet", {"layout": "themes"})
        await self._board.watch(f"{self._path}/board?theme={self._room.theme_ids[0]}")
        await self._projector.watch(f"{self._path}/projector")
        await self._ada.open(f"{self._path}/board")
        await self._take(self._ada.press("Welcome</button>"), [])
        here = self._phones[LATE:]
        await together(phone.join() for phone in here)
        timer = asyncio.create_task(self._use_the_timer())
        while (kind := self._records.step()[0]) != "close":
            here = await self._do(kind, here)
            if kind == "scale":
                # What is under way when the room stops writing arrives after it.
                writing = together(phone.send_point(3) for phone in here[:20])
                await asyncio.gather(self._take(self._ada.press_next(), here), writing)
            else:
                await self._take(self._ada.press_next(), here)
        if timer.done():
            timer.result()
        timer.cancel()
        await self._take(self._ada.press(BACK), here)
        await self._take(self._ada.press_next(), here)
        await asyncio.sleep(SETTLED)
        for phone in here:
            phone.leave()
        for screen in (self._board, self._projector):
            screen.leave()

    def figures(self, took: float, memory: float) -> list[Figure]:
        """Of the meeting that was."""
        kept, phones = compared(self._records, self._phones), self._phones
        newest, sizes = self._records.revisions(), self._records.sizes_of_headings()
        wrong = abs(len(sizes) - self._grouped) + sum(size != GROUP_SIZE for size in sizes)
        behind = [
            *(phone.ear.newest < newest["phones"] for phone in phones),
            self._board.ear.newest < newest["board"],
            self._projector.ear.newest < newest["projector"],
        ]
        hints = {
            "board": self._delays("board", [self._board.ear]),
            "projector": self._delays("projector", [self._projector.ear]),
            "phones": self._delays("phones", [phone.ear for phone in phones[LATE:]]),
        }
        revisions = self._records.revisions_of_points()
        points = list(chain.from_iterable(phone.acknowledged.items() for phone in phones))
        # What is not stored is counted as lost.
        arrivals = [self._board.shown.since(revisions[each], at) for each, at in points if each in revisions]
        seconds = list(chain.from_iterable(phone.seconds for phone in phones))
        refused = list(chain.from_iterable(phone.refusals for phone in phones))
        said = f"{kept.points:,} points, {kept.votes:,} votes, {self._grouped} headings in {took:.0f} s"
        return [
            at_most("acknowledged points not stored as they were sent", kept.lost, 0, "", said),
            at_most("points stored twice, or never acknowledged", kept.doubled, 0),
            at_most("devices with another one's points", kept.strangers, 0),
            at_most("devices in the room more or fewer than there were", kept.devices_wrong, 0),
            at_most("votes that are not as acknowledged", kept.votes_wrong, 0),
            at_most("devices over their votes under a theme", kept.over_quota, 0),
            at_most("answers to the scale that are not as acknowledged", kept.answers_wrong, 0),
            at_most("“I’m done” not kept", self._not_done, 0),
            at_most("headings lost or made twice by two facilitators", self._unfair + wrong, 0),
            at_most("acts refused or failed", len(refused), 0, "", str(refused[:3]) if refused else ""),
            at_most("streams not at the newest revision at the end", sum(behind), 0),
            at_most("phones that did not follow a step", self._lost_phones, 0, "", f"{self._steps} steps"),
            at_most("Next to the new page on a phone, p95", milliseconds(self._follows), 1_000, "ms"),
            at_most("change to hint on phones, p95", milliseconds(hints["phones"]), 300, "ms"),
            at_most("change to hint on a second board, p95", milliseconds(hints["board"]), 300, "ms"),
            at_most("change to hint on the projector, p95", milliseconds(hints["projector"]), 300, "ms"),
            at_most("point to a second board, fetched, p95", milliseconds(arrivals), 300, "ms"),
            Figure("an act of a phone, p95", quantile(seconds, 0.95) * 1000, "ms"),
            Figure("memory", memory, "MB"),
        ]

    async def _take(self, going: Awaitable[Press], phones: Sequence[Phone]) -> None:
        """Go to a step, and see who follows."""
        press = await going
        self._steps += 1
        self._acts.append((self._records.revisions(), press.acknowledged))
        if not phones:
            return
        key, _ = await phones[0].ask_where()
        found = await asyncio.gather(*(phone.follows(key, press.sent, PATIENCE) for phone in phones))
        self._follows += [seconds for seconds in found if seconds is not None]
        self._lost_phones += found.count(None)

    async def _do(self, kind: str, here: list[Phone]) -> list[Phone]:
        """What the present step asks for; who is there afterwards."""
        if kind == "theme":
            return await self._write(here)
        if kind == "scale":
            await together(phone.answer_scale() for phone in here)
        elif kind == "grouping":
            await self._put_together()
        elif kind == "priorities":
            for place in range(VOTED_ON):
                await together(phone.vote(place) for phone in here)
            await self._take(self._ada.send(f"{self._path}/priorities/totals", {"shown": "yes"}), here)
        return here

    async def _write(self, here: list[Phone]) -> list[Phone]:
        theme = self._theme()
        coming = self._phones[:LATE] if theme == 1 else []
        await together([*(phone.write(theme) for phone in here), *(phone.join() for phone in coming)])
        self._lost_phones += sum(phone.arrivals[-1][0] != here[0].arrivals[-1][0] for phone in coming)
        here = [*here, *(phone for phone in coming if phone not in here)]
        await together(phone.say_done() for phone in here)
        self._not_done += len(here) - self._records.done()
        if theme == 2:
            await self._take(self._ada.press(BACK), here)
            await self._take(self._ada.press_next(), here)
        return here

    def _theme(self) -> int:
        _, theme_id = self._records.step()
        return self._room.theme_ids.index(theme_id) if theme_id else 0

    async def _put_together(self) -> None:
        """Both facilitators at once, the first points of each theme in both their hands."""
        for theme_id in self._room.theme_ids:
            place: list[tuple[str, object]] = [("theme", theme_id), ("column", "needs_to_happen"), ("heading", "")]
            page = await self._ada.open(f"{self._path}/grouping?{urlencode(place[:2])}")
            loose = list(dict.fromkeys(LOOSE.findall(page)))[: GROUPS * GROUP_SIZE]
            groups = [loose[start : start + GROUP_SIZE] for start in range(0, len(loose), GROUP_SIZE)]
            forms: list[Fields] = [place + [("points", point) for point in group] for group in groups]
            for mine, theirs in [(forms[0], forms[0]), *zip(forms[1::2], forms[2::2], strict=False)]:
                path = f"{self._path}/grouping/findings"
                statuses = await asyncio.gather(self._ada.try_to(path, mine), self._cleo.try_to(path, theirs))
                self._grouped += statuses.count(SEE_OTHER)
                self._unfair += sorted(statuses) != [SEE_OTHER, TAKEN if mine is theirs else SEE_OTHER]

    async def _use_the_timer(self) -> None:
        """The second facilitator's small acts, which everybody is told of."""
        for word in cycle(("start:20", "pause", "resume", "more")):
            before = self._records.revisions()
            acknowledged = await self._cleo.act(f"{self._path}/timer", {"timer": word})
            after = self._records.revisions()
            # Nothing is announced where nothing changed: a step has cleared the timer meanwhile.
            if after["phones"] > before["phones"]:
                self._acts.append((after, acknowledged))
            await asyncio.sleep(ACT_EVERY)

    def _delays(self, audience: str, ears: Sequence[Ear]) -> list[float | None]:
        return [ear.since(revisions[audience], at) for revisions, at in self._acts for ear in ears]


async def together(acts: Iterable[Coroutine[None, None, None]]) -> None:
    """Everybody at once."""
    await asyncio.gather(*acts)


def milliseconds(delays: Iterable[float | None]) -> float:
    """What 95 in 100 stayed under; what never came is late without end."""
    return quantile([math.inf if delay is None else delay for delay in delays], 0.95) * 1000
