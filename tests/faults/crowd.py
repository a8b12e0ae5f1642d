"""A crowd that writes over HTTP and remembers what it was told is saved."""

import random
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID, uuid4

from sqlmodel import col, select

from tests.bench.client import Connection, form_post
from tests.room import Room, nobody_elses, point
from workshop.contributions.models import Contribution
from workshop.database import Database
from workshop.settings import Settings

SENT_AGAIN = 0.2
FROM_SCRIPT = "HX-Request: true\r\nSec-Fetch-Site: same-origin\r\n"


@dataclass
class Writer:
    """One device: all that it has sent, answered or not, and what was acknowledged."""

    cookie: str
    sent: dict[UUID, str] = field(default_factory=dict)
    acknowledged: dict[UUID, str] = field(default_factory=dict)
    other_answers: list[int] = field(default_factory=list)

    async def write_until_cut_off(self, port: int, room: Room, chance: random.Random) -> None:
        """Send point after point, every fifth a second time, until the connection is lost."""
        try:
            connection = await Connection.to(port)
            while True:
                if self.sent and chance.random() < SENT_AGAIN:
                    client_id = chance.choice(list(self.sent))
                else:
                    client_id = uuid4()
                    self.sent[client_id] = f"Point {nobody_elses()} of somebody who is in a hurry."
                text = self.sent[client_id]
                form = form_post(room.box(), point(text, client_id), cookie=self.cookie, headers=FROM_SCRIPT)
                answer = await connection.ask(form)
                if answer.status == HTTPStatus.OK:
                    self.acknowledged[client_id] = text
                else:
                    self.other_answers.append(answer.status)
        except ConnectionError:
            return


async def stored(settings: Settings) -> list[tuple[UUID, str | None]]:
    """Every contribution's client id and text, straight from the database."""
    database = Database(settings.database)
    try:
        async with database.reading() as db:
            rows = await db.exec(select(Contribution.client_id, Contribution.text).order_by(col(Contribution.number)))
            return [(client_id, text) for client_id, text in rows]
    finally:
        await database.close()
