"""The enquiry of ``make run`` in a test's server, its last group open and Ada's."""

from dataclasses import dataclass

from tests.browser.server import LiveServer
from workshop.database import now
from workshop.demo import FILE
from workshop.exports.reading import read_programme_file
from workshop.exports.writes import import_programme
from workshop.focus_groups.queries import focus_groups_of
from workshop.focus_groups.writes import open_focus_group


@dataclass(frozen=True)
class Demonstration:
    """Where to look: the programme's title, and the open group's paths."""

    title: str
    board: str
    join: str


def demonstration(server: LiveServer) -> Demonstration:
    """Load it among Northshire's programmes."""

    async def work() -> Demonstration:
        async with server.database.writing() as db:
            home = server.here.partnerships["Northshire"]
            programme = await import_programme(db, home, read_programme_file(FILE.read_bytes()))
            group = (await focus_groups_of(db, programme.id))[-1]
            group.facilitator_email = "ada@example.org"
            group.date = now().date()
            await open_focus_group(db, group)
            return Demonstration(programme.title, f"/focus-groups/{group.id}/board", f"/j/{group.join_token}")

    return server.run(work)
