"""Phones that have joined and write, without their browsers."""

import http.client

from tests.browser.server import LiveServer
from tests.conftest import Meeting
from tests.room import Room, join, point
from workshop.programmes.models import ColumnKind

WELL, WORRIED, NEEDED = (kind.value for kind in ColumnKind)


class Devices:
    """Phones that have joined, without their browsers."""

    def __init__(self, server: LiveServer, meeting: Meeting, count: int = 1) -> None:
        self._port = server.port
        themes = [theme.id for theme in meeting.themes]
        group = meeting.focus_group
        self._room = Room(meeting.programme.id, group.id, group.join_token, themes, {})
        self._cookies = join(self._port, self._room, count)

    def write(self, text: str, column: str = NEEDED, theme: int = 0, device: int = 0) -> None:
        """Send a point, and see it acknowledged."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self._cookies[device]}
        connection.request("POST", self._room.box(theme), point(text, column=column), headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert answer.status == http.HTTPStatus.SEE_OTHER, answer.status
