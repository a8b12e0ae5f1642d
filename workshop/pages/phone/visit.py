"""A phone's visit to a focus group: what the link leads to, and who the phone is."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Template

from workshop.database import now
from workshop.focus_groups.links import JoinLinks, Room
from workshop.focus_groups.models import FocusGroup, Participant
from workshop.focus_groups.queries import Device
from workshop.focus_groups.stage import Stage, is_open, stage_of, takes_people_in
from workshop.focus_groups.standing import Doing, Standing
from workshop.pages.phone.device import device_token
from workshop.pages.phone.parts import newly_readable, parts_of
from workshop.programmes.models import Programme, Theme
from workshop.retention.queries import due_on
from workshop.text import token_hash
from workshop.together import Together
from workshop.web.answers import AnyRequest, page, see_other

NOBODY = UUID(int=0)
# Pages of one step alone; on others the room is elsewhere only when the page itself says so.
PLACES = {"votes.html": Doing.PRIORITIES, "scale.html": Doing.SCALE}


@dataclass(frozen=True, slots=True)
class Visit:
    """``participant`` is none when the phone has not joined, or is no longer known."""

    room: Room
    participant: Participant | None

    @property
    def focus_group(self) -> FocusGroup:
        """The focus group; shared between requests, for reading only."""
        return self.room.focus_group

    @property
    def programme(self) -> Programme:
        """Its programme; shared as well."""
        return self.room.programme

    @property
    def stage(self) -> Stage:
        """Where the focus group stands now."""
        return stage_of(self.focus_group, now())

    @property
    def is_open(self) -> bool:
        """Whether what is sent now is taken: also what was on its way when the room moved on."""
        return is_open(self.focus_group, now())

    @property
    def has_boxes(self) -> bool:
        """Whether there is something to write in: while gathering, and where late points are let in."""
        return self.standing.takes_points

    @property
    def takes_people_in(self) -> bool:
        """Whether somebody who has not joined may."""
        return takes_people_in(self.focus_group, now())

    @property
    def standing(self) -> Standing:
        """Where the room is now."""
        return self.room.standing

    @property
    def is_to_come(self) -> bool:
        """Whether it has not opened yet."""
        return self.stage in {Stage.NOT_OPENED, Stage.OPENS_LATER}

    @property
    def is_deleted(self) -> bool:
        """Whether the words have gone, and the link to this phone with them."""
        return self.stage is Stage.DELETED

    @property
    def words_go_on(self) -> date | None:
        """The day on which what was written is deleted, once it is known."""
        return due_on(self.focus_group, self.programme.retention_days)

    @property
    def name(self) -> str:
        """What stands at the head of every page."""
        label = self.focus_group.label
        return f"{self.programme.title} · {label}" if label else self.programme.title

    def is_at(self, theme: Theme) -> bool:
        """Whether the room is at this theme, or goes through all of them as each likes."""
        here = self.standing
        return here.doing is Doing.ROAMING or (here.doing is Doing.THEME and here.theme == theme)

    def of_anybody(self) -> "Visit":
        """What every phone that has joined sees alike."""
        return Visit(self.room, Participant(focus_group_id=self.focus_group.id, client_id=NOBODY, number=0))


TheVisit = NamedDependency[Visit]


async def provide_visit(request: AnyRequest, join_token: FromPath[str]) -> Visit:
    """What the link leads to; 404 when it leads nowhere."""
    state: Any = request.app.state
    links: JoinLinks = state.links
    participants: Together[Device, Participant] = state.participants
    room = await links.room_of(join_token)
    if room is None:
        raise NotFoundException
    token = device_token(request, state.settings, room.focus_group.id)
    participant = await participants.ask((room.focus_group.id, token_hash(token))) if token else None
    return Visit(room, participant)


def phone_page(request: AnyRequest, template: str, visit: Visit, *, status_code: int = 200, **context: Any) -> Template:
    """A page of the phone, with what its layout needs; ``is_here``: whether it is where the room is."""
    link = visit.focus_group.join_token
    if "timer" not in context:
        context |= parts_of(request.app, visit.room, visit.participant)
    doing = visit.standing.doing
    context = {
        "is_here": PLACES.get(template, doing) is doing,
        "is_cleared": "cleared" in request.query_params,
        "revealed": newly_readable(request.app, visit.room),
    } | context
    finish_url = request.app.route_reverse("phone.finish", join_token=link) if visit.participant else ""
    return page(
        request,
        f"phone/{template}",
        status_code=status_code,
        visit=visit,
        link=link,
        group_word=visit.programme.group_word.value,
        safeguarding_contacts=visit.programme.safeguarding_contacts,
        focus_group_name=visit.name,
        finish_url=finish_url,
        **context,
    )


def not_open(request: AnyRequest, visit: Visit, *, status_code: int = 200) -> Template:
    """Why nobody can join: not yet, no longer, or all gone."""
    return phone_page(request, "not_open.html", visit, status_code=status_code)


def to_the_door(request: AnyRequest, visit: Visit) -> Redirect:
    """Where a phone goes that has to join first."""
    return see_other(request, request.app.route_reverse("phone.join", join_token=visit.focus_group.join_token))
