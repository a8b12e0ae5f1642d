"""Ben's phone, without JavaScript: follows a link, fills in the form that the page shows, and reads what comes back."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlencode
from uuid import UUID

import httpx
import pytest

from tests.conftest import Installation, Meeting
from workshop.focus_groups.models import FocusGroup
from workshop.programmes.models import ColumnKind


class Phone:
    """A browser without scripts that has one page open."""

    def __init__(self, client: httpx.AsyncClient, meeting: Meeting) -> None:
        self.client = client
        self.meeting = meeting
        self.link = f"/j/{meeting.focus_group.join_token}"
        self.answer = httpx.Response(0)

    @property
    def html(self) -> str:
        """The page that is open."""
        return self.answer.text

    @property
    def text(self) -> str:
        """Its words alone."""
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", self.html)))

    async def open(self, path: str = "") -> "Phone":
        """Follow a link of this group."""
        self.answer = await self.client.get(path if path.startswith("/j/") else self.link + path, follow_redirects=True)
        return self

    async def send(self, path: str, **fields: str) -> "Phone":
        """Submit a form, as a browser without scripts does."""
        self.answer = await self.client.post(self.link + path, data=fields, follow_redirects=True)
        return self

    async def send_by_script(self, path: str, **fields: str) -> "Phone":
        """Submit a form as phone.js does."""
        self.answer = await self.client.post(self.link + path, data=fields, headers={"HX-Request": "true"})
        return self

    async def join(self, agency: str = "") -> "Phone":
        """Scan, choose an agency (or “Prefer not to say”), start."""
        await self.open()
        return await self.send("", client_id=self.field("client_id"), agency=agency or "unsaid")

    def theme(self, place: int = 0) -> str:
        """A theme's address after the link."""
        return f"/themes/{self.meeting.themes[place].id}"

    async def add(self, text: str, *, column: str = "working_well", place: int = 0, **fields: str) -> "Phone":
        """Add a point by the theme's own form."""
        await self.open(self.theme(place))
        fields = {"client_id": self.form_id(column)} | fields
        return await self.send(f"{self.theme(place)}/contributions", column=column, text=text, **fields)

    async def write(self, words: dict[str, str], *, tapped: str = "working_well") -> "Phone":
        """Fill in boxes of the open page (column → words) and tap an Add; the other boxes go as they are."""
        self.answer = await self.client.post(
            self.link + self.theme() + "/contributions",
            content=urlencode([*self.boxes(words), ("tapped", tapped)]),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            follow_redirects=True,
        )
        return self

    def boxes(self, words: dict[str, str]) -> list[tuple[str, str]]:
        """The fields of the open page's boxes as a browser sends them, with ``words`` (column → words) typed in."""
        sent, column = [], ""
        for name, value, typed in re.findall(
            r'<input type="hidden" name="(column|client_id)" value="([^"]*)"'
            r'|<textarea[^>]* name="text"[^>]*>\n(.*?)</textarea>',
            self.html,
            re.DOTALL,
        ):
            column = value if name == "column" else column
            sent.append((name, value) if name else ("text", words.get(column, unescape(typed))))
        return sent

    def field(self, name: str) -> str:
        """The value of a hidden field of the page."""
        found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', self.html)
        assert found, f"no field {name}"
        return unescape(found[1])

    def form_id(self, column: str) -> str:
        """The id in the form of a column's box."""
        found = re.search(
            rf'name="column" value="{column}">\s*<input type="hidden" name="client_id" value="([^"]+)"', self.html
        )
        assert found, f"no box for {column}"
        return found[1]

    def box(self, id: str) -> str:
        """What a text area holds."""
        found = re.search(rf'<textarea[^>]* id="{id}"[^>]*>\n?(.*?)</textarea>', self.html, re.DOTALL)
        assert found, f"no text area {id}"
        return unescape(found[1])

    def points(self) -> list[str]:
        """The points on the page, in order."""
        return [unescape(words) for words in re.findall(r'<p class="words"[^>]*>(.*?)</p>', self.html, re.DOTALL)]

    def point_ids(self) -> list[UUID]:
        """Their ids."""
        return [UUID(found) for found in re.findall(r'id="point-([0-9a-f-]{36})"', self.html)]


@pytest.fixture
def phone_in(browser_of: Callable[..., httpx.AsyncClient]) -> Callable[[Meeting], Phone]:
    """``phone_in(meeting)``: another phone in the room."""
    return lambda meeting: Phone(browser_of(), meeting)


@pytest.fixture
def ben(phone_in: Callable[[Meeting], Phone], meeting: Meeting) -> Phone:
    """A phone in the open meeting."""
    return phone_in(meeting)


async def set_group(here: Installation, meeting: Meeting, **values: object) -> None:
    """Change the focus group behind everybody's back."""
    async with here.database.writing() as db:
        focus_group = await db.get(FocusGroup, meeting.focus_group.id)
        assert focus_group is not None
        for name, value in values.items():
            setattr(focus_group, name, value)
        db.add(focus_group)


COLUMNS = [kind.value for kind in ColumnKind]
