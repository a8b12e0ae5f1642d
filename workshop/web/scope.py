"""What a request is about, loaded through what its caller may see: a stranger gets 404 before any handler runs."""

from typing import Any
from uuid import UUID

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from workshop.accounts.policy import Member
from workshop.database import Database
from workshop.focus_groups.models import FocusGroup
from workshop.focus_groups.queries import focus_group_for, programme_for
from workshop.live import Hub
from workshop.programmes.models import Programme
from workshop.rehearsals.playing import Rehearsals
from workshop.settings import Settings
from workshop.web.throttle import Throttle

# What a handler asks for, by name: ``async def show(database: TheDatabase, focus_group: TheFocusGroup)``.
TheSettings = NamedDependency[Settings]
TheDatabase = NamedDependency[Database]
TheHub = NamedDependency[Hub]
TheThrottle = NamedDependency[Throttle]
TheRehearsals = NamedDependency[Rehearsals]
TheMember = NamedDependency[Member]
TheProgramme = NamedDependency[Programme]
TheFocusGroup = NamedDependency[FocusGroup]


async def provide_member(request: Request[Member, Any, State]) -> Member:
    """The signed-in member; the guard has let them in."""
    return request.user


async def provide_programme(member: TheMember, database: TheDatabase, programme_id: FromPath[UUID]) -> Programme:
    """The programme of the path, if the member may see it."""
    async with database.reading() as db:
        programme = await programme_for(db, member, programme_id)
    if programme is None:
        raise NotFoundException
    return programme


async def provide_focus_group(member: TheMember, database: TheDatabase, focus_group_id: FromPath[UUID]) -> FocusGroup:
    """The focus group of the path, if the member may see it."""
    async with database.reading() as db:
        focus_group = await focus_group_for(db, member, focus_group_id)
    if focus_group is None:
        raise NotFoundException
    return focus_group


def provide_settings(state: State) -> Settings:
    """The installation's settings."""
    return state.settings  # type: ignore[no-any-return]  # State is untyped


def provide_database(state: State) -> Database:
    """The installation's database."""
    return state.database  # type: ignore[no-any-return]  # State is untyped


def provide_hub(state: State) -> Hub:
    """This process's hub."""
    return state.hub  # type: ignore[no-any-return]  # State is untyped


def provide_throttle(state: State) -> Throttle:
    """The counts of failures."""
    return state.throttle  # type: ignore[no-any-return]  # State is untyped


def provide_rehearsals(state: State) -> Rehearsals:
    """The rehearsals that this process plays."""
    return state.rehearsals  # type: ignore[no-any-return]  # State is untyped


INSTALLATION = {
    "settings": Provide(provide_settings, sync_to_thread=False),
    "database": Provide(provide_database, sync_to_thread=False),
    "hub": Provide(provide_hub, sync_to_thread=False),
    "rehearsals": Provide(provide_rehearsals, sync_to_thread=False),
    "throttle": Provide(provide_throttle, sync_to_thread=False),
}
MEMBER = {
    "member": Provide(provide_member),
    "programme": Provide(provide_programme),
    "focus_group": Provide(provide_focus_group),
}
