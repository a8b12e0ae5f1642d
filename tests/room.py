"""A room full of devices in front of a real server: an open focus group, and phones that have joined it."""

import http.client
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID, uuid4

from tests.conftest import Installation, invite_cast, make_meeting
from workshop.app import create_app
from workshop.settings import Settings


@dataclass(frozen=True)
class Room:
    """Where devices write. ``tokens``: the cast's sign-in cookies by name; ids as they stand in addresses."""

    programme_id: UUID
    focus_group_id: UUID
    join_token: str
    theme_ids: list[UUID]
    tokens: dict[str, str]

    @property
    def link(self) -> str:
        """The path of the join link."""
        return f"/j/{self.join_token}"

    def box(self, theme: int = 0) -> str:
        """The path that a theme's points are sent to."""
        return f"{self.link}/themes/{self.theme_ids[theme]}/contributions"


async def furnish(settings: Settings) -> Room:
    """Make the cast and an open focus group of Ada's; no server may run on an SQLite file meanwhile."""
    app = create_app(settings)
    async with app.lifespan():
        here = Installation(app, settings)
        await invite_cast(here)
        meeting = await make_meeting(here, "Northshire", "Core groups 2026", facilitator="ada@example.org")
        return Room(
            programme_id=meeting.programme.id,
            focus_group_id=meeting.focus_group.id,
            join_token=meeting.focus_group.join_token,
            theme_ids=[theme.id for theme in meeting.themes],
            tokens=here.tokens,
        )


def join(port: int, room: Room, devices: int) -> list[str]:
    """Let so many devices join over HTTP; each one's Cookie header."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    cookies = []
    for _ in range(devices):
        form = urlencode({"client_id": uuid4(), "agency": "unsaid"})
        connection.request("POST", room.link, form, headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == http.HTTPStatus.SEE_OTHER, answer.status
        cookies.append(str(answer.headers["set-cookie"]).partition(";")[0])
    connection.close()
    return cookies


def nobody_elses() -> str:
    """Letters that no other text has; digits could be read as somebody's number."""
    return uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))


def point(text: str, client_id: UUID | None = None, column: str = "needs_to_happen") -> bytes:
    """The body of the form that sends one point."""
    return urlencode({"client_id": client_id or uuid4(), "column": column, "text": text}).encode()
