"""A facilitator in a simulated meeting, who goes by the pages' own forms; boards and a projector that keep up."""

import asyncio
import html
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.bench.client import Answer, Connection, form_post, page_get
from tests.bench.hearing import Ear, listen_with
from tests.bench.phones import FROM_SCRIPT, OK, SEE_OTHER, ask_on, text_of

FORM = re.compile(r'<form[^>]*?action="(?P<action>[^"]+)"[^>]*>(?P<inside>.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
CLOSING = re.compile(r'href="([^"]+/closure)"[^>]*id="next"')
STREAM = re.compile(r'hx-sse:connect="([^"]+)"')
CHANGES = re.compile(r'<form id="changes".*?hx-get="([^"]+)".*?>(.*?)</form>', re.DOTALL)
SINCE = re.compile(r'name="since" value="(\d*)([^"]*)"')
NEXT, BACK = 'id="next"', "run__back"
NO_NEWS = 204
Fields = Mapping[str, object] | list[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Press:
    """When a button was pressed, and when the answer was there."""

    sent: float
    acknowledged: float


class Desk:
    """Somebody signed in. ``page``: the last one that was opened, ``path``: its address."""

    def __init__(self, port: int, cookie: str) -> None:
        self.page, self.path = "", ""
        self._port, self._cookie = port, f"workshop={cookie}"
        self._free: list[Connection] = []

    async def open(self, path: str) -> str:
        """The page at ``path``, or where that leads."""
        answer = await self.ask(page_get(path, cookie=self._cookie))
        while answer.status == SEE_OTHER:
            path = answer.headers[b"location"].decode()
            answer = await self.ask(page_get(path, cookie=self._cookie))
        if answer.status != OK:
            raise AssertionError(path, answer.status)
        self.page, self.path = text_of(answer), path
        return self.page

    async def send(self, path: str, fields: Fields) -> Press:
        """A form; then the page that it leads to."""
        sent = time.perf_counter()
        answer = await self.ask(form_post(path, urlencode(fields).encode(), cookie=self._cookie))
        press = Press(sent, time.perf_counter())
        if answer.status != SEE_OTHER:
            raise AssertionError(path, answer.status, text_of(answer)[-2000:])
        await self.open(answer.headers[b"location"].decode())
        return press

    async def act(self, path: str, fields: Mapping[str, object]) -> float:
        """A small act that leaves the page where it is; when it was acknowledged."""
        request = form_post(path, urlencode(fields).encode(), cookie=self._cookie, headers=FROM_SCRIPT)
        answer = await self.ask(request)
        if answer.status != OK:
            raise AssertionError(path, answer.status)
        return time.perf_counter()

    async def try_to(self, path: str, fields: Fields) -> int:
        """A form of which somebody else may take the ground away; its status."""
        return (await self.ask(form_post(path, urlencode(fields).encode(), cookie=self._cookie))).status

    async def press(self, button: str) -> Press:
        """Send the form of the page in which ``button`` (a mark of its markup) is, as it stands."""
        form = next((form for form in FORM.finditer(self.page) if button in form["inside"]), None)
        if form is None:
            raise AssertionError(button, self.path)
        fields = {name: html.unescape(value) for name, value in HIDDEN.findall(form["inside"])}
        return await self.send(html.unescape(form["action"]), fields)

    async def press_next(self) -> Press:
        """On to the next step; before the close there is a question first."""
        if closing := CLOSING.search(self.page):
            await self.open(closing[1])
            return await self.press("govuk-button-group")
        return await self.press(NEXT)

    async def ask(self, request: bytes) -> Answer:
        """One request."""
        return await ask_on(self._free, self._port, request)


class Screen(Desk):
    """A board or a projector that is open elsewhere: fetches what changed at every hint, one question at a time.

    ``ear``: what its stream told; ``shown``: which revisions it had fetched, and when.
    """

    def __init__(self, port: int, cookie: str) -> None:
        super().__init__(port, cookie)
        self.ear, self.shown = Ear(), Ear()
        self._following: asyncio.Task[None] | None = None

    async def watch(self, path: str) -> None:
        """Open the page, listen to its stream, and keep it up to date from now on."""
        await self.open(path)
        stream, changes = STREAM.search(self.page), CHANGES.search(self.page)
        if stream is None or changes is None:
            raise AssertionError(path)
        address = html.unescape(stream[1])
        request = page_get(address, cookie=self._cookie, headers="Accept: text/event-stream\r\n")
        await listen_with(self.ear, self._port, request)
        self._following = asyncio.create_task(self._follow(html.unescape(changes[1]), HIDDEN.findall(changes[2])))

    def leave(self) -> None:
        """Stop. Raises what went wrong meanwhile."""
        if self._following is not None:
            if self._following.done():
                self._following.result()
            self._following.cancel()

    async def _follow(self, address: str, hidden: list[tuple[str, str]]) -> None:
        fields = dict(hidden)
        while True:
            await self.ear.news.wait()
            self.ear.news.clear()
            path = f"{address}{'&' if '?' in address else '?'}{urlencode(fields)}"
            answer = await self.ask(page_get(path, cookie=self._cookie, headers=FROM_SCRIPT))
            if answer.status not in {OK, NO_NEWS}:
                raise AssertionError(path, answer.status)
            if found := SINCE.search(text_of(answer)):
                fields["since"] = found[1] + html.unescape(found[2])
                self.shown.hear(0, int(found[1]))
